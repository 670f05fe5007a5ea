//! The rows of entries.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::StoreError;
use super::log::{Log, sql};
use super::tail::{Tail, TailRow, insert_references};
use crate::journal::{Audience, Entry, EntryId, LocalTime, Outline, Record, Whose};

/// Which log a document belongs to, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Owner {
    pub(super) log: Log,
    /// The pairing's row; 0 in the private log.
    pub(super) pairing: i64,
    pub(super) whose: Whose,
}

impl Owner {
    /// The owner of private entries.
    pub(super) const MYSELF: Self = Self { log: Log::Private, pairing: 0, whose: Whose::Mine };

    /// The owner of one of the two shared logs of a pairing.
    pub(super) fn shared(pairing: i64, whose: Whose) -> Self {
        Self { log: Log::Shared, pairing, whose }
    }
}

/// An entry's row, as read.
pub(super) struct Stored {
    pub(super) record: Record,
    pub(super) whose: Whose,
    pub(super) pairing: i64,
    pub(super) document: i64,
}

impl Stored {
    /// Reads `id, written, offset_min, value, whose, pairing, document`.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let written = LocalTime::new(row.get(1)?, row.get(2)?)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(1, Type::Integer, error.into()))?;
        let record = Record { id: row.get(0)?, written, value: row.get(3)? };
        Ok(Self { record, whose: row.get(4)?, pairing: row.get(5)?, document: row.get(6)? })
    }

    pub(super) fn to_entry(&self, audience: Audience) -> Entry {
        self.record.to_entry(self.whose, audience)
    }
}

/// A row to be written.
pub(super) struct NewRow<'a> {
    pub(super) owner: Owner,
    pub(super) document: i64,
    pub(super) record: &'a Record,
    pub(super) outline: &'a Outline,
    /// Of an own entry, the change of its document, where the row is to hold it until it settles.
    pub(super) change: Option<&'a [u8]>,
}

impl NewRow<'_> {
    /// Writes the row alone; the indexes follow when its tail settles.
    pub(super) fn append(self, to: &Connection, tail: &mut Tail) -> Result<(), StoreError> {
        let row = tail.next();
        self.insert(to, row, None)?;
        if self.change.is_some() {
            tail.lengthen_chain(to, self.document, self.record)?;
        }
        let waiting = TailRow {
            row,
            id: self.record.id,
            document: self.document,
            pairing: self.owner.pairing,
            whose: self.owner.whose,
            day: self.record.written.local_day(),
            kind: self.outline.kind.clone(),
            edit: self.outline.supersedes.is_some(),
            references: self.outline.references.clone(),
            has_change: self.change.is_some(),
        };
        tail.push(to, waiting)
    }

    /// Writes the row with all that belongs to it. The tail must have settled.
    pub(super) fn settle(self, to: &Connection, tail: &mut Tail) -> Result<(), StoreError> {
        let row = tail.next();
        self.insert(to, row, Some(1))?;
        tail.passed(row);
        insert_references(to, self.owner.log, row, &self.outline.references)
    }

    fn insert(&self, to: &Connection, row: i64, settled: Option<i64>) -> Result<(), StoreError> {
        let sql = sql!(
            self.owner.log,
            "INSERT INTO ",
            LOG,
            "_entry(row, id, document, pairing, whose, written, offset_min, day, kind, edit, settled, value, change)",
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
        );
        to.prepare_cached(sql)?.execute(params![
            row,
            self.record.id,
            self.document,
            self.owner.pairing,
            self.owner.whose,
            self.record.written.unix_ms(),
            self.record.written.offset_min(),
            self.record.written.local_day(),
            self.outline.kind,
            self.outline.supersedes.is_some(),
            settled,
            self.record.value,
            self.change,
        ])?;
        Ok(())
    }
}

/// The row of the entry with this id.
pub(super) fn find_row(from: &Connection, log: Log, tail: &Tail, id: EntryId) -> Result<Option<i64>, StoreError> {
    if let Some(row) = tail.find(id) {
        return Ok(Some(row));
    }
    let sql = sql!(log, "SELECT row FROM ", LOG, "_entry WHERE settled = 1 AND id = ?1");
    Ok(from.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
}

/// The entry in this row.
pub(super) fn read_row(from: &Connection, log: Log, row: i64) -> Result<Stored, StoreError> {
    let sql = sql!(
        log,
        "SELECT id, written, offset_min, value, whose, pairing, document FROM ",
        LOG,
        "_entry WHERE row = ?1"
    );
    Ok(from.prepare_cached(sql)?.query_row([row], Stored::read)?)
}

/// Deletes a settled row and what it refers to.
pub(super) fn delete_row(from: &Connection, log: Log, row: i64, outline: &Outline) -> Result<(), StoreError> {
    let reference = sql!(log, "DELETE FROM ", LOG, "_reference WHERE target = ?1 AND row = ?2");
    for target in &outline.references {
        from.prepare_cached(reference)?.execute(params![target, row])?;
    }
    from.prepare_cached(sql!(log, "DELETE FROM ", LOG, "_entry WHERE row = ?1"))?.execute([row])?;
    Ok(())
}

/// Whether an entry was erased, by whomever.
pub(super) fn is_erased(from: &Connection, log: Log, id: EntryId) -> Result<bool, StoreError> {
    Ok(from.prepare_cached(sql!(log, "SELECT 1 FROM ", LOG, "_erased WHERE id = ?1"))?.exists([id])?)
}

/// Whether an entry was erased by its owner.
pub(super) fn is_erased_by(from: &Connection, owner: Owner, id: EntryId) -> Result<bool, StoreError> {
    let sql = sql!(owner.log, "SELECT 1 FROM ", LOG, "_erased WHERE id = ?1 AND pairing = ?2 AND whose = ?3");
    Ok(from.prepare_cached(sql)?.exists(params![id, owner.pairing, owner.whose])?)
}
