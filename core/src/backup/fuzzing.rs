//! Fuzz targets: a file that says to be a backup. Its passphrase keeps strangers out of what is sealed, but not
//! out of what stands before that, and not a damaged disk; and whoever knows the passphrase may still have got
//! the file from somebody else.

use std::io::{Read as _, Write as _};

use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _};

use super::chunks::{ChunkReader, ChunkWriter};
use super::header::Header;
use super::{BackupError, CarriedDocument, CarriedPairing, CarriedSetting, Cost, Item};
use crate::fuzzing::Seed;
use crate::journal::{Audience, DeviceId, DocumentName, EntryId, LocalTime, Month, Record, Whose};

/// The beginning of the file, its sum left out or not: what is read has one form, and costs what a phone can bear.
pub(crate) fn backup_header(data: &[u8]) -> bool {
    let summed = [data, &Header::sum(data)].concat();
    let taken = [data, &summed[..]].into_iter().filter_map(|bytes| Some((bytes, Header::from_bytes(bytes).ok()?)));
    let mut any = false;
    for (bytes, header) in taken {
        assert_eq!(header.to_bytes(), bytes, "a header changes when it is written again");
        assert!(header.cost.is_bearable(), "a file decides what a phone has to bear");
        any = true;
    }
    any
}

/// What comes after it, under a key: nothing opens but what was sealed in this order and whole.
pub(crate) fn backup_chunks(data: &[u8]) -> bool {
    let verified = ChunkReader::new(data, cipher()).and_then(ChunkReader::verify).is_ok();
    let mut plaintext = Vec::new();
    let read = ChunkReader::new(data, cipher()).and_then(|mut chunks| chunks.read_to_end(&mut plaintext)).is_ok();
    assert_eq!(verified, read, "what is verified is not what is read");
    if read {
        assert_eq!(sealed(&plaintext).as_deref(), Some(data), "two files say the same");
    }
    read
}

/// What is sealed: items until there are no more. What is read says the same when it is written again.
pub(crate) fn backup_items(mut data: &[u8]) -> bool {
    let Ok(items) = read_all(&mut data) else { return false };
    let written = written(&items);
    let again = written.as_deref().map(|mut written| read_all(&mut written));
    assert_eq!(again, Some(Ok(items)), "items change when they are written again");
    data.is_empty()
}

pub(crate) fn backup_header_seeds() -> Vec<Seed> {
    let header = |cost| Header { cost, salt: [1; 16], file: [2; 16], check: [3; 16] };
    let cheap = Cost { memory_kib: 8, passes: 1, lanes: 1 };
    let mut unsummed = header(cheap).to_bytes();
    unsummed.truncate(Header::LEN - 8);
    vec![("full", header(Cost::FULL).to_bytes()), ("unsummed", unsummed)]
}

pub(crate) fn backup_chunks_seeds() -> Vec<Seed> {
    let seed = |plaintext: &[u8]| sealed(plaintext).unwrap_or_default();
    vec![("empty", seed(b"")), ("one", seed(b"one chunk")), ("two", seed(&[7; super::chunks::CHUNK + 1]))]
}

pub(crate) fn backup_items_seeds() -> Vec<Seed> {
    let name = DocumentName { device: DeviceId([4; 16]), month: Month(20_603) };
    let id = |number: u8| EntryId::from_bytes([number; 16]);
    let written_at = LocalTime::new(1_790_000_000_000, 60).ok();
    let record = |number: u8| Some(Record { id: id(number), written: written_at?, value: vec![0xA0; 9] });
    let all = [
        Item::Setting(CarriedSetting { name: "bond".into(), value: vec![1, 2, 255] }),
        Item::Pairing(CarriedPairing {
            number: 1,
            couple: [5; 16],
            ended: false,
            own_counter: 9,
            confirmed: Some((8, vec![6; 32])),
            held: Some((7, [7; 32])),
        }),
        Item::Document(CarriedDocument {
            audience: Audience::Both,
            pairing: 1,
            whose: Whose::Mine,
            name,
            confirmed: Some(id(1)),
        }),
        Item::Records([1, 2].into_iter().filter_map(record).collect()),
        Item::FirstMessages(vec![[8; 16], [9; 16]]),
    ];
    vec![("nothing", written(&[]).unwrap_or_default()), ("all", written(&all).unwrap_or_default())]
}

fn read_all(from: &mut &[u8]) -> Result<Vec<Item>, BackupError> {
    let mut items = Vec::new();
    while let Some(item) = Item::read(from)? {
        items.push(item);
    }
    Ok(items)
}

fn written(items: &[Item]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    items.iter().try_for_each(|item| item.write(&mut bytes)).ok()?;
    Item::write_end(&mut bytes).ok()?;
    Some(bytes)
}

fn sealed(plaintext: &[u8]) -> Option<Vec<u8>> {
    let mut writer = ChunkWriter::new(Vec::new(), cipher());
    writer.write_all(plaintext).ok()?;
    writer.finish().ok()
}

fn cipher() -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&[42; 32].into())
}
