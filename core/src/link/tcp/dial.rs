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

    /// An address that answers nothing, like a phone that left: a listener whose queue is full. What is returned
    /// keeps it so.
    #[cfg(target_os = "linux")]
    fn silent() -> (SocketAddr, impl Sized) {
        use socket2::{Domain, Socket, Type};
        let listener = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        listener.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).unwrap();
        listener.listen(0).unwrap();
        let address = listener.local_addr().unwrap().as_socket().unwrap();
        let mut queue = Vec::new();
        while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
            queue.push(stream);
        }
        (address, (listener, queue))
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_silent_address_neither_holds_up_the_others_nor_is_waited_for_longer_than_asked() {
        let (silent, _kept) = silent();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        assert_eq!(dial(&[silent, address], SOON).unwrap().peer(), Some(address));
        assert_eq!(dial(&[silent, refusing()], Duration::from_millis(50)).err(), Some(DialError::NoPeer));
        assert_eq!(dial(&[silent, silent], Duration::from_millis(50)).err(), Some(DialError::TimedOut));
    }

    #[test]
    fn all_but_the_winner_are_closed() {
        use std::io::Read;
        let listeners = [(); 3].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
        let candidates = listeners.each_ref().map(|listener| listener.local_addr().unwrap());
        let transport = dial(&candidates, SOON).unwrap();
        let won = transport.peer().unwrap();
        for (listener, address) in listeners.iter().zip(candidates) {
            let (mut accepted, _) = listener.accept().unwrap();
            accepted.set_read_timeout(Some(SOON)).unwrap();
            if address == won {
                accepted.set_nonblocking(true).unwrap();
                assert_eq!(accepted.read(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock);
            } else {
                assert_eq!(accepted.read(&mut [0]).unwrap(), 0);
            }
        }
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
