//! A liar's end of a connection: the channel is kept as it must be, and everything inside it is free.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use attune_core::sync::{Channel, ChannelEvent, Established};

use crate::couple::HERE;

/// Longer than any phone takes to answer or to give up.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longer than a phone on this machine takes to answer, mostly; where it is not, one lie less is told.
const A_MOMENT: Duration = Duration::from_millis(100);
const NOW: Duration = Duration::ZERO;

pub(crate) struct Line {
    stream: TcpStream,
    pub(crate) channel: Channel,
    pub(crate) established: Option<Established>,
    pub(crate) sent: Vec<u8>,
    /// Which of all the bytes arrives as another one.
    flips: Option<usize>,
    /// How many bytes the phone has said.
    pub(crate) heard: usize,
    /// Whether this end gives up where both wait for each other, which a liar brings about.
    impatient: bool,
    ended: bool,
}

impl Line {
    /// Connects, and shakes hands until the phone that answers is known or gone.
    pub(crate) fn dial(port: u16, channel: Channel, flips: Option<usize>) -> Self {
        let (stream, sent) = (connect(port), Vec::new());
        let mut line =
            Self { stream, channel, established: None, sent, flips, heard: 0, impatient: false, ended: false };
        line.flush();
        while !line.channel.is_ready() && line.read() {}
        line
    }

    /// Hangs up where the phone waits as well.
    pub(crate) fn be_impatient(&mut self) {
        self.impatient = true;
        self.stream.set_read_timeout(Some(A_MOMENT)).unwrap();
    }

    pub(crate) fn send(&mut self, message: &[u8]) {
        // Where the phone has hung up already, that is what the test will see.
        let _ = self.channel.send(NOW, message);
    }

    /// Sends what is queued.
    pub(crate) fn flush(&mut self) {
        if let Some(bytes) = self.channel.poll_transmit() {
            self.write(&bytes);
        }
    }

    /// Sends bytes that no channel has sealed.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let mut bytes = bytes.to_vec();
        if let Some(byte) = self.flips.and_then(|at| bytes.get_mut(at.checked_sub(self.sent.len())?)) {
            *byte ^= 0x10;
        }
        self.sent.extend_from_slice(&bytes);
        self.ended |= self.stream.write_all(&bytes).is_err();
    }

    /// Waits for bytes and reads them; `false` when there are no more.
    pub(crate) fn read(&mut self) -> bool {
        let mut buffer = vec![0; 65_536];
        match self.stream.read(&mut buffer) {
            Ok(0) => self.ended = true,
            Ok(read) => {
                self.heard += read;
                self.channel.handle_input(NOW, &buffer[..read]);
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                assert!(self.impatient, "the phone neither answers nor hangs up");
                return false;
            }
            Err(_) => self.ended = true,
        }
        while let Some(event) = self.channel.poll_event() {
            if let ChannelEvent::Established(established) = event {
                self.established = Some(established);
            }
        }
        !self.ended && !self.channel.is_closed()
    }

    pub(crate) fn is_over(&self) -> bool {
        self.ended || self.channel.is_closed()
    }

    /// Says goodbye, and waits until the phone has hung up too.
    pub(crate) fn hang_up(&mut self) {
        self.channel.close(NOW);
        self.flush();
        self.wait_for_the_end();
    }

    /// Reads until the phone hangs up.
    pub(crate) fn wait_for_the_end(&mut self) {
        self.stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut buffer = [0; 4096];
        while !self.ended {
            self.ended = !matches!(self.stream.read(&mut buffer), Ok(1..));
        }
    }
}

/// A connection on which nothing was said yet.
pub(crate) fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect((HERE, port)).unwrap();
    stream.set_nodelay(true).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Everything that the phone says until it hangs up.
pub(crate) fn all_it_says(stream: &mut TcpStream) -> Vec<u8> {
    let mut said = Vec::new();
    match stream.read_to_end(&mut said) {
        Err(error) if error.kind() == ErrorKind::WouldBlock => panic!("the phone does not hang up"),
        // A reset is an end as well, and says nothing.
        _ => said,
    }
}
