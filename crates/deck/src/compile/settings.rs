//! `Settings`: what is chosen for a note about which cards are made of it.

mod chosen;
mod read;
mod tree;

pub(crate) use chosen::{Chosen, FolderSettings};
pub(crate) use read::Choices;
pub(crate) use tree::{Tree, Yaml};

use pulldown_cmark::HeadingLevel;

/// What is chosen for one note: the defaults, then the `quire.toml` of each folder on the way to
/// the note, then the note's own frontmatter. Later ones win, key by key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// The level of the headings that are questions.
    pub level: Level,
    /// The ways in which cards are marked.
    pub cards: Vec<Convention>,
    /// The labels that make a leading part the prompt. Case and the kind of apostrophe do not
    /// count.
    pub prompts: Vec<String>,
}

/// Which headings are questions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// The level that the note's structure shows.
    FromStructure,
    /// This one.
    Fixed(HeadingLevel),
    /// No heading: the questions are the `<summary>` of each `<details>`.
    Summaries,
}
/// A way in which notes mark cards.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Convention {
    /// A heading is the question, what stands below it the answer.
    Headings,
    /// `Q:` and `A:` at the beginning of a line, and `C:` with `[clozes]`.
    Prefixes,
    /// `question :: answer` on one line, `:::` for both ways.
    Inline,
    /// A question, a line with nothing but `?`, and an answer; `??` for both ways.
    Separators,
    /// `==cloze==`.
    Highlights,
    /// `{{c1::cloze}}`.
    Clozes,
    /// A list of `- [ ]` and `- [x]` below a question.
    Choices,
    /// A table with a question in the first column of each row.
    Tables,
    /// A heading, paragraph or item that has the tag `#card`.
    Tagged,
}

impl Convention {
    /// Every convention by the name that it has in settings.
    pub const ALL: [(&'static str, Convention); 9] = [
        ("headings", Convention::Headings),
        ("prefixes", Convention::Prefixes),
        ("inline", Convention::Inline),
        ("separators", Convention::Separators),
        ("highlights", Convention::Highlights),
        ("clozes", Convention::Clozes),
        ("choices", Convention::Choices),
        ("tables", Convention::Tables),
        ("tagged", Convention::Tagged),
    ];
}

impl Default for Settings {
    fn default() -> Settings {
        let prompts = [
            "What they're really asking",
            "What they are really asking",
            "What they're asking",
            "What is really being asked",
            "What's really being asked",
        ];
        Settings {
            level: Level::FromStructure,
            cards: vec![Convention::Headings],
            prompts: prompts.map(String::from).to_vec(),
        }
    }
}
