//! Pipes of a shell, and what a shell may do wrong.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use super::floods::Flood;
use super::probe::{Probe, Seen};
use super::{LONG, PATIENT, SHORT, admitted, ended};
use crate::link::limits::{INBOX_BYTES, OUTBOX_BYTES};
use crate::link::{
    Admission, BytePipe, Driver, DriverHandle, LinkEnd, LinkLimits, Machine, PipeError, PipeInput, PushError, Transport,
};

fn drive<M: Machine>(machine: M, transport: Transport, limits: LinkLimits) -> DriverHandle<M> {
    Driver::start(machine, transport, limits, |_: &mut M, _| {}).unwrap()
}

/// A pipe into another transport of this process, as a well-behaved shell would make it.
#[derive(Default)]
struct Across(OnceLock<PipeInput>);

impl BytePipe for Across {
    fn send(&self, bytes: Vec<u8>) -> Result<(), PipeError> {
        self.0.get().unwrap().push(&bytes).map_err(|_| PipeError::Lost)
    }

    fn close(&self) -> Result<(), PipeError> {
        self.0.get().unwrap().closed();
        Ok(())
    }
}

fn two_ends() -> (Transport, Transport) {
    let (there, back) = (Arc::<Across>::default(), Arc::<Across>::default());
    let (one, into_one) = Transport::pipe(there.clone(), admitted());
    let (other, into_other) = Transport::pipe(back.clone(), admitted());
    there.0.set(into_other).unwrap();
    back.0.set(into_one).unwrap();
    (one, other)
}

/// A pipe whose shell does what a test wants.
struct Wayward {
    send: Box<dyn Fn(Vec<u8>) -> Result<(), PipeError> + Send + Sync>,
    close: Box<dyn Fn() -> Result<(), PipeError> + Send + Sync>,
    closed: Mutex<Sender<()>>,
}

impl BytePipe for Wayward {
    fn send(&self, bytes: Vec<u8>) -> Result<(), PipeError> {
        (self.send)(bytes)
    }

    fn close(&self) -> Result<(), PipeError> {
        self.closed.lock().unwrap().send(()).unwrap();
        (self.close)()
    }
}

fn wayward(send: impl Fn(Vec<u8>) -> Result<(), PipeError> + Send + Sync + 'static) -> (Arc<Wayward>, Receiver<()>) {
    let (closed, closes) = channel();
    let pipe = Wayward { send: Box::new(send), close: Box::new(|| Ok(())), closed: Mutex::new(closed) };
    (Arc::new(pipe), closes)
}

fn swallowing() -> Arc<Wayward> {
    wayward(|_| Ok(())).0
}

#[test]
fn two_machines_talk_over_pipes_and_part() {
    let (one, other) = two_ends();
    let server = drive(Probe::echo().0, other, PATIENT);
    let (probe, log) = Probe::saying(&[b"good ", b"morning"]);
    let client = drive(probe, one, PATIENT);
    log.expect(b"good morning");
    client.run(|probe, _| probe.finished = true);
    assert_eq!(ended(&client), LinkEnd::Finished);
    assert_eq!(ended(&server), LinkEnd::PeerClosed);
}

#[test]
fn two_phones_that_fill_each_other_over_pipes_do_not_wait_for_each_other() {
    let (one, other) = two_ends();
    let one = drive(Flood::new(500, 500), one, PATIENT);
    let other = drive(Flood::new(500, 500), other, PATIENT);
    assert_eq!((ended(&one), ended(&other)), (LinkEnd::Finished, LinkEnd::Finished));
}

