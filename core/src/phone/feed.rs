//! The change feed: tells a shell that what it shows may differ now.
//!
//! A feed says what kind of thing changed, not the values: whoever shows a page of entries reads that page
//! again, and nobody reads what nobody shows. Every observer has a thread of its own, which holds no lock
//! while it calls: an observer may call the phone, block or fail, and harms nobody but itself. Changes that
//! come while it is busy are told together.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::{Phone, PhoneError};

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Change {
    /// Something was written, erased or set here, or came from the partner's phone.
    Kept,
    /// The partner's phone came or went, or pairing or catching up went on.
    Company,
    /// The phone was closed. This is the last that is told.
    Closed,
}

/// Someone who wants to be told of changes. Called from a thread of the core, one call at a time.
#[cfg_attr(feature = "uniffi", uniffi::export(with_foreign))]
pub trait Observer: Send + Sync {
    /// What changed since the call before. The first call comes at once and names everything that is there to be read,
    /// so that what is shown first is read in the same way as what comes later.
    ///
    /// # Errors
    /// Whatever the shell failed with: it is ignored, and the next change is told all the same.
    fn changed(&self, changes: Vec<Change>) -> Result<(), ObserverFailed>;
}

/// An observer failed. Nothing follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum ObserverFailed {
    /// In a way that nobody foresaw.
    #[error("the observer failed")]
    Unexpected,
}

/// Keeps an observer told. Dropping it ends that: a call that is under way ends by itself, and no other begins.
#[derive(Debug)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Observation {
    feed: Arc<Feed>,
    number: u64,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Observation {
    /// Ends it, as dropping it does.
    pub fn end(&self) {
        self.feed.change(|told| told.observing.retain(|number| *number != self.number));
    }
}

impl Drop for Observation {
    fn drop(&mut self) {
        self.end();
    }
}

/// What has changed so far, and for whom that is watched.
#[derive(Debug, Default)]
pub(super) struct Feed {
    told: Mutex<Told>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Told {
    so_far: Counts,
    /// The numbers of those who observe.
    observing: Vec<u64>,
    last_number: u64,
}

/// How often what changed.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    kept: u64,
    company: u64,
    is_closed: bool,
}

impl Counts {
    /// What is new here to who has seen `before`.
    fn since(self, before: Option<Self>) -> Vec<Change> {
        let is_new = |count: fn(Self) -> u64| before.map(count) != Some(count(self));
        let changes = [
            is_new(|counts| counts.kept).then_some(Change::Kept),
            is_new(|counts| counts.company).then_some(Change::Company),
            (self.is_closed && before.is_none_or(|before| !before.is_closed)).then_some(Change::Closed),
        ];
        changes.into_iter().flatten().collect()
    }
}

impl Feed {
    /// Something changed.
    pub(super) fn tell(&self, change: Change) {
        self.change(|told| match change {
            Change::Kept => told.so_far.kept += 1,
            Change::Company => told.so_far.company += 1,
            Change::Closed => told.so_far.is_closed = true,
        });
    }

    fn observe(self: &Arc<Self>, observer: Arc<dyn Observer>) -> Result<Observation, PhoneError> {
        let mut told = self.lock();
        if told.so_far.is_closed {
            return Err(PhoneError::Closed);
        }
        told.last_number += 1;
        let number = told.last_number;
        told.observing.push(number);
        drop(told);
        let observation = Observation { feed: self.clone(), number };
        let feed = self.clone();
        let watch = move || {
            let mut seen = None;
            while let Some(changes) = feed.next(number, &mut seen) {
                let _ = observer.changed(changes);
            }
        };
        thread::Builder::new().name("attune-feed".into()).spawn(watch).map_err(|_| PhoneError::Busy)?;
        Ok(observation)
    }

    /// Waits for what changed since `seen`; `None` when the observer need not be told any more.
    fn next(&self, number: u64, seen: &mut Option<Counts>) -> Option<Vec<Change>> {
        let mut told = self.lock();
        loop {
            if !told.observing.contains(&number) {
                return None;
            }
            let changes = told.so_far.since(seen.replace(told.so_far));
            if !changes.is_empty() {
                return Some(changes);
            }
            if told.so_far.is_closed {
                return None;
            }
            told = self.changed.wait(told).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn change(&self, change: impl FnOnce(&mut Told)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Phone {
    /// Tells `observer` of changes until what is returned is dropped, or the phone is closed. A change is told
    /// once it is durable. Fails with `Closed`, or with `Busy` where no thread is to be had.
    pub fn observe(&self, observer: Arc<dyn Observer>) -> Result<Observation, PhoneError> {
        self.feed.observe(observer)
    }
}
