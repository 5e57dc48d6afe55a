//! Kinds of cards, and of what stands in them: gaps, options, what is given with a question,
//! formulas and images.

use crate::every_engine::in_every_engine;
use browser_tests::{Device, Engine, Fault, Grade, Learner, Machine, Scenario, build};
use std::path::PathBuf;
use std::sync::OnceLock;

in_every_engine!(each_kind_of_card_hides_its_answer_and_then_shows_it);

async fn each_kind_of_card_hides_its_answer_and_then_shows_it(stage: &Scenario, engine: Engine) {
    let site = stage.site(notes_build()).await;
    let machine = Machine {
        device: Device::Phone,
        ..Machine::with(engine)
    };
    let learner = stage.learner_at(&site, machine).await;
    site.breaks(".svg", Fault::Late);
    learner.starts_a_session().await;
    a_gap(&learner).await;
    options(&learner).await;
    given_code(&learner).await;
    formulas(&learner).await;
    learner.sees_heading("What does the image show?").await;
    learner.reveals_by_key().await;
    let (has_come, before) = learner.room_of_image().await;
    assert!(!has_come, "the image is late");
    site.heals();
    learner.gets_the_image().await;
    assert_eq!(learner.room_of_image().await, (true, before));
}

/// Its word is nowhere in the page before, and in no name.
async fn a_gap(learner: &Learner) {
    learner.sees_heading("Water boils at […] degrees.").await;
    assert!(!learner.has_in_the_page("hundred").await);
    learner.reveals_by_key().await;
    learner.reads("Water boils at a hundred degrees.").await;
    learner.sees_heading("Water boils at […] degrees.").await;
    learner.answers(Grade::Easy).await;
}

async fn options(learner: &Learner) {
    learner.sees_heading("Which of these are prime?").await;
    let all = ["A four", "B five", "C six", "D seven"];
    assert_eq!(learner.options().await, all);
    assert!(!learner.has_in_the_page("halves").await);
    learner.reveals_by_key().await;
    learner.reads("The others have halves.").await;
    let right = ["B five", "D seven"];
    assert_eq!(learner.options().await, [&all[..], &right[..]].concat());
    learner.answers(Grade::Easy).await;
}

async fn given_code(learner: &Learner) {
    learner.sees_heading("What does this print?").await;
    learner.reads("print(len(words))").await;
    assert!(!learner.has_in_the_page("Twelve").await);
    learner.reveals_by_key().await;
    learner.reads("Twelve").await;
    learner.answers(Grade::Easy).await;
}

/// One in the question, one in a line and one by itself are wider than a phone.
async fn formulas(learner: &Learner) {
    learner.reads("What is a sum of").await;
    assert_eq!(learner.overhang().await, 0.0);
    learner.reveals_by_key().await;
    let sizes = learner.sizes_of_formulas().await;
    assert_eq!(sizes.len(), 4, "{sizes:?}");
    let is_seen = |size: &(f64, f64)| size.0 > 8.0 && size.1 > 8.0;
    assert!(sizes.iter().all(is_seen), "{sizes:?}");
    assert_eq!(learner.overhang().await, 0.0);
    learner.answers(Grade::Easy).await;
}

/// Builds the notes at the first call.
fn notes_build() -> &'static PathBuf {
    static BUILD: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let notes = [("kinds.md", KINDS), ("square.svg", SQUARE)];
    let built = BUILD.get_or_init(|| build("kinds", "/", &notes));
    built.as_ref().unwrap_or_else(|said| panic!("{said}"))
}

const KINDS: &str = r"---
quire: {cards: [headings, highlights, choices]}
---

# Kinds

Water boils at ==a hundred== degrees.

## Which of these are prime?

- [ ] four
- [x] five
- [ ] six
- [x] seven

The others have halves.

## What does this print?

```python
print(len(words))
```

### Answer

Twelve

## What is a sum of $a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + b_1 + b_2 + b_3 + b_4$?

A formula in a line is $\frac{1}{2}$, and one that is wider than a phone is
$a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + b_1 + b_2 + b_3 + b_4 + b_5 + b_6 + b_7 + b_8$.

$$
\sum_{k=0}^{n} q^k + q^{k+1} + q^{k+2} + q^{k+3} + q^{k+4} + q^{k+5} + q^{k+6} + q^{k+7} + q^{k+8}
$$

## What does the image show?

![A blue square](square.svg)

It is a square.
";

const SQUARE: &str = "\
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">\
<rect width=\"40\" height=\"20\" fill=\"blue\"/></svg>
";
