//! Tidying, in slices, while nobody waits: compaction, search index, the write-ahead log.

use super::chunk::replace_chunks;
use super::document::Document;
use super::tables::{PRIVATE, SHARED};
use super::{Store, StoreError};

/// What a slice of tidying has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tidied {
    /// How many documents were compacted.
    pub documents: u32,
    /// Whether there is more to do.
    pub more: bool,
}

/// A document with more changes than this is compacted …
const MOST_CHANGES: u32 = 64;
/// … or with more bytes of them than this.
const MOST_BYTES: u32 = 64 * 1024;

impl Store {
    /// Does one slice of what there is to tidy: compacts one document, or else indexes some entries, or
    /// else empties the write-ahead log.
    pub fn tidy(&mut self) -> Result<Tidied, StoreError> {
        if self.compact_one()? {
            return Ok(Tidied { documents: 1, more: true });
        }
        if self.index_some(500)? {
            return Ok(Tidied { documents: 0, more: true });
        }
        self.truncate_wal()?;
        Ok(Tidied::default())
    }

    fn compact_one(&mut self) -> Result<bool, StoreError> {
        let transaction = self.connection.transaction()?;
        for tables in [PRIVATE, SHARED] {
            let mut statement = transaction.prepare_cached(tables.crowded)?;
            let mut crowded = statement.query([MOST_CHANGES, MOST_BYTES])?;
            let Some(row) = crowded.next()? else { continue };
            let document: i64 = row.get(0)?;
            drop(crowded);
            drop(statement);
            let device = super::rebuild::documents(&transaction, tables)?
                .into_iter()
                .find_map(|(id, _, device)| (id == document).then_some(device))
                .ok_or(StoreError::Damaged)?;
            let snapshot = Document::load(&transaction, tables, document, device)?.save();
            self.loaded.count += 1;
            replace_chunks(&transaction, tables, document, &snapshot)?;
            transaction.commit()?;
            return Ok(true);
        }
        Ok(false)
    }
}
