//! What a driver runs over: ordered, reliable bytes.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use super::admission::Admission;
use super::choose::Contender;
use super::inbox::Inbox;

/// The writing half of a transport, and its end. Any of these may be called from any thread.
pub(super) trait Wire: Send + Sync {
    /// Starts to bring what arrives into `inbox`.
    fn start(self: Arc<Self>, inbox: Arc<Inbox>) -> io::Result<()>;

    /// Writes all of `bytes`; may block until [`close`](Wire::close).
    fn write(&self, bytes: &[u8]) -> io::Result<()>;

    /// Nothing more will be written.
    fn finish(&self) -> io::Result<()>;

    /// Whether the peer hears of [`finish`](Wire::finish), and can still answer with an end of its own.
    fn half_closes(&self) -> bool;

    /// Ends both directions and frees whoever is blocked in the others. Never blocks. May be called again.
    fn close(&self);
}

/// A connection, not yet driven: ordered, reliable bytes. Dropping it closes it.
pub struct Transport {
    pub(super) wire: Arc<dyn Wire>,
    pub(super) inbox: Arc<Inbox>,
    admission: Admission,
    peer: Option<SocketAddr>,
    began: Instant,
}

impl Transport {
    pub(super) fn new(wire: Arc<dyn Wire>, inbox: Arc<Inbox>, admission: Admission, peer: Option<SocketAddr>) -> Self {
        Self { wire, inbox, admission, peer, began: Instant::now() }
    }

    /// The beginning lies earlier than the connection: when it was first dialled.
    pub(super) fn begun(mut self, began: Instant) -> Self {
        self.began = began;
        self
    }

    /// The ticket of this connection: whoever learns who the peer is calls [`Admission::admit`] on it, or the driver
    /// ends the connection when its time is up.
    #[must_use]
    pub fn admission(&self) -> Admission {
        self.admission.clone()
    }

    /// When this phone began to dial, or accepted, the connection.
    #[must_use]
    pub fn began(&self) -> Instant {
        self.began
    }

    /// Whether this phone dialled it.
    #[must_use]
    pub fn was_dialled(&self) -> bool {
        self.admission.is_outgoing()
    }

    /// The connection as one of two between which to [`choose`](super::choose()). `lower`: whether this phone's static
    /// key is the lower one.
    #[must_use]
    pub fn contender(&self, lower: bool) -> Contender {
        Contender { dialled_by_lower: self.was_dialled() == lower, began: self.began }
    }

    /// Where the peer is; `None` for a pipe.
    #[must_use]
    pub fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }
}

impl Drop for Transport {
    fn drop(&mut self) {
        self.wire.close();
        self.inbox.leave();
        self.admission.release();
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").finish_non_exhaustive()
    }
}
