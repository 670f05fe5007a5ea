//! How often a folder was opened: seeded randomness must not repeat itself when the same seed opens the
//! same phone again.

use std::fs;
use std::io;
use std::path::Path;

const FILE: &str = "epoch";

/// Counts an opening of this folder, from 1. The count is on the disk before anything is drawn.
pub(super) fn next(folder: &Path) -> io::Result<u64> {
    let (file, new) = (folder.join(FILE), folder.join("epoch.new"));
    fs::create_dir_all(folder)?;
    let before = match fs::read_to_string(&file) {
        Ok(text) => text.trim().parse().map_err(|_| io::ErrorKind::InvalidData)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        Err(error) => return Err(error),
    };
    let epoch: u64 = before + 1;
    fs::write(&new, epoch.to_string())?;
    fs::rename(&new, &file)?;
    Ok(epoch)
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
}
