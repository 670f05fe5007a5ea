//! One TCP connection as a transport.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};

use crate::link::admission::Admission;
use crate::link::inbox::{Inbox, InputEnd};
use crate::link::transport::{Transport, Wire};

const READ_BYTES: usize = 64 * 1024;
const KEEPALIVE_AFTER: Duration = Duration::from_secs(10);
const KEEPALIVE_EVERY: Duration = Duration::from_secs(5);
const KEEPALIVE_PROBES: u32 = 3;

/// Makes a transport of a connected stream.
pub(in crate::link) fn transport(stream: TcpStream, admission: Admission) -> io::Result<Transport> {
    stream.set_nodelay(true)?;
    watch(&stream)?;
    let peer = stream.peer_addr().ok();
    Ok(Transport::new(Arc::new(TcpWire(stream)), Arc::default(), admission, peer))
}

fn watch(stream: &TcpStream) -> io::Result<()> {
    let keepalive =
        TcpKeepalive::new().with_time(KEEPALIVE_AFTER).with_interval(KEEPALIVE_EVERY).with_retries(KEEPALIVE_PROBES);
    let socket = SockRef::from(stream);
    socket.set_tcp_keepalive(&keepalive)?;
    #[cfg(any(target_os = "linux", target_os = "android"))]
    socket
        .set_tcp_user_timeout(Some(KEEPALIVE_AFTER.saturating_add(KEEPALIVE_EVERY.saturating_mul(KEEPALIVE_PROBES))))?;
    Ok(())
}

struct TcpWire(TcpStream);

impl Wire for TcpWire {
    fn start(self: Arc<Self>, inbox: Arc<Inbox>) -> io::Result<()> {
        thread::Builder::new().name("attune-read".into()).spawn(move || self.read_all(&inbox))?;
        Ok(())
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        (&self.0).write_all(bytes)
    }

    fn finish(&self) -> io::Result<()> {
        self.0.shutdown(Shutdown::Write)
    }

    fn half_closes(&self) -> bool {
        true
    }

    fn close(&self) {
        // Fails when the peer was faster, and then there is nothing to do.
        let _ = self.0.shutdown(Shutdown::Both);
    }
}

impl TcpWire {
    fn read_all(&self, inbox: &Inbox) {
        let mut buffer = vec![0; READ_BYTES];
        loop {
            match (&self.0).read(&mut buffer) {
                Ok(0) => return inbox.end(InputEnd::Orderly),
                Ok(read) => {
                    let bytes = buffer.get(..read).unwrap_or_default();
                    if inbox.push(bytes, None).is_err() {
                        return;
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return inbox.end(InputEnd::Broken),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, TcpListener};

    #[test]
    fn a_connection_sends_at_once_and_is_watched() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let same = stream.try_clone().unwrap();
        let _transport = transport(stream, Admission::outgoing(KEEPALIVE_AFTER)).unwrap();
        assert!(same.nodelay().unwrap());
        assert!(SockRef::from(&same).keepalive().unwrap());
        assert_eq!(SockRef::from(&same).tcp_keepalive_time().unwrap(), KEEPALIVE_AFTER);
    }
}
