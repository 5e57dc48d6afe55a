//! The one sort of the app.

use std::cmp::Ordering;

/// Sorts items. What is equal keeps its order.
///
/// The sorts of the standard library are compiled anew for every type and every comparison, which
/// made them a tenth of the app: here only the moving of the items is.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut from = sorted_places(items.len(), &mut |one, other| {
        compare(&items[one as usize], &items[other as usize])
    });
    for start in 0..items.len() {
        // Goes around a cycle of places, until what stood at its start has come to its own.
        let mut place = start;
        loop {
            let next = std::mem::replace(&mut from[place], place as u32) as usize;
            if next == start {
                break;
            }
            items.swap(place, next);
            place = next;
        }
    }
}

/// The places of so many items in the order of the items, which `compare` looks up by their
/// places. What is equal keeps its order.
///
/// A merge sort that begins with the runs as they are: a log is read in few of them, and sorting
/// what is sorted costs one comparison an item.
#[inline(never)]
pub(crate) fn sorted_places(
    count: usize,
    compare: &mut dyn FnMut(u32, u32) -> Ordering,
) -> Vec<u32> {
    let mut places: Vec<u32> = (0..count as u32).collect();
    let mut ends = Vec::new();
    for place in 1..count as u32 {
        if compare(place, place - 1).is_lt() {
            ends.push(place as usize);
        }
    }
    ends.push(count);
    let mut merged = Vec::new();
    while ends.len() > 1 {
        merged.clear();
        merged.reserve_exact(count);
        let mut merged_ends = Vec::with_capacity(ends.len().div_ceil(2));
        let mut start = 0;
        for pair in ends.chunks(2) {
            let (middle, end) = (pair[0], pair[pair.len() - 1]);
            merge(
                &places[start..middle],
                &places[middle..end],
                &mut merged,
                compare,
            );
            merged_ends.push(end);
            start = end;
        }
        std::mem::swap(&mut places, &mut merged);
        ends = merged_ends;
    }
    places
}

/// Adds two sorted runs as one.
fn merge(
    mut left: &[u32],
    mut right: &[u32],
    to: &mut Vec<u32>,
    compare: &mut dyn FnMut(u32, u32) -> Ordering,
) {
    while let ([first, left_rest @ ..], [second, right_rest @ ..]) = (left, right) {
        if compare(*second, *first).is_lt() {
            to.push(*second);
            right = right_rest;
        } else {
            to.push(*first);
            left = left_rest;
        }
    }
    to.extend_from_slice(left);
    to.extend_from_slice(right);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn items_are_sorted_and_equal_ones_keep_their_order(keys: Vec<u8>) {
            let mut items: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort();
            sort_by(&mut items, |(one, _), (other, _)| one.cmp(other));
            prop_assert_eq!(items, expected);
        }
    }
}
