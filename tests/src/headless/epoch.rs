//! How often a folder was opened: seeded randomness must not repeat itself when the same seed opens the
//! same phone again.

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest as _, Sha256};

const FILE: &str = "epoch";

/// Counts an opening of this folder, from 1. The count is on the disk before anything is drawn.
pub(super) fn next(folder: &Path) -> io::Result<u64> {
    fs::create_dir_all(folder)?;
    let epoch = read(&folder.join(FILE))?.unwrap_or(0).wrapping_add(1);
    write(folder, FILE, epoch)?;
    Ok(epoch)
}

/// The epoch in which a phone is made of a backup. The new phone's folder was never opened, and its seed may
/// be that of the lost phone: so its epochs begin far from those of any other phone, at a place that follows
/// from the backup and from how often it was restored. That is counted in a file beside it.
pub(super) fn of_restoring(backup: &Path) -> io::Result<u64> {
    let content = Sha256::digest(fs::read(backup)?);
    let count = format!("{}.restored", backup.file_name().unwrap_or_default().to_string_lossy());
    let folder = backup.parent().unwrap_or(Path::new(""));
    let times = read(&folder.join(&count))?.unwrap_or(0) + 1;
    write(folder, &count, times)?;
    let place = Sha256::digest([content.as_slice(), &times.to_be_bytes()].concat());
    Ok(place.iter().take(8).fold(0, |place: u64, byte| place << 8 | u64::from(*byte)))
}

/// A phone was made in this folder in this epoch; its next openings go on from there.
pub(super) fn go_on_after(folder: &Path, epoch: u64) -> io::Result<()> {
    write(folder, FILE, epoch)
}

fn read(file: &Path) -> io::Result<Option<u64>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text.trim().parse().map_err(|_| io::ErrorKind::InvalidData)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn write(folder: &Path, name: &str, number: u64) -> io::Result<()> {
    let new = folder.join(format!("{name}.new"));
    fs::write(&new, number.to_string())?;
    fs::rename(&new, folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_opening_has_a_number_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let phone = folder.path().join("not/there/yet");
        assert_eq!((1..=3).map(|_| next(&phone).unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
        fs::write(phone.join(FILE), "").unwrap();
        assert!(next(&phone).is_err(), "a lost count must not begin again");
    }

    #[test]
    fn a_restored_phone_repeats_no_epoch_of_the_lost_one_nor_of_another_restore() {
        let run = tempfile::tempdir().unwrap();
        let [first, second] = ["a.backup", "b.backup"].map(|name| run.path().join(name));
        fs::write(&first, "sealed").unwrap();
        fs::write(&second, "sealed otherwise").unwrap();
        let epochs = [&first, &first, &second].map(|path| of_restoring(path).unwrap());
        assert_eq!(epochs.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
        assert!(epochs.iter().all(|epoch| *epoch > 1_000_000));
        let phone = run.path().join("phone");
        fs::create_dir(&phone).unwrap();
        go_on_after(&phone, epochs[0]).unwrap();
        assert_eq!(next(&phone).unwrap(), epochs[0].wrapping_add(1));
    }
}
