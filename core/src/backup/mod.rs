//! A backup: one file, sealed under a passphrase, from which a lost phone's person goes on.
//!
//! The room has three layers. [`Item`]s are what a backup says, one after another: logical content, no page
//! of a database. They are written as frames into one zstd stream, and that is sealed in chunks of 64 KiB, so
//! that any amount passes through little memory. A file is believed when its last chunk was verified, and
//! never before: [`Backup::open`] reads it to its end.
//!
//! The form is frozen: `docs/backup-format.md` describes version 1, and a file of it must open for ever.

mod chunks;
mod content;
mod error;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;
mod header;
mod reading;
mod seal;
mod writing;

#[cfg(test)]
mod tests;

pub use content::{CarriedDocument, CarriedPairing, CarriedSetting, Item};
pub use error::BackupError;
pub use reading::{Backup, Items};
pub use seal::{Cost, Seal};
pub use writing::BackupWriter;
