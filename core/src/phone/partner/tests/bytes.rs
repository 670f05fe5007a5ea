//! What leaves the phone, byte for byte, in the same flights and frames: nothing private does (P16), silence,
//! not-seen and not-now are one (P5), and who is ready for a repair shows in no frame (spec §6).

use std::time::Duration;

use super::onlooker::{Seen, meet, meet_for, shape};
use super::{TestPhone, pair};
use crate::journal::{EntryId, LocalTime, RoundInvite, RoundKind, Whose};
use crate::phone::EntryFilter;
use crate::practice::round::Said;

/// What leaves the phones in two meetings, with so many private entries on one before each.
fn bytes_leaving(private: usize) -> [Seen; 2] {
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
    assert!(nothing.iter().flatten().flatten().any(|flight| flight.bytes.len() > 1_000));
    assert_eq!(nothing, bytes_leaving(500));
}

/// What leaves the phones in the three meetings after an invitation has come, with which the invitee has
/// done this; and what the inviter's phone holds in the end.
fn after_an_invitation(invitee_does: impl FnOnce(&TestPhone, EntryId)) -> ([Seen; 3], crate::store::Dump) {
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

/// Long enough for the phones to compare readiness three more times by themselves.
const A_WHILE: Duration = Duration::from_secs(200);

/// What leaves two phones that stay together while a repair is paused, where each of them may be ready, and one has
/// written so many private entries.
fn in_a_pause(dialler_is_ready: bool, listener_is_ready: bool, private: usize) -> Seen {
    let (a, b) = (TestPhone::new(1), TestPhone::new(2));
    pair(&a, &b);
    let repair = a.phone.repairs().pause().unwrap();
    meet(&a, &b);
    for (phone, is_ready) in [(&a, dialler_is_ready), (&b, listener_is_ready)] {
        if is_ready {
            phone.phone.repairs().ready(repair).unwrap();
        }
    }
    (0..private).for_each(|number| b.log(&format!("private {number}"), false));
    meet_for(A_WHILE, &a, &b)
}

#[test]
fn an_onlooker_of_a_pause_sees_the_same_frames_at_the_same_times_whoever_is_ready() {
    let nobody = shape(&in_a_pause(false, false, 0));
    for flights in &nobody {
        let times: std::collections::BTreeSet<_> = flights.iter().map(|(at, _)| at).collect();
        assert!(times.len() >= 4, "they compare again and again: {times:?}");
    }
    assert_eq!(nobody, shape(&in_a_pause(true, false, 0)));
    assert_eq!(nobody, shape(&in_a_pause(false, true, 0)));
    assert_ne!(nobody, shape(&in_a_pause(true, true, 0)), "it shows that the return is open, once it is");
}

#[test]
fn the_bytes_of_a_pause_are_the_same_for_no_private_entry_and_for_many() {
    for is_ready in [false, true] {
        assert_eq!(in_a_pause(false, is_ready, 0), in_a_pause(false, is_ready, 300));
    }
}
