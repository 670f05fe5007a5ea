//! P16: what is private leaves no trace in what leaves the phone.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;

use super::Partner;
use crate::journal::{Body, LocalTime, Worry};
use crate::phone::{Clock, Environment, Phone};
use crate::random::SeededRandomness;
use crate::sync::{CoupleSecret, DeviceKey, Paired, Pinned, Purpose, Session, SessionEvent};

/// A clock that stands still until it is moved.
struct Stopped(Mutex<LocalTime>);

impl Clock for Stopped {
    fn wall(&self) -> LocalTime {
        *self.0.lock().unwrap()
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}

struct TestPhone {
    phone: Phone,
    _folder: TempDir,
}

impl TestPhone {
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Stopped(Mutex::new(LocalTime::parse("2026-03-02T08:00:00+01:00").unwrap())));
        let environment = Environment { clock, randomness: Arc::new(SeededRandomness::new(seed, 0)) };
        Self { phone: Phone::open(folder.path(), &[7; 32], environment).unwrap(), _folder: folder }
    }

    fn log(&self, text: &str, share: bool) {
        self.phone.journal().log(Body::from(Worry { text: text.into() }), share).unwrap();
    }

    fn pinned(&self, device: &DeviceKey) -> Pinned {
        let opened = |open: &mut super::super::keeping::Open| {
            Ok(Pinned {
                person: open.person_seed()?.public(),
                device: device.public(),
                device_id: open.store.shared_device(),
            })
        };
        self.phone.keeping.with(opened).unwrap()
    }
}

fn pair(a: &TestPhone, b: &TestPhone) {
    let devices = [DeviceKey::from_bytes([3; 32]), DeviceKey::from_bytes([4; 32])];
    let couple = CoupleSecret::from_bytes([5; 32]);
    for (phone, own, other, its) in [(a, &devices[0], b, &devices[1]), (b, &devices[1], a, &devices[0])] {
        let (couple, partner, device) = (couple.clone(), other.pinned(its), own.clone());
        let paired = Paired { couple, partner, device, purpose: Purpose::New };
        phone.phone.keeping.with(|open| open.begin_bond(&paired, false)).unwrap();
    }
}

/// One end of a meeting without a network.
struct End {
    session: Session,
    partner: Partner,
    sent: Vec<u8>,
}

impl End {
    fn new(phone: &TestPhone, dials: bool) -> Self {
        let partner = phone.phone.partner();
        Self { session: partner.session(dials).unwrap().0, partner, sent: Vec::new() }
    }

    fn take(&mut self, bytes: &[u8]) {
        let Self { session, partner, .. } = self;
        session.handle_input(Duration::ZERO, bytes);
        let work = |session: &mut Session, start: bool| {
            partner.keeping.with(|open| {
                let mut shelf = open.store.shared_log()?;
                if start {
                    session.start(Duration::ZERO, &mut shelf)
                } else {
                    session.work(Duration::ZERO, &mut shelf)
                }
                Ok(())
            })
        };
        work(session, false).unwrap();
        while let Some(event) = session.poll_event() {
            if matches!(event, SessionEvent::Ready { .. }) {
                work(session, true).unwrap();
            }
        }
    }

    fn give(&mut self) -> Option<Vec<u8>> {
        let bytes = self.session.poll_transmit()?;
        self.sent.extend_from_slice(&bytes);
        Some(bytes)
    }
}

/// All bytes that leave the first phone in a meeting.
fn meet(a: &TestPhone, b: &TestPhone) -> Vec<u8> {
    let (mut a, mut b) = (End::new(a, true), End::new(b, false));
    loop {
        match (a.give(), b.give()) {
            (None, None) => return a.sent,
            (to_b, to_a) => {
                if let Some(bytes) = to_b {
                    b.take(&bytes);
                }
                if let Some(bytes) = to_a {
                    a.take(&bytes);
                }
            }
        }
    }
}

/// What leaves a phone in two meetings, with so many private entries before each.
fn bytes_leaving(private: usize) -> [Vec<u8>; 2] {
    let (a, b) = (TestPhone::new(1), TestPhone::new(2));
    pair(&a, &b);
    let live = || {
        (0..private).for_each(|number| a.log(&format!("private {number}"), false));
        a.log("for both", true);
        (0..private).for_each(|number| a.log(&format!("private again {number}"), false));
        let sent = meet(&a, &b);
        assert!(!b.phone.journal().shared_with_me().unwrap().is_empty());
        sent
    };
    [live(), live()]
}

#[test]
fn the_bytes_that_leave_are_the_same_for_no_private_entry_and_for_a_thousand() {
    let nothing = bytes_leaving(0);
    assert!(nothing.iter().all(|sent| sent.len() > 1_000));
    assert_eq!(nothing, bytes_leaving(500));
}
