//! Tidying, in slices, while nobody waits: the search index, notes, compaction, the write-ahead log.

use rusqlite::{Connection, OptionalExtension, params};

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
    /// Does one slice of what there is to tidy: indexes some entries, or else notes some, or else compacts one
    /// document, or else brings the write-ahead log into the file. A slice takes milliseconds and can be killed at any point.
    /// Call it while nobody waits, again for as long as there is more.
    pub fn tidy(&mut self) -> Result<Tidied, StoreError> {
        let indexed = self.index_some(SLICE)?;
        if indexed > 0 {
            return Ok(Tidied { indexed, more: true, ..Tidied::default() });
        }
        if self.note_some(SLICE)? > 0 {
            return Ok(Tidied { more: true, ..Tidied::default() });
        }
        if let Some((log, document)) = self.next_crowded()? {
            self.compact(log, document)?;
            return Ok(Tidied { documents: 1, more: true, ..Tidied::default() });
        }
        self.bring_log_home()?;
        self.untidy = false;
        Ok(Tidied::default())
    }

    /// How many rows were written, changed or removed since the file was opened: where it stays the same, so does
    /// everything that can be read.
    pub fn rows_changed(&self) -> u64 {
        self.connection.total_changes()
    }

    /// Whether there may be something to tidy.
    pub fn is_untidy(&self) -> bool {
        self.untidy
    }

    /// A document that should be compacted: the next one on this round, which ends where there is none.
    fn next_crowded(&mut self) -> Result<Option<(Log, i64)>, StoreError> {
        for log in Log::BOTH {
            let looked = self.round.looked(log);
            if let Some(document) = crowded_after(&self.connection, log, *looked)? {
                *looked = document;
                return Ok(Some((log, document)));
            }
            *looked = i64::MAX;
        }
        self.round = Round::default();
        Ok(None)
    }

    /// Puts one snapshot in the place of all chunks of a document.
    fn compact(&mut self, log: Log, id: i64) -> Result<(), StoreError> {
        self.write(|writing| {
            writing.settle(log)?;
            let to = &writing.transaction;
            let device = read_document(to, log, id)?.name.device;
            let snapshot = Document::load(to, writing.memory.tail(log), id, device)?.save();
            replace_chunks(to, log, id, ChunkKind::Snapshot, Some(&snapshot))
        })?;
        self.loaded.count += 1;
        Ok(())
    }
}

/// How far a round through all documents has come: so that a whole round costs one look at each, however
/// many slices it is cut into.
#[derive(Default)]
pub(super) struct Round {
    private: i64,
    shared: i64,
}

impl Round {
    /// The last document of a log that was looked at.
    fn looked(&mut self, log: Log) -> &mut i64 {
        match log {
            Log::Private => &mut self.private,
            Log::Shared => &mut self.shared,
        }
    }
}

/// The first document after this one that should be compacted.
fn crowded_after(from: &Connection, log: Log, after: i64) -> Result<Option<i64>, StoreError> {
    let sql = sql!(
        log,
        "SELECT id FROM ",
        LOG,
        "_document d WHERE id > ?1 AND (SELECT count(*) > ?2",
        " OR sum(CASE kind WHEN 0 THEN 0 ELSE length(bytes) END) > ?3 FROM ",
        LOG,
        "_chunk c WHERE c.id BETWEEN d.id << 32 AND ((d.id + 1) << 32) - 1) ORDER BY id LIMIT 1"
    );
    let found = from.prepare_cached(sql)?.query_row(params![after, MOST_CHUNKS, MOST_BYTES], |row| row.get(0));
    Ok(found.optional()?)
}
