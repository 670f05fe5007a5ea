//! Machines driven over real loopback sockets and over pipes, against peers that misbehave.

mod ends;
mod floods;
mod listener;
mod meeting;
mod pipes;
mod probe;
mod words;

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use super::tcp::socket;
use super::{Admission, DriverHandle, LinkEnd, LinkLimits, Transport};

/// What passes in a test that is right. Only a failing test waits this long.
const LONG: Duration = Duration::from_secs(30);

/// What a test waits out on purpose.
const SHORT: Duration = Duration::from_millis(30);

/// Limits that nothing runs into.
const PATIENT: LinkLimits = LinkLimits { write_stall: FOR_EVER, read_idle: None, linger: FOR_EVER };

/// Longer than any test waits: what should not be waited for fails the test.
const FOR_EVER: Duration = Duration::from_secs(3600);

/// How a connection ended.
fn ended<M>(driver: &DriverHandle<M>) -> LinkEnd {
    driver.join_for(LONG).expect("the connection does not end")
}

fn here() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 0).into()
}

/// A ticket that was shown.
fn admitted() -> Admission {
    let admission = Admission::outgoing(LONG);
    admission.admit();
    admission
}

/// A connection: one end for a driver, the other bare.
fn connected(admission: Admission) -> (Transport, TcpStream) {
    let listener = TcpListener::bind(here()).unwrap();
    let bare = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (accepted, _) = listener.accept().unwrap();
    bare.set_read_timeout(Some(LONG)).unwrap();
    bare.set_write_timeout(Some(LONG)).unwrap();
    (socket::transport(accepted, admission).unwrap(), bare)
}
