//! Waiting for a phone that dials.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use socket2::SockRef;

use super::socket;
use crate::link::admission::Gate;
use crate::link::transport::Transport;

/// How long to wait after a failure to accept, as when there are no sockets left.
const AFTER_A_FAILURE: Duration = Duration::from_millis(100);

/// How many failures in a row mean that the system took the socket away, as iOS does to a suspended app.
const MOST_FAILURES: usize = 50;

/// How long to wait for the accepting thread, which may be in its owner's hands.
const UNTIL_CLOSED: Duration = Duration::from_secs(1);

/// Accepts connections until it is closed or dropped.
#[derive(Debug)]
pub struct TcpListenerLink {
    local: SocketAddr,
    listener: Weak<TcpListener>,
    door: Arc<Door>,
}

impl TcpListenerLink {
    /// Listens at `local` (port 0 for any) and gives every connection that `gate` lets in to `accept`, on a thread of
    /// its own; more are closed at once. `accept` should start a driver and return: the next one waits for it.
    ///
    /// # Errors
    /// When the address is taken or not permitted, or there is no thread to be had.
    pub fn bind(local: SocketAddr, gate: Gate, accept: impl FnMut(Transport) + Send + 'static) -> io::Result<Self> {
        let listener = Arc::new(TcpListener::bind(local)?);
        let local = listener.local_addr()?;
        let door = Arc::new(Door::default());
        let link = Self { local, listener: Arc::downgrade(&listener), door: Arc::clone(&door) };
        thread::Builder::new().name("attune-accept".into()).spawn(move || {
            accept_all(&listener, &door, &gate, accept);
            drop(listener);
            door.lock().shut = true;
            door.changed.notify_all();
        })?;
        Ok(link)
    }

    /// The port that a partner dials.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.local.port()
    }

    /// Whether connections are still accepted. A system may take a listener away (iOS does from a suspended app):
    /// then bind another.
    #[must_use]
    pub fn is_listening(&self) -> bool {
        let state = self.door.lock();
        !state.closing && !state.shut
    }

    /// Stops accepting: from then on the port refuses. Connections that were accepted live on. Waits for an `accept`
    /// in progress, for a second at the most; may be called from there, and again.
    pub fn close(&self) {
        let mut state = self.door.lock();
        if state.closing {
            return;
        }
        state.closing = true;
        drop(state);
        self.door.changed.notify_all();
        if let Some(listener) = self.listener.upgrade() {
            // On Linux this ends the waiting `accept` and frees the port; elsewhere it does nothing, and a connection
            // of our own wakes the thread.
            let _ = SockRef::from(&*listener).shutdown(Shutdown::Both);
        }
        let _ = TcpStream::connect_timeout(&self.doorbell(), AFTER_A_FAILURE);
        let waiting = self.door.changed.wait_timeout_while(self.door.lock(), UNTIL_CLOSED, |state| {
            !state.shut && state.accepting != Some(thread::current().id())
        });
        drop(waiting);
    }

    fn doorbell(&self) -> SocketAddr {
        let ip = match self.local.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        SocketAddr::new(ip, self.local.port())
    }
}

impl Drop for TcpListenerLink {
    fn drop(&mut self) {
        self.close();
    }
}

#[derive(Debug, Default)]
struct Door {
    state: Mutex<DoorState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct DoorState {
    closing: bool,
    /// The accepting thread has let go of its socket.
    shut: bool,
    accepting: Option<thread::ThreadId>,
}

impl Door {
    fn lock(&self) -> MutexGuard<'_, DoorState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits a moment; whether to go on.
    fn rest(&self) -> bool {
        let waited = self.changed.wait_timeout_while(self.lock(), AFTER_A_FAILURE, |state| !state.closing);
        !waited.unwrap_or_else(PoisonError::into_inner).0.closing
    }
}

fn accept_all(listener: &TcpListener, door: &Door, gate: &Gate, mut accept: impl FnMut(Transport)) {
    door.lock().accepting = Some(thread::current().id());
    let mut failures = 0_usize;
    loop {
        let accepted = listener.accept();
        if door.lock().closing {
            return;
        }
        match accepted {
            Ok((stream, _)) => {
                failures = 0;
                let Some(admission) = gate.enter() else { continue };
                let Ok(transport) = socket::transport(stream, admission) else { continue };
                // A panic there is a bug of the owner's; the next connection deserves its chance.
                let _ = catch_unwind(AssertUnwindSafe(|| accept(transport)));
            }
            Err(_) => {
                failures = failures.saturating_add(1);
                if failures >= MOST_FAILURES || !door.rest() {
                    return;
                }
            }
        }
    }
}
