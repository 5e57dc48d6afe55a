//! The images of notes: which file each shows, how large, and what is found wrong with them.

use std::collections::BTreeMap;

use deck::{Compiled, Content, Folder, Settings};

use crate::{note, problems};

/// A PNG of 40 by 20 pixels, as far as its header says; `seed` makes another file.
fn png(seed: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x28\0\0\0\x14\x08\x02\0\0\0".to_vec();
    bytes.extend([seed; 8]);
    bytes
}

fn folder(answer: &str) -> Folder {
    let mut folder = Folder::of_notes([
        note("n/note.md", format!("## Q\n{answer}").as_bytes()),
        note("other.md", b"## R\nx"),
    ]);
    let svg = b"<svg viewBox=\"0 0 8 6\"><script>alert(1)</script></svg>";
    let gif = b"GIF89a\x03\0\x02\0\0\0\0";
    let turned =
        b"\xff\xd8\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\
        \0\0\0\0\0\0\xff\xc0\0\x0b\x08\0\x14\0\x28\x01\x01\x11\0\xff\xda\0\x02";
    let files: [(&str, Vec<u8>); 14] = [
        ("n/a.png", png(1)),
        ("n/img/b c.PNG", png(2)),
        ("_images/d.png", png(3)),
        ("deep/er/e.png", png(4)),
        ("deep/twin.png", png(5)),
        ("x/y/twin.png", png(6)),
        ("n/f.svg", svg.to_vec()),
        ("n/g.gif", gif.to_vec()),
        ("n/turned.jpg", turned.to_vec()),
        ("n/same.png", png(1)),
        ("n/big.png", [png(7), vec![0; 2_000_000]].concat()),
        (
            "n/lfs.png",
            b"version https://git-lfs.example/spec/v1".to_vec(),
        ),
        ("n/short.png", b"\x89PNG\r\n\x1a\n\0\0\0\0\0\0\0\0".to_vec()),
        ("n/book.pdf", b"%PDF".to_vec()),
    ];
    let others = files.map(|(path, bytes)| (path.to_owned(), Content::InMemory(bytes)));
    folder.others = others.into_iter().collect::<BTreeMap<_, _>>();
    folder
}

/// Checks the HTML of an answer, with the path of each image in place of its name, and the
/// problems, joined with `; `.
#[track_caller]
fn check(answer: &str, html: &str, expected_problems: &str) {
    let folder = folder(answer);
    let compiled = deck::compile(&folder, &Settings::default());
    let card = &compiled.decks[0].cards[0];
    let shown: String = card.parts.iter().map(|part| part.html.as_str()).collect();
    let shown = named(&compiled, shown).replace(" loading=\"lazy\" decoding=\"async\"", "");
    let shown = shown.replace("<p>", "").replace("</p>", "");
    assert_eq!(shown.trim(), html, "\n{answer}");
    let found = problems(&compiled)
        .replace('\n', "; ")
        .replace("warning", "");
    assert_eq!(found, expected_problems, "\n{answer}");
    for image in &compiled.images {
        assert!(folder.others.contains_key(&image.path));
    }
}

fn named(compiled: &Compiled, html: String) -> String {
    let mut html = html;
    for image in &compiled.images {
        html = html.replace(&image.name, &image.path);
    }
    assert!(!html.contains("notes/"), "an image is missing: {html}");
    html
}

const SIZE: &str = "width=\"40\" height=\"20\"";

#[test]
fn a_photograph_that_is_turned_upright_has_the_size_that_is_shown() {
    check(
        "![a](turned.jpg)",
        "<img src=\"n/turned.jpg\" alt=\"a\" width=\"20\" height=\"40\">",
        "",
    );
}

