//! Changes of own entries that wait in the rows of their entries, for as long as those are not settled.
//!
//! They are part of their documents, after all chunks: an append so touches one page, and not one of the
//! chunks as well. Whoever reads a document reads them too; when the rows settle, they become chunks.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::StoreError;
use super::chunk::{ChunkKind, insert_chunk, next_chunk};
use super::log::{Log, sql};
use super::tail::Tail;

/// Calls `each` with the changes of a document that wait, in order.
pub(super) fn each_waiting_change(
    from: &Connection,
    tail: &Tail,
    document: i64,
    mut each: impl FnMut(&[u8]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = from.prepare_cached(sql!(tail.log(), "SELECT change FROM ", LOG, "_entry WHERE row = ?1"))?;
    for waiting in tail.rows().filter(|waiting| waiting.has_change && waiting.document == document) {
        let mut rows = statement.query([waiting.row])?;
        let row = rows.next()?.ok_or(StoreError::Damaged)?;
        each(row.get_ref(0)?.as_blob().map_err(|_| StoreError::Damaged)?)?;
    }
    Ok(())
}

/// Makes chunks of the changes that wait in this row and after it.
pub(super) fn move_into_chunks(to: &Connection, log: Log, first: i64) -> Result<(), StoreError> {
    let sql =
        sql!(log, "SELECT document, change FROM ", LOG, "_entry WHERE row >= ?1 AND change IS NOT NULL ORDER BY row");
    let mut statement = to.prepare_cached(sql)?;
    let mut rows = statement.query([first])?;
    let mut next: BTreeMap<i64, i64> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let document = row.get(0)?;
        let chunk = next.get(&document).map_or_else(|| next_chunk(to, log, document), |chunk| Ok(*chunk))?;
        let change = row.get_ref(1)?.as_blob().map_err(|_| StoreError::Damaged)?;
        insert_chunk(to, log, chunk, ChunkKind::Change, change)?;
        next.insert(document, chunk + 1);
    }
    Ok(())
}
