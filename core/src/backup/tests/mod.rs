//! A backup says what was put into it, or nothing.

mod damage;
mod frozen;
mod places;
mod round_trip;

use std::path::Path;

use super::*;
use crate::journal::{Audience, DeviceId, DocumentName, EntryId, LocalTime, Month, Record, Whose};
use crate::random::SeededRandomness;

const PASSPHRASE: &str = "tres tristes tigres";

fn record(n: u64, value: Vec<u8>) -> Record {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&n.to_be_bytes());
    let written = LocalTime::new(1_770_000_000_000 + i64::try_from(n).unwrap(), 60).unwrap();
    Record { id: EntryId::from_bytes(id), written, value }
}

/// Some of everything.
fn some_of_everything() -> Vec<Item> {
    let private = DocumentName { device: DeviceId([1; 16]), month: Month(24_301) };
    let shared = DocumentName { device: DeviceId([2; 16]), month: Month::ERASURES };
    let document = |audience, pairing, whose, name, confirmed| {
        Item::Document(CarriedDocument { audience, pairing, whose, name, confirmed })
    };
    vec![
        Item::Setting(CarriedSetting { name: "person seed".into(), value: vec![7; 32] }),
        Item::Setting(CarriedSetting { name: "sync paused".into(), value: vec![] }),
        Item::Pairing(CarriedPairing {
            number: 1,
            couple: [3; 16],
            ended: true,
            own_counter: 0,
            confirmed: None,
            held: None,
        }),
        Item::Pairing(CarriedPairing {
            number: 2,
            couple: [4; 16],
            ended: false,
            own_counter: u64::from(u32::MAX),
            confirmed: Some((9, vec![5; 32])),
            held: Some((8, [6; 32])),
        }),
        document(Audience::OnlyMe, 0, Whose::Mine, private, None),
        Item::Records(vec![record(1, b"one".to_vec()), record(2, vec![])]),
        Item::Records(vec![record(3, vec![0xff; 16 * 1024])]),
        document(Audience::Both, 2, Whose::Theirs, shared, Some(EntryId::from_bytes([9; 16]))),
        Item::FirstMessages(vec![[1; 16], [2; 16]]),
    ]
}

fn try_write(path: &Path, items: &[Item], seed: u64) -> Result<(), BackupError> {
    let randomness = SeededRandomness::new(seed, 1);
    let seal = Seal::new(PASSPHRASE, Cost::NEXT_TO_NOTHING, &randomness)?;
    let mut writer = BackupWriter::begin(path, &seal, &randomness)?;
    items.iter().try_for_each(|item| writer.put(item))?;
    writer.finish()
}

fn try_read(path: &Path, passphrase: &str) -> Result<Vec<Item>, BackupError> {
    let backup = Backup::open(path, passphrase)?;
    let mut items = backup.items()?;
    let mut read = Vec::new();
    while let Some(item) = items.next_item()? {
        read.push(item);
    }
    Ok(read)
}
