//! The database file: its key, its settings, and what is said when it cannot be opened.

use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode};
use sha2::Sha256;

use super::StoreError;

const FILE: &str = "attune.db";
const LOCK: &str = "attune.lock";
/// What [`FILE`] is called while it is made of a backup.
const UNFINISHED: &str = "attune.db.unfinished";

/// The layout of a write-ahead log: a header, then frames of a header and a page each.
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
const PAGE: usize = 4096;

/// Where the database of a phone lies.
pub(super) fn path_in(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Where a database lies while it is made of a backup.
pub(super) fn unfinished(folder: &Path) -> PathBuf {
    folder.join(UNFINISHED)
}

/// Whether there is a database, or a log that would be taken for that of a new one.
pub(super) fn is_there(path: &Path) -> bool {
    path.exists() || path.with_extension("db-wal").exists()
}

/// Removes a file, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Removes the lock of a folder in which nothing came about.
pub(super) fn remove_lock(folder: &Path) -> Result<(), StoreError> {
    remove(&folder.join(LOCK))
}

/// Brings a finished database to the disk and puts it in its place.
pub(super) fn put_in_place(finished: &Path, place: &Path) -> Result<(), StoreError> {
    File::open(finished)?.sync_all()?;
    fs::rename(finished, place)?;
    // Where a folder cannot be synchronised, the move is as durable as the system makes it.
    if let Some(folder) = place.parent() {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}

/// Keeps other processes, and other calls in this one, out of a folder.
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing it is not enough while a process that was just begun still has it, for a moment, open too.
        let _ = self.0.unlock();
    }
}

/// Keeps everybody else out of the folder until the lock is dropped.
pub(super) fn lock(folder: &Path) -> Result<Lock, StoreError> {
    fs::create_dir_all(folder)?;
    let lock = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK))?;
    match lock.try_lock() {
        Ok(()) => Ok(Lock(lock)),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Opens the database with its key; makes it where there is none. Fails with `WrongKey` or `Damaged`, and
/// then has not changed a byte of it.
pub(super) fn connect(path: &Path, key: &[u8; 32]) -> Result<Connection, StoreError> {
    let salt = salt_of(key)?;
    let found = first_bytes(path)?;
    let connection = Connection::open(path)?;
    // With a wrong key it must not bring a log that an earlier process left into the file; and with only
    // one process on the file, the log needs no index in a file beside it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    attune_sqlcipher::key_with_salt(&connection, key, &salt).map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) if found == Some(salt) && !has_other_salt(path, salt) => StoreError::Damaged,
        Some(ErrorCode::NotADatabase) => StoreError::WrongKey,
        _ => error.into(),
    })?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    configure(&connection)?;
    Ok(connection)
}

/// Makes a database that counts for nothing until it is finished: without a log, so that each page is written
/// about once, and without waiting for the disk.
pub(super) fn make(path: &Path, key: &[u8; 32]) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    attune_sqlcipher::key_with_salt(&connection, key, &salt_of(key)?)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.execute_batch(
        "PRAGMA journal_mode = OFF;
         PRAGMA synchronous = OFF;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -12000;
         PRAGMA foreign_keys = OFF;",
    )?;
    Ok(connection)
}

fn configure(connection: &Connection) -> Result<(), StoreError> {
    connection.set_prepared_statement_cache_capacity(128);
    // Otherwise the planner looks at the value of each `LIMIT ?`, and parses the statement anew for every other one.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -4000;
         PRAGMA foreign_keys = OFF;",
    )?;
    // Bringing the log home is tidying; this is for a phone that is never idle. A log that is written over is
    // cheaper to make durable than one that grows, so it stays as long as it gets until then: a thousand pages.
    connection.pragma_update(None, "wal_autocheckpoint", 1000)?;
    connection.pragma_update(None, "journal_size_limit", 1000 * 4120)?;
    Ok(())
}

/// 16 bytes that only this key gives. They stand in clear at the start of the file and say nothing of it.
pub(super) fn salt_of(key: &[u8; 32]) -> Result<[u8; 16], StoreError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| StoreError::Io)?;
    mac.update(b"attune file");
    let digest: [u8; 32] = mac.finalize().into_bytes().into();
    digest.first_chunk().copied().ok_or(StoreError::Io)
}

/// Whether the write-ahead log holds a first page under another key, which is that of the file from then
/// on: after a change of keys that was cut before the log was emptied.
fn has_other_salt(path: &Path, salt: [u8; 16]) -> bool {
    let log = fs::read(path.with_extension("db-wal")).unwrap_or_default();
    let frames = log.get(LOG_HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + PAGE);
    let firsts = frames.filter(|frame| frame.starts_with(&[0, 0, 0, 1]));
    firsts.filter_map(|frame| frame.get(FRAME_HEADER..)).any(|page| !page.starts_with(&salt))
}

/// The first 16 bytes of the file; `None` where there is none, or an empty one.
fn first_bytes(path: &Path) -> Result<Option<[u8; 16]>, StoreError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut bytes = [0; 16];
    match file.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(bytes)),
        Err(_) if file.metadata()?.len() == 0 => Ok(None),
        Err(_) => Err(StoreError::Damaged),
    }
}
