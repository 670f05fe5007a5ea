//! What a document consists of in the file.

use rusqlite::{Connection, params};

use super::StoreError;
use super::tables::Tables;
use crate::journal::{EntryId, Record};

/// The kinds of chunk, in the order in which they may follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chunk {
    /// The whole document up to here.
    Snapshot,
    /// One change.
    Change,
    /// Entries that were received and not yet made into changes: that waits until the document is used.
    Received,
}

impl Chunk {
    pub(super) fn from_kind(kind: i64) -> Option<Self> {
        match kind {
            0 => Some(Self::Snapshot),
            1 => Some(Self::Change),
            2 => Some(Self::Received),
            _ => None,
        }
    }

    fn kind(self) -> i64 {
        match self {
            Self::Snapshot => 0,
            Self::Change => 1,
            Self::Received => 2,
        }
    }
}

/// Adds a chunk at the end of a document.
pub(super) fn push_chunk(
    to: &Connection,
    tables: &Tables,
    document: i64,
    chunk: Chunk,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let last = last_chunk(to, tables, document)?;
    to.prepare_cached(tables.insert_chunk)?.execute(params![document, last + 1, chunk.kind(), bytes])?;
    Ok(())
}

/// Puts a snapshot in the place of all chunks.
pub(super) fn replace_chunks(
    to: &Connection,
    tables: &Tables,
    document: i64,
    snapshot: &[u8],
) -> Result<(), StoreError> {
    let last = last_chunk(to, tables, document)?;
    to.prepare_cached(tables.drop_chunks)?.execute([document, last])?;
    to.prepare_cached(tables.insert_chunk)?.execute(params![document, last + 1, Chunk::Snapshot.kind(), snapshot])?;
    Ok(())
}

fn last_chunk(from: &Connection, tables: &Tables, document: i64) -> Result<i64, StoreError> {
    Ok(from.prepare_cached(tables.last_chunk)?.query_row([document], |row| row.get(0))?)
}

/// Received entries in one piece, for a chunk: zstd over `id ‖ length ‖ stored record` each.
pub(super) fn write_batch(records: &[Record]) -> Result<Vec<u8>, StoreError> {
    let mut plain = Vec::new();
    for record in records {
        let stored = record.to_stored();
        plain.extend_from_slice(record.id.as_bytes());
        plain.extend_from_slice(&u32::try_from(stored.len()).map_err(|_| StoreError::Damaged)?.to_be_bytes());
        plain.extend_from_slice(&stored);
    }
    Ok(zstd::bulk::compress(&plain, 1)?)
}

/// Reads what [`write_batch`] wrote. The bytes are this phone's own.
pub(super) fn read_batch(bytes: &[u8]) -> Result<Vec<Record>, StoreError> {
    let plain = zstd::stream::decode_all(bytes).map_err(|_| StoreError::Damaged)?;
    let mut rest = plain.as_slice();
    let mut records = Vec::new();
    while let Some((id, after)) = rest.split_first_chunk::<16>() {
        let (length, after) = after.split_first_chunk::<4>().ok_or(StoreError::Damaged)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| StoreError::Damaged)?;
        let (stored, after) = after.split_at_checked(length).ok_or(StoreError::Damaged)?;
        let record = Record::from_stored(EntryId::from_bytes(*id), stored).map_err(|_| StoreError::Damaged)?;
        records.push(record);
        rest = after;
    }
    if rest.is_empty() { Ok(records) } else { Err(StoreError::Damaged) }
}
