//! Dialling a phone that may be at one of several addresses.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::socket;
use crate::link::admission::{Admission, STRANGERS_PATIENCE};
use crate::link::transport::Transport;

/// The longest that a dial may take, whatever its caller asks for: the rule for simultaneous connections
/// ([`choose`](crate::link::choose())) counts on it.
pub const DIAL_TIMEOUT: Duration = Duration::from_secs(5);

/// How many addresses are tried: the first ones given. They may come from a QR code, and each takes a thread.
pub const MOST_CANDIDATES: usize = 16;

/// Why nobody was reached. Holds no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DialError {
    /// Nobody is there: no candidates, or all refused or unreachable.
    #[error("no phone answered")]
    NoPeer,
    /// The system forbids local connections, or looks as if it did: iOS names no denial, it says "no route to host"
    /// for every address.
    #[error("the system seems not to permit local connections")]
    PermissionLikely,
    /// No candidate answered in time.
    #[error("no phone answered in time")]
    TimedOut,
    /// This phone can make no connection now: no threads or sockets left.
    #[error("no connection can be made now")]
    NoResources,
}

/// Dials every candidate at once; the first to connect wins, the others are closed. Takes at most `timeout`, or
/// [`DIAL_TIMEOUT`] if that is shorter. The transport must be admitted within [`STRANGERS_PATIENCE`].
///
/// Who answers need not be the partner: an address that was the partner's may be anybody's now. When the winner fails
/// to prove itself, dial again without its [`Transport::peer`].
///
/// # Errors
/// [`DialError`], judged from all failures together.
pub fn dial(candidates: &[SocketAddr], timeout: Duration) -> Result<Transport, DialError> {
    let timeout = timeout.min(DIAL_TIMEOUT);
    let began = Instant::now();
    let deadline = began.checked_add(timeout).ok_or(DialError::TimedOut)?;
    let mut seen = BTreeSet::new();
    let candidates = candidates.iter().copied().filter(|address| seen.insert(*address)).take(MOST_CANDIDATES);
    let (connected, connections) = mpsc::channel();
    let mut failures = Vec::new();
    for address in candidates {
        let connected = connected.clone();
        let connect = move || {
            // Nobody waits any more when another has won: the connection is then dropped, and so closed.
            let _ = connected.send(connect(address, timeout));
        };
        if let Err(error) = thread::Builder::new().name("attune-dial".into()).spawn(connect) {
            failures.push(error.kind());
        }
    }
    drop(connected);
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match connections.recv_timeout(left) {
            Ok(Ok(transport)) => return Ok(transport.begun(began)),
            Ok(Err(error)) => failures.push(error.kind()),
            Err(mpsc::RecvTimeoutError::Disconnected) => return Err(judge(&failures)),
            Err(mpsc::RecvTimeoutError::Timeout) => {
                failures.push(ErrorKind::TimedOut);
                return Err(judge(&failures));
            }
        }
    }
}

fn connect(address: SocketAddr, timeout: Duration) -> io::Result<Transport> {
    let stream = TcpStream::connect_timeout(&address, timeout)?;
    // On loopback a free port can be dialled from itself, and answers.
    if stream.local_addr()? == stream.peer_addr()? {
        return Err(ErrorKind::ConnectionRefused.into());
    }
    socket::transport(stream, Admission::outgoing(STRANGERS_PATIENCE))
}

/// One answer from many failures. A refusal came from a device, so the network is permitted; "no route to host" is an
/// old address if another candidate fared otherwise, and a denial if all of them got it.
fn judge(failures: &[ErrorKind]) -> DialError {
    let any = |kind: ErrorKind| failures.contains(&kind);
    let all_without_route = !failures.is_empty() && failures.iter().all(|kind| *kind == ErrorKind::HostUnreachable);
    if any(ErrorKind::ConnectionRefused) || any(ErrorKind::ConnectionReset) {
        DialError::NoPeer
    } else if any(ErrorKind::PermissionDenied) || all_without_route {
        DialError::PermissionLikely
    } else if any(ErrorKind::TimedOut) {
        DialError::TimedOut
    } else if any(ErrorKind::WouldBlock) || any(ErrorKind::OutOfMemory) {
        DialError::NoResources
    } else {
        DialError::NoPeer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, TcpListener};

    const SOON: Duration = Duration::from_secs(5);

    fn refusing() -> SocketAddr {
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap()
    }

    #[test]
    fn the_candidate_that_answers_wins_over_those_that_do_not() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let transport = dial(&[refusing(), address, refusing(), address], SOON).unwrap();
        assert_eq!(transport.peer(), Some(address));
    }

    #[test]
    fn nobody_there_is_no_peer() {
        assert_eq!(dial(&[], SOON).err(), Some(DialError::NoPeer));
        assert_eq!(dial(&[refusing(), refusing()], SOON).err(), Some(DialError::NoPeer));
    }

    #[test]
    fn a_silent_network_is_told_from_a_denied_one() {
        use ErrorKind::{ConnectionRefused, HostUnreachable, NetworkUnreachable, PermissionDenied, TimedOut};
        assert_eq!(judge(&[TimedOut, TimedOut]), DialError::TimedOut);
        assert_eq!(judge(&[NetworkUnreachable]), DialError::NoPeer);
        assert_eq!(judge(&[HostUnreachable, HostUnreachable]), DialError::PermissionLikely);
        assert_eq!(judge(&[HostUnreachable, TimedOut]), DialError::TimedOut);
        assert_eq!(judge(&[HostUnreachable, ConnectionRefused]), DialError::NoPeer);
        assert_eq!(judge(&[PermissionDenied, TimedOut]), DialError::PermissionLikely);
        assert_eq!(judge(&[ErrorKind::WouldBlock]), DialError::NoResources);
    }
}
