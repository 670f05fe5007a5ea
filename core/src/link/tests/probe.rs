//! A machine that does what a test tells it, and tells what was done to it.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::LONG;
use crate::link::Machine;

/// What a machine lived through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seen {
    Input(Vec<u8>),
    Timeout,
    Closed,
    Dropped,
}

/// Its behaviour is its public fields, which a test may change through `run` or an observer.
pub(super) struct Probe {
    pub(super) out: VecDeque<Vec<u8>>,
    pub(super) echo: bool,
    pub(super) wake: Option<Duration>,
    /// Finishes when this byte arrives.
    pub(super) finish_on: Option<u8>,
    pub(super) panic_on: Option<u8>,
    pub(super) finished: bool,
    seen: Sender<Seen>,
}

/// The test's end of a [`Probe`].
pub(super) struct Log(Receiver<Seen>);

impl Probe {
    pub(super) fn new() -> (Self, Log) {
        let (seen, log) = channel();
        let probe = Self {
            out: VecDeque::new(),
            echo: false,
            wake: None,
            finish_on: None,
            panic_on: None,
            finished: false,
            seen,
        };
        (probe, Log(log))
    }

    pub(super) fn echo() -> (Self, Log) {
        let (mut probe, log) = Self::new();
        probe.echo = true;
        (probe, log)
    }

    pub(super) fn saying(words: &[&[u8]]) -> (Self, Log) {
        let (mut probe, log) = Self::new();
        probe.out = words.iter().map(|word| word.to_vec()).collect();
        (probe, log)
    }
}

impl Machine for Probe {
    fn handle_input(&mut self, _now: Duration, bytes: &[u8]) {
        assert!(!bytes.is_empty());
        assert!(!self.panic_on.is_some_and(|byte| bytes.contains(&byte)), "as the test wanted");
        self.finished |= self.finish_on.is_some_and(|byte| bytes.contains(&byte));
        if self.echo {
            self.out.push_back(bytes.to_vec());
        }
        let _ = self.seen.send(Seen::Input(bytes.to_vec()));
    }

    fn handle_timeout(&mut self, now: Duration) {
        assert!(self.wake.is_some_and(|wake| wake <= now), "woken before it was time");
        self.wake = None;
        let _ = self.seen.send(Seen::Timeout);
    }

    fn handle_closed(&mut self, _now: Duration) {
        let _ = self.seen.send(Seen::Closed);
    }

    fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.out.pop_front()
    }

    fn next_timeout(&self) -> Option<Duration> {
        self.wake
    }

    fn is_finished(&self) -> bool {
        self.finished
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        let _ = self.seen.send(Seen::Dropped);
    }
}

impl Log {
    /// The next thing seen.
    pub(super) fn next(&self) -> Seen {
        self.0.recv_timeout(LONG).expect("nothing happens")
    }

    /// Input, until as many bytes have come as were expected.
    pub(super) fn expect(&self, expected: &[u8]) {
        let mut got = Vec::new();
        while got.len() < expected.len() {
            match self.next() {
                Seen::Input(bytes) => got.extend(bytes),
                other => panic!("{other:?} after {} of {} bytes", got.len(), expected.len()),
            }
        }
        assert!(got == expected, "other bytes than expected");
    }

    /// Everything from here to the end.
    pub(super) fn rest(self) -> Vec<Seen> {
        let mut rest = Vec::new();
        while rest.last() != Some(&Seen::Dropped) {
            rest.push(self.next());
        }
        rest
    }
}
