//! How connections end when somebody misbehaves.

use std::io::{Read, Write};
use std::sync::mpsc::channel;
use std::time::Duration;

use super::probe::{Probe, Seen};
use super::{LONG, PATIENT, SHORT, admitted, connected, ended};
use crate::link::{Admission, Driver, LinkEnd, LinkLimits, Observer};

#[test]
fn a_black_hole_is_left_when_its_time_is_up() {
    let (transport, mut bare) = connected(Admission::outgoing(SHORT));
    let (probe, log) = Probe::saying(&[b"anybody there?"]);
    let driver = Driver::start(probe, transport, PATIENT, |_: &mut Probe, _| {}).unwrap();
    assert_eq!(ended(&driver), LinkEnd::NotAdmitted);
    assert_eq!(log.rest(), [Seen::Closed, Seen::Dropped]);
    let mut heard = Vec::new();
    bare.read_to_end(&mut heard).unwrap();
    assert_eq!(heard, b"anybody there?");
}

#[test]
fn a_stranger_who_keeps_talking_is_left_too() {
    let (transport, mut bare) = connected(Admission::outgoing(SHORT));
    let driver = Driver::start(Probe::new().0, transport, PATIENT, |_: &mut Probe, _| {}).unwrap();
    while bare.write_all(&[b'x'; 100]).is_ok() {
        if driver.end().is_some() {
            break;
        }
    }
    assert_eq!(ended(&driver), LinkEnd::NotAdmitted);
}

#[test]
fn a_peer_that_freezes_in_the_middle_is_left_where_silence_is_limited() {
    let (transport, mut bare) = connected(admitted());
    let limits = LinkLimits { read_idle: Some(SHORT), ..PATIENT };
    let (probe, log) = Probe::new();
    let driver = Driver::start(probe, transport, limits, |_: &mut Probe, _| {}).unwrap();
    bare.write_all(b"the first half").unwrap();
    assert_eq!(ended(&driver), LinkEnd::ReadIdle);
    log.expect(b"the first half");
    assert_eq!(log.rest(), [Seen::Closed, Seen::Dropped]);
}

#[test]
fn a_machine_may_give_up_a_frozen_peer_by_itself() {
    let (transport, _bare) = connected(admitted());
    let (mut probe, _log) = Probe::new();
    probe.wake = Some(SHORT);
    let give_up = |probe: &mut Probe, _| probe.finished = probe.wake.is_none();
    let limits = LinkLimits { linger: SHORT, ..PATIENT };
    let driver = Driver::start(probe, transport, limits, give_up).unwrap();
    assert_eq!(ended(&driver), LinkEnd::Finished);
}

#[test]
fn close_works_from_any_thread_and_reaches_the_peer_while_the_machine_is_at_work() {
    let (transport, mut bare) = connected(admitted());
    let driver = Driver::start(Probe::new().0, transport, PATIENT, |_: &mut Probe, _| {}).unwrap();
    let (release, held) = channel::<()>();
    let (busy, is_busy) = channel();
    driver.run(move |_, _| {
        busy.send(()).unwrap();
        held.recv_timeout(LONG).unwrap();
    });
    is_busy.recv_timeout(LONG).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| driver.close());
    });
    assert_eq!(bare.read(&mut [0]).unwrap(), 0, "the peer hears of it at once");
    assert_eq!(driver.end(), None, "the machine is still at work");
    assert!(!driver.run(|_, _| {}), "and takes nothing new");
    release.send(()).unwrap();
    assert_eq!(ended(&driver), LinkEnd::Closed);
}

#[test]
fn dropping_the_handle_closes_and_the_machine_is_dropped() {
    let (transport, mut bare) = connected(admitted());
    let (probe, log) = Probe::new();
    drop(Driver::start(probe, transport, PATIENT, |_: &mut Probe, _| {}).unwrap());
    assert_eq!(log.rest(), [Seen::Closed, Seen::Dropped]);
    assert_eq!(bare.read(&mut [0]).unwrap(), 0);
}

#[test]
fn a_transport_that_nobody_drives_closes_when_dropped() {
    let (transport, mut bare) = connected(admitted());
    drop(transport);
    assert_eq!(bare.read(&mut [0]).unwrap(), 0);
}

#[test]
fn a_panic_ends_its_connection_and_nothing_else() {
    struct Owner {
        panics: bool,
        ends: std::sync::mpsc::Sender<LinkEnd>,
    }
    impl Observer<Probe> for Owner {
        fn after(&mut self, _probe: &mut Probe, _now: Duration) {
            assert!(!self.panics, "as the test wanted");
        }
        fn ended(&mut self, end: LinkEnd) {
            self.ends.send(end).unwrap();
        }
    }
    let (ends, told) = channel();
    let start = |panics| {
        let (transport, bare) = connected(admitted());
        let (mut probe, log) = Probe::echo();
        probe.panic_on = Some(b'!');
        (Driver::start(probe, transport, PATIENT, Owner { panics, ends: ends.clone() }).unwrap(), bare, log)
    };
    let (healthy, mut bare, _log) = start(false);

    let (in_machine, mut peer, log) = start(false);
    peer.write_all(b"!").unwrap();
    assert_eq!(ended(&in_machine), LinkEnd::Panicked);
    assert_eq!(log.rest(), [Seen::Dropped], "a machine that panicked is not touched again");
    assert_eq!(peer.read(&mut [0]).unwrap(), 0);

    let (in_post, _peer, _log) = start(false);
    in_post.run(|_, _| panic!("as the test wanted"));
    assert_eq!(ended(&in_post), LinkEnd::Panicked);

    let (in_owner, _peer, _log) = start(true);
    assert_eq!(ended(&in_owner), LinkEnd::Panicked);
    assert!(!in_owner.run(|_, _| {}));

    assert_eq!(told.try_iter().collect::<Vec<_>>(), [LinkEnd::Panicked; 3]);
    bare.write_all(b"still there?").unwrap();
    let mut heard = [0; 12];
    bare.read_exact(&mut heard).unwrap();
    assert_eq!(&heard, b"still there?");
    assert_eq!(healthy.end(), None);
}

#[test]
fn a_reset_is_a_broken_connection() {
    let (transport, bare) = connected(admitted());
    let driver = Driver::start(Probe::new().0, transport, PATIENT, |_: &mut Probe, _| {}).unwrap();
    socket2::SockRef::from(&bare).set_linger(Some(Duration::ZERO)).unwrap();
    drop(bare);
    assert_eq!(ended(&driver), LinkEnd::Broken);
}