#[test]
fn a_pipe_that_throws_ends_its_connection_and_is_closed_once() {
    for throws in [true, false] {
        let (pipe, closes) = wayward(move |_| {
            assert!(!throws, "as the test wanted");
            Err(PipeError::Lost)
        });
        let (transport, input) = Transport::pipe(pipe.clone(), admitted());
        let (probe, log) = Probe::saying(&[b"hello"]);
        let driver = drive(probe, transport, LinkLimits { linger: SHORT, ..PATIENT });
        assert_eq!(ended(&driver), LinkEnd::Broken);
        assert_eq!(log.rest(), [Seen::Closed, Seen::Dropped]);
        assert_eq!(input.push(b"too late"), Err(PushError::Gone));
        closes.recv_timeout(LONG).unwrap();
        drop((driver, input));
        // The pipe's last holder is its closing thread: after it nobody can close again.
        drop(pipe);
        assert!(closes.recv_timeout(LONG).is_err());
    }
}

#[test]
fn what_a_peer_said_before_its_pipe_failed_is_still_heard() {
    let (failed, has_failed) = channel();
    let failed = Mutex::new(failed);
    let (pipe, _closes) = wayward(move |_| {
        failed.lock().unwrap().send(()).unwrap();
        Err(PipeError::Lost)
    });
    let (transport, input) = Transport::pipe(pipe, admitted());
    let (probe, log) = Probe::saying(&[b"hello"]);
    let driver = drive(probe, transport, PATIENT);
    has_failed.recv_timeout(LONG).unwrap();
    // Time enough for the driver to learn of it.
    for _ in 0..1000 {
        let (done, is_done) = channel();
        assert!(driver.run(move |_, _| done.send(()).unwrap()));
        is_done.recv_timeout(LONG).unwrap();
    }
    input.push(b"too old, goodbye").unwrap();
    input.closed();
    log.expect(b"too old, goodbye");
    assert_eq!(ended(&driver), LinkEnd::PeerClosed);
}

#[test]
fn a_pipe_that_blocks_for_ever_is_left_behind_and_costs_bounded_memory() {
    let (release, held) = channel::<()>();
    let held = Mutex::new(held);
    let (pipe, closes) = wayward(move |_| {
        let _ = held.lock().unwrap().recv();
        Ok(())
    });
    let flood = Flood::new(usize::MAX, 0);
    let made = Arc::clone(&flood.made);
    let (transport, _input) = Transport::pipe(pipe, admitted());
    let driver = drive(flood, transport, LinkLimits { write_stall: SHORT, ..PATIENT });
    assert_eq!(ended(&driver), LinkEnd::WriteStalled);
    assert_eq!(made.load(Ordering::SeqCst), OUTBOX_BYTES.div_ceil(60_000), "what fits, and no more, is made");
    closes.recv_timeout(LONG).expect("closed, though a send is still under way");
    drop(release);
}

#[test]
fn a_close_that_blocks_or_throws_holds_up_nobody() {
    for throws in [true, false] {
        let (release, held) = channel::<()>();
        let held = Mutex::new(held);
        let (closed, closes) = channel();
        let close = move || {
            assert!(!throws, "as the test wanted");
            let _ = held.lock().unwrap().recv();
            Ok(())
        };
        let pipe = Wayward { send: Box::new(|_| Ok(())), close: Box::new(close), closed: Mutex::new(closed) };
        let (transport, _input) = Transport::pipe(Arc::new(pipe), admitted());
        let driver = drive(Probe::new().0, transport, PATIENT);
        driver.close();
        assert_eq!(ended(&driver), LinkEnd::Closed);
        closes.recv_timeout(LONG).unwrap();
        drop(release);
    }
}

#[test]
fn a_pipe_that_says_sent_and_sends_nothing_is_a_black_hole_and_left_in_time() {
    let (transport, _input) = Transport::pipe(swallowing(), Admission::outgoing(SHORT));
    let driver = drive(Probe::saying(&[b"hello"]).0, transport, PATIENT);
    assert_eq!(ended(&driver), LinkEnd::NotAdmitted);
}

