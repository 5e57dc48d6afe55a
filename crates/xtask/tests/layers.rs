//! Who may import whom: reads every path in every source file and names the
//! line that goes against the layers of the house.

mod reader;

use std::fs;
use std::path::{Path, PathBuf};

use reader::Reader;

/// The packages of the workspace, as code names them.
const PACKAGES: &[&str] = &[
    "deck",
    "study",
    "transfer",
    "xtask",
    "quire",
    "browser_tests",
];

/// What the files of one place may use.
struct Layer {
    /// A folder or a file, from the root of the workspace.
    place: &'static str,
    /// Top modules of the same package; `None` where a package has no layers.
    modules: Option<&'static [&'static str]>,
    /// Packages of the workspace.
    packages: &'static [&'static str],
    /// Whether the browser's own types may be named.
    browser: bool,
}

/// The crates that are the browser.
const BROWSER: &[&str] = &["web_sys", "js_sys"];

const LAYERS: &[Layer] = &[
    Layer {
        place: "src/ui",
        modules: Some(&["ui", "state"]),
        packages: &["deck"],
        browser: true,
    },
    Layer {
        place: "src/state",
        modules: Some(&["state", "platform"]),
        packages: &["deck", "study"],
        browser: false,
    },
    Layer {
        place: "src/platform",
        modules: Some(&["platform"]),
        packages: &["study"],
        browser: true,
    },
    Layer {
        place: "build.rs",
        modules: None,
        packages: &["deck"],
        browser: false,
    },
    Layer {
        place: "crates/deck",
        modules: None,
        packages: &["deck"],
        browser: false,
    },
    Layer {
        place: "crates/study",
        modules: None,
        packages: &["study", "deck"],
        browser: false,
    },
    Layer {
        place: "crates/transfer",
        modules: None,
        packages: &["transfer"],
        browser: true,
    },
    Layer {
        place: "crates/xtask",
        modules: None,
        packages: &["xtask", "deck"],
        browser: false,
    },
    Layer {
        place: "tests",
        modules: None,
        packages: &["browser_tests"],
        browser: false,
    },
];

