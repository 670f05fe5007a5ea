//! The messages of the exchange. The channel below carries them whole, in order and unread.

use super::manifest::{Manifest, Names, Point};
use super::wire::{Malformed, Put as _, Reader};
use crate::journal::{DocumentName, EntryId};
use crate::sync::Seal;

/// What one phone says to the other. The first byte is the kind; [`IGNORABLE`] is set in kinds that a
/// version which does not know them may pass over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Message {
    /// The first message of each side.
    Open(Open),
    /// New entries of the sender's log.
    Batch(Batch),
    /// The batch with this counter is kept.
    Ack(u64),
    /// What the sender holds of the receiver's log, because it is not what the receiver thought.
    Held(Held),
    /// The receiver is to give back these documents of the sender's log, each from after an entry on.
    Want(Vec<(DocumentName, Option<EntryId>)>),
    /// What was wanted, or the beginning of it, packed.
    Returned(Vec<u8>),
    /// The sender knows now what the receiver holds, and has so many entries to send.
    Agreed(u64),
    /// To be answered with [`Message::Settled`] once everything before it was dealt with and everything
    /// new was sent.
    Settle(u64),
    Settled(u64),
    /// The sender is done, and the end of the connection no interruption.
    Goodbye,
    /// The sender ends because of what the receiver sent.
    Refused(u8),
    /// Something that only the layer above understands; 0 to 31.
    Other(u8, Vec<u8>),
}

/// Where the sender stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    /// The own log, as the partner acknowledged it.
    pub confirmed: Point,
    /// What is held of the partner's log.
    pub held: Point,
    /// How many entries are to be sent, for progress.
    pub entries: u64,
}

/// New entries, which take the log from one sealed state to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Batch {
    /// The counter of the state that it builds on, and the beginning of that state's digest.
    pub base: (u64, [u8; 8]),
    /// The seal of the state with it.
    pub seal: Seal,
    /// The beginning of that state's digest.
    pub digest: [u8; 16],
    /// How many entries are still to be sent after it.
    pub remaining: u64,
    pub packed: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    /// The newest seal; none where nothing is held.
    pub seal: Option<Seal>,
    pub manifest: Manifest,
}

/// Why bytes are no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    Malformed,
    /// A kind of message that this version does not know.
    Unknown {
        ignorable: bool,
    },
}

impl From<Malformed> for Unreadable {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

pub(super) const IGNORABLE: u8 = 0x80;
/// Kinds from here to 0x5f are the layer's above.
const OTHER: u8 = 0x40;
const OTHERS: u8 = 0x20;

impl Message {
    pub(super) fn write(&self) -> Vec<u8> {
        let mut to = Vec::new();
        match self {
            Self::Open(open) => {
                to.push(1);
                open.confirmed.put(&mut to);
                open.held.put(&mut to);
                to.put_number(open.entries);
            }
            Self::Batch(batch) => {
                to.reserve(100 + batch.packed.len());
                to.push(2);
                to.put_number(batch.base.0);
                to.extend_from_slice(&batch.base.1);
                to.put_number(batch.seal.counter);
                to.extend_from_slice(&batch.seal.mac);
                to.extend_from_slice(&batch.digest);
                to.put_number(batch.remaining);
                to.extend_from_slice(&batch.packed);
            }
            Self::Ack(counter) => {
                to.push(3);
                to.put_number(*counter);
            }
            Self::Held(held) => {
                to.push(4);
                to.put_number(held.seal.map_or(0, |seal| seal.counter));
                held.seal.iter().for_each(|seal| to.extend_from_slice(&seal.mac));
                held.manifest.put(&mut to);
            }
            Self::Want(documents) => {
                to.push(5);
                put_wanted(documents, &mut to);
            }
            Self::Returned(packed) => {
                to.push(6);
                to.extend_from_slice(packed);
            }
            Self::Agreed(entries) => {
                to.push(7);
                to.put_number(*entries);
            }
            Self::Settle(number) => {
                to.push(8);
                to.put_number(*number);
            }
            Self::Settled(number) => {
                to.push(9);
                to.put_number(*number);
            }
            Self::Goodbye => to.push(10),
            Self::Refused(code) => to.extend([11, *code]),
            Self::Other(kind, bytes) => {
                to.push(OTHER + kind % OTHERS);
                to.extend_from_slice(bytes);
            }
        }
        to
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut from = Reader(bytes);
        let message = match from.byte()? {
            1 => {
                let confirmed = Point::read(&mut from)?;
                let held = Point::read(&mut from)?;
                // What a newer version adds here is passed over.
                return Ok(Self::Open(Open { confirmed, held, entries: from.number()? }));
            }
            2 => {
                let base = (from.number()?, from.array()?);
                let seal = Seal { counter: from.number()?, mac: from.array()? };
                let (digest, remaining) = (from.array()?, from.number()?);
                return Ok(Self::Batch(Batch { base, seal, digest, remaining, packed: from.0.to_vec() }));
            }
            3 => Self::Ack(from.number()?),
            4 => {
                let counter = from.number()?;
                let seal = if counter == 0 { None } else { Some(Seal { counter, mac: from.array()? }) };
                Self::Held(Held { seal, manifest: Manifest::read(&mut from)? })
            }
            5 => Self::Want(read_wanted(&mut from)?),
            6 => return Ok(Self::Returned(from.0.to_vec())),
            7 => Self::Agreed(from.number()?),
            8 => Self::Settle(from.number()?),
            9 => Self::Settled(from.number()?),
            10 => Self::Goodbye,
            11 => Self::Refused(from.byte()?),
            kind if (OTHER..OTHER + OTHERS).contains(&kind) => return Ok(Self::Other(kind - OTHER, from.0.to_vec())),
            kind => return Err(Unreadable::Unknown { ignorable: kind & IGNORABLE != 0 }),
        };
        from.end()?;
        Ok(message)
    }
}

fn put_wanted(documents: &[(DocumentName, Option<EntryId>)], to: &mut Vec<u8>) {
    let mut names = Names::default();
    to.put_number(documents.len() as u64);
    for (name, after) in documents {
        names.put(name, to);
        to.push(u8::from(after.is_some()));
        after.iter().for_each(|id| to.extend_from_slice(id.as_bytes()));
    }
}

fn read_wanted(from: &mut Reader<'_>) -> Result<Vec<(DocumentName, Option<EntryId>)>, Malformed> {
    let mut names = Names::default();
    let mut documents = Vec::new();
    for _ in 0..from.count(3)? {
        let name = names.read(from)?;
        let after = match from.byte()? {
            0 => None,
            1 => Some(EntryId::from_bytes(from.array()?)),
            _ => return Err(Malformed),
        };
        documents.push((name, after));
    }
    Ok(documents)
}
