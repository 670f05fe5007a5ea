//! What a machine says and hears.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::sync::mpsc::channel;
use std::time::Duration;

use super::probe::{Probe, Seen};
use super::{LONG, PATIENT, admitted, connected, ended, here};
use crate::link::{Driver, Gate, LinkEnd, Observer, TcpListenerLink, dial};

#[test]
fn two_machines_talk_over_tcp_and_part() {
    let (server, served) = channel();
    let listener = TcpListenerLink::bind(here(), Gate::default(), move |transport| {
        transport.admission().admit();
        server.send(Driver::start(Probe::echo().0, transport, PATIENT, |_: &mut Probe, _| {}).unwrap()).unwrap();
    })
    .unwrap();
    let transport = dial(&[(std::net::Ipv4Addr::LOCALHOST, listener.port()).into()], LONG).unwrap();
    transport.admission().admit();
    let (probe, log) = Probe::saying(&[b"good ", b"morning"]);
    let client = Driver::start(probe, transport, PATIENT, |_: &mut Probe, _| {}).unwrap();
    log.expect(b"good morning");
    assert!(client.run(|probe, _| probe.out.push_back(b"!".to_vec())));
    log.expect(b"!");
    assert!(client.run(|probe, _| probe.finished = true));
    assert_eq!(ended(&client), LinkEnd::Finished);
    assert_eq!(ended(&served.recv_timeout(LONG).unwrap()), LinkEnd::PeerClosed);
    assert_eq!(log.rest(), [Seen::Dropped], "a machine that has finished is not told of the end");
}

#[test]
fn after_a_half_close_all_that_came_before_is_handled_and_then_the_end() {
    let (transport, mut bare) = connected(admitted());
    let (probe, log) = Probe::new();
    let driver = Driver::start(probe, transport, PATIENT, |_: &mut Probe, _| {}).unwrap();
    let words: Vec<u8> = (0..1_000_000_u32).map(|n| n as u8).collect();
    bare.write_all(&words).unwrap();
    bare.shutdown(Shutdown::Write).unwrap();
    log.expect(&words);
    assert_eq!(log.rest(), [Seen::Closed, Seen::Dropped]);
    assert_eq!(ended(&driver), LinkEnd::PeerClosed);
    assert_eq!(bare.read(&mut [0]).unwrap(), 0, "and the other half is closed too");
}

#[test]
fn after_its_last_words_a_driver_waits_until_the_peer_has_ended_too() {
    let (transport, mut bare) = connected(admitted());
    let (mut probe, _log) = Probe::new();
    probe.finish_on = Some(b'.');
    probe.out = (0..64).map(|n| vec![n; 50_000]).collect();
    let expected: Vec<u8> = (0..64).flat_map(|n| vec![n; 50_000]).collect();
    let driver = Driver::start(probe, transport, PATIENT, |_: &mut Probe, _| {}).unwrap();
    bare.write_all(b".").unwrap();
    let mut heard = Vec::new();
    bare.read_to_end(&mut heard).unwrap();
    assert!(heard == expected);
    // Closing now would answer these with a reset, which destroys what a slower peer has not read yet.
    for _ in 0..100 {
        bare.write_all(&[b'x'; 10_000]).unwrap();
    }
    assert_eq!(driver.end(), None);
    bare.shutdown(Shutdown::Write).unwrap();
    assert_eq!(ended(&driver), LinkEnd::Finished);
}

#[test]
fn a_stranger_gets_no_last_words() {
    let (transport, mut bare) = connected(crate::link::Admission::outgoing(LONG));
    let (mut probe, _log) = Probe::new();
    probe.finished = true;
    let driver = Driver::start(probe, transport, PATIENT, |_: &mut Probe, _| {}).unwrap();
    assert_eq!(ended(&driver), LinkEnd::Finished);
    assert_eq!(bare.read(&mut [0]).unwrap(), 0);
}

#[test]
fn a_machine_is_woken_when_it_asked_to_be_and_not_before() {
    let (transport, _bare) = connected(admitted());
    let (mut probe, log) = Probe::new();
    probe.wake = Some(Duration::from_millis(20));
    let driver = Driver::start(probe, transport, PATIENT, |_: &mut Probe, _| {}).unwrap();
    assert_eq!(log.next(), Seen::Timeout);
    driver.run(|probe, now| probe.wake = Some(now));
    assert_eq!(log.next(), Seen::Timeout);
    driver.run(|probe, _| probe.wake = Some(Duration::MAX));
    driver.close();
    assert_eq!(log.rest(), [Seen::Closed, Seen::Dropped]);
}

#[test]
fn what_is_posted_happens_in_its_order_and_what_the_owner_does_is_sent() {
    struct Owner(u32);
    impl Observer<Probe> for Owner {
        fn after(&mut self, probe: &mut Probe, _now: Duration) {
            // Like an owner that answers an event of its machine.
            while self.0 > 0 {
                self.0 -= 1;
                probe.out.push_back(vec![b'0' + self.0 as u8]);
            }
        }
    }
    let (transport, mut bare) = connected(admitted());
    let driver = Driver::start(Probe::new().0, transport, PATIENT, Owner(3)).unwrap();
    let mut heard = [0; 3];
    bare.read_exact(&mut heard).unwrap();
    assert_eq!(&heard, b"210");
    for n in 0..200_u8 {
        assert!(driver.run(move |probe, _| probe.out.push_back(vec![n])));
    }
    let mut heard = [0; 200];
    bare.read_exact(&mut heard).unwrap();
    assert!(heard.iter().copied().eq(0..200));
}
