//! What a driver runs: a machine that takes bytes and times in and gives bytes out.

use std::time::Duration;

/// A state machine without a socket, a thread or a clock, which a [`Driver`](super::Driver) runs over a transport.
///
/// `now` is monotonic time since the driver's origin, so it starts near zero and never goes back.
/// After every call of a `handle_*`, and after everything that was posted with
/// [`DriverHandle::run`](super::DriverHandle::run), the driver lets the owner look at the machine, polls
/// [`poll_transmit`](Machine::poll_transmit) while there is room, and asks [`next_timeout`](Machine::next_timeout)
/// anew.
///
/// **Make output when it is polled, not before.** A driver never holds back input because it cannot write: two
/// phones that fill each other would wait for each other for ever. It holds back `poll_transmit` instead, and what
/// a machine has not made yet takes no memory.
pub trait Machine: Send + 'static {
    /// Bytes from the peer, in order and never empty, cut anywhere.
    fn handle_input(&mut self, now: Duration, bytes: &[u8]);

    /// The time named by [`next_timeout`](Machine::next_timeout) has come.
    fn handle_timeout(&mut self, now: Duration);

    /// The transport is gone, all that had arrived was handled, and nothing more will be sent. Called at most once,
    /// and not on a machine that had finished by itself.
    fn handle_closed(&mut self, now: Duration);

    /// The next bytes for the peer; `None` when there are none now.
    fn poll_transmit(&mut self) -> Option<Vec<u8>>;

    /// When the machine next wants [`handle_timeout`](Machine::handle_timeout), on the clock of `now`; `None` for
    /// never. A time that has passed means at once.
    fn next_timeout(&self) -> Option<Duration>;

    /// Whether the machine wants nothing more of its peer. What it still has to transmit is then sent, and the
    /// transport closed.
    fn is_finished(&self) -> bool;
}
