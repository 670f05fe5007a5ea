//! What can go wrong with a backup.

use std::io::{Error, ErrorKind};

/// Why a backup was not written, or nothing was taken from it. What was there before is there still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum BackupError {
    /// The passphrase does not open this backup.
    #[error("the passphrase does not open this backup")]
    WrongPassphrase,
    /// Not a backup, or one of which a part is missing, was changed or was added.
    #[error("the backup is damaged")]
    Damaged,
    /// The backup was written by a newer version.
    #[error("the backup is of a newer version")]
    TooNew,
    /// There is no such file.
    #[error("there is no such file")]
    NotThere,
    /// Another backup is being written to the same place.
    #[error("another backup is being written there")]
    InUse,
    /// No space left.
    #[error("the storage is full")]
    Full,
    /// Reading or writing failed.
    #[error("reading or writing failed")]
    Io,
}

impl From<Error> for BackupError {
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            ErrorKind::NotFound => Self::NotThere,
            _ => Self::Io,
        }
    }
}
