//! Full-text search. Entries are indexed when idle and before a search, never on the way of a tap: that
//! would double its cost.

use rusqlite::{Connection, params};

use super::log::{Log, sql};
use super::tail::{mark, set_mark};
use super::words::words_of;
use super::{Store, StoreError};
use crate::journal::{Audience, EntryId};

/// The last row of a log that is in its index.
const SEARCHED: &str = "searched";

/// Entries that are indexed in one transaction.
const SLICE: u32 = 1000;

impl Store {
    /// The ids of entries in which every word of `text` occurs, or a word that begins with it; newest
    /// first, at most `limit`. Case and accents make no difference. Indexes first what is not yet.
    pub fn search(&mut self, text: &str, audience: Option<Audience>, limit: u32) -> Result<Vec<EntryId>, StoreError> {
        while self.index_some(SLICE)? > 0 {}
        let Some(query) = match_expression(text) else { return Ok(Vec::new()) };
        let mut found: Vec<EntryId> = Vec::new();
        for log in Log::BOTH {
            if audience.is_none_or(|audience| audience == log.audience()) {
                let sql = sql!(
                    log,
                    "SELECT e.id FROM ",
                    LOG,
                    "_search s JOIN ",
                    LOG,
                    "_entry e ON e.row = s.rowid WHERE ",
                    LOG,
                    "_search MATCH ?1 ORDER BY e.id DESC LIMIT ?2"
                );
                let mut statement = self.connection.prepare_cached(sql)?;
                for id in statement.query_map(params![query, limit], |row| row.get(0))? {
                    found.push(id?);
                }
            }
        }
        found.sort_by_key(|id| std::cmp::Reverse(*id));
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found)
    }

    /// Indexes up to `most` entries of a log that has some to be indexed; how many it were.
    pub(super) fn index_some(&mut self, most: u32) -> Result<u32, StoreError> {
        for log in Log::BOTH {
            if mark(&self.connection, log, SEARCHED)? + 1 < self.memory.tail(log).next() {
                let indexed = self.write(|writing| index(&writing.transaction, log, most))?;
                if indexed > 0 {
                    return Ok(indexed);
                }
            }
        }
        Ok(0)
    }
}

fn index(to: &Connection, log: Log, most: u32) -> Result<u32, StoreError> {
    let pending = sql!(log, "SELECT row, value FROM ", LOG, "_entry WHERE row > ?1 ORDER BY row LIMIT ?2");
    let insert = sql!(log, "INSERT INTO ", LOG, "_search(rowid, text) VALUES (?1, ?2)");
    let (mut statement, mut insert) = (to.prepare_cached(pending)?, to.prepare_cached(insert)?);
    let mut rows = statement.query(params![mark(to, log, SEARCHED)?, most])?;
    let (mut indexed, mut last) = (0, None);
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let words = words_of(row.get_ref(1)?.as_blob().map_err(|_| StoreError::Damaged)?);
        if !words.is_empty() {
            insert.execute(params![number, words])?;
        }
        (indexed, last) = (indexed + 1, Some(number));
    }
    last.map_or(Ok(()), |last| set_mark(to, log, SEARCHED, last))?;
    Ok(indexed)
}

/// Takes an entry out of the index, by its row and its value.
pub(super) fn forget(from: &Connection, log: Log, row: i64, value: &[u8]) -> Result<(), StoreError> {
    let words = words_of(value);
    if row <= mark(from, log, SEARCHED)? && !words.is_empty() {
        let sql = sql!(log, "INSERT INTO ", LOG, "_search(", LOG, "_search, rowid, text) VALUES ('delete', ?1, ?2)");
        from.prepare_cached(sql)?.execute(params![row, words])?;
    }
    Ok(())
}

/// Empties the index of a log.
pub(super) fn clear(to: &Connection, log: Log) -> Result<(), StoreError> {
    let sql = sql!(log, "INSERT INTO ", LOG, "_search(", LOG, "_search) VALUES ('delete-all')");
    to.prepare_cached(sql)?.execute([])?;
    set_mark(to, log, SEARCHED, 0)
}

/// The words of `text`, each as the beginning of a word; `None` where there are none.
fn match_expression(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let quoted: Vec<String> = words.map(|word| format!("\"{word}\"*")).collect();
    if quoted.is_empty() { None } else { Some(quoted.join(" ")) }
}
