//! Opening the file, and closing it.

use std::fs::{self, File, TryLockError};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{Connection, ErrorCode};
use sha2::Sha256;

use super::document::Loaded;
use super::pairing::Pairing;
use super::{Store, StoreError, schema, tables};
use crate::journal::{Audience, DeviceId, EntryId};
use crate::random::{Randomness, Stream, random_bytes};

const FILE: &str = "attune.db";
const LOCK: &str = "attune.lock";
const DEVICES: &str = "devices";

impl Store {
    /// Opens the file in `folder`; makes folder and file where there are none. Reads no document.
    ///
    /// Fails with `WrongKey`, `Damaged`, `TooNew` or `InUse`, and leaves the file as it is.
    pub fn open(folder: &Path, key: &[u8; 32], randomness: Arc<dyn Randomness>) -> Result<Self, StoreError> {
        fs::create_dir_all(folder)?;
        let lock = lock(folder)?;
        let mut connection = connect(&folder.join(FILE), key)?;
        schema::migrate(&mut connection)?;
        let pairing = Pairing::current(&connection)?;
        let loaded = Loaded::default();
        let mut store = Self { connection, lock, devices: [DeviceId([0; 16]); 2], pairing, loaded, randomness };
        store.devices = store.own_devices()?;
        Ok(store)
    }

    /// Closes the file. Everything that was acknowledged is in it.
    pub fn close(self) -> Result<(), StoreError> {
        let Self { connection, lock, .. } = self;
        connection.close().map_err(|(_, error)| error)?;
        Ok(lock.unlock()?)
    }

    /// The device that shared entries are written under.
    pub fn shared_device(&self) -> DeviceId {
        self.device(Audience::Both)
    }

    pub(super) fn device(&self, audience: Audience) -> DeviceId {
        let [private, shared] = self.devices;
        match audience {
            Audience::OnlyMe => private,
            Audience::Both => shared,
        }
    }

    /// From now on shared entries are written under a new device: this phone had gone on from an older
    /// state, and an actor that does so can never agree with its former self.
    pub(super) fn renew_shared_device(&mut self) -> Result<DeviceId, StoreError> {
        let [private, _] = self.devices;
        let shared = DeviceId(*random_bytes(&*self.randomness, Stream::Shared));
        self.put_setting(DEVICES, &[private.0, shared.0].concat())?;
        self.devices = [private, shared];
        Ok(shared)
    }

    /// The newest ids that this person wrote: of shared entries, and of private ones.
    pub fn last_own_ids(&self) -> Result<(Option<EntryId>, Option<EntryId>), StoreError> {
        let last =
            |sql| -> Result<Option<EntryId>, StoreError> { Ok(self.connection.query_row(sql, [], |row| row.get(0))?) };
        Ok((last(tables::SHARED.last_own_id)?, last(tables::PRIVATE.last_own_id)?))
    }

    /// How many documents were loaded since the file was opened.
    pub fn documents_loaded(&self) -> u64 {
        self.loaded.count
    }

    fn own_devices(&mut self) -> Result<[DeviceId; 2], StoreError> {
        if let Some(bytes) = self.setting(DEVICES)? {
            let (private, shared) = bytes.split_first_chunk().ok_or(StoreError::Damaged)?;
            let shared = shared.try_into().map_err(|_| StoreError::Damaged)?;
            return Ok([DeviceId(*private), DeviceId(shared)]);
        }
        let private = DeviceId(*random_bytes(&*self.randomness, Stream::Private));
        let shared = DeviceId(*random_bytes(&*self.randomness, Stream::Shared));
        self.put_setting(DEVICES, &[private.0, shared.0].concat())?;
        Ok([private, shared])
    }
}

fn lock(folder: &Path) -> Result<File, StoreError> {
    let lock = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Opens the database with its key. The file's first 16 bytes are a function of the key, so that another
/// key and a damaged first page can be told apart.
fn connect(path: &Path, key: &[u8; 32]) -> Result<Connection, StoreError> {
    let salt = salt_of(key)?;
    match first_bytes(path)? {
        Some(found) if found != salt => return Err(StoreError::WrongKey),
        _ => {}
    }
    let connection = Connection::open(path)?;
    attune_sqlcipher::key_with_salt(&connection, key, &salt).map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::Damaged,
        _ => error.into(),
    })?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -4000;
         PRAGMA foreign_keys = OFF;",
    )?;
    Ok(connection)
}

/// 16 bytes that only this key gives. They stand in clear at the start of the file and say nothing of it.
fn salt_of(key: &[u8; 32]) -> Result<[u8; 16], StoreError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| StoreError::Io)?;
    mac.update(b"attune file");
    let digest: [u8; 32] = mac.finalize().into_bytes().into();
    digest.first_chunk().copied().ok_or(StoreError::Io)
}

/// The first 16 bytes of the file; `None` where there is none, or an empty one.
fn first_bytes(path: &Path) -> Result<Option<[u8; 16]>, StoreError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut bytes = [0; 16];
    match file.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(bytes)),
        Err(_) if file.metadata()?.len() == 0 => Ok(None),
        Err(_) => Err(StoreError::Damaged),
    }
}
