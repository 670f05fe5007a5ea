//! An entry as it is stored, hashed and sent.

use super::{Audience, Entry, EntryId, Envelope, LocalTime, Whose};

/// An entry in the form in which it is stored, hashed and sent: the value is opaque CBOR that is
/// never re-encoded, whatever version wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The entry's id.
    pub id: EntryId,
    /// When it was written.
    pub written: LocalTime,
    /// The [`Envelope`] as CBOR, at most [`super::MAX_VALUE_BYTES`].
    pub value: Vec<u8>,
}

/// Bytes that are no stored record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a stored record")]
pub struct MalformedRecord;

impl Record {
    /// What stands under the entry's id in its Automerge document: 8 bytes of milliseconds, 2 bytes of
    /// offset in minutes (both big-endian), then the value.
    pub fn to_stored(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(10 + self.value.len());
        bytes.extend_from_slice(&self.written.unix_ms().to_be_bytes());
        bytes.extend_from_slice(&self.written.offset_min().to_be_bytes());
        bytes.extend_from_slice(&self.value);
        bytes
    }

    /// Reads what [`Record::to_stored`] made.
    pub fn from_stored(id: EntryId, stored: &[u8]) -> Result<Self, MalformedRecord> {
        let (ms, rest) = stored.split_first_chunk::<8>().ok_or(MalformedRecord)?;
        let (offset, value) = rest.split_first_chunk::<2>().ok_or(MalformedRecord)?;
        let written = LocalTime::new(i64::from_be_bytes(*ms), i16::from_be_bytes(*offset));
        Ok(Self { id, written: written.map_err(|_| MalformedRecord)?, value: value.to_vec() })
    }

    /// The entry that this is. Never fails: what this version cannot read is [`super::Body::Newer`].
    pub fn to_entry(&self, whose: Whose, audience: Audience) -> Entry {
        let Envelope { body, supersedes, needs } = Envelope::read(&self.value);
        Entry { id: self.id, whose, audience, written: self.written, supersedes, needs, body }
    }
}
