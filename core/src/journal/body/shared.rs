//! Sharing makes a dated copy; erasing takes text away on both phones (P2, spec §3).

use serde::{Deserialize, Serialize};

use super::within;
use crate::journal::{EntryId, OutOfRange, TogetherValue};

/// A copy of one own item, or of a chosen summary, as it was when it was shared. Later edits of the
/// source do not follow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The kind of what was copied: a body's kind, a weekly line's name, or `summary`.
    pub of: String,
    /// The fields, as they were.
    pub body: TogetherValue,
}

impl Snapshot {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        self.body.check("body")
    }
}

/// Which own entry a snapshot was copied from. Private: the partner never learns that two snapshots
/// have one source, or that a source was edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedAs {
    /// The own entry.
    pub source: EntryId,
    /// Its copy.
    pub snapshot: EntryId,
}

impl SharedAs {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// Ids whose text is to be erased, on every phone that holds this entry; only its author's own count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erase {
    /// At least one, at most [`Erase::MOST`].
    pub ids: Vec<EntryId>,
}

impl Erase {
    /// The most ids that one entry may name.
    pub const MOST: usize = 500;

    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        within(i64::try_from(self.ids.len()).unwrap_or(i64::MAX), 1, 500, "ids")
    }
}
