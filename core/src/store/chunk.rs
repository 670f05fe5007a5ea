//! What a document consists of in the file: a snapshot, changes after it, and batches of entries that no
//! change was made of yet. The newest changes may still wait in the rows of their entries.

use rusqlite::{Connection, params};

use super::StoreError;
use super::document::Document;
use super::log::{Log, sql};
use super::tail::Tail;
use super::waiting::each_waiting_change;
use crate::journal::{DeviceId, EntryId, Record};

/// The kinds of chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChunkKind {
    /// Everything up to here, as Automerge saves it.
    Snapshot,
    /// One change, as Automerge encodes it.
    Change,
    /// Entries. The changes are made of them when the document is used, which for most that were received
    /// is never.
    Batch,
}

impl ChunkKind {
    pub(super) fn from_code(code: i64) -> Result<Self, StoreError> {
        match code {
            0 => Ok(Self::Snapshot),
            1 => Ok(Self::Change),
            2 => Ok(Self::Batch),
            _ => Err(StoreError::Damaged),
        }
    }

    pub(super) fn code(self) -> i64 {
        match self {
            Self::Snapshot => 0,
            Self::Change => 1,
            Self::Batch => 2,
        }
    }
}

/// How the number of a chunk is split between its document and its place there.
pub(super) const PLACES: u32 = 32;

/// Where the chunks of a document lie.
fn range(document: i64) -> (i64, i64) {
    (document << PLACES, ((document + 1) << PLACES) - 1)
}

/// The number that the next chunk of a document gets.
pub(super) fn next_chunk(from: &Connection, log: Log, document: i64) -> Result<i64, StoreError> {
    let (first, last) = range(document);
    let sql = sql!(log, "SELECT coalesce(max(id) + 1, ?1) FROM ", LOG, "_chunk WHERE id BETWEEN ?1 AND ?2");
    Ok(from.prepare_cached(sql)?.query_row([first, last], |row| row.get(0))?)
}

/// Writes a chunk.
pub(super) fn insert_chunk(
    to: &Connection,
    log: Log,
    chunk: i64,
    kind: ChunkKind,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let sql = sql!(log, "INSERT INTO ", LOG, "_chunk(id, kind, bytes) VALUES (?1, ?2, ?3)");
    to.prepare_cached(sql)?.execute(params![chunk, kind.code(), bytes])?;
    Ok(())
}

/// Adds entries at the end of a document.
pub(super) fn push_batch(to: &Connection, log: Log, document: i64, records: &[Record]) -> Result<(), StoreError> {
    let chunk = next_chunk(to, log, document)?;
    insert_chunk(to, log, chunk, ChunkKind::Batch, &write_batch(records)?)
}

/// Puts a chunk in the place of all that a document has; nothing, where there are no bytes. The old ones
/// are overwritten (`secure_delete`).
pub(super) fn replace_chunks(
    to: &Connection,
    log: Log,
    document: i64,
    kind: ChunkKind,
    bytes: Option<&[u8]>,
) -> Result<(), StoreError> {
    let chunk = next_chunk(to, log, document)?;
    let (first, last) = range(document);
    let sql = sql!(log, "DELETE FROM ", LOG, "_chunk WHERE id BETWEEN ?1 AND ?2");
    to.prepare_cached(sql)?.execute([first, last])?;
    bytes.map_or(Ok(()), |bytes| insert_chunk(to, log, chunk, kind, bytes))
}

/// Calls `each` with the chunks of a document, in order, those too that its waiting changes will be.
pub(super) fn each_chunk(
    from: &Connection,
    tail: &Tail,
    document: i64,
    mut each: impl FnMut(ChunkKind, &[u8]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let (first, last) = range(document);
    let sql = sql!(tail.log(), "SELECT kind, bytes FROM ", LOG, "_chunk WHERE id BETWEEN ?1 AND ?2 ORDER BY id");
    let mut statement = from.prepare_cached(sql)?;
    let mut rows = statement.query([first, last])?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(1)?.as_blob().map_err(|_| StoreError::Damaged)?;
        each(ChunkKind::from_code(row.get(0)?)?, bytes)?;
    }
    each_waiting_change(from, tail, document, |bytes| each(ChunkKind::Change, bytes))
}

/// The entries of a document, in order, from its chunks and the changes that wait.
pub(super) fn records_of(
    from: &Connection,
    tail: &Tail,
    document: i64,
    device: DeviceId,
) -> Result<Vec<Record>, StoreError> {
    let (mut records, mut only_batches) = (Vec::new(), true);
    each_chunk(from, tail, document, |kind, bytes| {
        match kind {
            ChunkKind::Batch if only_batches => records.extend(read_batch(bytes)?),
            _ => only_batches = false,
        }
        Ok(())
    })?;
    if only_batches { Ok(records) } else { Document::load(from, tail, document, device)?.records() }
}

/// Entries in one piece: zstd over `id ‖ length ‖ stored record` of each.
pub(super) fn write_batch(records: &[Record]) -> Result<Vec<u8>, StoreError> {
    let size = records.iter().map(|record| 30 + record.value.len()).sum();
    let mut plain = Vec::with_capacity(size);
    for record in records {
        let stored = record.to_stored();
        plain.extend_from_slice(record.id.as_bytes());
        plain.extend_from_slice(&u32::try_from(stored.len()).map_err(|_| StoreError::Damaged)?.to_be_bytes());
        plain.extend_from_slice(&stored);
    }
    Ok(zstd::bulk::compress(&plain, 1)?)
}

/// Reads what [`write_batch`] wrote. The bytes are this phone's own, from its own encrypted file.
fn read_batch(bytes: &[u8]) -> Result<Vec<Record>, StoreError> {
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

/// Adds to `document` what a batch holds.
pub(super) fn apply_batch(document: &mut Document, bytes: &[u8]) -> Result<(), StoreError> {
    document.extend(&read_batch(bytes)?)
}
