//! Pairings: each has a shared log and a together document of its own.

use rusqlite::{Connection, OptionalExtension, params};

use super::log::Log;
use super::rows::{find_row, read_row};
use super::settings::SettingChange;
use super::{Store, StoreError};
use crate::journal::{EntryId, Whose};

/// The row of the pairing in force.
pub(super) fn current(from: &Connection) -> Result<Option<i64>, StoreError> {
    Ok(from.query_row("SELECT id FROM pairing WHERE ended = 0", [], |row| row.get(0)).optional()?)
}

impl Store {
    /// Whether a pairing is in force.
    pub fn is_paired(&self) -> bool {
        self.memory.pairing.is_some()
    }

    /// Begins a pairing, which ends the one before, and changes settings with it. Its shared log and
    /// together document are empty; what was shared before stays readable. Beginning the pairing in force
    /// again changes the settings alone.
    ///
    /// Fails with `NotPaired` for a pairing that was ended: every pairing makes new keys.
    pub fn begin_pairing(&mut self, couple: [u8; 16], settings: &[SettingChange<'_>]) -> Result<(), StoreError> {
        self.write(|writing| {
            let known = "SELECT id, ended FROM pairing WHERE couple = ?1";
            let known = writing.transaction.query_row(known, [couple], |row| Ok((row.get(0)?, row.get(1)?)));
            let row = match known.optional()? {
                Some((_, true)) => return Err(StoreError::NotPaired),
                Some((row, false)) => row,
                None => {
                    writing.transaction.execute("UPDATE pairing SET ended = 1", [])?;
                    writing.transaction.execute("INSERT INTO pairing(couple) VALUES (?1)", [couple])?;
                    writing.transaction.last_insert_rowid()
                }
            };
            writing.memory.pairing = Some(row);
            writing.memory.upheavals += 1;
            writing.memory.together = None;
            writing.change_settings(settings)
        })
    }

    /// Goes on with the logs of the pairing in force under new keys: one phone was stolen, say.
    /// Fails with `NotPaired`.
    pub fn continue_pairing(&mut self, couple: [u8; 16], settings: &[SettingChange<'_>]) -> Result<(), StoreError> {
        self.write(|writing| {
            let row = writing.memory.pairing.ok_or(StoreError::NotPaired)?;
            writing.memory.upheavals += 1;
            writing.transaction.execute("UPDATE pairing SET couple = ?2 WHERE id = ?1", params![row, couple])?;
            writing.change_settings(settings)
        })
    }

    /// Ends the pairing in force, if there is one, and changes settings with it.
    pub fn end_pairing(&mut self, settings: &[SettingChange<'_>]) -> Result<(), StoreError> {
        self.write(|writing| {
            writing.transaction.execute("UPDATE pairing SET ended = 1 WHERE ended = 0", [])?;
            writing.memory.pairing = None;
            writing.memory.upheavals += 1;
            writing.memory.together = None;
            writing.change_settings(settings)
        })
    }

    /// Whether an entry stands in the shared log of the pairing in force.
    pub fn is_in_current_pairing(&self, id: EntryId) -> Result<bool, StoreError> {
        let row = find_row(&self.connection, Log::Shared, self.memory.tail(Log::Shared), id)?;
        let Some(row) = row else { return Ok(false) };
        Ok(Some(read_row(&self.connection, Log::Shared, row)?.pairing) == self.memory.pairing)
    }

    /// Whether the partner's phone has acknowledged an own entry of the pairing in force.
    pub fn is_confirmed(&self, id: EntryId) -> Result<bool, StoreError> {
        let row = find_row(&self.connection, Log::Shared, self.memory.tail(Log::Shared), id)?;
        let Some(row) = row else { return Ok(false) };
        let stored = read_row(&self.connection, Log::Shared, row)?;
        if stored.whose != Whose::Mine || Some(stored.pairing) != self.memory.pairing {
            return Ok(false);
        }
        let sql = "SELECT confirmed FROM shared_chain WHERE document = ?1";
        let confirmed =
            self.connection.prepare_cached(sql)?.query_row([stored.document], |row| row.get(0)).optional()?;
        Ok(confirmed.flatten() >= Some(id))
    }
}
