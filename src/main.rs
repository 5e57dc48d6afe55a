//! Quire: a folder of notes as a flashcard app. The thin shell around `study`,
//! compiled to wasm; `cargo xtask serve` builds and serves it.

mod platform;
mod state;
mod ui;

fn main() {
    platform::page::report_panics();
    let root = platform::page::element("app");
    leptos::mount::mount_to(root, ui::Quire).forget();
    platform::page::announce_started();
}
