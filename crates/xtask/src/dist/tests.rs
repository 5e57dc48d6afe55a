//! The whole way of a staged build, checked from the outside, byte by byte.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use super::audit::audit;
use super::compress::files_below;
use super::digest::{sha256_integrity, sha384_integrity, short_hash};
use super::fixture::{INDEX, find, read, staged, write_file};
use super::page::CONTENT_SECURITY_POLICY;
use super::stage::BuildKind;
use super::test_copy::copy_site;
use super::{finish, precache};

/// The list as the worker's own engine reads it: the text between the marks, as JSON once
/// its two keys are quoted and its last commas are gone.
fn kept_files(folder: &Path) -> BTreeMap<String, String> {
    let worker = read(folder, "sw.js");
    let list = worker.split("/*quire:precache*/").nth(1).unwrap();
    let files = list
        .split("files: [")
        .nth(1)
        .unwrap()
        .split("\n  ]")
        .next()
        .unwrap();
    let files = format!("[{}]", files.trim().trim_end_matches(','));
    let files: Vec<[String; 2]> = serde_json::from_str(&files).unwrap();
    let addresses: Vec<&String> = files.iter().map(|[url, _]| url).collect();
    assert!(addresses.is_sorted(), "{addresses:?}");
    files
        .into_iter()
        .map(|[url, integrity]| (url, integrity))
        .collect()
}

