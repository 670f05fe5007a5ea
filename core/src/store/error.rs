//! What can go wrong with the file.

use rusqlite::ErrorCode;

use crate::sync::ShelfError;

/// Why the store did not do what it was asked. Nothing was changed, and nothing is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum StoreError {
    /// The key does not open this file; not a byte of it was touched.
    #[error("the key does not open this file")]
    WrongKey,
    /// The file, or a part of it, is damaged; it is left as it is, as it may be the only copy.
    #[error("the file is damaged")]
    Damaged,
    /// The file was written by a newer version.
    #[error("the file is of a newer version")]
    TooNew,
    /// No space left. It works again once there is room.
    #[error("the storage is full")]
    Full,
    /// Another process has the file open.
    #[error("the file is in use")]
    InUse,
    /// There is a store already where one was to be made.
    #[error("there is a store already")]
    Occupied,
    /// No pairing is in force, or it is not the one that was meant.
    #[error("no partner is paired")]
    NotPaired,
    /// An entry has an id that is taken, that was erased, or that does not come after the last one of
    /// its document.
    #[error("an entry's id is taken")]
    IdTaken,
    /// Reading or writing failed.
    #[error("reading or writing failed")]
    Io,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let code = match &error {
            rusqlite::Error::SqliteFailure(failure, _) => failure.code,
            // A column that holds what the schema does not allow was not written by this program.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::QueryReturnedNoRows => ErrorCode::DatabaseCorrupt,
            _ => ErrorCode::Unknown,
        };
        match code {
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::InUse,
            ErrorCode::ConstraintViolation => Self::IdTaken,
            _ => Self::Io,
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io,
        }
    }
}

impl From<StoreError> for ShelfError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::Full,
            StoreError::IdTaken => Self::IdTaken,
            StoreError::NotPaired => Self::Unpaired,
            _ => Self::Failed,
        }
    }
}
