//! Pairings: each has a shared log and a together document of its own.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Store, StoreError};
use crate::journal::EntryId;

/// The pairing that is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pairing {
    pub(super) row: i64,
}

impl Pairing {
    pub(super) fn current(from: &Connection) -> Result<Option<Self>, StoreError> {
        let mut statement = from.prepare_cached("SELECT id FROM pairing WHERE ended = 0")?;
        Ok(statement.query_row([], |row| Ok(Self { row: row.get(0)? })).optional()?)
    }
}

impl Store {
    /// Whether a pairing is in force.
    pub fn is_paired(&self) -> bool {
        self.pairing.is_some()
    }

    /// Begins a pairing, which ends the one before. Its shared log and together document are empty; what
    /// was shared before stays readable.
    pub fn begin_pairing(&mut self, couple: [u8; 16]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        transaction.execute("UPDATE pairing SET ended = 1", [])?;
        let upsert = "INSERT INTO pairing(couple) VALUES (?1) ON CONFLICT(couple) DO UPDATE SET ended = 0";
        transaction.execute(upsert, params![couple])?;
        transaction.commit()?;
        self.pairing = Pairing::current(&self.connection)?;
        Ok(())
    }

    /// Ends the pairing that is in force.
    pub fn end_pairing(&mut self) -> Result<(), StoreError> {
        self.connection.execute("UPDATE pairing SET ended = 1", [])?;
        self.pairing = None;
        Ok(())
    }

    /// Whether an own entry stands in the shared log of the pairing that is in force.
    pub fn is_in_current_pairing(&self, id: EntryId) -> Result<bool, StoreError> {
        let Some(pairing) = self.pairing else { return Ok(false) };
        let sql = "SELECT 1 FROM shared_entry e JOIN shared_document d ON d.id = e.document
                   WHERE e.id = ?1 AND d.pairing = ?2";
        Ok(self.connection.prepare_cached(sql)?.exists(params![id, pairing.row])?)
    }
}
