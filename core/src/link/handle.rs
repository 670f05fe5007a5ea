//! What the owner of a connection holds while its driver runs.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use super::end::LinkEnd;
use super::inbox::Inbox;
use super::transport::Wire;

/// Something to do to the machine on its driver's thread.
pub(super) type Act<M> = Box<dyn FnOnce(&mut M, Duration) + Send>;

/// A running driver. Nothing here waits for the connection but [`join`](DriverHandle::join). Dropping the handle
/// closes the connection and does not wait for it.
pub struct DriverHandle<M> {
    post: Arc<Post<M>>,
}

impl<M> DriverHandle<M> {
    pub(super) fn new(post: Arc<Post<M>>) -> Self {
        Self { post }
    }

    /// Posts `act` to be done to the machine, with the time on its clock, and returns at once; acts are done in
    /// their order, and before input that waits. `false` when the connection is over; one that ends meanwhile drops
    /// what was posted, undone.
    pub fn run(&self, act: impl FnOnce(&mut M, Duration) + Send + 'static) -> bool {
        self.post.put(Box::new(act))
    }

    /// Ends the connection, from any thread, at once: what waits to be sent is lost, the machine is told that the
    /// transport is gone. For a farewell, post one and let the machine finish.
    pub fn close(&self) {
        self.post.close();
    }

    /// Why the connection ended; `None` while it runs. Once there is an end, the machine is dropped.
    #[must_use]
    pub fn end(&self) -> Option<LinkEnd> {
        self.post.lock().end
    }

    /// Waits for the end. Not to be called on the driver's own thread, which would wait for itself.
    #[must_use = "the reason why the connection ended"]
    pub fn join(&self) -> LinkEnd {
        loop {
            if let Some(end) = self.join_for(Duration::MAX) {
                return end;
            }
        }
    }

    /// Waits for the end, for `patience` at the most; `None` if it has not come by then.
    #[must_use = "the reason why the connection ended"]
    pub fn join_for(&self, patience: Duration) -> Option<LinkEnd> {
        let runs = |letters: &mut Letters<M>| letters.end.is_none();
        let waited = self.post.over.wait_timeout_while(self.post.lock(), patience, runs);
        waited.unwrap_or_else(PoisonError::into_inner).0.end
    }
}

impl<M> Drop for DriverHandle<M> {
    fn drop(&mut self) {
        self.close();
    }
}

impl<M> fmt::Debug for DriverHandle<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DriverHandle").field("end", &self.end()).finish_non_exhaustive()
    }
}

/// What lies between the handle and the driver's thread.
pub(super) struct Post<M> {
    letters: Mutex<Letters<M>>,
    over: Condvar,
    closing: AtomicBool,
    /// Weak: a handle that is kept after the end keeps no socket.
    wire: Weak<dyn Wire>,
    inbox: Arc<Inbox>,
}

struct Letters<M> {
    acts: Vec<Act<M>>,
    end: Option<LinkEnd>,
}

impl<M> Post<M> {
    pub(super) fn new(wire: &Arc<dyn Wire>, inbox: Arc<Inbox>) -> Self {
        let letters = Mutex::new(Letters { acts: Vec::new(), end: None });
        let wire = Arc::downgrade(wire);
        Self { letters, over: Condvar::new(), closing: AtomicBool::new(false), wire, inbox }
    }

    /// All that was posted, in its order.
    pub(super) fn take(&self) -> Vec<Act<M>> {
        std::mem::take(&mut self.lock().acts)
    }

    pub(super) fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Acquire)
    }

    /// The driver is done.
    pub(super) fn ended(&self, end: LinkEnd) {
        let mut letters = self.lock();
        letters.end = Some(end);
        let undone = std::mem::take(&mut letters.acts);
        drop(letters);
        self.over.notify_all();
        drop(undone);
    }

    fn put(&self, act: Act<M>) -> bool {
        let mut letters = self.lock();
        if letters.end.is_some() || self.is_closing() {
            return false;
        }
        letters.acts.push(act);
        drop(letters);
        self.inbox.poke();
        true
    }

    /// The transport is closed here and now, so that the peer hears of it even while the machine is at work.
    fn close(&self) {
        if !self.closing.swap(true, Ordering::AcqRel) {
            if let Some(wire) = self.wire.upgrade() {
                wire.close();
            }
            self.inbox.poke();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Letters<M>> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
