//! Where the chains of shared documents end: known with every entry, so that nothing has to be read in
//! order to compare two phones. In the file they end before what waits ([`super::tail::Tail::end`]).

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;
use crate::journal::{Chain, EntryId, Record};

/// The end of a document's chain, its last entry, and the bytes of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ChainEnd {
    pub(super) chain: Chain,
    pub(super) last: Option<EntryId>,
    pub(super) bytes: u64,
}

impl ChainEnd {
    /// The end of a document with exactly these entries.
    pub(super) fn over(records: &[Record]) -> Self {
        let none = Self { chain: Chain::EMPTY, last: None, bytes: 0 };
        none.reaching(Chain::over(records), records)
    }

    /// Reads `length, head, last, bytes` from this column on.
    pub(super) fn read(row: &Row<'_>, at: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            chain: Chain { length: row.get(at)?, head: row.get(at + 1)? },
            last: row.get(at + 2)?,
            bytes: row.get::<_, i64>(at + 3)?.unsigned_abs(),
        })
    }

    /// The end with these entries after it, which end the chain at `chain`.
    pub(super) fn reaching(self, chain: Chain, records: &[Record]) -> Self {
        let added: usize = records.iter().map(|record| record.value.len()).sum();
        let bytes = self.bytes.saturating_add(u64::try_from(added).unwrap_or(u64::MAX));
        Self { chain, last: records.last().map(|record| record.id).or(self.last), bytes }
    }

    /// The end with one more entry.
    pub(super) fn then(self, record: &Record) -> Self {
        self.reaching(self.chain.then(record), std::slice::from_ref(record))
    }
}

/// Where the chain of a document ends, in the file.
pub(super) fn read_chain(from: &Connection, document: i64) -> Result<ChainEnd, StoreError> {
    let sql = "SELECT length, head, last, bytes FROM shared_chain WHERE document = ?1";
    let end = from.prepare_cached(sql)?.query_row([document], |row| ChainEnd::read(row, 0));
    Ok(end.optional()?.unwrap_or_default())
}

/// Notes where the chain of a document ends.
pub(super) fn write_chain(to: &Connection, document: i64, end: &ChainEnd) -> Result<(), StoreError> {
    let sql = "INSERT INTO shared_chain(document, length, head, last, bytes) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT(document) DO UPDATE SET length = ?2, head = ?3, last = ?4, bytes = ?5";
    let bytes = i64::try_from(end.bytes).unwrap_or(i64::MAX);
    to.prepare_cached(sql)?.execute(params![document, end.chain.length, end.chain.head, end.last, bytes])?;
    Ok(())
}
