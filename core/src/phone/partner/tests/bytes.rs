//! What leaves the phone, byte for byte: nothing private does (P16), and silence, not-seen and not-now are
//! one (P5).

use std::time::Duration;

use super::{TestPhone, pair};
use crate::journal::{EntryId, LocalTime, RoundInvite, RoundKind, Whose};
use crate::phone::{EntryFilter, Partner};
use crate::practice::round::Said;
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

/// All bytes that leave each phone in a meeting.
pub(super) fn meet(a: &TestPhone, b: &TestPhone) -> [Vec<u8>; 2] {
    let (mut a, mut b) = (End::new(a, true), End::new(b, false));
    loop {
        match (a.give(), b.give()) {
            (None, None) => return [a.sent, b.sent],
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

/// What leaves the phones in two meetings, with so many private entries on one before each.
fn bytes_leaving(private: usize) -> [[Vec<u8>; 2]; 2] {
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
    assert!(nothing.iter().flatten().all(|sent| sent.len() > 1_000));
    assert_eq!(nothing, bytes_leaving(500));
}

/// What leaves the phones in the three meetings after an invitation has come, with which the invitee has
/// done this; and what the inviter's phone holds in the end.
fn after_an_invitation(invitee_does: impl FnOnce(&TestPhone, EntryId)) -> ([[Vec<u8>; 2]; 3], crate::store::Dump) {
    let (inviter, invitee) = (TestPhone::new(1), TestPhone::new(2));
    pair(&inviter, &invitee);
    let open_until = LocalTime::parse("2026-03-02T20:00:00+01:00").unwrap();
    let invite = RoundInvite { max_s: 60, open_until, round_kind: RoundKind::Tea };
    let round = inviter.phone.rounds().invite(invite).unwrap();
    meet(&inviter, &invitee);
    invitee_does(&invitee, round);
    let at_once = meet(&inviter, &invitee);
    invitee.log("for both", true);
    inviter.log("for both", true);
    let meetings = [at_once, meet(&inviter, &invitee), meet(&inviter, &invitee)];
    (meetings, inviter.phone.dump().unwrap())
}

#[test]
fn the_bytes_of_meetings_are_the_same_for_silence_for_unseen_and_for_a_private_not_now() {
    let unseen = after_an_invitation(|_, _| ());
    let silence = after_an_invitation(|invitee, round| {
        invitee.phone.rounds().view(round).unwrap();
        let theirs = EntryFilter { whose: Some(Whose::Theirs), ..EntryFilter::default() };
        invitee.phone.journal().items(&theirs).unwrap();
    });
    assert_eq!(unseen, silence);
    let not_now = after_an_invitation(|invitee, round| invitee.phone.rounds().not_now(round, None).unwrap());
    assert_eq!(unseen, not_now);
    let left = after_an_invitation(|invitee, round| invitee.phone.rounds().leave(round).unwrap());
    assert_eq!(unseen, left);
    let ok = after_an_invitation(|invitee, round| invitee.phone.rounds().not_now(round, Some(Said::Ok)).unwrap());
    assert_ne!(unseen.0, ok.0, "words do cross");
}
