//! Languages: the direction that a card is read in, spellings that are the same question, and that
//! what is shown is what was written.

use deck::{Card, Direction, Direction::LeftToRight as Ltr, Direction::RightToLeft as Rtl};

use crate::compile;

fn card(question: &str, answer: &str) -> Card {
    let compiled = compile(&format!("## {question}\n\n{answer}\n"));
    let mut cards = compiled.decks.into_iter().flat_map(|deck| deck.cards);
    let card = cards.next().expect("a question and an answer are a card");
    assert!(cards.next().is_none());
    card
}

#[track_caller]
fn check_direction(question: &str, answer: &str, expected: Direction) {
    let found = card(question, answer).direction;
    assert_eq!(found, expected, "{question} / {answer}");
}

#[test]
fn a_question_in_one_direction_is_read_in_it() {
    check_direction("What is a list?", "A sequence.", Ltr);
    check_direction("Was heißt „Größe“?", "Size.", Ltr);
    check_direction("什么是全局解释器锁？", "一个互斥锁。", Ltr);
    check_direction("ما هي القائمة؟", "تسلسل.", Rtl);
    check_direction("מהי רשימה?", "סדרה.", Rtl);
    check_direction("این چیست؟", "فهرست", Rtl);
    check_direction("یہ کیا ہے؟", "فہرست", Rtl);
    check_direction("ܡܢܐ ܗܢܐ", "ܟܬܒܐ", Rtl);
    check_direction("ދިވެހި", "ދިވެހި", Rtl);
}

#[test]
fn a_question_in_both_is_read_as_its_first_word_or_as_its_answer() {
    check_direction("ما هو GIL؟", "Global Interpreter Lock in CPython", Rtl);
    check_direction("כיצד עובד asyncio event loop?", "`await`", Rtl);
    check_direction("What is ערך?", "A value.", Ltr);
    check_direction("What is ערך?", "`value`", Ltr);
    check_direction("Translate שלום", "Hello, or peace", Ltr);
    check_direction("GIL מהו?", "מנעול של CPython.", Rtl);
    check_direction("GIL מהו?", "`gil`", Rtl);
    check_direction("TCP مقابل UDP", "الأول موثوق والثاني سريع", Rtl);
    check_direction("וה-API הזה?", "HTTP only", Rtl);
}

#[test]
fn an_answer_alone_does_not_turn_a_question_round() {
    check_direction("Hello in Hebrew", "שלום", Ltr);
    check_direction("How is Arabic written?", "من اليمين إلى اليسار", Ltr);
    check_direction("مرحبا", "Hello", Rtl);
}

#[test]
fn code_numbers_and_marks_have_no_direction() {
    check_direction("`list` מה זה?", "סדרה", Rtl);
    check_direction("`list.append()` `x` `y` ما هو؟", "`O(1)`", Rtl);
    check_direction("1. 2024: מה קרה?", "הרבה", Rtl);
    check_direction("🚀 מה זה?", "טיל", Rtl);
    check_direction("«ما هو»؟", "شيء", Rtl);
    check_direction("`list`?", "סדרה של ערכים", Rtl);
    check_direction("`list`?", "A sequence", Ltr);
    check_direction("`שלום`?", "A string", Ltr);
    check_direction("מה זה?", "```\nlots of code here and more of it\n```", Rtl);
    check_direction("???", "…", Ltr);
}

#[test]
fn marks_within_a_word_do_not_make_it_two() {
    check_direction("GIL **מה**ו?", "`x`", Rtl);
    check_direction("A *ה*API b c", "`x`", Ltr);
}

/// Whether two spellings are the same question, and that each is shown as it was written.
#[track_caller]
fn check_same(one: &str, other: &str) {
    let (one_card, other_card) = (card(one, "Answer."), card(other, "Answer."));
    assert_eq!(one_card.id, other_card.id, "{one:?} and {other:?}");
    for (card, written) in [(one_card, one), (other_card, other)] {
        assert_eq!(card.question_html.replace("&nbsp;", "\u{a0}"), written);
    }
}

#[track_caller]
fn check_different(one: &str, other: &str) {
    let (one_card, other_card) = (card(one, "Answer."), card(other, "Answer."));
    assert_ne!(one_card.id, other_card.id, "{one:?} and {other:?}");
}

#[test]
fn composed_and_decomposed_spellings_are_the_same_question() {
    check_same("Was heißt Größe?", "Was heißt Gro\u{308}ße?");
    check_same(
        "Qu'est-ce que la mémoïsation ?",
        "Qu'est-ce que la me\u{301}moi\u{308}sation ?",
    );
    check_same(
        "Vì sao Tiếng Việt?",
        "Vi\u{300} sao Tie\u{302}\u{301}ng Vie\u{323}\u{302}t?",
    );
    check_same(
        "한국어란 무엇인가?",
        "\u{1112}\u{1161}\u{11ab}국어란 무엇인가?",
    );
    check_same("ガとは？", "カ\u{3099}とは？");
    check_same("What is Å?", "What is \u{212b}?");
    check_same("Schön q\u{323}\u{307}?", "Schön q\u{307}\u{323}?");
}

