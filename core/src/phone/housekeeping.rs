//! Housekeeping: compaction, the search index and the write-ahead log, on a thread of its own, when
//! nobody has written for a moment. What is not done when the phone closes is done another time.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use super::keeping::Keeping;

/// How long nobody must have written.
const QUIET: Duration = Duration::from_secs(2);

/// Tells the housekeeping that something was written. When it is dropped, the housekeeping ends.
pub(super) struct Doorbell {
    bell: Arc<Bell>,
    wake: SyncSender<()>,
}

/// Who does the housekeeping, before it begins.
pub(super) struct Housekeeping {
    bell: Arc<Bell>,
    woken: Receiver<()>,
}

/// What both sides know. A ring is counted, and wakes only who sleeps: a tap does not pay for waking a
/// thread that would only see that it is not quiet yet.
#[derive(Default)]
struct Bell {
    rings: AtomicU64,
    asleep: AtomicBool,
}

impl Bell {
    fn rings(&self) -> u64 {
        self.rings.load(Ordering::SeqCst)
    }
}

impl Doorbell {
    pub(super) fn ring(&self) {
        self.bell.rings.fetch_add(1, Ordering::SeqCst);
        if self.bell.asleep.load(Ordering::SeqCst) && self.bell.asleep.swap(false, Ordering::SeqCst) {
            // Where it was woken already, once more says nothing new.
            let _ = self.wake.try_send(());
        }
    }
}

impl Housekeeping {
    pub(super) fn new() -> (Doorbell, Self) {
        let (wake, woken) = sync_channel(1);
        let bell = Arc::new(Bell::default());
        (Doorbell { bell: bell.clone(), wake }, Self { bell, woken })
    }

    /// Keeps house until the phone is closed. Where there is no thread to be had, writing goes on all the
    /// same, and looking something up makes what it needs.
    pub(super) fn begin(self, keeping: &Arc<Keeping>) {
        let keeping = Arc::downgrade(keeping);
        let _ = thread::Builder::new().name("attune-housekeeping".into()).spawn(move || self.keep(&keeping, QUIET));
    }

    fn keep(&self, keeping: &Weak<Keeping>, quiet: Duration) {
        let mut heard = 0;
        while self.sleep(heard) {
            loop {
                heard = self.bell.rings();
                match self.woken.recv_timeout(quiet) {
                    Err(RecvTimeoutError::Disconnected) => return,
                    Err(RecvTimeoutError::Timeout) if self.bell.rings() == heard => break,
                    _ => {}
                }
            }
            // The lock is free between two slices, so that nobody waits for more than one.
            let tidy = || keeping.upgrade().is_some_and(|keeping| keeping.tidy().unwrap_or(false));
            while self.bell.rings() == heard && tidy() {}
        }
    }

    /// Sleeps until it has rung more often than that; returns false once nobody can ring any more.
    fn sleep(&self, heard: u64) -> bool {
        self.bell.asleep.store(true, Ordering::SeqCst);
        let woken = self.bell.rings() != heard || self.woken.recv().is_ok();
        self.bell.asleep.store(false, Ordering::SeqCst);
        woken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Audience, Worry};
    use crate::phone::Environment;

    #[test]
    fn what_was_written_is_tidied_when_it_is_quiet_and_closing_ends_it() {
        let folder = tempfile::tempdir().unwrap();
        let open = |bell| {
            Keeping::open(
                folder.path(),
                &[1; 32],
                Environment::of_this_machine(),
                Box::new(|| {}),
                Arc::default(),
                bell,
            )
        };
        let (bell, housekeeping) = Housekeeping::new();
        let keeping = Arc::new(open(bell).unwrap());
        for n in 0..100 {
            let worry = Worry { text: format!("worry {n}") };
            keeping.with(|open| open.write(Audience::OnlyMe, worry)).unwrap();
        }
        assert!(keeping.with(|open| Ok(open.store.is_untidy())).unwrap());
        let house = Arc::downgrade(&keeping);
        let thread = thread::spawn(move || housekeeping.keep(&house, Duration::ZERO));
        while keeping.with(|open| Ok(open.store.is_untidy())).unwrap() {
            thread::yield_now();
        }
        keeping.close().unwrap();
        thread.join().unwrap();
    }
}
