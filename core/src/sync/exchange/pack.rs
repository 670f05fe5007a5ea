//! The form in which entries travel: columns, compressed as one.
//!
//! What all entries of a batch have in common stands together: names of documents, then distances
//! between ids, then times, then lengths, then values. Written times mostly equal the id's and cost a
//! byte. The figures behind this form are in `docs/adr/0004-form-of-the-exchange.md`.

use std::io::Read as _;

use super::limits::{BATCH_BYTES, BATCH_ENTRIES};
use super::manifest::Names;
use super::wire::{Malformed, Put as _, Reader};
use crate::journal::{DocumentName, EntryId, LocalTime, MAX_VALUE_BYTES, Record};

/// Entries of several documents of one log.
pub(super) type Parts = Vec<(DocumentName, Vec<Record>)>;

/// Why packed entries cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unpackable {
    Malformed,
    /// It inflates to more than a batch may, has more entries, or larger ones.
    TooLarge,
}

impl From<Malformed> for Unpackable {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

/// Packs entries, whose values must fit a batch.
pub(super) fn pack(parts: &Parts) -> Vec<u8> {
    let columns = to_columns(parts);
    zstd::bulk::Compressor::with_dictionary(LEVEL, DICTIONARY)
        .and_then(|mut zstd| zstd.compress(&columns))
        // Only memory can be lacking; an empty batch is refused as malformed, and nothing is lost.
        .unwrap_or_default()
}

/// Unpacks what a partner sent. Allocates no more than a batch may take, whatever the bytes announce.
pub(super) fn unpack(packed: &[u8]) -> Result<Parts, Unpackable> {
    from_columns(&inflate(packed)?)
}

const LEVEL: i32 = 3;

/// What compression may refer back to before a batch has said anything. Part of the wire format.
const DICTIONARY: &[u8] = b"";

/// The largest window that a stream may ask memory for: 2 MiB.
const WINDOW_LOG: u32 = 21;

fn inflate(packed: &[u8]) -> Result<Vec<u8>, Unpackable> {
    let malformed = |_| Unpackable::Malformed;
    let mut zstd = zstd::stream::read::Decoder::with_dictionary(packed, DICTIONARY).map_err(malformed)?.single_frame();
    zstd.window_log_max(WINDOW_LOG).map_err(malformed)?;
    let mut inflated = Vec::new();
    let most = BATCH_BYTES as u64;
    let length = zstd.by_ref().take(most + 1).read_to_end(&mut inflated).map_err(malformed)?;
    if length as u64 > most {
        return Err(Unpackable::TooLarge);
    }
    if zstd.finish().is_empty() { Ok(inflated) } else { Err(Unpackable::Malformed) }
}

fn to_columns(parts: &Parts) -> Vec<u8> {
    let mut columns = Vec::new();
    let mut names = Names::default();
    columns.put_number(parts.len() as u64);
    for (name, records) in parts {
        names.put(name, &mut columns);
        columns.put_number(records.len() as u64);
    }
    let records = || parts.iter().flat_map(|(_, records)| records);
    for (_, records) in parts {
        let mut last = 0;
        for record in records {
            let id = Id::of(record.id);
            columns.put_signed(id.unix_ms.wrapping_sub(last));
            last = id.unix_ms;
        }
    }
    for record in records() {
        columns.put_number(u64::from(Id::of(record.id).counts));
    }
    for record in records() {
        columns.put_signed(record.written.unix_ms().wrapping_sub(Id::of(record.id).unix_ms));
    }
    let mut last = 0;
    for record in records() {
        let offset = i64::from(record.written.offset_min());
        columns.put_signed(offset - last);
        last = offset;
    }
    for record in records() {
        columns.put_number(record.value.len() as u64);
    }
    for record in records() {
        columns.extend_from_slice(&Id::of(record.id).random);
    }
    for record in records() {
        columns.extend_from_slice(&record.value);
    }
    columns
}

fn from_columns(columns: &[u8]) -> Result<Parts, Unpackable> {
    let mut from = Reader(columns);
    let mut names = Names::default();
    let mut documents = Vec::new();
    let mut total = 0_usize;
    for _ in 0..from.count(3)? {
        let name = names.read(&mut from)?;
        let records = from.count(LEAST_BYTES)?;
        total = total.saturating_add(records);
        documents.push((name, records));
    }
    if total > BATCH_ENTRIES {
        return Err(Unpackable::TooLarge);
    }
    let mut ids = Vec::with_capacity(total);
    for (_, records) in &documents {
        let mut unix_ms = 0_i64;
        for _ in 0..*records {
            unix_ms = unix_ms.wrapping_add(from.signed()?);
            ids.push(Id { unix_ms, counts: 0, random: [0; 6] });
        }
    }
    for id in &mut ids {
        id.counts = from.number_as()?;
    }
    let mut times = Vec::with_capacity(total);
    for id in &ids {
        times.push((id.unix_ms.wrapping_add(from.signed()?), 0_i16));
    }
    let mut offset = 0_i64;
    for time in &mut times {
        offset = offset.checked_add(from.signed()?).ok_or(Malformed)?;
        time.1 = i16::try_from(offset).map_err(|_| Malformed)?;
    }
    let mut lengths = Vec::with_capacity(total);
    for _ in 0..total {
        let length: usize = from.number_as()?;
        if length > MAX_VALUE_BYTES {
            return Err(Unpackable::TooLarge);
        }
        lengths.push(length);
    }
    for id in &mut ids {
        id.random = from.array()?;
    }
    let mut records = Vec::with_capacity(total);
    for ((id, (unix_ms, offset_min)), length) in ids.into_iter().zip(times).zip(lengths) {
        let written = LocalTime::new(unix_ms, offset_min).map_err(|_| Malformed)?;
        records.push(Record { id: id.to_entry_id()?, written, value: from.bytes(length)?.to_vec() });
    }
    from.end()?;
    let mut records = records.into_iter();
    Ok(documents.into_iter().map(|(name, count)| (name, records.by_ref().take(count).collect())).collect())
}

/// What an entry takes at least in the columns: a byte in each of five, and six random ones.
const LEAST_BYTES: usize = 11;

/// An id in the parts that compress differently.
#[derive(Clone, Copy)]
struct Id {
    /// The first 6 bytes.
    unix_ms: i64,
    /// The next 4: how many entries within the millisecond, of either audience.
    counts: u32,
    /// The last 6.
    random: [u8; 6],
}

impl Id {
    fn of(id: EntryId) -> Self {
        let [a, b, c, d, e, f, s1, s2, p1, p2, random @ ..] = *id.as_bytes();
        Self {
            unix_ms: i64::from_be_bytes([0, 0, a, b, c, d, e, f]),
            // Turned around, so that a shared entry, which has no second count, takes one byte.
            counts: u32::from_be_bytes([p1, p2, s1, s2]),
            random,
        }
    }

    fn to_entry_id(self) -> Result<EntryId, Malformed> {
        let [0, 0, a, b, c, d, e, f] = self.unix_ms.to_be_bytes() else {
            return Err(Malformed);
        };
        let [p1, p2, s1, s2] = self.counts.to_be_bytes();
        let [r1, r2, r3, r4, r5, r6] = self.random;
        Ok(EntryId::from_bytes([a, b, c, d, e, f, s1, s2, p1, p2, r1, r2, r3, r4, r5, r6]))
    }
}
