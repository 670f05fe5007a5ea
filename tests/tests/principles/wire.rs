//! A wire that remembers what it was like.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

/// What an onlooker sees of one connection in each direction: how long each of the records is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) by_dialler: Vec<usize>,
    pub(crate) by_listener: Vec<usize>,
}

/// Stands between two phones for one connection.
pub(crate) struct Wire {
    port: u16,
    listening: JoinHandle<Said>,
}

impl Wire {
    /// Stands before a phone that listens at `port`.
    pub(crate) fn before(port: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let own = listener.local_addr().unwrap().port();
        let listening = thread::spawn(move || {
            let (dialler, _) = listener.accept().unwrap();
            let target = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
            for stream in [&dialler, &target] {
                stream.set_nodelay(true).unwrap();
            }
            let (from, to) = (dialler.try_clone().unwrap(), target.try_clone().unwrap());
            let forth = thread::spawn(move || pump(&from, &to));
            let by_listener = pump(&target, &dialler);
            Said { by_dialler: records(&forth.join().unwrap()), by_listener: records(&by_listener) }
        });
        Self { port: own, listening }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Everything, once both have hung up.
    pub(crate) fn said(self) -> Said {
        self.listening.join().unwrap()
    }
}

/// Carries bytes until there are no more.
fn pump(mut from: &TcpStream, mut to: &TcpStream) -> Vec<u8> {
    let (mut said, mut buffer) = (Vec::new(), [0; 16_384]);
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        said.extend_from_slice(&buffer[..read]);
        if to.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
    said
}

/// The lengths of the records: each begins with two bytes that say its own.
fn records(mut said: &[u8]) -> Vec<usize> {
    let mut lengths = Vec::new();
    while let Some((length, rest)) = said.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes(*length));
        lengths.push(length);
        said = &rest[length..];
    }
    assert!(lengths.len() > 2, "there was a meeting");
    lengths
}
