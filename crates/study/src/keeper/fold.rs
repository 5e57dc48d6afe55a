//! Gathering what page loads left that are gone: a key for each of them is many keys.

use super::log::{lines, names};
use super::room::{SEGMENT_BYTES, is_archived};
use super::{KeyValue, LogKeeper, StoreError};
use crate::heads::{Heads, written_id};
use crate::id::Author;
use crate::order::sort_by;

/// A segment up to this length is gathered: a longer one is no use to gather.
const SMALL_BYTES: usize = SEGMENT_BYTES / 2;

/// What folding came to.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Folded {
    /// Values that are no more.
    pub removed_values: usize,
    /// Segments that hold their lines now.
    pub new_segments: usize,
}

/// A value that is gathered.
struct Source {
    key: String,
    text: String,
}

impl<S: KeyValue> LogKeeper<S> {
    /// Gathers the tails and short segments of page loads that are gone into few segments of this
    /// one. A value with a line that is damaged, or that the archive lacks, stays as it is. Each
    /// old value goes only after the new one was read back, so that an interruption leaves lines
    /// twice and loses none.
    pub fn fold(&mut self, dead: &[Author], archive: &Heads) -> Result<Folded, StoreError> {
        self.check_access()?;
        let mut folded = Folded::default();
        let mut group = Vec::new();
        let mut bytes = 0;
        for key in self.short_keys(dead)? {
            let Some(text) = self.store.get(&key)? else {
                continue;
            };
            let is_whole = lines(&text).all(|line| is_archived(line, archive));
            if text.len() > SMALL_BYTES || !is_whole {
                continue;
            }
            if bytes + text.len() > SEGMENT_BYTES {
                self.gather(std::mem::take(&mut group), &mut folded)?;
                bytes = 0;
            }
            bytes += text.len();
            group.push(Source { key, text });
        }
        self.gather(group, &mut folded)?;
        Ok(folded)
    }

    fn gather(&mut self, group: Vec<Source>, folded: &mut Folded) -> Result<(), StoreError> {
        if group.len() < 2 {
            return Ok(());
        }
        let mut text = String::new();
        let mut ids = Heads::default();
        for line in group.iter().flat_map(|source| lines(&source.text)) {
            // An interruption may have left it twice; another line of the same id stays.
            let is_first = written_id(line).is_none_or(|id| ids.insert(id));
            if is_first || lines(&text).all(|other| other != line) {
                text.push_str(line);
                text.push('\n');
            }
        }
        self.write_segment(&text)?;
        folded.new_segments += 1;
        for Source { key, text } in group {
            // Whoever writes to it still is not gone after all.
            if self.store.get(&key)?.as_deref() == Some(text.as_str()) {
                self.store.remove(&key)?;
                folded.removed_values += 1;
            }
        }
        Ok(())
    }

    /// The keys of page loads that are gone, in the order of their lines.
    fn short_keys(&self, dead: &[Author]) -> Result<Vec<String>, StoreError> {
        let prefix = format!("quire:{}:", self.scope);
        let mut keys = Vec::new();
        for sort in ["seg:", "tail:"] {
            for name in names(&self.store, &prefix, sort)? {
                let by = dead
                    .iter()
                    .find(|author| is_of(&name[sort.len()..], author));
                if let Some(author) = by.filter(|&&author| author != self.author) {
                    // Of one page load the segments come first, by their numbers.
                    keys.push((*author, sort, format!("{prefix}{name}")));
                }
            }
        }
        sort_by(&mut keys, Ord::cmp);
        Ok(keys.into_iter().map(|(_, _, key)| key).collect())
    }
}

/// Whether a key, after its sort, names the author and perhaps a number.
fn is_of(name: &str, author: &Author) -> bool {
    let rest = name.strip_prefix(author.device.as_str());
    let rest = rest.and_then(|rest| rest.strip_prefix('.'));
    let rest = rest.and_then(|rest| rest.strip_prefix(author.load.as_str()));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
