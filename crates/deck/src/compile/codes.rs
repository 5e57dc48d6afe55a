//! `Code`: every kind of problem by its name, with what it means and what to do.

/// The name of a kind of problem, such as `unclosed-fence`.
pub type Name = &'static str;

/// A kind of problem.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Code {
    /// The name, which never changes.
    pub name: Name,
    /// How bad it is; some kinds are one or the other, as the entry says.
    pub severity: &'static str,
    /// What it means, in a sentence or two.
    pub what: &'static str,
    /// What to do.
    pub todo: &'static str,
}

/// Every kind, in the order of the alphabet. `docs/problems.md` is made of it.
pub const CODES: &[Code] = &[
    Code {
        name: "ambiguous-link",
        severity: "warning",
        what: "A link names a file by its name only, and several have it. It leads to the one that the message names.",
        todo: "Name the folder too.",
    },
    Code {
        name: "bad-setting",
        severity: "error",
        what: "A setting has a value that Quire does not know. It is as if it were not there.",
        todo: "Write one of the values that the hint names.",
    },
    Code {
        name: "bold-question",
        severity: "warning",
        what: "In a note without headings a bold line ends in a question mark. Bold text is no heading, so it makes no card.",
        todo: "Write it as a heading: `## Question`.",
    },
    Code {
        name: "broken-frontmatter",
        severity: "error",
        what: "The lines between the two `---` at the beginning of a note are not YAML, or the first `---` is not the first line of the note. The note is read without them: its tags and settings are missing.",
        todo: "Mend the line, or move the `---` up. `tags:` takes a list of words; text with a colon in it needs quotes. TOML (`key = value`, `+++`) is not read.",
    },
    Code {
        name: "broken-ledger",
        severity: "error",
        what: "`cards.lock` is damaged. It says which id each card has, and progress hangs on the ids, so nothing is built without it.",
        todo: "Get it back as it was committed: `git checkout -- cards.lock`. Only if there is no good one, remove it: the ids are then made from paths and questions, as they were at first, and cards that were reworded since begin anew.",
    },
    Code {
        name: "broken-math",
        severity: "warning",
        what: "A formula cannot be read as TeX. It is shown as code.",
        todo: "Mend the formula, or write `\\$` where a dollar sign is meant.",
    },
    Code {
        name: "broken-settings",
        severity: "error",
        what: "A `quire.toml` is not TOML. It is as if it were not there.",
        todo: "Mend the line.",
    },
    Code {
        name: "code-in-fence",
        severity: "warning",
        what: "Code stands in the line of the marks that begin it, as in three backticks and `SELECT 1`. Markdown reads it as the name of a language, and it is not shown.",
        todo: "Begin the code in the next line.",
    },
    Code {
        name: "dead-link",
        severity: "warning",
        what: "A link leads to a note, a heading or a file that is not there, or its address has a space in it. It is shown as text.",
        todo: "Mend the address; the hint names what is near. Write `%20` for a space, or the address between `<` and `>`.",
    },
    Code {
        name: "deep-nesting",
        severity: "warning",
        what: "Quotations, lists or HTML stand more than 100 deep in each other. What stands deeper keeps its text and is not set apart.",
        todo: "Write it less deep, or close the tags that are left open.",
    },
    Code {
        name: "duplicate-footnote",
        severity: "error",
        what: "Two footnotes of one note have the same name. The text of the second is never shown.",
        todo: "Give one of them another name.",
    },
    Code {
        name: "duplicate-question",
        severity: "warning",
        what: "The same question stands twice, in a note or in two notes. Both are cards, and each has a progress of its own. In one note the order tells them apart: if the first goes, the second takes its progress.",
        todo: "Tell the two apart in their words, or make one card of them.",
    },
    Code {
        name: "empty-answer",
        severity: "warning",
        what: "A question has no answer, or nothing but a prompt, so it makes no card.",
        todo: "Write the answer below the question.",
    },
    Code {
        name: "empty-cloze",
        severity: "warning",
        what: "A cloze has no text, so it asks for nothing.",
        todo: "Write what is asked for between its marks, or take them out.",
    },
    Code {
        name: "empty-footnote",
        severity: "warning",
        what: "A footnote has no text.",
        todo: "Write it behind the `[^name]:`.",
    },
    Code {
        name: "empty-question",
        severity: "error or warning",
        what: "A heading has no text. What stands below it is in no card: an error if there is something, else a warning.",
        todo: "Write the question behind the marks.",
    },
    Code {
        name: "empty-section",
        severity: "warning",
        what: "Nothing stands below a heading, so it is left out.",
        todo: "Write something below it, or take it out.",
    },
    Code {
        name: "half-card",
        severity: "error or warning",
        what: "A card has a question without an answer, or an answer without a question, so it makes no card. It is an error where what is written is shown nowhere.",
        todo: "Write the other side.",
    },
    Code {
        name: "heading-in-code",
        severity: "warning",
        what: "A heading stands in code whose last mark may as well begin other code. It makes no card.",
        todo: "If it is meant as a heading, end the code above it. If it is code, put an empty line below the code.",
    },
    Code {
        name: "heading-in-html",
        severity: "error or warning",
        what: "HTML that begins above a heading swallows it: without an empty line Markdown reads it as part of the HTML. A heading that is itself written as `<h2>` makes no card; that is a warning.",
        todo: "Put an empty line above the heading, and write it with `#`.",
    },
    Code {
        name: "invisible-character",
        severity: "warning",
        what: "A question holds a control character, or another that cannot be seen. Search does not find the words that it stands in.",
        todo: "Delete the line and type it anew.",
    },
    Code {
        name: "large-image",
        severity: "warning",
        what: "An image is large, and every device keeps all images.",
        todo: "Make it smaller: 1,600 pixels are enough for any screen.",
    },
    Code {
        name: "link-to-no-card",
        severity: "warning",
        what: "A link leads to a place that is in no card. It is shown as text.",
        todo: "Link to a note with cards, or write it as plain text.",
    },
    Code {
        name: "long-attribute",
        severity: "warning",
        what: "An address, a title or another attribute has more than 1,024 characters such as `&` that HTML writes as references. It is left out.",
        todo: "Shorten it.",
    },
    Code {
        name: "long-question",
        severity: "warning",
        what: "A question has more than 300 characters and fills a screen.",
        todo: "Ask in one sentence, and move the rest into the answer.",
    },
    Code {
        name: "lost-cells",
        severity: "error",
        what: "A row of a table has more cells than the head, and Markdown drops those behind it. A `|` divides cells in code too.",
        todo: "Write `\\|` for a `|` that divides no cells, or give the head as many cells as the row.",
    },
    Code {
        name: "merged-ledger",
        severity: "warning",
        what: "`cards.lock` has the lines of both sides of a merge, with the marks of git between them. Every line stands by itself, so both sides are read and no id is lost.",
        todo: "Settle what the merge left in the notes, then write the file anew: `cargo xtask cards --update`. With `cards.lock merge=union` in `.gitattributes` git leaves no marks.",
    },
    Code {
        name: "missing-alt",
        severity: "warning",
        what: "An image does not say what it shows, to those who cannot see it.",
        todo: "Write it between the brackets: `![what it shows](image.png)`.",
    },
    Code {
        name: "missing-footnote",
        severity: "warning",
        what: "A footnote is referred to whose text stands nowhere in the note. The reference is shown as it was written.",
        todo: "Write the text: `[^name]: …`, anywhere in the note.",
    },
    Code {
        name: "missing-image",
        severity: "warning",
        what: "An image is not there, or is no image, or its path has a space in it. Its text is shown instead.",
        todo: "Save it where the note says, or mend the path. Write `%20` for a space, or the path between `<` and `>`.",
    },
    Code {
        name: "nested-question",
        severity: "warning",
        what: "A heading stands in a list or a quotation, where it makes no card.",
        todo: "Move the question out to the beginning of a line.",
    },
    Code {
        name: "no-cards",
        severity: "warning",
        what: "A note is empty, or has no cards.",
        todo: "Write questions, or let the name of the file begin with `_` if it is no note.",
    },
    Code {
        name: "no-cloze",
        severity: "warning",
        what: "A `C:` has nothing between brackets, so it makes no card.",
        todo: "Put what is asked for between brackets.",
    },
    Code {
        name: "no-right-option",
        severity: "error",
        what: "None of the options below a question is marked as right, so they make no choice.",
        todo: "Mark the right ones with `- [x]`.",
    },
    Code {
        name: "no-such-note",
        severity: "warning",
        what: "A `quire.toml` has settings for a note that is not there.",
        todo: "Write the path of a note in the folder of the file.",
    },
    Code {
        name: "not-a-heading",
        severity: "warning",
        what: "A line looks like a heading and is none: there is no space behind `##` or a character that only looks like one, the marks are full-width (`＃`), or four spaces before them make code of it.",
        todo: "Write `## ` at the beginning of the line.",
    },
    Code {
        name: "not-utf8",
        severity: "error",
        what: "A file is not UTF-8 text, so none of it is read.",
        todo: "Save it as UTF-8.",
    },
    Code {
        name: "nothing-to-reveal",
        severity: "warning",
        what: "An answer is nothing but the name of one part.",
        todo: "Write something below the name.",
    },
    Code {
        name: "question-outside",
        severity: "warning",
        what: "A heading is asked as a question, but has another level than the questions of the note.",
        todo: "Write it with as many `#` as the others, or choose the level in the frontmatter.",
    },
    Code {
        name: "remote-image",
        severity: "warning",
        what: "An image of another host is shown as a link, since the app works offline.",
        todo: "Save the image beside the note and give its relative path.",
    },
    Code {
        name: "removed-html",
        severity: "error",
        what: "HTML that could run or load something is left out, with what stands in it.",
        todo: "Write it as Markdown, or as code between backticks.",
    },
    Code {
        name: "repeated-footnote",
        severity: "warning",
        what: "The text of a footnote stands below each part that refers to it. Where that would make the cards many times as long as the note, it is shown no more.",
        todo: "Make a card of the text, and link to it.",
    },
    Code {
        name: "setext-heading",
        severity: "warning",
        what: "A paragraph directly above `---` is a heading in Markdown, but hardly ever meant as one. It makes no card and stays a paragraph.",
        todo: "Put an empty line above the `---`.",
    },
    Code {
        name: "split-details",
        severity: "warning",
        what: "A `<details>` holds a heading that begins another card or section. Only what stands above the heading is folded in.",
        todo: "End it with `</details>` above the heading, or take it out.",
    },
    Code {
        name: "text-outside",
        severity: "warning",
        what: "A `#` has text and no question below it, in a note whose questions are of another level. Its text stands in the introduction and makes no card.",
        todo: "If it is a question, write it with as many `#` as the others. If it is not, move it to the top of the note.",
    },
    Code {
        name: "tight-separator",
        severity: "warning",
        what: "A `::` stands so close to a name that it is read as part of it, as in `std::vec`. It makes no card.",
        todo: "Put a space behind the `::` that divides a question from its answer, or code marks around a name.",
    },
    Code {
        name: "too-many-clozes",
        severity: "warning",
        what: "One text has too many gaps, so it makes no cards.",
        todo: "Make several paragraphs of it.",
    },
    Code {
        name: "too-many-tags",
        severity: "warning",
        what: "A note has more than 200 tags. Those after the first 200 are left out.",
        todo: "Keep those that you look for.",
    },
    Code {
        name: "unclosed-cloze",
        severity: "warning",
        what: "A cloze has a beginning and no end.",
        todo: "End it with `}}`, in the same paragraph.",
    },
    Code {
        name: "unclosed-comment",
        severity: "error or warning",
        what: "A comment is never closed and hides what follows. It is taken to end above the next card. A `%%` without another hides nothing, and is a warning.",
        todo: "End the comment with `-->`, or with the `%%` that it begins with.",
    },
    Code {
        name: "unclosed-fence",
        severity: "error",
        what: "Code that begins with three backticks or tildes is not closed. It is taken to end above the next card, so that only this card is wrong; where none follows, all the rest is code.",
        todo: "End the code with a line of the same marks.",
    },
    Code {
        name: "unclosed-formula",
        severity: "warning",
        what: "A line `$$` has no partner above the next heading, so that it begins no formula. It is shown as it stands.",
        todo: "End the formula with a line `$$`.",
    },
    Code {
        name: "unclosed-html",
        severity: "error",
        what: "A `<pre>`, `<script>`, `<style>`, `<textarea>` or `<?` is never closed, and Markdown reads all that follows as part of it. It is taken to end above the next card.",
        todo: "End it with its closing tag.",
    },
    Code {
        name: "unknown-setting",
        severity: "error",
        what: "A setting has a name that Quire does not know.",
        todo: "Write one of the names in the hint.",
    },
    Code {
        name: "unknown-tag",
        severity: "warning",
        what: "Something such as `Vec<T>` is read as an HTML tag, but there is none of this name, or as in `What is <main>?` nothing ends it. It is shown as it stands.",
        todo: "Write it as code, between backticks.",
    },
    Code {
        name: "unused-definition",
        severity: "warning",
        what: "A line such as `[Answer]: 5432` is to Markdown the address of a link that other text names. No text does, so it is shown nowhere.",
        todo: "Write `\\[Answer]: 5432`, or make a bold label of it: `**Answer**: 5432`.",
    },
    Code {
        name: "unused-footnote",
        severity: "warning",
        what: "The text of a footnote is in the note, but nothing refers to it, so it is not shown.",
        todo: "Refer to it with `[^name]`, or take it out.",
    },
];

/// The kind with this name.
pub fn find(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.name == name)
}

/// All kinds as the document `docs/problems.md`.
pub fn document() -> String {
    let mut text = String::from(
        "# Problems\n\nWhat Quire finds in notes, by code. An error stops a build: something that \
         a note says would not reach the learner. A warning does not: everything is there, but \
         perhaps not as it was meant. `cargo xtask cards` shows the problems of your notes with \
         their lines, `cargo xtask cards --explain CODE` shows an entry of this list.\n",
    );
    for code in CODES {
        let Code {
            name,
            severity,
            what,
            todo,
        } = code;
        text += &format!("\n## {name}\n\n*{severity}*\n\n{what}\n\n{todo}\n");
    }
    text
}
