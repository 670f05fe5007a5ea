use std::fs;

use super::*;
use crate::backup::chunks::CHUNK;
use crate::backup::header::Header;

/// What one sealed chunk takes in the file.
const SEALED: usize = CHUNK + 16;

/// A backup of more than three chunks.
fn written() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup");
    let mut items = some_of_everything();
    let randomness = SeededRandomness::new(3, 1);
    for n in 0..16 {
        let mut noise = vec![0; 16 * 1024];
        crate::Randomness::fill(&randomness, crate::Stream::Wire, &mut noise);
        items.push(Item::Records(vec![record(100 + n, noise)]));
    }
    try_write(&path, &items, 5).unwrap();
    let bytes = fs::read(path).unwrap();
    assert!(bytes.len() > Header::LEN + 3 * SEALED);
    bytes
}

/// Opening verifies all of it: what is damaged never comes to be read.
fn read(bytes: &[u8]) -> Result<(), BackupError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup");
    fs::write(&path, bytes).unwrap();
    Backup::open(&path, PASSPHRASE).map(drop)
}

/// Places that matter: all of the header, and each chunk's beginning and end, and some in between.
fn places(length: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..Header::LEN).collect();
    let chunks = (Header::LEN..length).step_by(SEALED);
    places.extend(chunks.flat_map(|at| [at, at + 1, at + 1000, at + CHUNK - 1, at + CHUNK, at + SEALED - 1]));
    places.extend([length - 17, length - 16, length - 1]);
    places.retain(|at| *at < length);
    places
}

#[test]
fn a_flipped_bit_anywhere_is_an_error() {
    let written = written();
    for at in places(written.len()) {
        for bit in [0, 3, 7] {
            let mut bytes = written.clone();
            bytes[at] ^= 1 << bit;
            let error = read(&bytes).unwrap_err();
            let version = (8..10).contains(&at) && error == BackupError::TooNew;
            assert!(error == BackupError::Damaged || version, "byte {at}, bit {bit}: {error:?}");
        }
    }
}

#[test]
fn a_backup_that_ends_early_is_an_error_wherever_it_ends() {
    let written = written();
    for at in places(written.len()) {
        assert_eq!(read(&written[..at]), Err(BackupError::Damaged), "{at} bytes");
    }
}

#[test]
fn bytes_added_at_the_end_are_an_error() {
    let written = written();
    for more in [1, 15, 16, 17, SEALED, 2 * SEALED] {
        let mut bytes = written.clone();
        bytes.resize(bytes.len() + more, 0);
        assert_eq!(read(&bytes), Err(BackupError::Damaged), "{more} bytes");
    }
    assert_eq!(read(&[written.clone(), written.clone()].concat()), Err(BackupError::Damaged));
}

#[test]
fn chunks_that_are_moved_left_out_or_doubled_are_an_error() {
    let written = written();
    let (header, body) = written.split_at(Header::LEN);
    let chunks: Vec<&[u8]> = body.chunks(SEALED).collect();
    let assemble = |order: &[usize]| {
        let order: Vec<&[u8]> = order.iter().map(|at| chunks[*at]).collect();
        [header, &order.concat()].concat()
    };
    let all: Vec<usize> = (0..chunks.len()).collect();
    assert!(read(&assemble(&all)).is_ok());
    for wrong in [&[1, 0, 2, 3, 4][..], &[0, 2, 1, 3, 4], &[1, 2, 3, 4], &[0, 1, 2], &[0, 1, 1, 2, 3, 4], &[4], &[]] {
        let wrong: Vec<usize> = wrong.iter().copied().filter(|at| *at < chunks.len()).collect();
        assert_ne!(wrong, all);
        assert_eq!(read(&assemble(&wrong)), Err(BackupError::Damaged), "{wrong:?}");
    }
}

#[test]
fn chunks_of_another_backup_under_the_same_passphrase_are_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let randomness = SeededRandomness::new(1, 1);
    let seal = Seal::new(PASSPHRASE, Cost::NEXT_TO_NOTHING, &randomness).unwrap();
    let [first, second] = ["first", "second"].map(|name| {
        let path = folder.path().join(name);
        let mut writer = BackupWriter::begin(&path, &seal, &randomness).unwrap();
        writer.put(&Item::FirstMessages(vec![[1; 16]])).unwrap();
        writer.finish().unwrap();
        fs::read(path).unwrap()
    });
    let mixed = [&first[..Header::LEN], &second[Header::LEN..]].concat();
    assert_eq!(read(&mixed), Err(BackupError::Damaged));
}

#[test]
fn a_header_that_was_made_cheaper_or_dearer_opens_with_no_passphrase() {
    use sha2::{Digest as _, Sha256};
    let written = written();
    let with_cost = |memory: u32, passes: u32| {
        let mut bytes = written.clone();
        bytes[10..14].copy_from_slice(&memory.to_be_bytes());
        bytes[14..18].copy_from_slice(&passes.to_be_bytes());
        let sum = Sha256::digest(&bytes[..Header::LEN - 8]);
        bytes[Header::LEN - 8..Header::LEN].copy_from_slice(&sum[..8]);
        read(&bytes).unwrap_err()
    };
    assert_eq!(with_cost(9, 1), BackupError::WrongPassphrase);
    assert_eq!(with_cost(8, 2), BackupError::WrongPassphrase);
    // What no phone should be made to bear is not even tried.
    for (memory, passes) in [(u32::MAX, 1), (64 * 1024 + 1, 3), (8, u32::MAX), (8, 0), (0, 1)] {
        assert_eq!(with_cost(memory, passes), BackupError::Damaged);
    }
}

#[test]
fn a_newer_version_says_so_whatever_follows() {
    let mut bytes = written();
    bytes[9] = 2;
    assert_eq!(read(&bytes), Err(BackupError::TooNew));
    assert_eq!(read(&bytes[..10]), Err(BackupError::TooNew));
}
