//! Two phones of a couple, and how they meet over loopback.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use attune_core::OsRandomness;
use attune_core::journal::LocalTime;
use attune_core::phone::{Clock, Environment, Phone, Settled};
use attune_core::store::Store;

/// The key of every file here.
pub(crate) const KEY: [u8; 32] = [7; 32];
pub(crate) const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A wall clock that is set by hand.
pub(crate) struct SetClock {
    wall: Mutex<LocalTime>,
    origin: Instant,
}

impl SetClock {
    pub(crate) fn at(wall: LocalTime) -> Arc<Self> {
        Arc::new(Self { wall: Mutex::new(wall), origin: Instant::now() })
    }

    pub(crate) fn set(&self, wall: LocalTime) {
        *self.wall.lock().unwrap() = wall;
    }
}

impl Clock for SetClock {
    fn wall(&self) -> LocalTime {
        *self.wall.lock().unwrap()
    }

    fn monotonic(&self) -> Duration {
        self.origin.elapsed()
    }
}

pub(crate) fn environment(clock: Arc<SetClock>) -> Environment {
    Environment { clock, randomness: Arc::new(OsRandomness) }
}

/// Opens a phone whose clock stands at the end of all ledgers.
pub(crate) fn open_phone(folder: &Path) -> Phone {
    let clock = SetClock::at(LocalTime::parse("2026-01-01T12:00:00+01:00").unwrap());
    Phone::open(folder, &KEY, environment(clock)).unwrap()
}

pub(crate) fn open_store(folder: &Path) -> Store {
    Store::open(folder, &KEY, Arc::new(OsRandomness)).unwrap()
}

/// Two phones that are paired.
pub(crate) struct Couple {
    pub(crate) folders: [PathBuf; 2],
    pub(crate) phones: [Phone; 2],
}

impl Couple {
    /// Pairs two new phones.
    pub(crate) fn pair(folder: &Path) -> Self {
        let folders = [folder.join("a"), folder.join("b")];
        let phones = folders.each_ref().map(|folder| open_phone(folder));
        let [a, b] = phones.each_ref().map(Phone::partner);
        let offer = a.offer(LOOPBACK, &[LOOPBACK]).unwrap();
        b.join(&offer.qr, &[]).unwrap();
        assert_eq!(a.pairing_number().unwrap(), b.pairing_number().unwrap());
        a.confirm_pairing().unwrap();
        b.confirm_pairing().unwrap();
        let couple = Self { folders, phones };
        couple.meet();
        couple
    }

    /// Closes both phones, lets `work` at their files, and opens them again.
    pub(crate) fn while_closed(mut self, work: impl FnOnce(&[PathBuf; 2])) -> Self {
        self.phones.iter().for_each(|phone| phone.close().unwrap());
        work(&self.folders);
        self.phones = self.folders.each_ref().map(|folder| open_phone(folder));
        self
    }

    pub(crate) fn connect(&self) {
        let [a, b] = self.phones.each_ref().map(Phone::partner);
        let port = a.listen(LOOPBACK).unwrap();
        b.dial(&[SocketAddr::new(LOOPBACK, port)]).unwrap();
    }

    pub(crate) fn settle(&self) -> [Settled; 2] {
        self.phones.each_ref().map(|phone| phone.partner().settle().unwrap())
    }

    pub(crate) fn part(&self) {
        self.phones.iter().for_each(|phone| phone.partner().end().unwrap());
    }

    /// Connects, catches up and parts.
    pub(crate) fn meet(&self) -> [Settled; 2] {
        self.connect();
        let settled = self.settle();
        self.part();
        settled
    }
}
