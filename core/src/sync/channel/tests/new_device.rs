//! A phone that was restored from a backup meets for the first time.

use super::pair::*;
use crate::sync::channel::*;
use crate::sync::keys::Credentials;

fn restored_ada() -> Person {
    ada().restored(9)
}

fn dialling_as_new(credentials: Credentials) -> Channel {
    Channel::dial_as_new_device(NOW, credentials, terms(), random(33))
}

#[test]
fn the_partner_pins_the_new_phone_and_they_talk_at_once() {
    let mut pair = Pair::new(dialling_as_new(restored_ada().meeting(&bob())), listening(bob().meeting(&ada())));
    pair.dialler.first = vec![b"I lost a phone".to_vec()];
    pair.piece = 1;
    pair.carry();
    assert_eq!(pair.listener.events[0], ChannelEvent::PartnerHasNewDevice(restored_ada().pinned()));
    assert!(matches!(pair.listener.events[1], ChannelEvent::Ready { .. }));
    assert!(!pair.dialler.events.iter().any(|event| matches!(event, ChannelEvent::PartnerHasNewDevice(_))));
    assert_eq!(pair.listener.received, [b"I lost a phone"]);
    // The keys made along the way are between the phones that now know each other.
    pair.pass(REKEY_AFTER);
    assert_eq!(pair.listener.count(ChannelEvent::Rekeyed), 1);
    assert_eq!((pair.dialler.reason(), pair.listener.reason()), (None, None));
}

#[test]
fn from_then_on_the_new_phone_meets_as_usual_and_the_old_one_does_not() {
    let mut pair = Pair::new(dialling(restored_ada().meeting(&bob())), listening(bob().meeting(&restored_ada())));
    pair.carry();
    assert!(pair.listener.established().is_some());
    let mut pair = Pair::new(dialling(ada().meeting(&bob())), listening(bob().meeting(&restored_ada())));
    pair.carry();
    assert_eq!(pair.listener.reason(), Some(CloseReason::Stranger));
    assert!(pair.listener.sent.is_empty());
}

#[test]
fn two_restored_phones_find_each_other() {
    let restored_bob = bob().restored(8);
    let mut pair = Pair::new(dialling_as_new(restored_ada().meeting(&bob())), listening(restored_bob.meeting(&ada())));
    pair.carry();
    assert_eq!(pair.listener.events[0], ChannelEvent::PartnerHasNewDevice(restored_ada().pinned()));
    assert_eq!(pair.dialler.events[0], ChannelEvent::PartnerHasNewDevice(restored_bob.pinned()));
    assert!(pair.dialler.established().is_some() && pair.listener.established().is_some());
}

#[test]
fn a_phone_that_is_known_already_is_nothing_new() {
    let mut pair = Pair::new(dialling_as_new(ada().meeting(&bob())), listening(bob().meeting(&ada())));
    pair.carry();
    assert!(matches!(pair.listener.events[0], ChannelEvent::Ready { .. }));
    assert!(pair.listener.established().is_some());
}

#[test]
fn first_messages_of_known_and_of_new_phones_have_one_length() {
    let first = |mut channel: Channel| channel.poll_transmit().unwrap().len();
    assert_eq!(first(dialling(ada().meeting(&bob()))), first(dialling_as_new(restored_ada().meeting(&bob()))));
}

#[test]
fn a_phone_certified_by_someone_else_is_refused_even_with_the_secret_of_the_couple() {
    // Eve knows the couple's secret and says she is Ada, but cannot sign for her.
    let mut forged = eve().meeting(&bob());
    forged.person = ada().seed.public();
    let mut pair = Pair::new(dialling_as_new(forged), listening(bob().meeting(&ada())));
    pair.listener.first = vec![b"private".to_vec()];
    pair.carry();
    assert_eq!(pair.listener.reason(), Some(CloseReason::Stranger));
    assert!(pair.listener.established().is_none());
    assert!(!pair.listener.events.iter().any(|event| matches!(event, ChannelEvent::PartnerHasNewDevice(_))));
    assert!(pair.dialler.received.is_empty());
}

#[test]
fn a_listener_certified_by_someone_else_gets_no_certificate_back() {
    let mut forged = eve().meeting(&ada());
    forged.person = bob().seed.public();
    let mut pair = Pair::new(dialling_as_new(restored_ada().meeting(&bob())), listening(forged));
    pair.carry();
    assert_eq!(pair.dialler.reason(), Some(CloseReason::NotYours));
    assert_eq!(pair.dialler.sent.len(), 50);
}

#[test]
fn a_certificate_of_another_pairing_is_refused() {
    let mut old = restored_ada().meeting(&bob());
    old.certificate = restored_ada().meeting_under(6, &bob()).certificate;
    let mut pair = Pair::new(dialling_as_new(old), listening(bob().meeting(&ada())));
    pair.carry();
    assert_eq!(pair.listener.reason(), Some(CloseReason::Stranger));
}

#[test]
fn a_cut_at_any_byte_pins_nothing_before_the_certificate_is_whole() {
    let whole = {
        let mut pair = Pair::new(dialling_as_new(restored_ada().meeting(&bob())), listening(bob().meeting(&ada())));
        pair.carry();
        pair.dialler.sent
    };
    let certificate_ends = 50 + 2 + 48 + crate::sync::keys::Certificate::LEN + 16;
    for cut in (0..whole.len()).filter(|cut| *cut < 2 * certificate_ends || cut % 61 == 0) {
        let mut bob = End::new(listening(bob().meeting(&ada())));
        bob.channel.handle_input(NOW, &whole[..cut.min(50)]);
        bob.drain(NOW);
        bob.channel.handle_input(NOW, &whole[cut.min(50)..cut]);
        bob.channel.handle_end(NOW);
        bob.drain(NOW);
        let pinned = matches!(bob.events[0], ChannelEvent::PartnerHasNewDevice(_));
        assert_eq!(pinned, cut >= certificate_ends, "cut at {cut}");
        assert_eq!(bob.reason(), Some(CloseReason::Interrupted));
    }
}