fn version(folder: &Path) -> String {
    let worker = read(folder, "sw.js");
    worker
        .split("version: \"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

/// Each file of the site is kept, with the hash of the bytes that lie there.
#[track_caller]
fn check_precache(folder: &Path) {
    let mut expected = BTreeMap::new();
    for path in files_below(folder).unwrap() {
        let is_copy = path.ends_with(".br") || path.ends_with(".gz") || path == "404.html";
        if !is_copy && path != "sw.js" {
            let integrity = sha256_integrity(&fs::read(folder.join(&path)).unwrap());
            let url = if path == "index.html" { "./" } else { &path };
            expected.insert(url.to_owned(), integrity);
        }
    }
    assert_eq!(kept_files(folder), expected);
}

#[test]
fn the_worker_keeps_every_file_with_its_hash() {
    let (site, stage) = staged(BuildKind::Quick);
    write_file(site.path(), "quire.js.map", "{}");
    finish(&stage).unwrap();
    fs::remove_file(site.path().join("quire.js.map")).unwrap();
    check_precache(site.path());
    let kept = kept_files(site.path());
    assert!(kept.contains_key("./") && kept.contains_key("icons/icon.svg"));
    assert!(!kept.contains_key("index.html") && !kept.contains_key("404.html"));
}

/// A folder with a note that shows a picture and a drawing, and one picture that none shows.
fn notes_with_images() -> tempfile::TempDir {
    let notes = tempfile::tempdir().unwrap();
    let drawing = format!("<svg width='4' height='3'>{}</svg>", "<g></g>".repeat(200));
    write_file(
        notes.path(),
        "a.md",
        "## Q\n![x](img/a.png)\n\n![y](b.svg)\n",
    );
    fs::create_dir(notes.path().join("img")).unwrap();
    fs::write(
        notes.path().join("img/a.png"),
        b"\x89PNG\r\n\x1a\n\0\0\0\0\0\0\0\0",
    )
    .unwrap();
    write_file(notes.path(), "b.svg", &drawing);
    write_file(notes.path(), "unused.svg", "<svg/>");
    notes
}

#[test]
fn the_images_of_the_notes_are_kept_under_the_names_that_the_notes_have() {
    let notes = notes_with_images();
    let (site, mut stage) = staged(BuildKind::Quick);
    stage.notes = notes.path().to_owned();
    finish(&stage).unwrap();
    check_precache(site.path());
    let folder = deck::read_folder(notes.path()).unwrap();
    let compiled = deck::compile(&folder, &deck::Settings::default());
    let kept = kept_files(site.path());
    let html = &compiled.decks[0].cards[0].parts[0].html;
    assert_eq!(compiled.images.len(), 2);
    for image in &compiled.images {
        assert!(html.contains(&format!("src=\"{}\"", image.name)), "{html}");
        assert!(kept.contains_key(&image.name), "{kept:?}");
        assert!(crate::file_names::is_hashed(&image.name));
        let written = fs::read(site.path().join(&image.name)).unwrap();
        assert_eq!(written, image.content.read().unwrap());
    }
    let mut files = files_below(site.path()).unwrap();
    files.retain(|path| path.starts_with("notes/"));
    assert_eq!(files.len(), 4, "a drawing is compressed too: {files:?}");
    find(site.path(), "notes/image-", ".svg.br");
}

#[test]
fn a_watch_build_has_the_images_too() {
    let notes = notes_with_images();
    let (site, mut stage) = staged(BuildKind::Watch);
    stage.notes = notes.path().to_owned();
    finish(&stage).unwrap();
    find(site.path(), "notes/image-", ".png");
    find(site.path(), "notes/image-", ".svg");
}

#[test]
fn the_copy_for_tests_has_the_images_too() {
    let notes = notes_with_images();
    let (site, mut stage) = staged(BuildKind::Quick);
    stage.notes = notes.path().to_owned();
    finish(&stage).unwrap();
    let copy = tempfile::tempdir().unwrap();
    copy_site(site.path(), copy.path()).unwrap();
    find(copy.path(), "notes/image-", ".png");
    check_precache(copy.path());
}

#[test]
fn the_version_follows_every_byte_that_is_kept_and_nothing_else() {
    let version_of = |path: &str, text: &str| {
        let (site, stage) = staged(BuildKind::Watch);
        write_file(site.path(), path, text);
        precache::write(&stage.folder).unwrap();
        version(site.path())
    };
    let one = version_of("icons/icon.svg", "<svg/>");
    assert_eq!(one, version_of("icons/icon.svg", "<svg/>"));
    assert_eq!(one, version_of("sw.js.br", "a compressed copy"));
    assert_ne!(one, version_of("icons/icon.svg", "<svg />"));
    assert_ne!(one, version_of("more.txt", ""));
    let worker = "/*quire:precache*/ {} /*quire:end*/; // other code";
    assert_ne!(one, version_of("sw.js", worker));
    assert_eq!(one.len(), 16);
}

#[test]
fn writing_the_list_again_changes_nothing() {
    let (site, stage) = staged(BuildKind::Quick);
    finish(&stage).unwrap();
    let once = read(site.path(), "sw.js");
    precache::write(site.path()).unwrap();
    assert_eq!(read(site.path(), "sw.js"), once);
}

#[test]
fn names_carry_the_hash_of_their_contents() {
    let (site, stage) = staged(BuildKind::Quick);
    finish(&stage).unwrap();
    for (start, end) in [
        ("boot-", ".js"),
        ("quire-", ".js"),
        ("quire-", "_bg.wasm"),
        ("quire-", ".css"),
        ("transfer-", ".js"),
        ("transfer-", "_bg.wasm"),
    ] {
        let name = find(site.path(), start, end);
        let bytes = fs::read(site.path().join(&name)).unwrap();
        assert_eq!(name, format!("{start}{}{end}", short_hash(&bytes)));
    }
    for plain in [
        "boot.js",
        "quire.js",
        "quire_bg.wasm",
        "transfer.js",
        "transfer_bg.wasm",
        "tokens.css",
        "base.css",
        "merged.css",
    ] {
        assert!(!site.path().join(plain).exists(), "{plain}");
    }
}

#[test]
fn the_style_sheets_become_one_in_the_order_of_the_page() {
    let (site, stage) = staged(BuildKind::Quick);
    finish(&stage).unwrap();
    let css = read(site.path(), &find(site.path(), "quire-", ".css"));
    assert_eq!(
        css,
        ":root { --bg: white; }\nhtml { background: var(--bg); }\n"
    );
}

#[test]
fn the_page_loads_hashed_names_and_pins_them() {
    let (site, stage) = staged(BuildKind::Quick);
    finish(&stage).unwrap();
    let html = read(site.path(), "index.html");
    let [boot, glue, style] = [("boot-", ".js"), ("quire-", ".js"), ("quire-", ".css")]
        .map(|(start, end)| find(site.path(), start, end));
    let wasm = find(site.path(), "quire-", "_bg.wasm");
    let transfer = find(site.path(), "transfer-", ".js");
    let transfer_wasm = find(site.path(), "transfer-", "_bg.wasm");
    let pin = |name: &str| sha384_integrity(&fs::read(site.path().join(name)).unwrap());
    for tag in [
        format!(
            "<script type=\"module\" src=\"{boot}\" integrity=\"{}\" data-app=\"{glue}\" data-wasm=\"{wasm}\" \
             data-transfer=\"{transfer}\" data-transfer-wasm=\"{transfer_wasm}\"></script>",
            pin(&boot)
        ),
        format!(
            "<link rel=\"modulepreload\" href=\"{glue}\" integrity=\"{}\">",
            pin(&glue)
        ),
        format!(
            "<link rel=\"stylesheet\" href=\"{style}\" integrity=\"{}\">",
            pin(&style)
        ),
        format!(
            "<link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>"
        ),
        "<meta name=\"quire-worker\" content=\"on\">".to_owned(),
        "<base href=\"/quire/\" />".to_owned(),
    ] {
        assert_eq!(html.matches(&tag).count(), 1, "{tag}\n{html}");
    }
    assert_eq!(html.matches("<script").count(), 1);
    assert!(
        !html.contains("data-trunk") && !html.contains("<!--"),
        "{html}"
    );
    assert_eq!(read(site.path(), "404.html"), html);
}

#[test]
fn what_is_loaded_on_demand_is_kept_and_named_but_not_preloaded() {
    let (site, stage) = staged(BuildKind::Quick);
    finish(&stage).unwrap();
    let html = read(site.path(), "index.html");
    let kept = kept_files(site.path());
    for ending in [".js", "_bg.wasm"] {
        let name = find(site.path(), "transfer-", ending);
        assert_eq!(html.matches(&name).count(), 1, "{html}");
        assert!(kept.contains_key(&name), "{name}");
        assert!(site.path().join(format!("{name}.br")).exists(), "{name}");
    }
}

#[test]
fn the_policy_is_the_one_of_the_design_and_stands_before_all_it_rules() {
    let (site, stage) = staged(BuildKind::Quick);
    finish(&stage).unwrap();
    let html = read(site.path(), "index.html");
    let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
        img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
        base-uri 'self'; form-action 'none'";
    assert_eq!(CONTENT_SECURITY_POLICY, policy);
    let tag = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    let place = html.find(&tag).unwrap();
    assert!(place < html.find("<link").unwrap() && place < html.find("<script").unwrap());
}

/// A page that the audit refuses, and what it says about it.
#[track_caller]
fn check_refused(addition: &str, fault: &str) {
    let (site, stage) = staged(BuildKind::Watch);
    write_file(
        site.path(),
        "index.html",
        &INDEX.replace("<div id=\"app\">", addition),
    );
    let error = format!("{:#}", finish(&stage).unwrap_err());
    assert!(error.contains(fault), "{error}");
}

#[test]
fn a_page_that_its_policy_would_block_fails_the_build() {
    check_refused("<script>alert(1)</script><div>", "inline script");
    check_refused("<script src=\"a.js\"></script><div>", "without integrity");
    check_refused("<style>p { color: red }</style><div>", "<style>");
    check_refused(
        "<noscript><style>p { color: red }</style></noscript><div>",
        "<style>",
    );
    check_refused("<div style=\"color: red\">", "inline `style`");
    check_refused("<div onclick=\"go()\">", "inline `onclick`");
    check_refused(
        "<img src=\"https://example.org/pixel.gif\"><div>",
        "another site",
    );
    check_refused("<img src=\"//example.org/pixel.gif\"><div>", "another site");
    check_refused(
        "<img srcset=\"a.png 1x, https://example.org/b.png 2x\"><div>",
        "another site",
    );
    check_refused(
        "<form action=\"mailto:me@example.org\"></form><div>",
        "another site",
    );
}

#[test]
fn a_link_that_is_clicked_may_lead_away() {
    let (site, stage) = staged(BuildKind::Watch);
    let link = "<a href=\"https://example.org/\">Example</a><div id=\"app\">";
    write_file(
        site.path(),
        "index.html",
        &INDEX.replace("<div id=\"app\">", link),
    );
    finish(&stage).unwrap();
}

/// A staged page that cannot be finished, and what is said about it.
#[track_caller]
fn check_unfit(from: &str, to: &str, fault: &str) {
    assert!(INDEX.contains(from));
    let (site, stage) = staged(BuildKind::Watch);
    write_file(site.path(), "index.html", &INDEX.replace(from, to));
    let error = format!("{:#}", finish(&stage).unwrap_err());
    assert!(error.contains(fault), "{error}");
}

#[test]
fn a_page_that_cannot_be_finished_says_why() {
    check_unfit(
        "<!-- quire:head -->",
        "",
        "needs `<!-- quire:head -->` once",
    );
    check_unfit("<base href=\"/quire/\" />", "", "one <base href>");
    check_unfit(
        "<base href=\"/quire/\" />",
        "<base href=\"./\" />",
        "public URL must be a path",
    );
    check_unfit(
        "\"/quire/\"",
        "\"https://example.org/\"",
        "public URL must be a path",
    );
    check_unfit("\"/quire/\"", "\"/quire\"", "public URL must be a path");
    check_unfit(
        "/quire/base.css",
        "/quire/absent.css",
        "absent.css, which was not built",
    );
    check_unfit(
        "/quire/base.css",
        "https://example.org/a.css",
        "not a file of this site",
    );
    check_unfit("/quire/base.css", "../base.css", "not a file of this site");
}

#[test]
fn a_link_before_the_base_fails_the_build() {
    let (site, stage) = staged(BuildKind::Watch);
    let early = INDEX.replace(
        "<base",
        "<link rel=\"icon\" href=\"icons/icon.svg\" /><base",
    );
    write_file(site.path(), "index.html", &early);
    let error = format!("{:#}", finish(&stage).unwrap_err());
    assert!(error.contains("stands before <base>"), "{error}");
}

#[track_caller]
fn check_missing(file: &str) {
    let (site, stage) = staged(BuildKind::Quick);
    fs::remove_file(site.path().join(file)).unwrap();
    assert!(finish(&stage).is_err(), "{file}");
}

#[test]
fn a_missing_file_fails_the_build() {
    for file in [
        "index.html",
        "boot.js",
        "quire.js",
        "quire_bg.wasm",
        "transfer.js",
        "transfer_bg.wasm",
        "tokens.css",
        "sw.js",
    ] {
        check_missing(file);
    }
}

#[test]
fn a_third_wasm_and_a_name_with_a_blank_fail_the_build() {
    for file in ["other_bg.wasm", "icons/my icon.png"] {
        let (site, stage) = staged(BuildKind::Quick);
        write_file(site.path(), file, "x");
        assert!(finish(&stage).is_err(), "{file}");
    }
}

#[test]
fn a_wasm_in_the_place_of_another_fails_the_build() {
    let (site, stage) = staged(BuildKind::Quick);
    let path = |name: &str| site.path().join(name);
    fs::rename(path("transfer_bg.wasm"), path("other_bg.wasm")).unwrap();
    fs::rename(path("transfer.js"), path("other.js")).unwrap();
    let error = format!("{:#}", finish(&stage).unwrap_err());
    assert!(error.contains("the app and transfer_bg.wasm"), "{error}");
}

#[test]
fn compressed_copies_are_smaller_and_give_the_same_bytes() {
    let (site, stage) = staged(BuildKind::Quick);
    write_file(site.path(), "tiny.txt", "x");
    finish(&stage).unwrap();
    for path in files_below(site.path()).unwrap() {
        let bytes = fs::read(site.path().join(&path)).unwrap();
        let (original, plain) = if let Some(original) = path.strip_suffix(".br") {
            let mut plain = Vec::new();
            brotli::BrotliDecompress(&mut &bytes[..], &mut plain).unwrap();
            (original, plain)
        } else if let Some(original) = path.strip_suffix(".gz") {
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(&bytes[..])
                .read_to_end(&mut plain)
                .unwrap();
            (original, plain)
        } else {
            continue;
        };
        assert!(bytes.len() < plain.len(), "{path}");
        assert_eq!(
            plain,
            fs::read(site.path().join(original)).unwrap(),
            "{path}"
        );
    }
    let wasm = find(site.path(), "quire-", "_bg.wasm");
    assert!(site.path().join(format!("{wasm}.br")).exists());
    assert!(site.path().join("sw.js.gz").exists());
    assert!(!site.path().join("tiny.txt.br").exists());
}

#[test]
fn a_watch_build_has_a_worker_that_goes_away() {
    let (site, stage) = staged(BuildKind::Watch);
    finish(&stage).unwrap();
    assert!(read(site.path(), "index.html").contains("name=\"quire-worker\" content=\"off\""));
    let worker = read(site.path(), "sw.js");
    assert!(worker.contains("unregister()") && !worker.contains("\"fetch\""));
    assert!(
        !files_below(site.path())
            .unwrap()
            .iter()
            .any(|path| path.ends_with(".br"))
    );
}

#[test]
fn the_test_copy_is_the_same_app_with_a_clock() {
    let (site, stage) = staged(BuildKind::Quick);
    finish(&stage).unwrap();
    let copy = tempfile::tempdir().unwrap();
    copy_site(site.path(), copy.path()).unwrap();
    // Again, over the copy of an earlier build.
    write_file(copy.path(), "quire-of-yesterday.js", "");
    copy_site(site.path(), copy.path()).unwrap();

    let mut differing = Vec::new();
    for path in files_below(copy.path()).unwrap() {
        let original = fs::read(site.path().join(&path)).unwrap_or_default();
        if !path.ends_with(".br")
            && !path.ends_with(".gz")
            && original != fs::read(copy.path().join(&path)).unwrap()
        {
            differing.push(path);
        }
    }
    assert_eq!(
        differing,
        ["404.html", "index.html", "sw.js", "test-clock.js"]
    );
    check_precache(copy.path());
    assert_ne!(version(copy.path()), version(site.path()));
    let html = read(copy.path(), "index.html");
    audit(&html).unwrap();
    let clock = html
        .find("<script src=\"test-clock.js\" integrity=\"sha384-")
        .unwrap();
    assert!(clock < html.find("<script type=\"module\"").unwrap());
    assert_eq!(read(copy.path(), "404.html"), html);
}

#[test]
fn no_test_copy_is_made_of_a_watch_build_or_of_nothing() {
    let (site, stage) = staged(BuildKind::Watch);
    finish(&stage).unwrap();
    let copy = tempfile::tempdir().unwrap();
    let error = copy_site(site.path(), copy.path()).unwrap_err();
    assert!(format!("{error:#}").contains("serve --watch"), "{error:#}");
    let nothing = tempfile::tempdir().unwrap();
    let error = copy_site(nothing.path(), copy.path()).unwrap_err();
    assert!(format!("{error:#}").contains("no built site"), "{error:#}");
}

#[test]
fn only_a_watch_build_has_the_script_that_reloads_it() {
    // A release differs from a quick build in its wasm alone, which these stages do not have.
    for kind in [BuildKind::Watch, BuildKind::Quick] {
        let (site, stage) = staged(kind);
        finish(&stage).unwrap();
        let is_watch = kind == BuildKind::Watch;
        let page = read(site.path(), "index.html");
        let files = files_below(site.path()).unwrap();
        assert_eq!(page.contains("watch"), is_watch, "{page}");
        assert_eq!(page.matches("<script").count(), 1 + usize::from(is_watch));
        assert_eq!(files.iter().any(|path| path.contains("watch")), is_watch);
    }
}
