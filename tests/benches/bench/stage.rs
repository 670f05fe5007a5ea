//! The stage: folders for phones, and a phone of every age that rows ask for, made once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use attune_core::store::Store;
use attune_tests::life::{Author, Life};
use tempfile::TempDir;

use super::couple::open_store;
use super::ledger::{keep_own, keep_theirs, ledger};

/// Where everything is kept while the benches run: on a disk, not in memory, so that durable means durable.
pub(crate) struct Stage {
    root: TempDir,
    aged: RefCell<BTreeMap<u32, PathBuf>>,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        Self { root, aged: RefCell::default() }
    }

    /// A new empty folder.
    pub(crate) fn folder(&self) -> PathBuf {
        tempfile::tempdir_in(self.root.path()).unwrap().keep()
    }

    /// A copy of a phone that was used for so many years: ten own entries a day, a part of them shared, ten
    /// a day that the partner shared; compacted, but for the last day.
    pub(crate) fn phone_of_years(&self, years: u32) -> PathBuf {
        let folder = self.folder();
        copy_folder(self.aged.borrow_mut().entry(years).or_insert_with(|| self.make(years)), &folder);
        folder
    }

    fn make(&self, years: u32) -> PathBuf {
        let folder = self.folder();
        let mut store = open_store(&folder);
        store.begin_pairing([3; 16], &[]).unwrap();
        let own = ledger(365 * years, |start| vec![Life::new(1, Author::Kim, start, 365 * years)]);
        let theirs = ledger(365 * years, |start| vec![Life::new(1, Author::Alex, start, 365 * years).all_shared()]);
        keep_theirs(&mut store, &theirs);
        let (past, today) = own.split_at(own.len() - 10);
        keep_own(&mut store, past);
        tidy(&mut store);
        keep_own(&mut store, today);
        store.close().unwrap();
        folder
    }
}

fn tidy(store: &mut Store) {
    while store.tidy().unwrap().more {}
}

/// Copies the files of a phone that is closed.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// The bytes of all files of a phone.
pub(crate) fn file_bytes(folder: &Path) -> u64 {
    fs::read_dir(folder).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum()
}
