//! Where a backup is written: what stood there stays until the new one is whole.

use std::fs;

use super::*;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_that_is_given_up_leaves_the_former_one_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup");
    try_write(&path, &some_of_everything(), 1).unwrap();
    let former = fs::read(&path).unwrap();
    let randomness = SeededRandomness::new(2, 1);
    let seal = Seal::new(PASSPHRASE, Cost::NEXT_TO_NOTHING, &randomness).unwrap();
    let mut writer = BackupWriter::begin(&path, &seal, &randomness).unwrap();
    writer.put(&Item::FirstMessages(vec![[1; 16]; 10_000])).unwrap();
    assert_eq!(fs::read(&path).unwrap(), former);
    drop(writer);
    assert_eq!(fs::read(&path).unwrap(), former);
    assert_eq!(names(folder.path()), ["backup"]);
}

#[test]
fn what_a_killed_process_left_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup");
    fs::write(folder.path().join("backup.part"), vec![1; 1_000_000]).unwrap();
    try_write(&path, &some_of_everything(), 1).unwrap();
    assert_eq!(try_read(&path, PASSPHRASE), Ok(some_of_everything()));
    assert_eq!(names(folder.path()), ["backup"]);
}

#[test]
fn where_nothing_can_be_written_or_read_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("not there/backup");
    assert_eq!(try_write(&nowhere, &[], 1), Err(BackupError::NotThere));
    assert_eq!(try_read(&nowhere, PASSPHRASE), Err(BackupError::NotThere));
    assert!(names(folder.path()).is_empty());
}

/// A device that takes nothing.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_the_former_backup() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup");
    try_write(&path, &some_of_everything(), 1).unwrap();
    let former = fs::read(&path).unwrap();
    std::os::unix::fs::symlink("/dev/full", folder.path().join("backup.part")).unwrap();
    let number = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes().to_vec();
    let noise: Vec<_> = (0..20_000).map(|n| record(n, number(n))).collect();
    for items in [vec![], vec![Item::Records(noise.clone())]] {
        assert_eq!(try_write(&path, &items, 2), Err(BackupError::Full));
        assert_eq!(fs::read(&path).unwrap(), former);
        assert_eq!(names(folder.path()), ["backup"]);
        std::os::unix::fs::symlink("/dev/full", folder.path().join("backup.part")).unwrap();
    }
}
