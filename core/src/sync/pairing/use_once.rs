//! What makes an offer, and an invitation, good for one comparison of numbers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// How far the single use is. Shared between an offer and the connections that try it.
#[derive(Clone, Debug, Default)]
pub(super) struct UseOnce(Arc<AtomicU8>);

/// The stages of a single use. It never goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Open,
    /// A connection got as far as the nonces. Whatever becomes of it, no other will.
    Taken,
    /// The comparison of numbers failed or broke off.
    Burned,
    Paired,
}

impl UseOnce {
    /// Takes the only use; `false` if it is gone.
    pub(super) fn take(&self) -> bool {
        self.0.compare_exchange(Use::Open as u8, Use::Taken as u8, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    pub(super) fn is_open(&self) -> bool {
        self.get() == Use::Open
    }

    pub(super) fn burn(&self) {
        self.0.store(Use::Burned as u8, Ordering::Release);
    }

    pub(super) fn paired(&self) {
        self.0.store(Use::Paired as u8, Ordering::Release);
    }

    pub(super) fn get(&self) -> Use {
        let stored = self.0.load(Ordering::Acquire);
        [Use::Open, Use::Taken, Use::Paired].into_iter().find(|known| *known as u8 == stored).unwrap_or(Use::Burned)
    }
}