#[test]
fn case_is_no_difference_in_any_script() {
    check_same("Was ist eine Straße?", "WAS IST EINE STRASSE?");
    check_same("Was ist eine Straße?", "Was ist eine Strasse?");
    check_same("ΤΙ ΕΙΝΑΙ ΛΟΓΟΣ;", "τι ειναι λογος;");
    check_same("Что такое ёж?", "ЧТО ТАКОЕ ЁЖ?");
    check_same("What is a ligature: ﬁ?", "What is a ligature: FI?");
    check_different("Was ist schön?", "Was ist schon?");
    check_different("Was ist schön?", "Was ist schoen?");
    check_different("Что такое ёж?", "Что такое еж?");
}

#[test]
fn the_turkish_i_without_a_dot_is_a_letter_of_its_own() {
    check_different("kısa nedir?", "kisa nedir?");
    check_same("İstanbul nedir?", "i\u{307}stanbul nedir?");
    check_same("KISA nedir?", "kisa nedir?");
}

#[test]
fn full_and_half_width_forms_are_the_same_question() {
    check_same("什么是锁？", "什么是锁?");
    check_same("什么是 GIL（全局解释器锁）？", "什么是 GIL(全局解释器锁)?");
    check_same("什么是ＧＩＬ？", "什么是GIL?");
    check_same("ｶﾞとは？", "ガとは？");
    check_same("なに：これ！", "なに:これ!");
    check_same("什么是锁。", "什么是锁");
    check_same("1、什么是锁？", "什么是锁？");
    check_same("什么是\u{3000}锁？", "什么是 锁？");
    check_different("什么是锁？", "什么是鎖？");
    check_different("什么是锁？", "什么 是锁？");
}

#[test]
fn arabic_letters_are_one_question_in_all_their_shapes() {
    check_same(
        "ما هو \u{fe8d}\u{fedf}\u{fed8}\u{fed4}\u{fede}؟",
        "ما هو القفل؟",
    );
    check_same("ما هو القفل؟", "ما هو القفل");
    check_same("ما هو \u{200f}القفل؟", "ما هو القفل؟");
    check_same("ما هو ﷲ؟", "ما هو الله؟");
    // A stretched letter and written vowels are letters and marks that somebody typed: they are
    // kept apart, as different words with the same consonants have to be.
    check_different("ما هو القـفل؟", "ما هو القفل؟");
    check_different("ما هو القُفْل؟", "ما هو القفل؟");
    check_different("ما هو كاتب؟", "ما هو کاتب؟");
}

#[test]
fn hebrew_points_count_and_their_order_does_not() {
    check_same("מה זה שּׁ?", "מה זה ש\u{5c1}\u{5bc}?");
    check_same("מה זה \u{fb2a}?", "מה זה ש\u{5c1}?");
    check_same("\u{2067}מה זה?\u{2069}", "מה זה?");
    check_different("מה זה שָׁלוֹם?", "מה זה שלום?");
    check_different("מה זה שׁ?", "מה זה שׂ?");
}

#[test]
fn invisible_marks_are_no_difference() {
    check_same("What is zero\u{200b}width?", "What is zerowidth?");
    check_same(
        "Was ist ein Donau\u{ad}dampf\u{ad}schiff?",
        "Was ist ein Donaudampfschiff?",
    );
    check_same("می\u{200c}خواهم چیست؟", "میخواهم چیست؟");
    check_same("क\u{94d}\u{200d}ष क्या है?", "क\u{94d}ष क्या है?");
    check_same("What is\u{a0}this?", "What is this?");
}

#[test]
fn emoji_are_ornaments_in_front_and_words_elsewhere() {
    check_same("🚀 What is a rocket?", "What is a rocket?");
    check_same("👩\u{200d}💻 What is a coder?", "What is a coder?");
    check_same("❤️ What is love?", "❤ What is love?");
    check_same(
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} What is tea?",
        "What is tea?",
    );
    check_same("What does 👩\u{200d}💻 mean?", "What does 👩💻 mean?");
    check_same("What does ❤️ mean?", "What does ❤ mean?");
    check_different("What does 👩 mean?", "What does 👨 mean?");
    check_different("What does 👍 mean?", "What does 👍🏽 mean?");
    check_different("🚀", "🛰");
}

#[test]
fn what_is_shown_is_what_was_written() {
    for question in [
        "Gro\u{308}ße",
        "ＧＩＬ？",
        "القـفل",
        "👩\u{200d}💻?",
        "می\u{200c}خواهم",
        "ﬁ",
        "q\u{307}\u{323}",
    ] {
        let answer = format!("**{question}**: {question}");
        let card = card(question, &answer);
        assert_eq!(card.question, question);
        assert_eq!(card.question_html, question);
        assert_eq!(card.parts[0].label, question);
        assert!(card.parts[0].html.contains(question), "{question}");
    }
}
