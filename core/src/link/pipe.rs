//! Transports that a shell supplies: BLE L2CAP, Network.framework, Wi-Fi Aware, anything that carries bytes in order.
//!
//! Nothing that a shell does here harms more than its own connection: a pipe may throw, block for ever, lose bytes or
//! push after its end.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::admission::Admission;
use super::inbox::{Inbox, InputEnd};
use super::transport::{Transport, Wire};

/// How long a push waits for room: as long as a peer may make us wait for a piece.
const PUSH_STALL: Duration = Duration::from_secs(20);

/// The way out of a connection that a shell has made. Called from threads of the core, [`send`](BytePipe::send) from
/// one at a time and [`close`](BytePipe::close) once, perhaps while a `send` is under way.
#[cfg_attr(feature = "uniffi", uniffi::export(with_foreign))]
pub trait BytePipe: Send + Sync + 'static {
    /// Sends all of `bytes`, 16 KiB at the most, after those of the calls before. May block until there is room:
    /// that is what holds back the sender. Longer than [`LinkLimits::write_stall`](super::LinkLimits::write_stall)
    /// and the connection is given up.
    ///
    /// # Errors
    /// When the connection is lost.
    fn send(&self, bytes: Vec<u8>) -> Result<(), PipeError>;

    /// Closes the connection once what was sent has gone out, and frees a `send` that blocks.
    ///
    /// # Errors
    /// Ignored: there is nothing left to lose.
    fn close(&self) -> Result<(), PipeError>;
}

/// Why a shell's pipe could not send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum PipeError {
    /// The connection is lost or closed.
    #[error("the connection is lost")]
    Lost,
    /// The shell failed in a way that it did not foresee.
    #[error("the pipe failed")]
    Unexpected,
}

/// Why pushed bytes were not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum PushError {
    /// The connection is over; stop reading and close.
    #[error("the connection is over")]
    Gone,
    /// What came before was not worked off within 20 s. Not all of these bytes were taken, so the connection is over.
    #[error("the connection takes no more")]
    Stalled,
}

/// The way into a connection that a shell has made. Dropping it says that the connection is lost.
#[derive(Debug)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct PipeInput {
    inbox: Arc<Inbox>,
    patience: Duration,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl PipeInput {
    /// Bytes that arrived, in their order, any number of them. At most 256 KiB wait for the core; beyond that the
    /// call blocks until there is room, which is what holds back the peer. So call it from the thread that reads,
    /// one call at a time, never from a main thread.
    ///
    /// # Errors
    /// [`PushError::Gone`] when the connection is over, on either side; [`PushError::Stalled`].
    pub fn push(&self, bytes: &[u8]) -> Result<(), PushError> {
        let pushed = self.inbox.push(bytes, Some(self.patience));
        if pushed == Err(PushError::Stalled) {
            self.inbox.end(InputEnd::Broken);
        }
        pushed
    }

    /// The peer ended the connection: nothing more will be pushed. What was pushed before is still handled.
    pub fn closed(&self) {
        self.inbox.end(InputEnd::Orderly);
    }
}

impl Drop for PipeInput {
    fn drop(&mut self) {
        self.inbox.end(InputEnd::Broken);
    }
}

impl Transport {
    /// A transport over `pipe`, and the handle through which the shell pushes what arrives. For a connection that
    /// came in, `admission` is from [`Gate::enter`](super::Gate::enter); for one that this phone made, from
    /// [`Admission::outgoing`].
    #[must_use]
    pub fn pipe(pipe: Arc<dyn BytePipe>, admission: Admission) -> (Self, PipeInput) {
        Self::pipe_with(pipe, admission, PUSH_STALL)
    }

    pub(super) fn pipe_with(pipe: Arc<dyn BytePipe>, admission: Admission, patience: Duration) -> (Self, PipeInput) {
        let inbox = Arc::<Inbox>::default();
        let wire = PipeWire { pipe, closed: AtomicBool::new(false) };
        let transport = Self::new(Arc::new(wire), Arc::clone(&inbox), admission, None);
        (transport, PipeInput { inbox, patience })
    }
}

struct PipeWire {
    pipe: Arc<dyn BytePipe>,
    closed: AtomicBool,
}

impl Wire for PipeWire {
    fn start(self: Arc<Self>, _inbox: Arc<Inbox>) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        if self.closed.load(Ordering::Acquire) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.pipe.send(bytes.to_vec()).map_err(io::Error::other)
    }

    fn finish(&self) -> io::Result<()> {
        Ok(())
    }

    fn half_closes(&self) -> bool {
        false
    }

    fn close(&self) {
        if self.closed.swap(true, Ordering::AcqRel) {
            return;
        }
        // On a thread of its own: the shell's code may block, and whoever closes must not.
        let pipe = Arc::clone(&self.pipe);
        let close = move || {
            let _ = pipe.close();
        };
        // Without a thread to be had the pipe closes when it is dropped, if its shell does so.
        let _ = thread::Builder::new().name("attune-close".into()).spawn(close);
    }
}
