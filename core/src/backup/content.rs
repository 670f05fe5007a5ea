//! What a backup says: items, each a frame of `kind 1 ‖ length 4 ‖ bytes`.

use std::io::{Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::BackupError;
use crate::journal::{Audience, DocumentName, EntryId, MAX_VALUE_BYTES, Record, Whose};

/// One thing that a backup says. Items stand in an order in which each can be used when it is read:
/// pairings before their documents, a document before its entries.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A setting of the phone.
    Setting(CarriedSetting),
    /// A pairing, in force or ended.
    Pairing(CarriedPairing),
    /// A document, whose entries follow.
    Document(CarriedDocument),
    /// Entries of the document before, in order; it may have several such items.
    Records(Vec<Record>),
    /// First messages of handshakes that were heard: 16 bytes of a hash each.
    FirstMessages(Vec<[u8; 16]>),
}

/// A setting of the phone; it may be a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct CarriedSetting {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Vec<u8>,
}

/// A pairing, and where its exchange stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedPairing {
    /// What documents name it by; from 1.
    pub number: i64,
    /// The couple's id.
    pub couple: [u8; 16],
    /// Whether another followed, or none.
    pub ended: bool,
    /// The highest counter that own seals may have used.
    pub own_counter: u64,
    /// Counter and digest of the last own state that the partner acknowledged.
    pub confirmed: Option<(u64, Vec<u8>)>,
    /// Counter and code of the partner's newest seal.
    pub held: Option<(u64, [u8; 32])>,
}

/// A document of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedDocument {
    /// Who may hold it.
    pub audience: Audience,
    /// Its pairing's number; 0 for a private one.
    pub pairing: i64,
    /// Whose log it is of.
    pub whose: Whose,
    /// Its device and month.
    pub name: DocumentName,
    /// The last entry that the partner acknowledged.
    pub confirmed: Option<EntryId>,
}

/// A frame may have so many bytes and no more.
const MOST: usize = 4 * 1024 * 1024;

const SETTING: u8 = 1;
const PAIRING: u8 = 2;
const DOCUMENT: u8 = 3;
const RECORDS: u8 = 4;
const FIRST_MESSAGES: u8 = 5;
const END: u8 = 255;

impl Item {
    /// Values of at least this many bytes in one [`Item::Records`] are enough: the next go into another.
    pub const ENOUGH: usize = 256 * 1024;

    /// Writes the frame.
    pub(super) fn write(&self, to: &mut impl Write) -> Result<(), BackupError> {
        let (kind, bytes) = match self {
            Self::Setting(setting) => (SETTING, cbor(setting)?),
            Self::Pairing(pairing) => (PAIRING, cbor(pairing)?),
            Self::Document(document) => (DOCUMENT, cbor(document)?),
            Self::Records(records) => (RECORDS, write_records(records)?),
            Self::FirstMessages(tags) => (FIRST_MESSAGES, Zeroizing::new(tags.concat())),
        };
        write_frame(to, kind, &bytes)
    }

    /// Writes the frame after the last item.
    pub(super) fn write_end(to: &mut impl Write) -> Result<(), BackupError> {
        write_frame(to, END, &[])
    }

    /// Reads a frame; `None` after the last item.
    pub(super) fn read(from: &mut impl Read) -> Result<Option<Self>, BackupError> {
        let damaged = BackupError::Damaged;
        let mut head = [0; 5];
        from.read_exact(&mut head).map_err(unreadable)?;
        let [kind, length @ ..] = head;
        let length = usize::try_from(u32::from_be_bytes(length)).map_err(|_| damaged)?;
        if length > MOST {
            return Err(damaged);
        }
        let mut bytes = Zeroizing::new(vec![0; length]);
        from.read_exact(&mut bytes).map_err(unreadable)?;
        Ok(Some(match kind {
            SETTING => Self::Setting(from_cbor(&bytes)?),
            PAIRING => Self::Pairing(from_cbor(&bytes)?),
            DOCUMENT => Self::Document(from_cbor(&bytes)?),
            RECORDS => Self::Records(read_records(&bytes)?),
            FIRST_MESSAGES => {
                let (tags, rest) = bytes.as_chunks();
                if !rest.is_empty() {
                    return Err(damaged);
                }
                Self::FirstMessages(tags.to_vec())
            }
            END if bytes.is_empty() => return Ok(None),
            _ => return Err(damaged),
        }))
    }
}

/// The stream's own errors are those of the disk; all others say that it is not what it should be.
pub(super) fn unreadable(error: std::io::Error) -> BackupError {
    match error.raw_os_error() {
        Some(_) => error.into(),
        None => BackupError::Damaged,
    }
}

fn write_frame(to: &mut impl Write, kind: u8, bytes: &[u8]) -> Result<(), BackupError> {
    let length = u32::try_from(bytes.len()).map_err(|_| BackupError::Io)?;
    to.write_all(&[kind])?;
    to.write_all(&length.to_be_bytes())?;
    Ok(to.write_all(bytes)?)
}

fn cbor(value: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, BackupError> {
    // Room for all but the largest, so that growing leaves no copies of secrets behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(4096));
    ciborium::into_writer(value, &mut *bytes).map_err(|_| BackupError::Io)?;
    Ok(bytes)
}

fn from_cbor<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, BackupError> {
    ciborium::from_reader(bytes).map_err(|_| BackupError::Damaged)
}

/// `id 16 ‖ length 4 ‖ stored record` of each.
fn write_records(records: &[Record]) -> Result<Zeroizing<Vec<u8>>, BackupError> {
    let size = records.iter().map(|record| 30 + record.value.len()).sum();
    let mut bytes = Zeroizing::new(Vec::with_capacity(size));
    for record in records {
        let stored = record.to_stored();
        bytes.extend_from_slice(record.id.as_bytes());
        bytes.extend_from_slice(&u32::try_from(stored.len()).map_err(|_| BackupError::Io)?.to_be_bytes());
        bytes.extend_from_slice(&stored);
    }
    Ok(bytes)
}

fn read_records(mut bytes: &[u8]) -> Result<Vec<Record>, BackupError> {
    let damaged = BackupError::Damaged;
    let mut records = Vec::new();
    while let Some((id, rest)) = bytes.split_first_chunk::<16>() {
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(damaged)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| damaged)?;
        let (stored, rest) = rest.split_at_checked(length).ok_or(damaged)?;
        let record = Record::from_stored(EntryId::from_bytes(*id), stored).map_err(|_| damaged)?;
        if record.value.len() > MAX_VALUE_BYTES {
            return Err(damaged);
        }
        records.push(record);
        bytes = rest;
    }
    if bytes.is_empty() { Ok(records) } else { Err(damaged) }
}
