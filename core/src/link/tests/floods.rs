//! More bytes than fit anywhere.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::probe::Probe;
use super::{LONG, PATIENT, SHORT, admitted, connected, ended};
use crate::link::tcp::socket;
use crate::link::{Driver, LinkEnd, LinkLimits, Machine};

const MESSAGE: usize = 60_000;

/// Sends a number of messages, made only when asked for, and counts what it is sent.
pub(super) struct Flood {
    left: usize,
    pub(super) made: Arc<AtomicUsize>,
    awaits: usize,
    position: usize,
    /// When given, each input is handled only after a word from here.
    pace: Option<Receiver<()>>,
}

impl Flood {
    pub(super) fn new(messages: usize, awaits: usize) -> Self {
        Self { left: messages, made: Arc::default(), awaits: awaits * MESSAGE, position: 0, pace: None }
    }
}

impl Machine for Flood {
    fn handle_input(&mut self, _now: Duration, bytes: &[u8]) {
        if let Some(pace) = &self.pace {
            let _ = pace.recv_timeout(LONG);
        }
        for byte in bytes {
            assert_eq!(*byte, (self.position / MESSAGE) as u8, "at {}", self.position);
            self.position += 1;
        }
    }

    fn handle_timeout(&mut self, _now: Duration) {}

    fn handle_closed(&mut self, _now: Duration) {}

    fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.left = self.left.checked_sub(1)?;
        let nth = self.made.fetch_add(1, Ordering::SeqCst);
        Some(vec![nth as u8; MESSAGE])
    }

    fn next_timeout(&self) -> Option<Duration> {
        None
    }

    fn is_finished(&self) -> bool {
        self.left == 0 && self.position >= self.awaits
    }
}

#[test]
fn two_phones_that_fill_each_other_do_not_wait_for_each_other() {
    let (one, other) = connected(admitted());
    let other = socket::transport(other, admitted()).unwrap();
    let messages = 1000;
    let one = Driver::start(Flood::new(messages, messages), one, PATIENT, |_: &mut Flood, _| {}).unwrap();
    let other = Driver::start(Flood::new(messages, messages), other, PATIENT, |_: &mut Flood, _| {}).unwrap();
    assert_eq!(ended(&one), LinkEnd::Finished);
    assert_eq!(ended(&other), LinkEnd::Finished);
}

#[test]
fn a_slow_reader_slows_the_sender_down_and_all_arrives() {
    let (one, other) = connected(admitted());
    let other = socket::transport(other, admitted()).unwrap();
    let messages = 400;
    let mut reader = Flood::new(0, messages);
    let (go, pace) = channel();
    reader.pace = Some(pace);
    let sender = Flood::new(messages, 0);
    let made = Arc::clone(&sender.made);
    let reader = Driver::start(reader, other, PATIENT, |_: &mut Flood, _| {}).unwrap();
    let sender = Driver::start(sender, one, PATIENT, |_: &mut Flood, _| {}).unwrap();
    while go.send(()).is_ok() && reader.end().is_none() {
        std::thread::yield_now();
    }
    assert_eq!(ended(&reader), LinkEnd::Finished);
    assert_eq!(ended(&sender), LinkEnd::Finished);
    assert_eq!(made.load(Ordering::SeqCst), messages);
}

#[test]
fn a_reader_that_reads_nothing_ends_the_connection_and_costs_bounded_memory() {
    let (transport, _bare) = connected(admitted());
    let flood = Flood::new(usize::MAX, 0);
    let made = Arc::clone(&flood.made);
    let limits = LinkLimits { write_stall: SHORT, ..PATIENT };
    let driver = Driver::start(flood, transport, limits, |_: &mut Flood, _| {}).unwrap();
    assert_eq!(ended(&driver), LinkEnd::WriteStalled);
    // The kernel's buffers (6 MB and 4 MB at most, as Linux comes) and ours.
    assert!(made.load(Ordering::SeqCst) * MESSAGE < 16 << 20, "made {}", made.load(Ordering::SeqCst));
}

#[test]
fn a_reader_that_reads_nothing_does_not_keep_the_machine_from_hearing_and_being_told() {
    use std::io::Write;
    let (transport, mut bare) = connected(admitted());
    let (mut probe, log) = Probe::new();
    probe.out = (0..400).map(|_| vec![0; MESSAGE]).collect();
    let driver = Driver::start(probe, transport, PATIENT, |_: &mut Probe, _| {}).unwrap();
    bare.write_all(b"what you send is not read").unwrap();
    log.expect(b"what you send is not read");
    let (told, hears) = channel();
    driver.run(move |probe, _| told.send(probe.out.is_empty()).unwrap());
    assert!(!hears.recv_timeout(LONG).unwrap());
    driver.close();
    assert_eq!(ended(&driver), LinkEnd::Closed);
}

#[test]
fn a_reader_that_stops_after_the_machine_has_finished_ends_the_connection_too() {
    let (transport, _bare) = connected(admitted());
    let (mut probe, _log) = Probe::new();
    probe.out = (0..400).map(|_| vec![0; MESSAGE]).collect();
    probe.finished = true;
    let limits = LinkLimits { write_stall: SHORT, ..PATIENT };
    let driver = Driver::start(probe, transport, limits, |_: &mut Probe, _| {}).unwrap();
    assert_eq!(ended(&driver), LinkEnd::WriteStalled);
}
