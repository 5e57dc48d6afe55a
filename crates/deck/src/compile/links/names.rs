//! `Names`: finds what is named by the end of its path, and the name nearest to a wrong one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use unicode_normalization::UnicodeNormalization;

/// Paths by each of their ends: `a/b/c` is found as `c`, `b/c` and `a/b/c`. Case and the way in
/// which accents are encoded do not count.
#[derive(Default)]
pub(super) struct Names {
    ends: BTreeMap<String, Best>,
    nearest: Nearest,
}

/// The shortest path that ends in a name.
#[derive(Clone, Copy)]
struct Best {
    item: usize,
    /// Folders, then characters.
    length: (usize, usize),
    is_whole: bool,
    is_only: bool,
}

/// What a name stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Found {
    /// One thing.
    One(usize),
    /// The one of several that has the shortest path.
    Shortest(usize),
}

impl Names {
    /// Adds a path that stands for `item`.
    pub(super) fn add(&mut self, path: &str, item: usize) {
        let path = folded(path);
        let length = (path.matches('/').count(), path.chars().count());
        for start in ends_of(&path) {
            let (end, is_whole) = (&path[start..], start == 0);
            let new = Best {
                item,
                length,
                is_whole,
                is_only: true,
            };
            match self.ends.get_mut(end) {
                None => {
                    self.ends.insert(end.to_owned(), new);
                }
                Some(best) if length < best.length => {
                    *best = Best {
                        is_only: false,
                        ..new
                    }
                }
                Some(best) => best.is_only = false,
            }
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        self.nearest.add(name.to_owned());
    }

    /// What the whole of a path stands for.
    pub(super) fn by_path(&self, path: &str) -> Option<usize> {
        let best = self.ends.get(&folded(path))?;
        best.is_whole.then_some(best.item)
    }

    /// What the end of a path stands for. A whole path is meant before the end of another.
    pub(super) fn by_end(&self, end: &str) -> Option<Found> {
        let best = self.ends.get(&folded(end.trim_start_matches('/')))?;
        let is_meant = best.is_only || (best.is_whole && end.contains('/'));
        Some(match is_meant {
            true => Found::One(best.item),
            false => Found::Shortest(best.item),
        })
    }

    /// The path that is most like a wrong one: the same name elsewhere, or one that reads alike.
    pub(super) fn nearest(&self, path: &str) -> Option<usize> {
        let path = folded(path);
        let name = path.rsplit('/').next().unwrap_or_default();
        let same_name = self.ends.get(name);
        let best = same_name.or_else(|| self.ends.get(self.nearest.to(name)?))?;
        Some(best.item)
    }
}

/// A sorted list of names, read from both ends, to find one that reads like another without
/// comparing it with all.
#[derive(Default)]
pub(super) struct Nearest {
    forward: BTreeSet<String>,
    backward: BTreeMap<String, String>,
}

impl Nearest {
    pub(super) fn add(&mut self, name: String) {
        self.backward
            .insert(name.chars().rev().collect(), name.clone());
        self.forward.insert(name);
    }

    /// The name that has the fewest letters changed, of those beside it in either order.
    pub(super) fn to(&self, name: &str) -> Option<&str> {
        let reversed: String = name.chars().rev().collect();
        let before = |name| (Bound::Unbounded, Bound::Excluded(name));
        let after = |name| (Bound::Included(name), Bound::Unbounded);
        let (forward, backward) = (&self.forward, &self.backward);
        let beside = [
            forward.range::<str, _>(before(name)).next_back(),
            forward.range::<str, _>(after(name)).next(),
        ];
        let reversed = reversed.as_str();
        let beside_reversed = [
            backward.range::<str, _>(before(reversed)).next_back(),
            backward.range::<str, _>(after(reversed)).next(),
        ];
        let reversed = beside_reversed.map(|entry| entry.map(|(_, name)| name));
        let candidates = beside.into_iter().chain(reversed).flatten();
        let scored = candidates.map(|other| (changes(name, other), other.as_str()));
        let (fewest, nearest) = scored.min()?;
        let chars = name.chars().count();
        let is_like = fewest <= (chars / 3).max(1) && fewest * 2 < chars;
        is_like.then_some(nearest)
    }
}

/// A name as it is compared.
pub(super) fn folded(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase()
}

fn ends_of(path: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1))
}

/// How many letters have to be changed, added or taken away. Long names are compared by their
/// beginning.
fn changes(one: &str, other: &str) -> usize {
    const CHARS: usize = 64;
    let one: Vec<char> = one.chars().take(CHARS).collect();
    let other: Vec<char> = other.chars().take(CHARS).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, a) in one.iter().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (left, b) in other.iter().enumerate() {
            let change = diagonal + usize::from(a != b);
            diagonal = row[left + 1];
            row[left + 1] = change.min(diagonal + 1).min(row[left] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_finds_the_shortest_path_that_ends_in_it() {
        let mut names = Names::default();
        for (item, path) in ["x/y/A", "z/a", "b", "z/ü"].iter().enumerate() {
            names.add(path, item);
        }
        assert_eq!(names.by_end("a"), Some(Found::Shortest(1)));
        assert_eq!(names.by_end("Y/a"), Some(Found::One(0)));
        assert_eq!(names.by_end("z/A"), Some(Found::One(1)));
        assert_eq!(names.by_end("B"), Some(Found::One(2)));
        assert_eq!(names.by_end("u\u{308}"), Some(Found::One(3)));
        assert_eq!(names.by_end("c"), None);
        assert_eq!(names.by_path("a"), None);
        assert_eq!(names.by_path("z/a"), Some(1));
    }

    #[test]
    fn the_nearest_name_has_the_fewest_letters_changed() {
        let mut nearest = Nearest::default();
        for name in ["generators", "descriptors", "the-gil"] {
            nearest.add(name.to_owned());
        }
        assert_eq!(nearest.to("generator"), Some("generators"));
        assert_eq!(nearest.to("xescriptors"), Some("descriptors"));
        assert_eq!(nearest.to("the-gli"), Some("the-gil"));
        assert_eq!(nearest.to("asyncio"), None);
        assert_eq!(changes("abc", "abd"), 1);
        assert_eq!(changes("", "ab"), 2);
        assert_eq!(changes("kitten", "sitting"), 3);
    }
}
