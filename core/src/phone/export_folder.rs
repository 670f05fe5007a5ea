//! Files that belong together, put into a folder: all of them, or none.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::PhoneError;
use crate::export::ExportFile;

/// Writes the files into a folder, which is made where there is none; returns their names.
///
/// Nothing takes a file's name before all of them are written and on the disk. Where one cannot take its name
/// even so, those that did give it back to what stood there before. Only who is killed in that moment, which is
/// a few renames long, leaves new files beside old ones, each of them whole.
pub(super) fn save(folder: &Path, files: Vec<ExportFile>) -> Result<Vec<String>, PhoneError> {
    let saving = Saving { files: files.iter().map(|(name, _)| Paths::of(folder, name)).collect() };
    let saved = fs::create_dir_all(folder).and_then(|()| saving.write(&files)).and_then(|()| saving.put_in_place());
    saving.tidy();
    saved.map_err(storage)?;
    // The files are in place; where a folder cannot be synchronised, the system does it when it likes.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(files.into_iter().map(|(name, _)| name.to_owned()).collect())
}

/// Where a file goes, and where it and its predecessor are meanwhile.
struct Paths {
    place: PathBuf,
    unfinished: PathBuf,
    before: PathBuf,
}

impl Paths {
    fn of(folder: &Path, name: &str) -> Self {
        let beside = |ending: &str| folder.join(format!("{name}.{ending}"));
        Self { place: folder.join(name), unfinished: beside("unfinished"), before: beside("before") }
    }

    /// Keeps what stands there, under a second name.
    fn keep_before(&self) -> io::Result<()> {
        match fs::symlink_metadata(&self.place) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
            Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(_) => {}
        }
        remove(&self.before)?;
        // Not every file system has links.
        fs::hard_link(&self.place, &self.before).or_else(|_| fs::copy(&self.place, &self.before).map(drop))
    }

    /// Puts back what stood there.
    fn undo(&self) {
        match fs::rename(&self.before, &self.place) {
            // Nothing stood there.
            Err(error) if error.kind() == io::ErrorKind::NotFound => _ = remove(&self.place),
            _ => {}
        }
    }
}

struct Saving {
    files: Vec<Paths>,
}

impl Saving {
    fn write(&self, files: &[ExportFile]) -> io::Result<()> {
        for (paths, (_, content)) in self.files.iter().zip(files) {
            let mut file = File::create(&paths.unfinished)?;
            file.write_all(content.as_bytes())?;
            file.sync_all()?;
        }
        self.files.iter().try_for_each(Paths::keep_before)
    }

    fn put_in_place(&self) -> io::Result<()> {
        for (number, paths) in self.files.iter().enumerate() {
            if let Err(error) = fs::rename(&paths.unfinished, &paths.place) {
                self.files.iter().take(number).for_each(Paths::undo);
                return Err(error);
            }
        }
        Ok(())
    }

    fn tidy(&self) {
        for paths in &self.files {
            let _ = remove(&paths.unfinished);
            let _ = remove(&paths.before);
        }
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn storage(error: io::Error) -> PhoneError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => PhoneError::StorageFull,
        _ => PhoneError::StorageFailed,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const NAMES: [&str; 3] = ["a.csv", "b.json", "c.html"];

    fn files(content: &str) -> Vec<ExportFile> {
        NAMES.iter().map(|name| (*name, format!("{content} {name}"))).collect()
    }

    /// What is in the folder; folders are empty texts.
    fn there(folder: &Path) -> BTreeMap<String, String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        let read = |path: PathBuf| fs::read_to_string(path).unwrap_or_default();
        entries.map(|entry| (entry.file_name().into_string().unwrap(), read(entry.path()))).collect()
    }

    fn expected(content: &str) -> BTreeMap<String, String> {
        files(content).into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
    }

    #[test]
    fn all_files_are_there_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let new = folder.path().join("new/deeper");
        assert_eq!(save(&new, files("one")), Ok(NAMES.map(str::to_owned).to_vec()));
        assert_eq!(there(&new), expected("one"));
        // What a killed process left lying about does not matter.
        fs::write(new.join("b.json.unfinished"), "half").unwrap();
        fs::write(new.join("b.json.before"), "old").unwrap();
        save(&new, files("two")).unwrap();
        assert_eq!(there(&new), expected("two"));
    }

    #[test]
    fn where_one_file_cannot_be_written_all_stay_as_they_were() {
        for hindered in NAMES {
            for ending in ["", ".unfinished", ".before"] {
                let folder = tempfile::tempdir().unwrap();
                save(folder.path(), files("one")).unwrap();
                // A folder stands in the way.
                let in_the_way = format!("{hindered}{ending}");
                let _ = fs::remove_file(folder.path().join(&in_the_way));
                fs::create_dir(folder.path().join(&in_the_way)).unwrap();
                let before = there(folder.path());
                assert_eq!(save(folder.path(), files("two")), Err(PhoneError::StorageFailed), "{in_the_way}");
                assert_eq!(there(folder.path()), before, "{in_the_way}");
            }
        }
    }

    #[test]
    fn files_that_took_their_names_give_them_back() {
        let folder = tempfile::tempdir().unwrap();
        save(folder.path(), files("one")[1..2].to_vec()).unwrap();
        let before = there(folder.path());
        let saving = Saving { files: NAMES.iter().map(|name| Paths::of(folder.path(), name)).collect() };
        saving.write(&files("two")).unwrap();
        // The last one comes to grief between being written and taking its name.
        fs::remove_file(&saving.files[2].unfinished).unwrap();
        assert!(saving.put_in_place().is_err());
        saving.tidy();
        assert_eq!(there(folder.path()), before);
    }
}
