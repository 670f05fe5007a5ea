//! The form in which entries travel.
//!
//! First what does not compress, as it is: the names of the documents, then the milliseconds and the
//! random part of each id. Then one zstd stream of what does, column by column: counts of ids, written
//! times (which mostly equal the id's), offsets, lengths, and all the values. The figures behind this
//! form are in `docs/adr/0004-form-of-the-exchange.md`.

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
    let mut packed = Vec::new();
    put_ids(parts, &mut packed);
    let columns = columns(parts);
    // Only memory can be lacking for this; then what is sent is malformed, and nothing is lost.
    packed.extend(zstd::bulk::compress(&columns, LEVEL).unwrap_or_default());
    packed
}

/// Unpacks what a partner sent. Allocates no more than a batch may take, whatever the bytes announce.
pub(super) fn unpack(packed: &[u8]) -> Result<Parts, Unpackable> {
    let mut from = Reader(packed);
    let (documents, ids) = read_ids(&mut from)?;
    let columns = inflate(from.0)?;
    let mut records = read_columns(ids, &columns)?.into_iter();
    Ok(documents.into_iter().map(|(name, count)| (name, records.by_ref().take(count).collect())).collect())
}

/// Higher levels save another tenth at several times the effort; any level can be read.
const LEVEL: i32 = 3;

/// The largest window that a stream may ask memory for: 2 MiB.
const WINDOW_LOG: u32 = 21;

fn inflate(compressed: &[u8]) -> Result<Vec<u8>, Unpackable> {
    let malformed = |_| Unpackable::Malformed;
    let mut zstd = zstd::stream::read::Decoder::with_buffer(compressed).map_err(malformed)?.single_frame();
    zstd.window_log_max(WINDOW_LOG).map_err(malformed)?;
    let mut inflated = Vec::new();
    let most = BATCH_BYTES as u64;
    let length = zstd.by_ref().take(most + 1).read_to_end(&mut inflated).map_err(malformed)?;
    if length as u64 > most {
        return Err(Unpackable::TooLarge);
    }
    if zstd.finish().is_empty() { Ok(inflated) } else { Err(Unpackable::Malformed) }
}

pub(super) fn put_ids(parts: &Parts, to: &mut Vec<u8>) {
    let mut names = Names::default();
    to.put_number(parts.len() as u64);
    for (name, records) in parts {
        names.put(name, to);
        to.put_number(records.len() as u64);
    }
    for (_, records) in parts {
        let mut last = 0;
        for record in records {
            let id = Id::of(record.id);
            to.put_signed(id.unix_ms.wrapping_sub(last));
            to.extend_from_slice(&id.random);
            last = id.unix_ms;
        }
    }
}

type Documents = Vec<(DocumentName, usize)>;

/// Reads how many entries each document has, and the incompressible parts of their ids.
fn read_ids(from: &mut Reader<'_>) -> Result<(Documents, Vec<Id>), Unpackable> {
    let mut names = Names::default();
    let mut documents = Vec::new();
    let mut total = 0_usize;
    for _ in 0..from.count(3)? {
        let name = names.read(from)?;
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
            ids.push(Id { unix_ms, counts: 0, random: from.array()? });
        }
    }
    Ok((documents, ids))
}

pub(super) fn columns(parts: &Parts) -> Vec<u8> {
    let mut columns = Vec::new();
    let records = || parts.iter().flat_map(|(_, records)| records);
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
        columns.extend_from_slice(&record.value);
    }
    columns
}

fn read_columns(mut ids: Vec<Id>, columns: &[u8]) -> Result<Vec<Record>, Unpackable> {
    let mut from = Reader(columns);
    for id in &mut ids {
        id.counts = from.number_as()?;
    }
    let mut times = Vec::with_capacity(ids.len());
    for id in &ids {
        times.push((id.unix_ms.wrapping_add(from.signed()?), 0_i16));
    }
    let mut last = 0_i64;
    for (_, offset) in &mut times {
        last = last.checked_add(from.signed()?).ok_or(Malformed)?;
        *offset = i16::try_from(last).map_err(|_| Malformed)?;
    }
    let mut lengths = Vec::with_capacity(ids.len());
    for _ in &ids {
        let length: usize = from.number_as()?;
        if length > MAX_VALUE_BYTES {
            return Err(Unpackable::TooLarge);
        }
        lengths.push(length);
    }
    let mut records = Vec::with_capacity(ids.len());
    for ((id, (unix_ms, offset_min)), length) in ids.into_iter().zip(times).zip(lengths) {
        let written = LocalTime::new(unix_ms, offset_min).map_err(|_| Malformed)?;
        records.push(Record { id: id.to_entry_id()?, written, value: from.bytes(length)?.to_vec() });
    }
    from.end()?;
    Ok(records)
}

/// What an entry takes at least before the columns: a byte of time, and six random ones.
const LEAST_BYTES: usize = 7;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::journal::{DeviceId, Month};

    fn any_parts() -> impl Strategy<Value = Parts> {
        let record = (any::<[u8; 16]>(), -62_000_000_000_000_i64..253_000_000_000_000, -1080_i16..=1080)
            .prop_flat_map(|(id, ms, offset)| (Just((id, ms, offset)), proptest::collection::vec(any::<u8>(), 0..60)))
            .prop_map(|((id, ms, offset), value)| Record {
                id: EntryId::from_bytes(id),
                written: LocalTime::new(ms, offset).unwrap(),
                value,
            });
        let name = (0_u8..3, any::<u32>())
            .prop_map(|(device, month)| DocumentName { device: DeviceId([device; 16]), month: Month(month) });
        proptest::collection::vec((name, proptest::collection::vec(record, 0..20)), 0..6)
    }

    proptest! {
        #[test]
        fn entries_read_back(parts in any_parts()) {
            prop_assert_eq!(unpack(&pack(&parts)), Ok(parts));
        }

        #[test]
        fn damaged_entries_are_an_error_or_other_entries_but_never_a_panic(
            parts in any_parts(), place in any::<prop::sample::Index>(), bits in 1_u8..=255, cut in any::<bool>()
        ) {
            let mut packed = pack(&parts);
            let place = place.index(packed.len());
            if cut { packed.truncate(place) } else { packed[place] ^= bits }
            let _ = unpack(&packed);
        }

        #[test]
        fn noise_is_an_error(noise in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(unpack(&noise).is_err());
        }
    }

    #[test]
    fn announced_numbers_are_not_believed() {
        let mut huge = Vec::new();
        huge.put_number(1);
        huge.put_number(0);
        huge.extend_from_slice(&[1; 16]);
        huge.put_signed(24_000);
        huge.put_number(u64::MAX);
        assert_eq!(unpack(&huge), Err(Unpackable::Malformed));
    }
}
