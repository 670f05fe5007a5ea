//! Small values that belong to this phone alone: keys, what was chosen here, where things stood.

use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError};

impl Store {
    /// A setting.
    pub fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Keeps a setting, durably.
    pub fn put_setting(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        let sql = "INSERT INTO setting(name, value) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2";
        self.connection.prepare_cached(sql)?.execute(params![name, value])?;
        Ok(())
    }

    /// Destroys a setting.
    pub fn remove_setting(&self, name: &str) -> Result<(), StoreError> {
        self.connection.prepare_cached("DELETE FROM setting WHERE name = ?1")?.execute([name])?;
        self.truncate_wal()
    }

    /// Brings what was written into the file, and empties the log of it, old pages and all.
    pub(super) fn truncate_wal(&self) -> Result<(), StoreError> {
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}
