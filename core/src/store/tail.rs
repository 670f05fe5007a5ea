//! The newest rows of a log, which the indexes do not know yet.
//!
//! An entry's row would touch a page of every index, one of the chunks and one of the ends of chains, and
//! each page costs its encryption and its write. So rows are inserted without (`settled` is null, and the
//! indexes are partial), are known in memory meanwhile, and settle many at a time. After opening they are
//! read again: there are never many.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, Row, params};

use super::StoreError;
use super::chain::{ChainEnd, read_chain, write_chain};
use super::log::{Log, sql};
use super::rows::read_row;
use super::waiting::move_into_chunks;
use crate::journal::{EntryId, Outline, Record, Whose};

/// What a lookup must know of a row that is not settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TailRow {
    pub(super) row: i64,
    pub(super) id: EntryId,
    pub(super) document: i64,
    pub(super) pairing: i64,
    pub(super) whose: Whose,
    pub(super) day: i32,
    pub(super) kind: String,
    pub(super) edit: bool,
    pub(super) references: Vec<EntryId>,
    /// The row holds the change of its document, of which there is no chunk yet.
    pub(super) has_change: bool,
}

/// The rows of one log that are not settled, in order. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Tail {
    log: Log,
    rows: Vec<Arc<TailRow>>,
    next: i64,
    /// Where the chains of shared documents end of which changes wait; in the file they end before those.
    ends: BTreeMap<i64, ChainEnd>,
}

impl Tail {
    /// How many rows may wait.
    const MOST: usize = 64;

    /// Reads the rows that are not settled: the last ones of the table.
    pub(super) fn read(from: &Connection, log: Log) -> Result<Self, StoreError> {
        let sql = sql!(
            log,
            "SELECT row, id, document, pairing, whose, day, kind, edit, value, settled, change IS NOT NULL FROM ",
            LOG,
            "_entry ORDER BY row DESC"
        );
        let mut statement = from.prepare(sql)?;
        let mut found = statement.query([])?;
        let (mut rows, mut next) = (Vec::new(), mark(from, log, "searched")?.max(mark(from, log, "noted")?) + 1);
        while let Some(row) = found.next()? {
            next = next.max(row.get::<_, i64>(0)? + 1);
            if row.get::<_, Option<i64>>(9)?.is_some() {
                break;
            }
            rows.push(Arc::new(TailRow::read(row)?));
        }
        rows.reverse();
        let mut tail = Self { log, rows, next, ends: BTreeMap::new() };
        tail.read_ends(from)?;
        Ok(tail)
    }

    pub(super) fn log(&self) -> Log {
        self.log
    }

    /// The rows, oldest first.
    pub(super) fn rows(&self) -> impl DoubleEndedIterator<Item = &TailRow> {
        self.rows.iter().map(Arc::as_ref)
    }

    /// The number of the next row.
    pub(super) fn next(&self) -> i64 {
        self.next
    }

    /// The row of an entry, if it waits here.
    pub(super) fn find(&self, id: EntryId) -> Option<i64> {
        self.rows().find(|row| row.id == id).map(|row| row.row)
    }

    /// Where the chain of a shared document ends, if some of its changes wait here.
    pub(super) fn end(&self, document: i64) -> Option<&ChainEnd> {
        self.ends.get(&document)
    }

    /// The last own entry among the shared ones whose changes wait.
    pub(super) fn last_own(&self) -> Option<EntryId> {
        self.ends.values().filter_map(|end| end.last).max()
    }

    /// A row is about to be pushed that holds the change of its document.
    pub(super) fn lengthen_chain(
        &mut self,
        from: &Connection,
        document: i64,
        record: &Record,
    ) -> Result<(), StoreError> {
        if self.log == Log::Shared {
            let end = self.ends.get(&document).map_or_else(|| read_chain(from, document), |end| Ok(*end))?;
            self.ends.insert(document, end.then(record));
        }
        Ok(())
    }

    /// A row was inserted that is settled already; no other may wait.
    pub(super) fn passed(&mut self, row: i64) {
        self.next = row + 1;
    }

    /// A row was inserted that is not settled; settles all when there are too many.
    pub(super) fn push(&mut self, to: &Connection, row: TailRow) -> Result<(), StoreError> {
        self.next = row.row + 1;
        self.rows.push(Arc::new(row));
        if self.rows.len() > Self::MOST { self.settle(to) } else { Ok(()) }
    }

    /// Puts all rows into the indexes, their changes into chunks, and notes where the chains end.
    pub(super) fn settle(&mut self, to: &Connection) -> Result<(), StoreError> {
        let Some(first) = self.rows.first().map(|row| row.row) else { return Ok(()) };
        move_into_chunks(to, self.log, first)?;
        for (document, end) in std::mem::take(&mut self.ends) {
            write_chain(to, document, &end)?;
        }
        let settle = sql!(self.log, "UPDATE ", LOG, "_entry SET settled = 1, change = NULL WHERE row >= ?1");
        to.prepare_cached(settle)?.execute([first])?;
        for row in std::mem::take(&mut self.rows) {
            insert_references(to, self.log, row.row, &row.references)?;
        }
        Ok(())
    }

    /// The table was emptied. The rows must have settled.
    pub(super) fn restart(&mut self) {
        self.next = 1;
    }

    fn read_ends(&mut self, from: &Connection) -> Result<(), StoreError> {
        for waiting in self.rows.clone().iter().filter(|waiting| waiting.has_change) {
            let record = read_row(from, self.log, waiting.row)?.record;
            self.lengthen_chain(from, waiting.document, &record)?;
        }
        Ok(())
    }
}

impl TailRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let value: Vec<u8> = row.get(8)?;
        Ok(Self {
            row: row.get(0)?,
            id: row.get(1)?,
            document: row.get(2)?,
            pairing: row.get(3)?,
            whose: row.get(4)?,
            day: row.get(5)?,
            kind: row.get(6)?,
            edit: row.get(7)?,
            references: Outline::read(&value).references,
            has_change: row.get(10)?,
        })
    }
}

/// Notes what a settled row refers to.
pub(super) fn insert_references(to: &Connection, log: Log, row: i64, references: &[EntryId]) -> Result<(), StoreError> {
    let sql = sql!(log, "INSERT OR IGNORE INTO ", LOG, "_reference(target, row) VALUES (?1, ?2)");
    for target in references {
        to.prepare_cached(sql)?.execute(params![target, row])?;
    }
    Ok(())
}

/// How far some work on the rows of a log has come; 0 at first.
pub(super) fn mark(from: &Connection, log: Log, name: &str) -> Result<i64, StoreError> {
    let sql = sql!(log, "SELECT coalesce(max(value), 0) FROM ", LOG, "_mark WHERE name = ?1");
    Ok(from.prepare_cached(sql)?.query_row([name], |row| row.get(0))?)
}

/// Notes how far some work on the rows of a log has come.
pub(super) fn set_mark(to: &Connection, log: Log, name: &str, value: i64) -> Result<(), StoreError> {
    let sql = sql!(log, "INSERT OR REPLACE INTO ", LOG, "_mark(name, value) VALUES (?1, ?2)");
    to.prepare_cached(sql)?.execute(params![name, value])?;
    Ok(())
}
