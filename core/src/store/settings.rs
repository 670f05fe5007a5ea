//! Small values that belong to this phone alone: keys, what was chosen here, where things stood.

use rusqlite::{Connection, OptionalExtension, params};

use super::log::Log;
use super::writing::Writing;
use super::{Store, StoreError};

/// A setting's name, and its new value; `None` destroys it.
pub type SettingChange<'a> = (&'a str, Option<&'a [u8]>);

impl Store {
    /// A setting.
    pub fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        read_setting(&self.connection, name)
    }

    /// Keeps a setting, durably.
    pub fn put_setting(&mut self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        self.change_settings(&[(name, Some(value))])
    }

    /// Destroys a setting: it is overwritten, and so are its former values.
    pub fn remove_setting(&mut self, name: &str) -> Result<(), StoreError> {
        self.change_settings(&[(name, None)])
    }

    /// Changes settings: all of them, or none.
    pub fn change_settings(&mut self, changes: &[SettingChange<'_>]) -> Result<(), StoreError> {
        self.write(|writing| writing.change_settings(changes))
    }
}

impl Writing<'_> {
    pub(super) fn change_settings(&mut self, changes: &[SettingChange<'_>]) -> Result<(), StoreError> {
        for (name, value) in changes {
            match value {
                Some(value) => write_setting(&self.transaction, name, value)?,
                None => {
                    let sql = "DELETE FROM setting WHERE name = ?1";
                    if self.transaction.prepare_cached(sql)?.execute([name])? > 0 {
                        self.destroys(Log::Private)?;
                    }
                }
            }
        }
        Ok(())
    }
}

pub(super) fn read_setting(from: &Connection, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = from.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

pub(super) fn write_setting(to: &Connection, name: &str, value: &[u8]) -> Result<(), StoreError> {
    let sql = "INSERT INTO setting(name, value) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2";
    to.prepare_cached(sql)?.execute(params![name, value])?;
    Ok(())
}
