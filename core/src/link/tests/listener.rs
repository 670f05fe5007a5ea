//! Strangers at the door.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

use super::probe::Probe;
use super::{LONG, PATIENT, SHORT, ended, here};
use crate::link::{DialError, Driver, DriverHandle, Gate, LinkEnd, TcpListenerLink, Transport, dial};

fn bare(port: u16) -> TcpStream {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    stream.set_read_timeout(Some(LONG)).unwrap();
    stream
}

/// Waits until the other side has closed.
fn is_closed(stream: &mut TcpStream) -> bool {
    match stream.read(&mut [0]) {
        Ok(read) => read == 0,
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    }
}

fn drive(transport: Transport) -> DriverHandle<Probe> {
    Driver::start(Probe::echo().0, transport, PATIENT, |_: &mut Probe, _| {}).unwrap()
}

#[test]
fn a_ninth_stranger_is_closed_at_once_and_admitted_ones_do_not_count() {
    let (accepted, connections) = channel();
    let gate = Gate::new(8, LONG);
    let listener = TcpListenerLink::bind(here(), gate.clone(), move |transport| {
        let admission = transport.admission();
        accepted.send((drive(transport), admission)).unwrap();
    })
    .unwrap();
    let strangers: Vec<_> = (0..8).map(|_| bare(listener.port())).collect();
    let driven: Vec<_> = strangers.iter().map(|_| connections.recv_timeout(LONG).unwrap()).collect();
    assert_eq!(gate.strangers(), 8);
    assert!(is_closed(&mut bare(listener.port())));

    driven[0].1.admit();
    let _one_more = bare(listener.port());
    let _driven = connections.recv_timeout(LONG).expect("there is a place again");
    assert!(is_closed(&mut bare(listener.port())));

    driven[1].0.close();
    assert_eq!(ended(&driven[1].0), LinkEnd::Closed);
    let _and_another = bare(listener.port());
    let _driven = connections.recv_timeout(LONG).expect("a place is free though the ticket is still held");
    assert_eq!(gate.strangers(), 8);
    assert_eq!(driven[0].0.end(), None);
}

#[test]
fn strangers_are_closed_when_their_time_is_up_and_the_partner_still_gets_in() {
    let handles = Arc::new(Mutex::new(Vec::new()));
    let gate = Gate::new(8, SHORT);
    let keep = Arc::clone(&handles);
    let listener = TcpListenerLink::bind(here(), gate.clone(), move |transport| {
        keep.lock().unwrap().push(drive(transport));
    })
    .unwrap();
    for junk in 0..20_u8 {
        let mut stranger = bare(listener.port());
        let _ = stranger.write_all(&vec![junk; 1000]);
        let mut heard = vec![0; 1000];
        while !matches!(stranger.read(&mut heard), Ok(0) | Err(_)) {}
    }
    let ends: Vec<_> = handles.lock().unwrap().drain(..).map(|driver| ended(&driver)).collect();
    assert!(!ends.is_empty());
    assert!(ends.iter().all(|end| matches!(end, LinkEnd::NotAdmitted | LinkEnd::Broken | LinkEnd::PeerClosed)));
    assert!(ends.contains(&LinkEnd::NotAdmitted));
    assert_eq!(gate.strangers(), 0);
    let mut partner = bare(listener.port());
    partner.write_all(b"hello").unwrap();
    let mut heard = [0; 5];
    partner.read_exact(&mut heard).unwrap();
    assert_eq!(&heard, b"hello");
}

#[test]
fn a_closed_listener_refuses_and_what_it_accepted_lives_on() {
    let (accepted, connections) = channel();
    let listener = TcpListenerLink::bind(here(), Gate::default(), move |transport| {
        transport.admission().admit();
        accepted.send(drive(transport)).unwrap();
    })
    .unwrap();
    let mut partner = bare(listener.port());
    let _driver = connections.recv_timeout(LONG).unwrap();
    assert!(listener.is_listening());
    listener.close();
    listener.close();
    assert!(!listener.is_listening());
    let address: SocketAddr = (Ipv4Addr::LOCALHOST, listener.port()).into();
    assert_eq!(dial(&[address], LONG).err(), Some(DialError::NoPeer));
    partner.write_all(b"hello").unwrap();
    let mut heard = [0; 5];
    partner.read_exact(&mut heard).unwrap();
    drop(TcpListenerLink::bind(address, Gate::default(), |_| {}).expect("the port is free again"));
}

#[test]
fn a_listener_may_be_closed_from_its_own_callback() {
    let slot: Arc<Mutex<Option<TcpListenerLink>>> = Arc::default();
    let inner = Arc::clone(&slot);
    let (closed, was_closed) = channel();
    let listener = TcpListenerLink::bind(here(), Gate::default(), move |_| {
        let listener = inner.lock().unwrap().take().unwrap();
        listener.close();
        closed.send(listener.port()).unwrap();
    })
    .unwrap();
    let port = listener.port();
    *slot.lock().unwrap() = Some(listener);
    let _partner = bare(port);
    assert_eq!(was_closed.recv_timeout(LONG).unwrap(), port);
}

#[test]
fn a_callback_that_panics_costs_one_connection() {
    let (accepted, connections) = channel();
    let mut first = true;
    let gate = Gate::new(1, LONG);
    let listener = TcpListenerLink::bind(here(), gate, move |transport| {
        assert!(!std::mem::take(&mut first), "as the test wanted");
        accepted.send(drive(transport)).unwrap();
    })
    .unwrap();
    assert!(is_closed(&mut bare(listener.port())));
    let _partner = bare(listener.port());
    connections.recv_timeout(LONG).expect("the next one is served, and the place at the gate was given back");
}
