//! Tests of the store as a whole.

mod basics;
mod carrying;
mod erasing;
mod faults;
mod frozen;
mod laws;
mod noting;
mod opening;
mod pages;
mod searching;
mod shelving;
mod together;
mod waiting;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{EntryQuery, Store, StoreError};
use crate::SeededRandomness;
use crate::journal::{
    Audience, Body, Entry, EntryId, EntryIds, Envelope, Erase, FoldVersion, LocalTime, Record, Worry,
};

const KEY: [u8; 32] = [7; 32];
const COUPLE: [u8; 16] = [1; 16];
/// 2 March 2026, 08:00 in Berlin.
const MORNING: &str = "2026-03-02T08:00:00+01:00";

/// A person who writes into a store in a folder of its own.
struct Person {
    folder: tempfile::TempDir,
    store: Option<Store>,
    seed: u64,
    epoch: u64,
    now: LocalTime,
    ids: EntryIds,
    random: u64,
}

impl Person {
    fn new(seed: u64) -> Self {
        let mut person = Self::in_folder(place(), seed);
        person.reopen();
        person
    }

    /// With a store that was not opened yet.
    fn in_folder(folder: tempfile::TempDir, seed: u64) -> Self {
        let now = LocalTime::parse(MORNING).unwrap();
        Self { folder, store: None, seed, epoch: 0, now, ids: EntryIds::default(), random: seed << 32 }
    }

    fn paired(seed: u64) -> Self {
        let mut person = Self::new(seed);
        person.store().begin_pairing(COUPLE, &[]).unwrap();
        person
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn file(&self) -> PathBuf {
        super::file::path_in(self.folder())
    }

    fn store(&mut self) -> &mut Store {
        self.store.as_mut().unwrap()
    }

    fn reopen(&mut self) {
        drop(self.store.take());
        self.epoch += 1;
        let store = open(self.folder(), self.seed, self.epoch).unwrap();
        let (shared, private) = store.last_own_ids().unwrap();
        self.ids = EntryIds::after(shared, private);
        self.store = Some(store);
    }

    fn at(&mut self, time: &str) -> &mut Self {
        self.now = LocalTime::parse(time).unwrap();
        self
    }

    fn record(&mut self, audience: Audience, body: impl Into<Body>, supersedes: Option<EntryId>) -> Record {
        self.random += 1;
        let [.., a, b, c, d, e, f] = self.random.to_be_bytes();
        let id = self.ids.next(audience, self.now.unix_ms(), [a, b, c, d, e, f]);
        let envelope = Envelope { body: body.into(), supersedes, needs: FoldVersion::CURRENT };
        Record { id, written: self.now, value: envelope.write().unwrap() }
    }

    fn try_write(&mut self, audience: Audience, body: impl Into<Body>) -> Result<EntryId, StoreError> {
        let record = self.record(audience, body, None);
        self.store().append(&[(audience, record.clone())])?;
        Ok(record.id)
    }

    fn write(&mut self, audience: Audience, body: impl Into<Body>) -> EntryId {
        self.try_write(audience, body).unwrap()
    }

    fn worry(&mut self, text: &str) -> EntryId {
        self.write(Audience::OnlyMe, worry(text))
    }

    fn share(&mut self, text: &str) -> EntryId {
        self.write(Audience::Both, worry(text))
    }

    fn erase(&mut self, audience: Audience, ids: &[EntryId]) -> EntryId {
        self.write(audience, Erase { ids: ids.to_vec() })
    }

    fn entries(&mut self) -> Vec<Entry> {
        self.store().entries(&EntryQuery::default()).unwrap()
    }

    fn texts(&mut self) -> Vec<String> {
        self.entries().iter().map(text_of).collect()
    }
}

fn open(folder: &Path, seed: u64, epoch: u64) -> Result<Store, StoreError> {
    Store::open(folder, &KEY, Arc::new(SeededRandomness::new(seed, epoch)))
}

/// A folder in memory where there is one: waiting for a real disk would prove nothing more.
fn place() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

fn copy_of(folder: &Path) -> tempfile::TempDir {
    let copy = place();
    for file in fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    copy
}

/// How many changes wait in the rows of their entries.
fn changes_that_wait(me: &mut Person) -> i64 {
    let sql = "SELECT (SELECT count(change) FROM private_entry) + (SELECT count(change) FROM shared_entry)";
    me.store().connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn worry(text: &str) -> Worry {
    Worry { text: text.into() }
}

fn text_of(entry: &Entry) -> String {
    match &entry.body {
        Body::Worry(worry) => worry.text.clone(),
        other => other.kind().to_owned(),
    }
}
