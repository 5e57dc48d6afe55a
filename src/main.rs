//! Quire: a folder of notes as a flashcard app. The thin shell around `study`,
//! compiled to wasm; `cargo xtask serve` builds and serves it.

mod platform;
mod state;
mod ui;

fn main() {
    platform::page::report_panics();
    wasm_bindgen_futures::spawn_local(async {
        let start = state::Start::read().await;
        ui::mount(&platform::page::element("app"), start);
        platform::page::announce_started();
    });
}