#[test]
fn no_file_imports_what_its_layer_may_not() {
    let root = root();
    let mut breaches = Vec::new();
    for layer in LAYERS {
        let files = rust_files(&root.join(layer.place));
        assert!(
            !files.is_empty(),
            "no source in {}: has it moved?",
            layer.place
        );
        for file in files {
            let source = fs::read_to_string(&file).expect("a source file is text");
            let name = file
                .strip_prefix(&root)
                .expect("a source lies in the workspace");
            breaches.extend(breaches_in(&slashed(name), &source, layer));
        }
    }
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

/// Nothing may lie in `src/` beside the layers and `main.rs`, which joins them.
#[test]
fn every_file_of_the_app_is_in_a_layer() {
    let root = root();
    for file in rust_files(&root.join("src")) {
        let name = slashed(
            file.strip_prefix(&root)
                .expect("a source lies in the workspace"),
        );
        let is_in_layer = LAYERS
            .iter()
            .any(|layer| name.starts_with(&format!("{}/", layer.place)));
        assert!(
            is_in_layer || name == "src/main.rs",
            "{name} is in no layer"
        );
    }
}

/// One line for each path in `source` that `layer` may not use.
fn breaches_in(file: &str, source: &str, layer: &Layer) -> Vec<String> {
    let own_modules = module_path(file);
    let mut breaches = Vec::new();
    for path in Reader::new(source, &own_modules).paths() {
        let Some(first) = path.segments.first() else {
            continue;
        };
        let is_wrong = if path.is_inside {
            layer
                .modules
                .is_some_and(|modules| !modules.contains(&first.as_str()))
        } else {
            let is_ours = PACKAGES.contains(&first.as_str());
            let is_browser = BROWSER.contains(&first.as_str());
            is_ours && !layer.packages.contains(&first.as_str()) || is_browser && !layer.browser
        };
        if is_wrong {
            let shown = path.segments.join("::");
            breaches.push(format!(
                "{file}:{}: `{shown}` is out of bounds here: {}",
                path.line,
                bounds(layer)
            ));
        }
    }
    breaches
}

fn bounds(layer: &Layer) -> String {
    let modules = layer
        .modules
        .unwrap_or_default()
        .iter()
        .map(|name| format!("crate::{name}"));
    let packages = layer.packages.iter().map(|name| (*name).to_owned());
    let allowed: Vec<String> = modules.chain(packages).collect();
    let browser = if layer.browser {
        " and the browser's types"
    } else {
        ""
    };
    format!(
        "{} may use {} of ours{browser}",
        layer.place,
        allowed.join(", ")
    )
}

/// The modules that a file of the app is: `src/ui/shell.rs` is `ui::shell`.
fn module_path(file: &str) -> Vec<String> {
    let inner = file.strip_prefix("src/").unwrap_or(file);
    let stem = inner.strip_suffix(".rs").unwrap_or(inner);
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    stem.split('/').map(str::to_owned).collect()
}

fn rust_files(place: &Path) -> Vec<PathBuf> {
    if place.is_file() {
        return vec![place.to_path_buf()];
    }
    let mut files = Vec::new();
    for entry in place.read_dir().into_iter().flatten().flatten() {
        let path = entry.path();
        let is_built = path.file_name().is_some_and(|name| name == "target");
        if path.is_dir() && !is_built {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    root.expect("xtask lies two folders below the root")
        .to_path_buf()
}

/// Checks `source` as the file `file`: the lines that break the layers.
#[track_caller]
fn check(file: &str, source: &str, expected_lines: &[usize]) {
    let layer = LAYERS
        .iter()
        .find(|layer| file == layer.place || file.starts_with(&format!("{}/", layer.place)))
        .expect("the file is in a layer");
    let breaches = breaches_in(file, source, layer);
    let prefixes: Vec<String> = expected_lines
        .iter()
        .map(|line| format!("{file}:{line}: "))
        .collect();
    let fits = breaches.len() == prefixes.len()
        && breaches
            .iter()
            .zip(&prefixes)
            .all(|(breach, prefix)| breach.starts_with(prefix));
    assert!(
        fits,
        "expected lines {expected_lines:?}, found {breaches:#?}"
    );
}

#[test]
fn a_use_line_that_breaks_a_layer_is_found() {
    check(
        "src/ui/shell.rs",
        "use crate::state::App;\nuse crate::platform::clock;\n",
        &[2],
    );
    check(
        "src/ui/shell.rs",
        "use study::Rating;\nuse deck::CardId;\n",
        &[1],
    );
    check(
        "src/state/app.rs",
        "use crate::ui::Shell;\nuse crate::platform::clock;\n",
        &[1],
    );
    check(
        "src/platform/clock.rs",
        "use study::Now;\nuse deck::CardId;\n",
        &[2],
    );
    check("crates/deck/src/lib.rs", "use study::Event;\n", &[1]);
    check(
        "crates/xtask/src/main.rs",
        "use study::Event;\nuse deck::compile;\n",
        &[1],
    );
    check(
        "tests/src/lib.rs",
        "use browser_tests::Site;\nuse deck::CardId;\n",
        &[2],
    );
    check("build.rs", "use study::Event;\n", &[1]);
}

#[test]
fn a_path_in_the_middle_of_code_is_found() {
    check(
        "src/state/app.rs",
        "fn f() {\n    crate::ui::paint(1);\n}\n",
        &[2],
    );
    check(
        "src/ui/shell.rs",
        "view! { <p>{move || study::now()}</p> }\n",
        &[1],
    );
    check(
        "src/ui/shell.rs",
        "fn f(x: Option<crate::platform::Page>) {}\n",
        &[1],
    );
    check(
        "src/ui/shell.rs",
        "pub(in crate::ui) fn f() {}\npub(crate) fn g() {}\n",
        &[],
    );
}

#[test]
fn groups_and_relative_paths_are_followed() {
    check(
        "src/ui/shell.rs",
        "use crate::{\n    state::App,\n    platform::{clock, page},\n};\n",
        &[3, 3],
    );
    check(
        "src/ui/shell.rs",
        "use super::super::platform::clock;\nuse super::words;\n",
        &[1],
    );
    check(
        "src/ui/mod.rs",
        "use super::platform::clock;\nuse self::words::A;\n",
        &[1],
    );
    check(
        "src/ui/a.rs",
        "mod tests {\n    use super::super::words;\n    use super::super::super::platform::x;\n}\nuse super::b;\n",
        &[3],
    );
    check("src/ui/a.rs", "use crate::platform as p;\n", &[1]);
    check(
        "src/ui/a.rs",
        "fn f<'a>() -> impl Sized + use<'a> { study::x() }\n",
        &[1],
    );
    check(
        "src/ui/a.rs",
        "use crate::{state::{App}, ui};\nuse study::x;\n",
        &[2],
    );
}

#[test]
fn comments_and_texts_are_no_code() {
    check(
        "src/ui/a.rs",
        "//! crate::platform\n/* a /* crate::platform::x */ study::y */\n",
        &[],
    );
    check(
        "src/ui/a.rs",
        "const A: &str = \"use study::x; \\\" crate::platform::y\";\n",
        &[],
    );
    check(
        "src/ui/a.rs",
        "const A: &str = r#\"\n\" study::x\"#; const B: char = '\"';\nuse study::x;\n",
        &[3],
    );
    check(
        "src/ui/a.rs",
        "fn f<'a>(x: &'a str) { study::x(x) }\n",
        &[1],
    );
}

#[test]
fn a_module_of_the_same_name_is_not_the_package() {
    check(
        "src/ui/mod.rs",
        "mod study;\nfn f() { study::page() }\n",
        &[],
    );
    check(
        "src/ui/shell.rs",
        "use super::study;\nfn f() { study::page() }\n",
        &[],
    );
    check(
        "src/ui/shell.rs",
        "use crate::ui::study::page;\nfn f() { study::page() }\n",
        &[2],
    );
    check("src/ui/shell.rs", "fn f() { ::study::page() }\n", &[1]);
}

#[test]
fn the_browsers_types_stay_in_platform_and_screens() {
    check("src/state/a.rs", "use web_sys::File;\n", &[1]);
    check("src/state/a.rs", "fn f() { js_sys::Date::now(); }\n", &[1]);
    check("src/platform/a.rs", "use web_sys::File;\n", &[]);
    check("src/ui/a.rs", "use web_sys::Node;\n", &[]);
}
