//! Tidying, in slices, while nobody waits: compaction, the search index, the write-ahead log.

use rusqlite::{OptionalExtension, params};

use super::chunk::{ChunkKind, replace_chunks};
use super::document::Document;
use super::loaded::read_document;
use super::log::{Log, sql};
use super::{Store, StoreError};

/// What a slice of tidying has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tidied {
    /// How many documents were compacted.
    pub documents: u32,
    /// How many entries were indexed for search.
    pub indexed: u32,
    /// Whether there is more to do.
    pub more: bool,
}

/// A document with more chunks than this is compacted …
const MOST_CHUNKS: u32 = 64;
/// … or with more bytes in those after its snapshot.
const MOST_BYTES: u32 = 64 * 1024;
/// Entries that are indexed at a time: a few milliseconds' work on a phone.
const SLICE: u32 = 500;

impl Store {
    /// Does one slice of what there is to tidy: indexes some entries, or else compacts one document, or
    /// else empties the write-ahead log. A slice takes milliseconds and can be killed at any point.
    /// Call it while nobody waits, again for as long as there is more.
    pub fn tidy(&mut self) -> Result<Tidied, StoreError> {
        let indexed = self.index_some(SLICE)?;
        if indexed > 0 {
            return Ok(Tidied { indexed, more: true, ..Tidied::default() });
        }
        for log in Log::BOTH {
            if let Some(document) = self.crowded(log)? {
                self.compact(log, document)?;
                return Ok(Tidied { documents: 1, more: true, ..Tidied::default() });
            }
        }
        self.empty_log()?;
        self.untidy = false;
        Ok(Tidied::default())
    }

    /// Whether there may be something to tidy.
    pub fn is_untidy(&self) -> bool {
        self.untidy
    }

    /// A document that should be compacted.
    fn crowded(&self, log: Log) -> Result<Option<i64>, StoreError> {
        let sql = sql!(
            log,
            "SELECT id >> 32 FROM ",
            LOG,
            "_chunk GROUP BY id >> 32 HAVING count(*) > ?1",
            " OR sum(CASE kind WHEN 0 THEN 0 ELSE length(bytes) END) > ?2 LIMIT 1"
        );
        Ok(self
            .connection
            .prepare_cached(sql)?
            .query_row(params![MOST_CHUNKS, MOST_BYTES], |row| row.get(0))
            .optional()?)
    }

    /// Puts one snapshot in the place of all chunks of a document.
    fn compact(&mut self, log: Log, id: i64) -> Result<(), StoreError> {
        let count = self.write(|writing| {
            let device = read_document(&writing.transaction, log, id)?.name.device;
            let snapshot = Document::load(&writing.transaction, log, id, device)?.save();
            replace_chunks(&writing.transaction, log, id, ChunkKind::Snapshot, Some(&snapshot))?;
            // Its next change would get a number that is taken.
            writing.loaded.forget(log, id);
            Ok(writing.loaded.count + 1)
        })?;
        self.loaded.count = count;
        Ok(())
    }
}
