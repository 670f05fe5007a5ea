//! Work that takes its time: how far it is, and how to stop it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::PhoneError;

/// A piece of work that another thread may look at and stop.
#[derive(Debug, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Work {
    cancelled: AtomicBool,
    done: AtomicU64,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Work {
    /// Work that has not begun.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the work as soon as it can: it fails with `Cancelled`, and leaves everything as it was.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// How many entries it has worked off; never falls.
    pub fn entries_done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }
}

impl Work {
    /// So many entries more were worked off. Fails once the work was cancelled.
    pub(super) fn go_on(&self, entries: usize) -> Result<(), PhoneError> {
        self.done.fetch_add(u64::try_from(entries).unwrap_or(0), Ordering::Relaxed);
        if self.cancelled.load(Ordering::Relaxed) { Err(PhoneError::Cancelled) } else { Ok(()) }
    }
}
