//! Bytes on their way from the driver to its transport: a thread of its own writes them, so that a transport that
//! blocks blocks nobody else.

use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use super::inbox::Inbox;
use super::limits::{OUTBOX_BYTES, PIECE_BYTES};
use super::transport::Wire;

/// How the writing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Writing {
    /// Whether more may be put.
    pub(super) room: bool,
    /// Since when the transport has taken nothing, if there is anything to take.
    pub(super) busy_since: Option<Instant>,
    /// When the transport refused bytes: nothing more is written.
    pub(super) failed_since: Option<Instant>,
    /// All was written, and the end too.
    pub(super) finished: bool,
}

/// What waits to be written.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    state: Mutex<State>,
    work: Condvar,
}

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<Vec<u8>>,
    bytes: usize,
    busy_since: Option<Instant>,
    finishing: bool,
    finished: bool,
    failed_since: Option<Instant>,
    /// The driver is gone: the writer leaves too.
    left: bool,
}

impl Outbox {
    /// Starts the thread that writes to `wire` and pokes `inbox` when it has moved.
    pub(super) fn start(wire: Arc<dyn Wire>, inbox: Arc<Inbox>) -> io::Result<Arc<Self>> {
        let outbox = Arc::new(Self::default());
        let writer = Arc::clone(&outbox);
        thread::Builder::new().name("attune-write".into()).spawn(move || writer.write_all(&*wire, &inbox))?;
        Ok(outbox)
    }

    /// How the writing stands.
    pub(super) fn writing(&self) -> Writing {
        let state = self.lock();
        Writing {
            room: state.bytes < OUTBOX_BYTES && state.failed_since.is_none() && !state.finishing,
            busy_since: state.busy_since,
            failed_since: state.failed_since,
            finished: state.finished,
        }
    }

    /// Adds bytes. The bound is kept by whoever asked [`writing`](Outbox::writing) for room.
    pub(super) fn put(&self, bytes: Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let mut state = self.lock();
        state.bytes = state.bytes.saturating_add(bytes.len());
        // From here on, not from when the writer comes to it: the driver reckons its next wake from what it sees now.
        state.busy_since.get_or_insert_with(Instant::now);
        state.queue.push_back(bytes);
        self.work.notify_one();
    }

    /// After what was put comes nothing more: the writer ends the stream.
    pub(super) fn finish(&self) {
        self.lock().finishing = true;
        self.work.notify_one();
    }

    /// The driver leaves. A writer that a transport holds fast follows when it is let go.
    pub(super) fn leave(&self) {
        let mut state = self.lock();
        state.left = true;
        state.queue = VecDeque::new();
        self.work.notify_one();
    }

    fn write_all(&self, wire: &dyn Wire, inbox: &Inbox) {
        while let Some(bytes) = self.next() {
            for piece in bytes.chunks(PIECE_BYTES) {
                let written = contained(|| wire.write(piece));
                let mut state = self.lock();
                state.bytes = state.bytes.saturating_sub(piece.len());
                let now = Instant::now();
                state.busy_since = (state.bytes > 0).then_some(now);
                if written.is_err() {
                    state.failed_since = Some(now);
                }
                if written.is_err() || state.left {
                    drop(state);
                    inbox.poke();
                    return;
                }
            }
            inbox.poke();
        }
        if self.lock().left {
            return;
        }
        let ended = contained(|| wire.finish());
        let mut state = self.lock();
        state.finished = ended.is_ok();
        state.failed_since = ended.err().map(|_| Instant::now());
        drop(state);
        inbox.poke();
    }

    /// Waits for something to write; `None` when nothing more comes.
    fn next(&self) -> Option<Vec<u8>> {
        let nothing = |state: &mut State| state.queue.is_empty() && !state.finishing && !state.left;
        let mut state = self.work.wait_while(self.lock(), nothing).unwrap_or_else(PoisonError::into_inner);
        if state.left { None } else { state.queue.pop_front() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A transport that a shell supplied may throw, which arrives here as a panic.
fn contained(act: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or_else(|_| Err(io::Error::other("the transport panicked")))
}
