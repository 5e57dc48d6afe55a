//! Notes as people write them for an interview, made from a number: the same number gives the same
//! notes. Shapes and lengths vary as they do in real notes; no two cards are the same.

use deck::Note;

/// That many notes of that many cards each.
#[allow(
    dead_code,
    reason = "the benches and the example each use a part of this file"
)]
pub fn notes(count: usize, cards: usize) -> Vec<Note> {
    let note = |index| Note {
        path: format!("area-{}/note-{index:05}.md", index % 17),
        bytes: text(index, cards).into_bytes(),
    };
    (0..count).map(note).collect()
}

/// One note.
fn text(seed: usize, cards: usize) -> String {
    let mut random = Random(seed as u64 * 7919 + 1);
    let mut out = format!("---\ntags: [{}, interview]\n---\n", random.pick(NOUNS));
    out.push_str(&format!(
        "# {} {seed}\n\n{}\n\n",
        random.pick(NOUNS),
        random.prose(12)
    ));
    for card in 0..cards {
        let [noun, other] = [random.pick(NOUNS), random.pick(NOUNS)];
        out.push_str(&format!(
            "## {}. Why does a {noun} {card}-{seed} need a {other}?\n\n",
            card + 1
        ));
        answer(&mut out, &mut random);
    }
    out
}

fn answer(out: &mut String, random: &mut Random) {
    if random.below(3) == 0 {
        let words = random.prose(9);
        out.push_str(&format!("**What they're really asking:** {words}.\n\n"));
    }
    for part in 0..2 + random.below(4) {
        let [noun, verb] = [random.pick(NOUNS), random.pick(VERBS)];
        let prose = random.long_prose();
        out.push_str(&format!("**The {noun} that {verb} {part}:** {prose}\n\n"));
        match random.below(6) {
            0 => list(out, random),
            1 => code(out, random),
            2 if part > 0 => table(out, random),
            3 => out.push_str(&format!(
                "> {}\n> *{}*\n\n",
                random.prose(8),
                random.prose(4)
            )),
            _ => {}
        }
    }
}

fn list(out: &mut String, random: &mut Random) {
    for number in 0..2 + random.below(5) {
        let (mark, inner) = (["-", "1."][number % 2 * (number % 3 / 2)], random.prose(10));
        let mark = if number == 0 { "-" } else { mark };
        out.push_str(&format!("{mark} `{}()` {inner}\n", random.pick(VERBS)));
    }
    out.push('\n');
}

fn code(out: &mut String, random: &mut Random) {
    let language = random.pick(&["python", "rust", "go", "sql", "js", ""]);
    let [noun, verb] = [random.pick(NOUNS), random.pick(VERBS)];
    out.push_str(&format!("```{language}\n"));
    for line in 0..3 + random.below(9) {
        out.push_str(&match language {
            "python" => format!("def {verb}_{line}({noun}, n={line}):  # {verb}\n    return {noun}[n] + \"{verb}\"\n"),
            "rust" => format!("fn {verb}_{line}({noun}: &str) -> usize {{ {noun}.len() + {line} }} // {verb}\n"),
            "go" => format!("func {verb}{line}({noun} string) int {{ return len({noun}) + {line} }}\n"),
            "sql" => format!("SELECT {noun}, count(*) FROM {verb} WHERE id > {line} GROUP BY {noun};\n"),
            "js" => format!("const {verb}{line} = async ({noun}) => {{ await {noun}.{verb}(`x${{{line}}}`); }};\n"),
            _ => format!("{noun} -> {verb} {line} -> | {noun} |\n"),
        });
    }
    out.push_str("```\n\n");
}

fn table(out: &mut String, random: &mut Random) {
    out.push_str("| part | cost | when |\n|:---|---:|---|\n");
    for row in 0..2 + random.below(5) {
        let [noun, verb] = [random.pick(NOUNS), random.pick(VERBS)];
        out.push_str(&format!("| {noun} | {row} ms | when it *{verb}* |\n"));
    }
    out.push('\n');
}

/// The generator of Lehmer: the same everywhere, and good enough for notes.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0 * 48_271 % 0x7fff_ffff;
        (self.0 >> 4) as usize % end
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    fn prose(&mut self, words: usize) -> String {
        let mut out = String::new();
        for at in 0..words {
            let word = if at % 2 == 0 {
                self.pick(NOUNS)
            } else {
                self.pick(VERBS)
            };
            let joint = self.pick(&[
                " ",
                " ",
                " ",
                ", ",
                " the ",
                " and ",
                " with `x` ",
                " **not** ",
            ]);
            out.push_str(word);
            out.push_str(if at + 1 < words { joint } else { "" });
        }
        out
    }

    fn long_prose(&mut self) -> String {
        let sentences = 1 + self.below(4);
        let sentence = |_| {
            let words = 8 + self.below(12);
            self.prose(words) + "."
        };
        let sentences: Vec<String> = (0..sentences).map(sentence).collect();
        sentences.join("\n")
    }
}

const NOUNS: &[&str] = &[
    "lock",
    "page",
    "queue",
    "index",
    "thread",
    "socket",
    "cache",
    "heap",
    "log",
    "leader",
    "shard",
    "token",
    "buffer",
    "clock",
    "packet",
    "record",
    "schema",
    "kernel",
    "pointer",
    "segment",
    "vector",
    "replica",
    "snapshot",
    "transaction",
    "Straße",
    "索引",
];

const VERBS: &[&str] = &[
    "waits", "grows", "flushes", "splits", "merges", "retries", "blocks", "yields", "commits",
    "aborts", "copies", "scans", "hashes", "evicts", "routes", "votes", "sleeps", "wakes", "reads",
    "writes",
];
