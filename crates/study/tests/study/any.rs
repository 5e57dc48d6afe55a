//! Any text is a line or refused, and any values of the log's keys open: what the fuzz targets
//! look for at length, in short.

use crate::helper::author;
use proptest::prelude::*;
use study::{decode_line, encode_line, parse_export};

fn sealed(object: &str) -> String {
    format!("{object}{:08x}", crc32fast::hash(object.as_bytes()))
}

/// Pieces of lines, most of them fields of some kind.
fn any_object() -> impl Strategy<Value = String> {
    let field = prop::sample::select(vec![
        r#""i":"a.b.0""#,
        r#""i":"a.b.1""#,
        r#""t":5"#,
        r#""t":-0"#,
        r#""h":5"#,
        r#""h":6"#,
        r#""o":0"#,
        r#""o":60"#,
        r#""d":0"#,
        r#""d":7"#,
        r#""v":1"#,
        r#""v":2"#,
        r#""k":"undo""#,
        r#""k":"flag""#,
        r#""k":"set""#,
        r#""k":"aside""#,
        r#""k":"device""#,
        r#""k":"due""#,
        r#""k":"later""#,
        r#""e":"a.b.0""#,
        r#""c":"x""#,
        r#""c":"X""#,
        r#""g":3"#,
        r#""g":9"#,
        r#""p":1"#,
        r#""p":0"#,
        r#""p":3"#,
        r#""y":"""#,
        r#""y":"p1 p2""#,
        r#""n":"p""#,
        r#""u":9"#,
        r#""a":9"#,
        r#""s":0"#,
        r#""r":"\"é\u00e9\n\"""#,
        r#""name":"é""#,
        r#""deck":"a""#,
        r#""tag":"b""#,
        r#""learn":"1 10""#,
        r#""theme":"dark""#,
        r#""fuzz":1"#,
        "\"z\":[1,\n{\"é\":null}]",
        r#""\u0069":1"#,
        r#""":1e5"#,
        r#""m":1.5"#,
        r#""f":-1"#,
    ]);
    prop::collection::vec(field, 0..14).prop_map(|fields| {
        let fields = [&[r#""i":"c.d.4""#, r#""t":3"#][..], &fields].concat();
        format!("{{{}}}", fields.join(","))
    })
}

proptest! {
    #[test]
    fn any_text_is_a_line_or_refused(text: String) {
        let _ = decode_line(&text);
        let _ = decode_line(&sealed(&text));
        let _ = parse_export(&text);
    }

    #[test]
    fn what_is_read_is_written_as_a_line_of_the_same_event(object in any_object()) {
        let event = decode_line(&sealed(&object)).unwrap();
        prop_assert_eq!(event.id, author("c", "d").event(4));
        let line = encode_line(&event);
        prop_assert!(line.is_ascii() && !line.contains('\n'));
        prop_assert_eq!(decode_line(&line).unwrap(), event);
    }
}
