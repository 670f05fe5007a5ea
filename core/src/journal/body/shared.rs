//! Sharing makes a dated copy; erasing takes text away on both phones (P2, spec §3).

use serde::{Deserialize, Serialize};

use super::within;
use crate::journal::{Body, EntryId, OutOfRange, TogetherValue, WeeklyLine};

/// A copy of one own item, or of a chosen summary, as it was when it was shared. Later edits of the
/// source do not follow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Snapshot {
    /// The kind of what was copied: a body's kind, a weekly line's name, or `summary`.
    pub of: String,
    /// The fields, as they were.
    pub body: TogetherValue,
}

impl Snapshot {
    /// A copy of an item as it is now. What it refers to among its author's own entries stays behind.
    pub fn of(item: &Body) -> Self {
        let mut body = TogetherValue::of(item);
        if let TogetherValue::Map(fields) = &mut body {
            fields.remove("pledge");
        }
        Self { of: item.kind().to_owned(), body }
    }

    /// A copy of one line of a weekly check-in, under the line's name.
    pub fn of_weekly_line(line: WeeklyLine, text: &str) -> Self {
        let fields = [("text".to_owned(), TogetherValue::Text(text.to_owned()))];
        Self { of: line.name().to_owned(), body: TogetherValue::Map(fields.into()) }
    }

    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        self.body.check("body")
    }
}

/// Which own entry a snapshot was copied from. Private: the partner never learns that two snapshots
/// have one source, or that a source was edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
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
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
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
