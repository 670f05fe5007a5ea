//! P16: what is private leaves no trace in what leaves the phone.

use std::time::Duration;

use super::{TestPhone, pair};
use crate::phone::Partner;
use crate::sync::{Session, SessionEvent};

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
