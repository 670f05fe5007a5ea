//! Phones with encrypted files of their own, paired over loopback.

use std::collections::BTreeSet;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use attune_core::SeededRandomness;
use attune_core::journal::{Audience, Body, EntryId, Record, Whose, Worry};
use attune_core::phone::{Environment, Phone, PhoneError, Settled};
use attune_core::store::Dump;
use tempfile::TempDir;

use crate::clock::Stopped;

pub(crate) const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const KEY: [u8; 32] = [7; 32];

/// One person's phone.
pub(crate) struct Owner {
    pub(crate) phone: Phone,
    pub(crate) clock: Arc<Stopped>,
    folder: TempDir,
    key: [u8; 32],
    seed: u64,
    opened: u64,
}

impl Owner {
    pub(crate) fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Stopped::at("2026-03-02T08:00:00+01:00"));
        let phone = open(folder.path(), &KEY, clock.clone(), seed, 0);
        Self { phone, clock, folder, key: KEY, seed, opened: 0 }
    }

    /// The same person on a phone that was made of a backup.
    pub(crate) fn from_backup(backup: &Path, passphrase: &str, seed: u64) -> Result<Self, PhoneError> {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Stopped::at("2026-03-09T08:00:00+01:00"));
        let environment = Environment { clock: clock.clone(), randomness: Arc::new(SeededRandomness::new(seed, 100)) };
        let key = [9; 32];
        let phone = Phone::restore(backup, passphrase, folder.path(), &key, environment)?;
        Ok(Self { phone, clock, folder, key, seed, opened: 100 })
    }

    pub(crate) fn note(&self, text: &str) -> EntryId {
        self.phone.journal().log(Body::from(Worry { text: text.into() }), false).unwrap()
    }

    pub(crate) fn share(&self, text: &str) -> EntryId {
        self.phone.journal().log(Body::from(Worry { text: text.into() }), true).unwrap()
    }

    /// The port at which the phone listens.
    pub(crate) fn listen(&self) -> u16 {
        self.phone.partner().listen(HERE).unwrap()
    }

    pub(crate) fn dial(&self, port: u16) -> Result<(), PhoneError> {
        self.phone.partner().dial(&[SocketAddr::new(HERE, port)])
    }

    pub(crate) fn settle(&self) -> Result<Settled, PhoneError> {
        self.phone.partner().settle()
    }

    pub(crate) fn end(&self) {
        self.phone.partner().end().unwrap();
    }

    /// A copy of the phone's file as it is now.
    pub(crate) fn copy(&mut self) -> TempDir {
        self.phone.close().unwrap();
        let copy = tempfile::tempdir().unwrap();
        copy_files(self.folder.path(), copy.path());
        self.open_again();
        copy
    }

    /// Puts a copy in the place of the phone's file.
    pub(crate) fn restore(&mut self, copy: &TempDir) {
        self.phone.close().unwrap();
        for file in fs::read_dir(self.folder.path()).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
        copy_files(copy.path(), self.folder.path());
        self.open_again();
    }

    fn open_again(&mut self) {
        self.opened += 1;
        self.phone = open(self.folder.path(), &self.key, self.clock.clone(), self.seed, self.opened);
    }

    pub(crate) fn dump(&self) -> Dump {
        self.phone.dump().unwrap()
    }

    /// The shared log of this person, or of the partner, as this phone holds it.
    pub(crate) fn shared(&self, whose: Whose) -> BTreeSet<Record> {
        let documents = self.dump().documents.into_iter();
        let of = documents.filter(|document| document.audience == Audience::Both && document.whose == whose);
        of.flat_map(|document| document.records).collect()
    }
}

fn open(folder: &Path, key: &[u8; 32], clock: Arc<Stopped>, seed: u64, opened: u64) -> Phone {
    let randomness = Arc::new(SeededRandomness::new(seed, opened));
    Phone::open(folder, key, Environment { clock, randomness }).unwrap()
}

fn copy_files(from: &Path, to: &Path) {
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// Two phones that are paired.
pub(crate) fn couple(seed: u64) -> (Owner, Owner) {
    let (ada, bob) = (Owner::new(seed), Owner::new(seed + 1));
    let offer = ada.phone.partner().offer(HERE, &[HERE]).unwrap();
    bob.phone.partner().join(&offer.qr, &[]).unwrap();
    let numbers = [&ada, &bob].map(|owner| owner.phone.partner().pairing_number().unwrap());
    assert_eq!(numbers[0], numbers[1]);
    for owner in [&ada, &bob] {
        owner.phone.partner().confirm_pairing().unwrap();
    }
    // Whoever has confirmed waits here for the other.
    for owner in [&ada, &bob] {
        owner.listen();
        owner.end();
    }
    (ada, bob)
}

/// The two meet, catch up, and part.
pub(crate) fn meet(listens: &Owner, dials: &Owner) -> (Settled, Settled) {
    dials.dial(listens.listen()).unwrap();
    let settled = settle(listens, dials);
    dials.end();
    listens.end();
    settled
}

pub(crate) fn settle(one: &Owner, other: &Owner) -> (Settled, Settled) {
    thread::scope(|scope| {
        let settled = scope.spawn(|| one.settle().unwrap());
        let settled_too = other.settle().unwrap();
        (settled.join().unwrap(), settled_too)
    })
}

pub(crate) fn assert_level(one: &Owner, other: &Owner) {
    assert_eq!(one.shared(Whose::Mine), other.shared(Whose::Theirs));
    assert_eq!(one.shared(Whose::Theirs), other.shared(Whose::Mine));
}