#[test]
fn an_image_is_found_beside_its_note_and_has_its_size() {
    let image = |path: &str| format!("<img src=\"{path}\" alt=\"x\" {SIZE}>");
    check("![x](a.png)", &image("n/a.png"), "");
    check("![x](./a.png)", &image("n/a.png"), "");
    check("![x](img/b%20c.PNG)", &image("n/img/b c.PNG"), "");
    check("![x](<img/b c.png>)", &image("n/img/b c.PNG"), "");
    check("![x](../_images/d.png)", &image("_images/d.png"), "");
    check("![x](/_images/d.png)", &image("_images/d.png"), "");
    check("![x](..\\deep\\twin.png)", &image("deep/twin.png"), "");
    check("![x](a.png?raw=true)", &image("n/a.png"), "");
    check("![x][r]\n\n[r]: a.png", &image("n/a.png"), "");
    check(
        "![x](f.svg)",
        "<img src=\"n/f.svg\" alt=\"x\" width=\"8\" height=\"6\">",
        "",
    );
    check(
        "![x](g.gif)",
        "<img src=\"n/g.gif\" alt=\"x\" width=\"3\" height=\"2\">",
        "",
    );
    check("![x](short.png)", "<img src=\"n/short.png\" alt=\"x\">", "");
    check(
        "![a \"b\" \\<c> & *d*](a.png \"t & u\")",
        &format!(
            "<img src=\"n/a.png\" alt=\"a &quot;b&quot; &lt;c&gt; &amp; d\" title=\"t &amp; u\" {SIZE}>"
        ),
        "",
    );
}

#[test]
fn an_embedded_image_is_found_by_its_name_anywhere() {
    let image = |path: &str| format!("<img src=\"{path}\" alt=\"x\" {SIZE}>");
    check("![[a.png|x]]", &image("n/a.png"), "");
    check("![[e.png|x]]", &image("deep/er/e.png"), "");
    check("![[er/E.PNG|x]]", &image("deep/er/e.png"), "");
    check("![[d.png|x]]", &image("_images/d.png"), "");
    check("![[b c.png|x]]", &image("n/img/b c.PNG"), "");
    check(
        "![[twin.png|x]]",
        &image("deep/twin.png"),
        "2:1 [ambiguous-link]",
    );
    check("![[y/twin.png|x]]", &image("x/y/twin.png"), "");
    check(
        "![[a.png]]",
        &format!("<img src=\"n/a.png\" alt=\"a.png\" {SIZE}>"),
        "2:1 [missing-alt]",
    );
}

#[test]
fn a_note_may_say_how_large_an_image_is_shown() {
    let image = |size: &str| format!("<img src=\"n/a.png\" alt=\"x\" {size}>");
    check(
        "![x|300](a.png)",
        &image("width=\"300\" height=\"150\""),
        "",
    );
    check(
        "![x|300x9](a.png)",
        &image("width=\"300\" height=\"9\""),
        "",
    );
    check("![x | 10](a.png)", &image("width=\"10\" height=\"5\""), "");
    check(
        "![[a.png|x|300]]",
        &image("width=\"300\" height=\"150\""),
        "",
    );
    check(
        "<img src=\"a.png\" alt=x width=20>",
        &image("width=\"20\" height=\"10\""),
        "",
    );
    check(
        "<img src='a.png' alt='x' height='40px'>",
        &image("width=\"80\" height=\"40px\""),
        "",
    );
    check(
        "<img src=a.png alt=x width='50%'>",
        &image("width=\"50%\""),
        "",
    );
    check(
        "<img src=a.png alt=x width=1 height=2>",
        &image("width=\"1\" height=\"2\""),
        "",
    );
    check(
        "![[a.png|300]]",
        "<img src=\"n/a.png\" alt=\"\" width=\"300\" height=\"150\">",
        "2:1 [missing-alt]",
    );
    let two = "<img src=\"n/a.png\" alt=\"x|y\" width=\"40\" height=\"20\">";
    check("![x|y](a.png)", two, "");
}

#[test]
fn images_of_raw_html_are_found_too() {
    let image = format!("<img src=\"n/a.png\" alt=\"x\" {SIZE}>");
    check(
        "y <img src=\"a.png\" alt=\"x\" onerror=\"z\">",
        &format!("y {image}"),
        "",
    );
    check(
        "<div>\n<img\n alt=\"x\"\n src=\"a.png\">\n</div>",
        &format!("<div>\n{image}\n</div>"),
        "",
    );
    check("<img src=\"a&#46;png\" alt=\"x\">", &image, "");
    check(
        "<p align=\"center\">\n  <img src=\"gone.png\">\n</p>",
        "<span class=\"missing\">gone.png</span>",
        "3:3 [missing-image]",
    );
}

