//! A whole note with the traps of real ones.

use crate::{compile, outline, problems, unindent};

const NOTE: &str = include_str!("../fixtures/storage-engines.md");

#[test]
fn the_note_has_exactly_its_cards_and_parts() {
    let compiled = compile(NOTE);
    assert_eq!(problems(&compiled), "");
    assert_eq!(
        outline(&compiled),
        unindent(
            "
            # Storage engines [databases, storage]
            14. Why does an LSM tree write faster than a B-tree?
            16 ? What they're really asking
            18 - The core trade
            20 - What a write costs
            25 - What a read costs
            29 - Key point
            33. What happens between COMMIT and the disk?
            35 ? What they're really asking
            37 - The steps
            45 - Traps on the way
            59 - Best practice
            63. How does fsync() differ from write()?
            65 ? What they're really asking
            67 - write() returns early
            78 - A flush with arguments
            86 - The rename idiom
            91 - Why rename matters
            95. B-tree vs hash index — when is a hash index enough?
            97 ? What they're really asking
            101 - The distinction
            110 - The NULL question
            114 - Rule
            118. What is write amplification?
            120 - (It is)
            122 - How it is measured
            127 - What raises it
            131. Which anomalies does snapshot isolation allow?
            133 - (Write skew:)
            134 - (The read-only)
            137 - (Nothing else)
            141. Describe the layers of a page cache.
            143 - The kernel's side
            151 - The engine's side"
        )
    );
}

#[test]
fn every_fence_of_the_note_is_a_code_block_where_it_stands() {
    let compiled = compile(NOTE);
    let fences = NOTE
        .lines()
        .filter(|line| line.trim_start().starts_with("```"))
        .count()
        / 2;
    let cards = compiled.decks.iter().flat_map(|deck| &deck.cards);
    let html: String = cards
        .flat_map(|card| &card.parts)
        .map(|part| part.html.as_str())
        .collect();
    assert_eq!(html.matches("<pre class=\"code\"").count(), fences);
    let traps = &compiled.decks[0].cards[1].parts[2];
    assert_eq!(traps.label, "Traps on the way");
    assert!(
        traps
            .html
            .contains("</p><pre class=\"code\" data-lang=\"python\"")
    );
    assert!(
        traps
            .text
            .contains("# journal.py\n## not a heading\nwith open")
    );
    assert_eq!(traps.html.matches("<li>").count(), 3);
}
