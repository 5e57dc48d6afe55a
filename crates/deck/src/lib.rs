//! Notes to deck: the model that the app reads, and behind the feature `compile` the compiler.
//!
//! The model has no dependencies and never panics, whatever the bytes are: it goes into the wasm.
//! The compiler runs at build time only.

mod id;

mod bundle;
mod layout;

#[cfg(feature = "compile")]
pub mod compile;

pub use bundle::{
    Body, Bundle, BundleError, CardEntry, CardIndex, DeckEntry, DeckIndex, Direction, Part, Strings,
};
#[cfg(feature = "compile")]
pub use compile::{
    Cache, Card, Compiled, Content, Deck, Folder, Image, Note, PartKind, Problem, ReadError,
    Settings, SettingsFile, Severity, compile, compile_cached, read_folder,
};
pub use id::{BadId, CardId, PartId};