#[test]
fn pushes_of_any_size_are_the_same_bytes() {
    let (transport, input) = Transport::pipe(swallowing(), admitted());
    let (probe, log) = Probe::new();
    let _driver = drive(probe, transport, PATIENT);
    let large: Vec<u8> = (0..INBOX_BYTES * 3 + 1).map(|n| n as u8).collect();
    input.push(&[]).unwrap();
    input.push(&large).unwrap();
    for byte in b"one by one" {
        input.push(&[*byte]).unwrap();
        input.push(&[]).unwrap();
    }
    log.expect(&[&large, b"one by one".as_slice()].concat());
    input.closed();
    assert_eq!(log.rest(), [Seen::Closed, Seen::Dropped], "and an empty push is no end");
}

#[test]
fn pushes_after_the_end_are_refused() {
    let (transport, input) = Transport::pipe(swallowing(), admitted());
    let (probe, log) = Probe::new();
    let driver = drive(probe, transport, PATIENT);
    input.push(b"last").unwrap();
    input.closed();
    input.closed();
    assert_eq!(input.push(b"later"), Err(PushError::Gone));
    log.expect(b"last");
    assert_eq!(ended(&driver), LinkEnd::PeerClosed);
    assert_eq!(input.push(b"later still"), Err(PushError::Gone));
}

#[test]
fn pushes_into_a_transport_that_nobody_drives_are_refused_once_it_is_dropped() {
    let (transport, input) = Transport::pipe(swallowing(), admitted());
    input.push(b"early").unwrap();
    drop(transport);
    assert_eq!(input.push(b"late"), Err(PushError::Gone));
}

#[test]
fn what_is_pushed_before_the_driver_starts_is_not_lost() {
    let (transport, input) = Transport::pipe(swallowing(), admitted());
    input.push(b"early").unwrap();
    let (probe, log) = Probe::new();
    let _driver = drive(probe, transport, PATIENT);
    log.expect(b"early");
}

#[test]
fn a_shell_that_drops_its_input_has_lost_the_connection() {
    let (transport, input) = Transport::pipe(swallowing(), admitted());
    let driver = drive(Probe::new().0, transport, PATIENT);
    drop(input);
    assert_eq!(ended(&driver), LinkEnd::Broken);
}

#[test]
fn a_push_waits_for_a_machine_at_work_but_not_for_ever() {
    let (transport, input) = Transport::pipe_with(swallowing(), admitted(), SHORT);
    let driver = drive(Probe::new().0, transport, PATIENT);
    let (release, held) = channel::<()>();
    let (busy, is_busy) = channel();
    driver.run(move |_, _| {
        busy.send(()).unwrap();
        let _ = held.recv();
    });
    is_busy.recv_timeout(LONG).unwrap();
    let taken = AtomicUsize::new(0);
    let refused = loop {
        match input.push(&[0; 10_000]) {
            Ok(()) => taken.fetch_add(10_000, Ordering::SeqCst),
            Err(refused) => break refused,
        };
    };
    assert_eq!(refused, PushError::Stalled);
    assert!(taken.load(Ordering::SeqCst) <= INBOX_BYTES);
    assert_eq!(input.push(b"x"), Err(PushError::Gone), "a connection with a gap does not go on");
    drop(release);
    assert_eq!(ended(&driver), LinkEnd::Broken);
}

#[test]
fn input_that_never_pauses_does_not_keep_a_machine_from_its_timeout() {
    let (transport, input) = Transport::pipe(swallowing(), admitted());
    let (probe, log) = Probe::new();
    let driver = drive(probe, transport, PATIENT);
    let (release, held) = channel::<()>();
    let (busy, is_busy) = channel();
    driver.run(move |_, _| {
        busy.send(()).unwrap();
        held.recv_timeout(LONG).unwrap();
    });
    is_busy.recv_timeout(LONG).unwrap();
    // While the machine is at work, its next wake, more input and the end come together.
    driver.run(|probe, _| probe.wake = Some(Duration::ZERO));
    input.push(b"more").unwrap();
    input.closed();
    release.send(()).unwrap();
    assert_eq!(ended(&driver), LinkEnd::PeerClosed);
    assert_eq!(log.rest(), [Seen::Input(b"more".to_vec()), Seen::Timeout, Seen::Closed, Seen::Dropped]);
}
