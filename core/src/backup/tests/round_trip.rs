use proptest::prelude::*;

use super::*;

fn items() -> impl Strategy<Value = Vec<Item>> {
    let bytes = || prop::collection::vec(any::<u8>(), 0..300);
    let setting = ("[a-z ]{0,20}", bytes()).prop_map(|(name, value)| Item::Setting(CarriedSetting { name, value }));
    // Noise does not compress, so several chunks are filled.
    let noise = prop::collection::vec(any::<u8>(), 0..16_384);
    let records = prop::collection::vec((any::<u32>(), noise), 0..12)
        .prop_map(|all| Item::Records(all.into_iter().map(|(n, value)| record(n.into(), value)).collect()));
    let tags = prop::collection::vec(any::<[u8; 16]>(), 0..20).prop_map(Item::FirstMessages);
    let pairing = (any::<i64>(), any::<[u8; 16]>(), any::<bool>(), any::<u64>(), bytes(), any::<[u8; 32]>());
    let pairing = pairing.prop_map(|(number, couple, ended, own_counter, digest, mac)| {
        let (confirmed, held) = (Some((own_counter, digest)), Some((own_counter, mac)));
        Item::Pairing(CarriedPairing { number, couple, ended, own_counter, confirmed, held })
    });
    prop::collection::vec(prop_oneof![setting, records, tags, pairing], 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_was_put_in_comes_out(items in items(), seed in any::<u64>()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("backup");
        try_write(&path, &items, seed).unwrap();
        prop_assert_eq!(try_read(&path, PASSPHRASE), Ok(items));
    }

    #[test]
    fn no_bytes_are_taken_for_a_backup(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("backup");
        std::fs::write(&path, bytes).unwrap();
        prop_assert_eq!(try_read(&path, PASSPHRASE), Err(BackupError::Damaged));
    }

    #[test]
    fn authentic_nonsense_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut from = bytes.as_slice();
        while let Ok(Some(_)) = Item::read(&mut from) {}
    }
}

#[test]
fn with_its_full_cost_a_backup_opens_with_its_passphrase_and_with_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup");
    let randomness = SeededRandomness::new(1, 1);
    let seal = Seal::new(PASSPHRASE, Cost::FULL, &randomness).unwrap();
    let mut writer = BackupWriter::begin(&path, &seal, &randomness).unwrap();
    some_of_everything().iter().for_each(|item| writer.put(item).unwrap());
    writer.finish().unwrap();
    assert_eq!(try_read(&path, PASSPHRASE), Ok(some_of_everything()));
    assert_eq!(try_read(&path, "tres tristes trigos"), Err(BackupError::WrongPassphrase));
}

#[test]
fn a_seal_opened_again_is_the_same_and_each_file_has_a_key_of_its_own() {
    let randomness = SeededRandomness::new(1, 1);
    let seal = Seal::new(PASSPHRASE, Cost::NEXT_TO_NOTHING, &randomness).unwrap();
    let header = seal.header([7; 16]).unwrap();
    let again = Seal::of(PASSPHRASE, &header).unwrap();
    assert_eq!(again.header([7; 16]), Ok(header));
    let other = seal.header([8; 16]).unwrap();
    assert_ne!(other.check, header.check);
}

#[test]
fn two_backups_of_the_same_have_no_chunk_in_common() {
    let folder = tempfile::tempdir().unwrap();
    let randomness = SeededRandomness::new(1, 1);
    let seal = Seal::new(PASSPHRASE, Cost::NEXT_TO_NOTHING, &randomness).unwrap();
    let files = ["first", "second"].map(|name| {
        let path = folder.path().join(name);
        let writer = BackupWriter::begin(&path, &seal, &randomness).unwrap();
        writer.finish().unwrap();
        std::fs::read(path).unwrap()
    });
    assert_ne!(files[0][files[0].len() - 16..], files[1][files[1].len() - 16..]);
}
