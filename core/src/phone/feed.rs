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
}

/// Someone who wants to be told of changes. Called from a thread of the core, one call at a time.
#[cfg_attr(feature = "uniffi", uniffi::export(with_foreign))]
pub trait Observer: Send + Sync {
    /// What changed since the call before. The first call comes at once and names everything, so that what is
    /// shown first is read in the same way as what comes later.
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
    kept: u64,
    company: u64,
    /// The numbers of those who observe.
    observing: Vec<u64>,
    last_number: u64,
    is_over: bool,
}

impl Feed {
    /// Something changed.
    pub(super) fn tell(&self, change: Change) {
        self.change(|told| match change {
            Change::Kept => told.kept += 1,
            Change::Company => told.company += 1,
        });
    }

    /// The phone was closed: the last changes are still told, and then no more.
    pub(super) fn close(&self) {
        self.change(|told| told.is_over = true);
    }

    fn observe(self: &Arc<Self>, observer: Arc<dyn Observer>) -> Result<Observation, PhoneError> {
        let mut told = self.lock();
        if told.is_over {
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
    fn next(&self, number: u64, seen: &mut Option<(u64, u64)>) -> Option<Vec<Change>> {
        let mut told = self.lock();
        loop {
            if !told.observing.contains(&number) {
                return None;
            }
            let now = (told.kept, told.company);
            let before = seen.replace(now);
            let is_new = |count: fn((u64, u64)) -> u64| before.map(count) != Some(count(now));
            let mut changes = Vec::new();
            changes.extend(is_new(|(kept, _)| kept).then_some(Change::Kept));
            changes.extend(is_new(|(_, company)| company).then_some(Change::Company));
            if !changes.is_empty() {
                return Some(changes);
            }
            if told.is_over {
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
