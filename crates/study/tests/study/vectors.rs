//! FSRS-6 as the reference implementation has it.

use serde_json::Value;
use study::{Fsrs6, Rating, Scheduler};

const VECTORS: &str = include_str!("../fixtures/fsrs6.json");
/// The tolerances that the header states for 32-bit implementations.
const STABILITY_TOLERANCE: f64 = 1e-4;
const OTHER_TOLERANCE: f64 = 1e-5;
const INTERVAL_TOLERANCE_DAYS: f64 = 1.0;
/// From here on the crate limits the stability, and the reference does not.
const MAX_STABILITY_DAYS: f64 = 36_500.0;

#[track_caller]
fn check(what: &str, actual: f32, expected: f64, tolerance: f64) {
    let error = (f64::from(actual) - expected).abs() / expected.abs();
    assert!(
        error <= tolerance,
        "{what}: {actual} is not {expected}, off by {error:e}"
    );
}

#[track_caller]
fn check_interval(what: &str, raw_days: f32, expected_days: f64) {
    let days = f64::from(raw_days).round().clamp(1.0, MAX_STABILITY_DAYS);
    let is_near = (days - expected_days).abs() <= INTERVAL_TOLERANCE_DAYS;
    assert!(is_near, "{what}: {days} days are not {expected_days}");
}

/// Follows one sequence, and returns how many reviews it compared.
fn follow(index: usize, fsrs: &Fsrs6, sequence: &Value) -> usize {
    let number = |field: &str, review: usize| sequence[field][review].as_f64().unwrap();
    let mut memory = None;
    let reviews = sequence["r"].as_array().unwrap().len();
    for review in 0..reviews {
        let what = |field: &str| format!("sequence {index}, review {review}, {field}");
        let elapsed_days = number("t", review) as u32;
        if let Some(memory) = memory {
            let recall = fsrs.retrievability(memory, elapsed_days);
            check(&what("R"), recall, number("R", review), OTHER_TOLERANCE);
        }
        let is_capped = sequence["cap"] == 1 && number("s", review) > MAX_STABILITY_DAYS;
        if is_capped {
            return review;
        }
        let rating = Rating::from_number(number("r", review) as u32).unwrap();
        let after = fsrs.after(memory, rating, elapsed_days);
        check(
            &what("s"),
            after.stability,
            number("s", review),
            STABILITY_TOLERANCE,
        );
        check(
            &what("d"),
            after.difficulty,
            number("d", review),
            OTHER_TOLERANCE,
        );
        for (field, retention) in [("i80", 0.8), ("i90", 0.9), ("i95", 0.95)] {
            let raw_days = fsrs.interval_days(after, retention);
            check_interval(&what(field), raw_days, number(field, review));
        }
        memory = Some(after);
    }
    reviews
}

#[test]
fn all_reference_sequences_are_followed_within_their_tolerance() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let parameters = vectors["header"]["params"].as_array().unwrap();
    let models: Vec<Fsrs6> = parameters
        .iter()
        .map(|set| {
            let set: Vec<f32> = set
                .as_array()
                .unwrap()
                .iter()
                .map(|w| w.as_f64().unwrap() as f32)
                .collect();
            Fsrs6::with_parameters(&set.try_into().unwrap()).unwrap()
        })
        .collect();
    let sequences = vectors["seqs"].as_array().unwrap();
    let mut reviews = 0;
    for (index, sequence) in sequences.iter().enumerate() {
        let model = &models[sequence["p"].as_u64().unwrap() as usize];
        reviews += follow(index, model, sequence);
    }
    assert_eq!(sequences.len(), 284);
    // All but the capped ends of two sequences.
    assert!((1_760..1_770).contains(&reviews), "{reviews}");
}

#[test]
fn the_first_parameters_of_the_reference_are_the_default() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let first = &vectors["seqs"][0];
    assert_eq!(first["p"], 0);
    assert!(follow(0, &Fsrs6::default(), first) > 0);
}

#[test]
fn parameters_that_are_no_numbers_are_refused() {
    assert!(Fsrs6::with_parameters(&[f32::NAN; 21]).is_none());
}
