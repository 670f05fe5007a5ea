//! The chain of a document: what its owner vouches for and a phone that holds a copy can check.

use sha2::{Digest as _, Sha256};

use super::{EntryId, Record};

/// The end of a document's chain: how many entries, and a hash over all of them in order of their ids.
///
/// `head_n = SHA-256(head_{n-1} ‖ id ‖ written ‖ value)`, from 32 zero bytes. The written time is 8
/// bytes of milliseconds and 2 bytes of offset, big-endian; the value is hashed as it was received,
/// never re-encoded. Erased entries are no part of it, so erasing makes a chain anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Chain {
    /// How many entries.
    pub length: u32,
    /// The hash over them.
    pub head: [u8; 32],
}

impl Chain {
    /// The chain of a document without entries.
    pub const EMPTY: Self = Self { length: 0, head: [0; 32] };

    /// The chain with one more entry at its end.
    #[must_use]
    pub fn then(self, record: &Record) -> Self {
        let mut hash = Sha256::new();
        hash.update(self.head);
        hash.update(record.id.as_bytes());
        hash.update(record.written.unix_ms().to_be_bytes());
        hash.update(record.written.offset_min().to_be_bytes());
        hash.update(&record.value);
        Self { length: self.length.saturating_add(1), head: hash.finalize().into() }
    }

    /// The chain over these entries, which must stand in order of their ids.
    pub fn over<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        records.into_iter().fold(Self::EMPTY, Self::then)
    }

    /// Whether the entries stand in rising order of their ids, after `last`.
    pub fn in_order<'a>(mut last: Option<EntryId>, records: impl IntoIterator<Item = &'a Record>) -> bool {
        records.into_iter().all(|record| last.replace(record.id) < Some(record.id))
    }
}