#[test]
fn an_image_that_is_not_there_is_its_text_and_reported() {
    let missing = |text: &str| format!("<span class=\"missing\">{text}</span>");
    check(
        "y ![x](gone.png)",
        &format!("y {}", missing("x")),
        "2:3 [missing-image]",
    );
    check(
        "![a < b](gone.png)",
        &missing("a &lt; b"),
        "2:1 [missing-image]",
    );
    check("![](gone.png)", &missing("gone.png"), "2:1 [missing-image]");
    check("![x](d.png)", &missing("x"), "2:1 [missing-image]");
    check("![x](../../a.png)", &missing("x"), "2:1 [missing-image]");
    check("![[gone.png]]", &missing("gone.png"), "2:1 [missing-image]");
    check("![x](lfs.png)", &missing("x"), "2:1 [missing-image]");
    check("![x](book.pdf)", &missing("x"), "2:1 [link-to-no-card]");
    check("![x](gone.jpg#y)", &missing("x"), "2:1 [missing-image]");
    let hint = |answer: &str| {
        let compiled = deck::compile(&folder(answer), &Settings::default());
        compiled.problems[0].hint.clone()
    };
    assert_eq!(hint("![x](d.png)"), "there is `../_images/d.png`");
    assert_eq!(hint("![x](img/bc.png)"), "there is `img/b c.PNG`");
}

#[test]
fn an_image_should_say_what_it_shows() {
    let image = format!("<img src=\"n/a.png\" alt=\"\" {SIZE}>");
    check("y ![](a.png)", &format!("y {image}"), "2:3 [missing-alt]");
    check("y ![ ](a.png)", &format!("y {image}"), "2:3 [missing-alt]");
    check(
        "y <img src=\"a.png\">",
        &format!("y {image}"),
        "2:3 [missing-alt]",
    );
    check(
        "![|300](a.png)",
        "<img src=\"n/a.png\" alt=\"\" width=\"300\" height=\"150\">",
        "2:1 [missing-alt]",
    );
}

#[test]
fn an_image_that_is_large_is_reported() {
    let image = format!("<img src=\"n/big.png\" alt=\"x\" {SIZE}>");
    check("![x](big.png)", &image, "2:1 [large-image]");
    check(
        "[x](big.png)",
        "<a href=\"n/big.png\" target=\"_blank\" rel=\"noopener\">x</a>",
        "",
    );
}

#[test]
fn a_link_to_an_image_opens_it_and_an_image_can_be_a_link() {
    let out = "target=\"_blank\" rel=\"noopener\"";
    check(
        "[x](a.png)",
        &format!("<a href=\"n/a.png\" {out}>x</a>"),
        "",
    );
    check(
        "[[e.png|x]]",
        &format!("<a href=\"deep/er/e.png\" {out}>x</a>"),
        "",
    );
    let image = format!("<img src=\"n/a.png\" alt=\"x\" {SIZE}>");
    check(
        "[![x](a.png)](a.png)",
        &format!("<a href=\"n/a.png\" {out}>{image}</a>"),
        "",
    );
    check("[![x](a.png)](gone.md)", &image, "2:1 [dead-link]");
}

#[test]
fn images_are_listed_once_with_a_name_of_their_content() {
    let text = "![x](a.png) ![y](a.png) ![z](same.png) ![[A.png|x]]";
    let compiled = deck::compile(&folder(text), &Settings::default());
    let images: Vec<_> = compiled.images.iter().map(|image| &image.path).collect();
    assert_eq!(images, ["n/a.png", "n/same.png"]);
    let names: Vec<_> = compiled.images.iter().map(|image| &image.name).collect();
    assert_eq!(names[0], names[1]);
    let name = names[0].strip_prefix("notes/image-").expect("its place");
    let hash = name.strip_suffix(".png").expect("its kind");
    assert!(
        hash.len() == 16 && hash.bytes().all(|c| c.is_ascii_hexdigit()),
        "{name}"
    );
}

#[test]
fn an_image_that_no_card_shows_is_not_taken() {
    let compiled = deck::compile(&folder("x\n\n## ![y](a.png) z\nx"), &Settings::default());
    assert_eq!(compiled.images, []);
    let mut folder = folder("x");
    folder
        .notes
        .push(note("z.md", b"# No cards\n\n![x](n/a.png)"));
    assert_eq!(deck::compile(&folder, &Settings::default()).images, []);
}
