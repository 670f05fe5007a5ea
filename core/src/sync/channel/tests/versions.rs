//! Two apps of different age.

use super::pair::*;
use crate::sync::channel::*;

fn meet(dialler: Terms, listener: Terms) -> Pair {
    let mut pair = Pair::new(
        Channel::dial(NOW, ada().meeting(&bob()), dialler, random(1)),
        Channel::listen(NOW, bob().meeting(&ada()), listener, random(2), Box::new(Heard::default())),
    );
    pair.dialler.first = vec![b"first of ada".to_vec()];
    pair.listener.first = vec![b"first of bob".to_vec()];
    pair.carry();
    pair
}

fn speaks(oldest: u16, newest: u16, speaking: u16) -> Terms {
    Terms { oldest, newest, speaking, ..terms() }
}

#[test]
fn versions_that_do_not_meet_are_told_on_both_sides() {
    let pair = meet(speaks(1, 2, 2), speaks(3, 4, 4));
    assert_eq!(pair.dialler.reason(), Some(CloseReason::VersionTooNew));
    assert_eq!(pair.listener.reason(), Some(CloseReason::VersionTooOld));
    let pair = meet(speaks(3, 4, 4), speaks(1, 2, 2));
    assert_eq!(pair.dialler.reason(), Some(CloseReason::VersionTooOld));
    assert_eq!(pair.listener.reason(), Some(CloseReason::VersionTooNew));
    assert!(pair.dialler.received.is_empty() && pair.listener.received.is_empty());
}

#[test]
fn what_was_written_in_a_version_that_the_other_does_not_speak_is_dropped_and_sent_again() {
    let mut pair = meet(speaks(1, 3, 3), speaks(1, 2, 2));
    let (newer, older) = (pair.dialler.established().unwrap(), pair.listener.established().unwrap());
    assert_eq!((newer.version, newer.resend), (2, true));
    assert_eq!((older.version, older.resend), (2, false));
    // The older one's first words were in the agreed version; the newer one's were not.
    assert_eq!(pair.dialler.received, [b"first of bob"]);
    assert!(pair.listener.received.is_empty());
    pair.dialler.channel.send(NOW, b"again, in 2").unwrap();
    pair.carry();
    assert_eq!(pair.listener.received, [b"again, in 2"]);
}

#[test]
fn a_newer_phone_that_remembers_the_older_one_speaks_its_version_from_the_start() {
    let pair = meet(speaks(1, 3, 2), speaks(1, 2, 2));
    assert_eq!(pair.dialler.established().map(|settled| (settled.version, settled.resend)), Some((2, false)));
    assert_eq!(pair.listener.received, [b"first of ada"]);
}

#[test]
fn two_updated_phones_that_remember_an_old_version_both_move_on() {
    let mut pair = meet(speaks(1, 2, 1), speaks(1, 2, 1));
    assert!(pair.dialler.received.is_empty() && pair.listener.received.is_empty());
    for end in [&mut pair.dialler, &mut pair.listener] {
        assert_eq!(end.established().map(|settled| (settled.version, settled.resend)), Some((2, true)));
        end.channel.send(NOW, b"in 2").unwrap();
    }
    pair.carry();
    assert_eq!((&pair.dialler.received, &pair.listener.received), (&vec![b"in 2".to_vec()], &vec![b"in 2".to_vec()]));
}
