//! The best way to pair entries with cards: no entry and no card twice, and as much likeness in
//! all as there can be. With each pair comes what would be lost without it: little, where another
//! way is nearly as good.

use std::collections::{BTreeMap, BTreeSet};

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// Past this many entries or cards that hang together no best way is looked for: so many that are
/// alike are told apart by nothing but the greatest likeness.
const MAX_TOGETHER: usize = 32;

/// An entry and a card that may be the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Edge {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) likeness: u32,
}

/// A pair, and how much likeness in all is lost without it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pair {
    pub(super) edge: Edge,
    pub(super) gain: u32,
}

/// The best pairs.
pub(super) fn pairs(edges: &[Edge]) -> Vec<Pair> {
    components(edges)
        .iter()
        .flat_map(|edges| {
            let olds = numbers(edges, |edge| edge.old);
            let news = numbers(edges, |edge| edge.new);
            if olds.len().max(news.len()) > MAX_TOGETHER {
                greatest(edges)
            } else {
                best(edges, &olds, &news)
            }
        })
        .collect()
}

/// Edges by what hangs together.
fn components(edges: &[Edge]) -> Vec<Vec<Edge>> {
    let mut sets = Sets::default();
    for edge in edges {
        sets.join((0, edge.old), (1, edge.new));
    }
    let mut components: BTreeMap<usize, Vec<Edge>> = BTreeMap::new();
    for edge in edges {
        let set = sets.set((0, edge.old));
        components.entry(set).or_default().push(*edge);
    }
    components.into_values().collect()
}

/// Sets that are joined: each element leads to another of its set, or is the first.
#[derive(Default)]
struct Sets {
    numbers: BTreeMap<(u8, usize), usize>,
    leads_to: Vec<usize>,
}

impl Sets {
    fn set(&mut self, element: (u8, usize)) -> usize {
        let next = self.leads_to.len();
        let mut at = *self.numbers.entry(element).or_insert(next);
        if at == next {
            self.leads_to.push(next);
        }
        while self.leads_to[at] != at {
            self.leads_to[at] = self.leads_to[self.leads_to[at]];
            at = self.leads_to[at];
        }
        at
    }

    fn join(&mut self, a: (u8, usize), b: (u8, usize)) {
        let (a, b) = (self.set(a), self.set(b));
        self.leads_to[a.max(b)] = a.min(b);
    }
}

/// Numbers from 0 for what the edges name.
fn numbers(edges: &[Edge], of: impl Fn(&Edge) -> usize) -> BTreeMap<usize, usize> {
    let mut names: Vec<usize> = edges.iter().map(of).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .enumerate()
        .map(|(number, name)| (name, number))
        .collect()
}

fn best(edges: &[Edge], olds: &BTreeMap<usize, usize>, news: &BTreeMap<usize, usize>) -> Vec<Pair> {
    if let [edge] = edges {
        return vec![Pair {
            edge: *edge,
            gain: edge.likeness,
        }];
    }
    let side = olds.len().max(news.len());
    let mut weights = Matrix::new(side, side, 0_i64);
    for edge in edges {
        weights[(olds[&edge.old], news[&edge.new])] = i64::from(edge.likeness);
    }
    let (all, chosen) = kuhn_munkres(&weights);
    let chosen = edges
        .iter()
        .filter(|edge| chosen[olds[&edge.old]] == news[&edge.new]);
    let gain = |edge: &Edge| {
        let mut without = weights.clone();
        without[(olds[&edge.old], news[&edge.new])] = 0;
        u32::try_from(all - kuhn_munkres(&without).0).unwrap_or(0)
    };
    chosen
        .map(|edge| Pair {
            edge: *edge,
            gain: gain(edge),
        })
        .collect()
}

/// The greatest likeness first, of equals the first; the gain is the distance to the next one.
fn greatest(edges: &[Edge]) -> Vec<Pair> {
    let first_two = |of: fn(&Edge) -> usize| {
        let mut first: BTreeMap<usize, [u32; 2]> = BTreeMap::new();
        for edge in edges {
            let [one, two] = first.entry(of(edge)).or_default();
            *two = (*two).max(edge.likeness.min(*one));
            *one = (*one).max(edge.likeness);
        }
        first
    };
    let (olds, news) = (first_two(|edge| edge.old), first_two(|edge| edge.new));
    let gain = |edge: &Edge| {
        let other = |[one, two]: [u32; 2]| if edge.likeness == one { two } else { one };
        let next = other(olds[&edge.old]).max(other(news[&edge.new]));
        edge.likeness.saturating_sub(next)
    };
    let mut sorted = edges.to_vec();
    sorted.sort_by_key(|edge| (std::cmp::Reverse(edge.likeness), edge.old, edge.new));
    let (mut used_olds, mut used_news) = (BTreeSet::new(), BTreeSet::new());
    sorted.retain(|edge| {
        let is_free = !used_olds.contains(&edge.old) && !used_news.contains(&edge.new);
        if is_free {
            used_olds.insert(edge.old);
            used_news.insert(edge.new);
        }
        is_free
    });
    let pair = |edge| Pair {
        gain: gain(&edge),
        edge,
    };
    sorted.into_iter().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(text: &str) -> Vec<Edge> {
        let number = |text: &str| text.parse::<usize>().unwrap();
        let edge = |text: &str| {
            let (old, rest) = text.split_once('-').unwrap();
            let (new, likeness) = rest.split_once(':').unwrap();
            Edge {
                old: number(old),
                new: number(new),
                likeness: number(likeness) as u32,
            }
        };
        text.split_whitespace().map(edge).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let pairs = pairs(&edges(text));
        let shown = pairs
            .iter()
            .map(|pair| format!("{}-{}:{}", pair.edge.old, pair.edge.new, pair.gain));
        assert_eq!(shown.collect::<Vec<_>>().join(" "), expected, "{text}");
    }

    #[test]
    fn the_likeness_in_all_is_the_greatest() {
        check("0-0:900", "0-0:900");
        check("0-0:900 0-1:800 1-0:850", "0-1:750 1-0:750");
        check("0-0:900 0-1:800", "0-0:100");
        check("0-0:900 1-0:890", "0-0:10");
        check("0-0:950 0-1:800 1-0:800 1-1:950", "0-0:300 1-1:300");
        check("3-7:500 9-2:600", "3-7:500 9-2:600");
    }

    #[test]
    fn of_very_many_only_the_greatest_are_pairs() {
        let mut many = String::new();
        for old in 0..40 {
            for new in 0..40 {
                let likeness = if old == new {
                    900
                } else {
                    600 + (old + new) % 7
                };
                many += &format!("{old}-{new}:{likeness} ");
            }
        }
        let found = pairs(&edges(&many));
        assert_eq!(found.len(), 40);
        assert!(
            found
                .iter()
                .all(|pair| pair.edge.old == pair.edge.new && pair.gain > 290)
        );
    }

    #[test]
    fn of_very_many_equals_none_is_paired_twice() {
        let each = (0..40).flat_map(|old| (0..40).map(move |new| (old, new)));
        let many: Vec<String> = each.map(|(old, new)| format!("{old}-{new}:500")).collect();
        let found = pairs(&edges(&many.join(" ")));
        let olds: BTreeSet<usize> = found.iter().map(|pair| pair.edge.old).collect();
        let news: BTreeSet<usize> = found.iter().map(|pair| pair.edge.new).collect();
        assert_eq!([found.len(), olds.len(), news.len()], [40; 3]);
        assert!(found.iter().all(|pair| pair.gain == 0));
    }
}
