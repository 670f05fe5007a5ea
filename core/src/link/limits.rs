//! The bounds of one connection.

use std::time::Duration;

/// Bytes that wait for the machine: beyond them the peer has to wait.
pub(super) const INBOX_BYTES: usize = 256 * 1024;

/// Bytes that wait for the transport: while there are as many, the machine is not asked for more.
pub(super) const OUTBOX_BYTES: usize = 256 * 1024;

/// How much is handed to a transport at once. A [`LinkLimits::write_stall`] runs for each piece, so that a slow
/// radio is no dead one.
pub(super) const PIECE_BYTES: usize = 16 * 1024;

/// How long one connection waits for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkLimits {
    /// How long the transport may take over 16 KiB: 20 s lets a radio of 1 KB/s live, and frees us of a peer that
    /// froze.
    pub write_stall: Duration,
    /// How long nothing may come in before the connection is over; `None`, as at the start, for any length.
    ///
    /// Whether silence is wrong is known to the machine alone, which names its own timeouts. A phone that
    /// vanished is found by TCP's keepalive in some 25 s, without waking the machine.
    pub read_idle: Option<Duration>,
    /// How long to wait for the peer's own end after the last byte was sent, so that closing does not destroy what
    /// the peer has yet to read; and for what had arrived before a write failed.
    pub linger: Duration,
}

impl Default for LinkLimits {
    fn default() -> Self {
        Self { write_stall: Duration::from_secs(20), read_idle: None, linger: Duration::from_secs(2) }
    }
}
