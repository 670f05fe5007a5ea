//! Opening a phone's store, and closing it.

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use super::loaded::Loaded;
use super::settings::{read_setting, write_setting};
use super::tidy::Round;
use super::writing::Memory;
use super::{Store, StoreError, file, pairing, schema};
use crate::journal::{Audience, DeviceId};
use crate::random::{Randomness, Stream, random_bytes};

/// The setting with the actors that this installation writes under.
pub(super) const DEVICES: &str = "devices";

impl Store {
    /// Opens the store in `folder`; makes folder and file where there are none. Reads no document.
    ///
    /// Fails with `WrongKey`, `Damaged`, `TooNew` or `InUse`, and leaves the file as it is.
    pub fn open(folder: &Path, key: &[u8; 32], randomness: Arc<dyn Randomness>) -> Result<Self, StoreError> {
        let lock = file::lock(folder)?;
        file::remove(&file::unfinished(folder))?;
        let mut connection = file::connect(&file::path_in(folder), key)?;
        schema::migrate(&mut connection)?;
        let devices = own_devices(&connection, &*randomness)?;
        let pairing = pairing::current(&connection)?;
        let memory = Memory::read(&connection, devices, pairing)?;
        let must_empty_log = Self::had_to_empty_log(&connection)?;
        let loaded = Loaded::default();
        let round = Round::default();
        let mut store =
            Self { connection, memory, loaded, must_empty_log, untidy: true, round, randomness, _lock: Some(lock) };
        if must_empty_log {
            store.empty_log()?;
        }
        Ok(store)
    }

    /// Closes the store. Everything that was acknowledged is in it, whether it is closed or not.
    pub fn close(self) -> Result<(), StoreError> {
        let Self { connection, .. } = self;
        Ok(connection.close().map_err(|(_, error)| error)?)
    }

    /// Encrypts the whole file anew under another key, in one transaction.
    ///
    /// Until this has returned either key may be the file's: keep both, and after a crash try the new one
    /// first. A flash memory keeps old pages for a while; under a new key they are of no use, so this is
    /// done when idle after something was erased.
    pub fn rekey(&mut self, key: &[u8; 32]) -> Result<(), StoreError> {
        attune_sqlcipher::rekey_with_salt(&self.connection, key, &file::salt_of(key)?)?;
        self.empty_log()
    }

    /// The device that entries for this audience are written under.
    pub fn device(&self, audience: Audience) -> DeviceId {
        self.memory.device(super::log::Log::of(audience))
    }

    /// The device that shared entries are written under.
    pub fn shared_device(&self) -> DeviceId {
        self.device(Audience::Both)
    }

    /// How many documents were loaded since the store was opened.
    pub fn documents_loaded(&self) -> u64 {
        self.loaded.count
    }

    /// The bytes of the database, without its write-ahead log.
    pub fn size(&self) -> Result<u64, StoreError> {
        let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        Ok(self.connection.query_row(sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }
}

/// The actors of this installation, private and shared; drawn when the file is made.
pub(super) fn own_devices(connection: &Connection, randomness: &dyn Randomness) -> Result<[DeviceId; 2], StoreError> {
    if let Some(bytes) = read_setting(connection, DEVICES)? {
        let (private, shared) = bytes.split_first_chunk().ok_or(StoreError::Damaged)?;
        let shared = shared.try_into().map_err(|_| StoreError::Damaged)?;
        return Ok([DeviceId(*private), DeviceId(shared)]);
    }
    let devices = fresh_devices(randomness);
    write_devices(connection, devices)?;
    Ok(devices)
}

fn fresh_devices(randomness: &dyn Randomness) -> [DeviceId; 2] {
    [Stream::Private, Stream::Shared].map(|stream| DeviceId(*random_bytes(randomness, stream)))
}

pub(super) fn write_devices(to: &Connection, [private, shared]: [DeviceId; 2]) -> Result<(), StoreError> {
    write_setting(to, DEVICES, &[private.0, shared.0].concat())
}
