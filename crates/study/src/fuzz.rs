//! Spreading intervals a little, always in the same way for the same card and count.

use crate::settings::Fuzz;
use deck::CardId;

/// Intervals of that many days and more are spread.
const FIRST_SPREAD_DAYS: f64 = 2.5;
/// From, to and the share of that stretch by which an interval is spread: the constants that
/// Anki made public.
const STRETCHES: [(f64, f64, f64); 3] = [
    (2.5, 7.0, 0.15),
    (7.0, 20.0, 0.10),
    (20.0, f64::INFINITY, 0.05),
];

/// Where in its range an interval is put: the same for all four ratings of one answer, so that
/// a longer interval stays longer, and so that a label says what the answer then grants.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Seed(u32);

impl Seed {
    pub(crate) fn new(card: CardId, reps: u32) -> Seed {
        // FNV-1a over the id and the count, then the finalizer of SplitMix64 to mix the bits.
        let bytes = card.as_str().bytes().chain(reps.to_le_bytes());
        let mut hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Seed((hash >> 32) as u32)
    }

    /// A day from `lowest` to `highest`.
    fn pick(self, lowest: u32, highest: u32) -> u32 {
        let days = u64::from(highest - lowest) + 1;
        lowest + ((u64::from(self.0) * days) >> 32) as u32
    }
}

/// The interval in whole days from `floor` to `maximum`. Where `floor` is above `maximum`, it is
/// `maximum`.
pub(crate) fn fuzzed_days(raw_days: f32, floor: u32, maximum: u32, seed: Seed, fuzz: Fuzz) -> u32 {
    let floor = floor.min(maximum);
    let days = f64::from(raw_days).min(f64::from(maximum)).max(1.0);
    let spread_days = match fuzz {
        Fuzz::On => spread_days(days),
        Fuzz::Off => 0.0,
    };
    let bound = |days: f64| (days.round() as u32).clamp(floor, maximum);
    seed.pick(bound(days - spread_days), bound(days + spread_days))
}

/// By how many days at most an interval is moved either way.
fn spread_days(days: f64) -> f64 {
    if days < FIRST_SPREAD_DAYS {
        return 0.0;
    }
    let stretches = STRETCHES.iter();
    let shares = stretches.map(|&(from, to, share)| share * (days.min(to) - from).max(0.0));
    1.0 + shares.sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw_days: f32, expected: std::ops::RangeInclusive<u32>) {
        let card: CardId = "card".parse().unwrap();
        let mut seen: Vec<u32> = (0..5_000)
            .map(|reps| fuzzed_days(raw_days, 1, 1825, Seed::new(card, reps), Fuzz::On))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen, expected.collect::<Vec<u32>>());
    }

    #[test]
    fn short_intervals_are_not_spread() {
        check(0.2, 1..=1);
        check(1.4, 1..=1);
        check(2.49, 2..=2);
    }

    #[test]
    fn longer_intervals_are_spread_by_the_published_shares_over_the_whole_range() {
        check(2.5, 2..=4);
        // 1 + 15 % of 4.5 = 1.675.
        check(7.0, 5..=9);
        // 1 + 0.675 + 10 % of 13 = 2.975.
        check(20.0, 17..=23);
        // 2.975 + 5 % of 80 = 6.975.
        check(100.0, 93..=107);
    }

    #[test]
    fn an_interval_never_passes_the_maximum() {
        check(1820.0, 1727..=1825);
        check(1.0e9, 1732..=1825);
    }

    #[test]
    fn no_two_cards_or_counts_share_their_place_by_rule() {
        let card = |name: &str| name.parse::<CardId>().unwrap();
        let seeds = [("a", 1), ("a", 2), ("b", 1), ("ab", 1)];
        let seeds = seeds.map(|(name, reps)| Seed::new(card(name), reps));
        for (index, seed) in seeds.iter().enumerate() {
            assert!(!seeds[..index].contains(seed));
        }
        assert_eq!(Seed::new(card("a"), 1), Seed::new(card("a"), 1));
    }
}
