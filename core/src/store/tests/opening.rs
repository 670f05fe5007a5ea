//! Files that cannot be opened, and what is said of them.

use std::collections::BTreeMap;
use std::fs;

use super::*;

fn bytes_of(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let paths = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    paths.filter(|path| path.is_file()).map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

fn open_with(folder: &Path, key: [u8; 32]) -> Result<Store, StoreError> {
    Store::open(folder, &key, Arc::new(SeededRandomness::new(9, 9)))
}

/// A store with some entries in a folder, as a process leaves it that is killed: with a write-ahead log.
fn killed() -> (Person, PathBuf) {
    let mut me = Person::paired(1);
    for n in 0..100 {
        me.worry(&format!("entry {n}"));
    }
    let copy = me.folder().join("copy");
    fs::create_dir(&copy).unwrap();
    for name in ["attune.db", "attune.db-wal"] {
        fs::copy(me.folder().join(name), copy.join(name)).unwrap();
    }
    assert!(fs::metadata(copy.join("attune.db-wal")).unwrap().len() > 0);
    (me, copy)
}

#[test]
fn a_wrong_key_is_said_and_leaves_every_byte() {
    let (mut me, copy) = killed();
    for folder in [copy, me.folder().to_owned()] {
        drop(me.store.take());
        fs::write(folder.join("attune.lock"), []).unwrap();
        let before = bytes_of(&folder);
        assert_eq!(open_with(&folder, [8; 32]).err(), Some(StoreError::WrongKey));
        assert!(bytes_of(&folder) == before, "a byte was changed");
        let store = open_with(&folder, KEY).unwrap();
        assert_eq!(store.entries(&EntryQuery::default()).unwrap().len(), 100);
    }
}

#[test]
fn a_second_opener_is_kept_out() {
    let mut me = Person::new(1);
    assert_eq!(open(me.folder(), 1, 9).err(), Some(StoreError::InUse));
    me.worry("still works");
    me.reopen();
    assert_eq!(me.texts(), ["still works"]);
}

#[test]
fn a_damaged_first_page_is_not_a_wrong_key() {
    let mut me = Person::new(1);
    me.worry("a");
    me.store.take().unwrap().close().unwrap();
    let sound = fs::read(me.file()).unwrap();
    let mut bytes = sound.clone();
    bytes[1000] ^= 1;
    fs::write(me.file(), &bytes).unwrap();
    assert_eq!(open_with(me.folder(), KEY).err(), Some(StoreError::Damaged));
    assert!(fs::read(me.file()).unwrap() == bytes, "left as it is");
    fs::write(me.file(), &sound[..10]).unwrap();
    assert_eq!(open_with(me.folder(), KEY).err(), Some(StoreError::Damaged));
    // The salt is a function of the key: losing it loses nothing.
    let mut bytes = sound;
    bytes[..16].fill(0);
    fs::write(me.file(), &bytes).unwrap();
    assert!(open_with(me.folder(), KEY).is_ok());
}

#[test]
fn any_damaged_page_is_an_error_where_it_is_met_and_nothing_is_deleted() {
    let mut me = Person::new(1);
    for n in 0..300 {
        me.worry(&format!("entry {n} {}", "x".repeat(n * 5)));
    }
    while me.store().tidy().unwrap().more {}
    me.store.take().unwrap().close().unwrap();
    let sound = fs::read(me.file()).unwrap();
    let mut met = 0;
    for page in 1..sound.len() / 4096 {
        let mut bytes = sound.clone();
        bytes[page * 4096 + 2000] ^= 0x40;
        fs::write(me.file(), &bytes).unwrap();
        let whole = open_with(me.folder(), KEY).and_then(|mut store| {
            let entries = store.entries(&EntryQuery::default())?;
            let documents = store.dump()?.documents;
            store.search("entry", None, 1)?;
            Ok((entries.len(), documents.len()))
        });
        match whole {
            Ok(found) => assert_eq!(found, (300, 1), "page {page} is read wrongly"),
            Err(error) => {
                assert_eq!(error, StoreError::Damaged, "page {page}");
                met += 1;
            }
        }
        assert!(fs::metadata(me.file()).unwrap().len() as usize >= sound.len());
    }
    assert!(met > 60, "only {met} damaged pages were met");
    fs::write(me.file(), &sound).unwrap();
    me.reopen();
    assert_eq!(me.entries().len(), 300);
}

#[test]
fn a_file_of_a_newer_version_is_left_alone() {
    let mut me = Person::new(1);
    me.worry("a");
    me.store().connection.pragma_update(None, "user_version", 1000).unwrap();
    me.store.take().unwrap().close().unwrap();
    let before = fs::read(me.file()).unwrap();
    assert_eq!(open_with(me.folder(), KEY).err(), Some(StoreError::TooNew));
    assert!(fs::read(me.file()).unwrap() == before);
}

#[test]
fn on_a_full_disk_nothing_is_lost_and_it_works_again_with_room() {
    let mut me = Person::paired(1);
    me.worry("kept");
    while me.store().tidy().unwrap().more {}
    let room = |me: &mut Person, pages: u32| {
        me.store().connection.pragma_update(None, "max_page_count", pages).unwrap();
    };
    room(&mut me, 1);
    let mut kept = 1;
    let error = loop {
        match me.try_write(Audience::OnlyMe, worry(&"x".repeat(500))) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(error, StoreError::Full);
    assert_eq!(me.try_write(Audience::Both, worry(&"y".repeat(9000))), Err(StoreError::Full));
    assert_eq!(me.entries().len(), kept);
    room(&mut me, 100_000);
    me.worry("room again");
    me.share("room again");
    me.reopen();
    assert_eq!(me.entries().len(), kept + 2);
    let documents = me.store().dump().unwrap().documents;
    assert_eq!(documents.iter().map(|d| d.records.len()).sum::<usize>(), kept + 2);
}

#[test]
fn a_new_key_opens_and_the_old_one_does_not() {
    let mut me = Person::new(1);
    me.worry("a");
    me.store().rekey(&[9; 32]).unwrap();
    me.worry("b");
    drop(me.store.take());
    assert_eq!(open_with(me.folder(), KEY).err(), Some(StoreError::WrongKey));
    assert_eq!(open_with(me.folder(), [9; 32]).unwrap().entries(&EntryQuery::default()).unwrap().len(), 2);
}

#[test]
fn a_rekey_that_was_cut_before_the_log_was_emptied_opens_with_the_new_key() {
    let mut me = Person::new(1);
    me.worry("a");
    me.store().empty_log().unwrap();
    let salt = crate::store::file::salt_of(&[9; 32]).unwrap();
    attune_sqlcipher::rekey_with_salt(&me.store().connection, &[9; 32], &salt).unwrap();
    let copy = me.folder().join("copy");
    fs::create_dir(&copy).unwrap();
    for name in ["attune.db", "attune.db-wal"] {
        fs::copy(me.folder().join(name), copy.join(name)).unwrap();
    }
    assert_eq!(open_with(&copy, KEY).err(), Some(StoreError::WrongKey));
    assert_eq!(open_with(&copy, [9; 32]).unwrap().entries(&EntryQuery::default()).unwrap().len(), 1);
}

#[test]
fn devices_are_kept() {
    let mut me = Person::paired(1);
    me.share("a");
    let device = me.store().shared_device();
    me.reopen();
    assert_eq!(me.store().shared_device(), device);
}
