//! Strangers, recordings, junk and damage: a reason for this phone, and silence for the other side.

use std::sync::{Arc, Mutex};

use proptest::prelude::*;

use super::pair::*;
use crate::sync::channel::*;

fn first_message(mut dialler: Channel) -> Vec<u8> {
    dialler.poll_transmit().unwrap()
}

/// What the listener of Bob says to these bytes.
fn bob_hears(bytes: &[u8]) -> (Option<CloseReason>, Option<Vec<u8>>) {
    let mut bob = listening(bob().meeting(&ada()));
    bob.handle_input(NOW, bytes);
    (bob.close_reason(), bob.poll_transmit())
}

#[test]
fn a_stranger_with_the_wrong_secret_or_key_learns_nothing() {
    let strangers = [
        // Another couple's secret.
        ada().meeting_under(8, &bob()),
        // The right secret (a leaked one), but the key of another phone.
        eve().meeting(&bob()),
        // The right secret and person, calling as if to someone else.
        ada().meeting(&eve()),
        // The person is right, the phone is another: only a new device's handshake may come from it.
        ada().restored(9).meeting(&bob()),
    ];
    for credentials in strangers {
        let said = bob_hears(&first_message(dialling(credentials)));
        assert_eq!(said, (Some(CloseReason::Stranger), None));
    }
}

#[test]
fn a_dialler_that_reaches_someone_else_says_no_more() {
    // Eve answers with the couple's leaked secret, but not with Bob's key.
    let eve_as_bob = listening(eve().meeting(&ada()));
    let mut pair = Pair::new(dialling(ada().meeting(&bob())), eve_as_bob);
    pair.carry();
    assert_eq!(pair.listener.reason(), Some(CloseReason::Stranger));
    assert_eq!(pair.dialler.reason(), Some(CloseReason::NotYours));
    assert_eq!(pair.dialler.sent.len(), 50);
    // Or with bytes of the right length that prove nothing.
    let mut dialler = dialling(ada().meeting(&bob()));
    dialler.poll_transmit().unwrap();
    dialler.handle_input(NOW, &[&[0, 48][..], &[5; 48]].concat());
    assert_eq!((dialler.close_reason(), dialler.poll_transmit()), (Some(CloseReason::NotYours), None));
}

#[test]
fn what_a_phone_sent_itself_means_nothing_to_it() {
    let mut listener = listening(ada().meeting(&bob()));
    for own in
        [dialling(ada().meeting(&bob())), Channel::dial_as_new_device(NOW, ada().meeting(&bob()), terms(), random(1))]
    {
        listener.handle_input(NOW, &first_message(own));
        assert_eq!((listener.close_reason(), listener.poll_transmit()), (Some(CloseReason::Stranger), None));
        listener = listening(ada().meeting(&bob()));
    }
}

#[test]
fn a_replayed_first_message_is_not_answered() {
    let heard = Heard::default();
    let credentials = || bob().meeting(&ada());
    for first in [
        first_message(dialling(ada().meeting(&bob()))),
        first_message(Channel::dial_as_new_device(NOW, ada().restored(9).meeting(&bob()), terms(), random(1))),
    ] {
        let mut once = listening_with(credentials(), heard.clone());
        once.handle_input(NOW, &first);
        assert!(once.poll_transmit().is_some());
        let mut again = listening_with(credentials(), heard.clone());
        again.handle_input(NOW, &first);
        assert_eq!((again.close_reason(), again.poll_transmit()), (Some(CloseReason::Replayed), None));
    }
}

#[test]
fn junk_is_not_remembered_as_a_first_message() {
    #[derive(Clone, Default)]
    struct Counting(Arc<Mutex<usize>>);
    impl FirstMessages for Counting {
        fn is_new(&mut self, _: [u8; 16]) -> Result<bool, FirstMessagesFailed> {
            *self.0.lock().unwrap() += 1;
            Ok(true)
        }
    }
    let asked = Counting::default();
    let mut bob = Channel::listen(NOW, bob().meeting(&ada()), terms(), random(1), Box::new(asked.clone()));
    bob.handle_input(NOW, &first_message(dialling(eve().meeting(&super::pair::bob()))));
    assert!(bob.is_closed());
    assert_eq!(*asked.0.lock().unwrap(), 0);
}

#[test]
fn a_first_message_that_cannot_be_remembered_is_not_answered() {
    let mut bob = Channel::listen(NOW, bob().meeting(&ada()), terms(), random(1), Box::new(Forgetful));
    bob.handle_input(NOW, &first_message(dialling(ada().meeting(&super::pair::bob()))));
    assert_eq!((bob.close_reason(), bob.poll_transmit()), (Some(CloseReason::StorageFailed), None));
}

#[test]
fn a_first_frame_of_another_length_is_refused_at_its_header() {
    for len in [0_u16, 1, 47, 49, 1000, 65_535] {
        assert_eq!(bob_hears(&len.to_be_bytes()), (Some(CloseReason::Stranger), None));
    }
}

#[test]
fn a_damaged_first_message_proves_nothing_at_any_byte() {
    let first = first_message(dialling(ada().meeting(&bob())));
    for at in 0..first.len() {
        let mut damaged = first.clone();
        damaged[at] ^= 0x80;
        assert_eq!(bob_hears(&damaged), (Some(CloseReason::Stranger), None), "byte {at}");
    }
}

#[test]
fn input_after_the_end_is_ignored() {
    let mut pair = Pair::together();
    pair.dialler.channel.send(NOW, b"late").unwrap();
    let bytes = pair.dialler.drain(NOW);
    pair.listener.channel.handle_end(NOW);
    let before = pair.listener.channel.counters();
    pair.listener.channel.handle_input(NOW, &bytes);
    pair.listener.channel.handle_timeout(NOW + HANDSHAKE_LIMIT * 1000);
    pair.listener.channel.handle_end(NOW);
    pair.listener.drain(NOW);
    assert!(pair.listener.received.is_empty());
    assert_eq!(pair.listener.reason(), Some(CloseReason::Interrupted));
    assert_eq!(pair.listener.channel.counters(), before);
    assert_eq!(pair.listener.count(ChannelEvent::Closed(CloseReason::Interrupted)), 1);
}

/// Three frames from Ada, of which Bob has seen none.
fn three_frames() -> (Pair, Vec<Vec<u8>>) {
    let mut pair = Pair::together();
    let frames = ["one", "two", "three"]
        .map(|text| {
            pair.dialler.channel.send(NOW, text.as_bytes()).unwrap();
            pair.dialler.drain(NOW)
        })
        .to_vec();
    (pair, frames)
}

#[test]
fn reordered_repeated_lost_and_foreign_frames_end_the_channel_and_yield_nothing() {
    let foreign = {
        let mut pair =
            Pair::new(Channel::dial(NOW, ada().meeting(&bob()), terms(), random(77)), listening(bob().meeting(&ada())));
        pair.carry();
        pair.dialler.channel.send(NOW, b"other").unwrap();
        pair.dialler.drain(NOW)
    };
    let orders: [(&[usize], usize); 5] = [(&[1], 0), (&[0, 0], 1), (&[0, 2], 1), (&[2, 1, 0], 0), (&[0, 1, 3, 2], 2)];
    for (order, good) in orders {
        let (mut pair, mut frames) = three_frames();
        frames.push(foreign.clone());
        for index in order {
            pair.listener.channel.handle_input(NOW, &frames[*index]);
        }
        pair.listener.channel.send(NOW, b"answer").unwrap_err();
        let sent = pair.listener.drain(NOW);
        assert_eq!(pair.listener.received, [&b"one"[..], b"two", b"three"][..good]);
        assert_eq!(pair.listener.reason(), Some(CloseReason::Tampered));
        assert!(sent.is_empty());
    }
}

#[test]
fn nothing_that_was_queued_goes_out_after_tampering() {
    let (mut pair, frames) = three_frames();
    pair.listener.channel.send(NOW, b"queued").unwrap();
    pair.listener.channel.handle_input(NOW, &frames[2]);
    assert_eq!(pair.listener.channel.poll_transmit(), None);
}

#[test]
fn a_frame_too_short_for_its_tag_ends_the_channel() {
    for len in 0..16_u16 {
        let mut pair = Pair::together();
        pair.listener.channel.handle_input(NOW, &len.to_be_bytes());
        pair.listener.channel.handle_input(NOW, &vec![0; usize::from(len)]);
        assert_eq!(pair.listener.reason(), Some(CloseReason::Tampered));
    }
}

proptest! {
    #[test]
    fn junk_before_the_handshake_never_gets_an_answer(bytes in proptest::collection::vec(any::<u8>(), 2..400), piece in 1..60_usize) {
        let mut bob = listening(bob().meeting(&ada()));
        for piece in bytes.chunks(piece) {
            bob.handle_input(NOW, piece);
        }
        prop_assert_eq!(bob.poll_transmit(), None);
        prop_assert!(bob.poll_message().is_none());
        if bytes.len() >= 50 || bytes[..2] != [0, 48] {
            prop_assert_eq!(bob.close_reason(), Some(CloseReason::Stranger));
        }
    }

    #[test]
    fn junk_instead_of_an_answer_never_gets_a_word(bytes in proptest::collection::vec(any::<u8>(), 2..400), new in any::<bool>()) {
        let dial = if new { Channel::dial_as_new_device } else { Channel::dial };
        let mut ada = dial(NOW, ada().meeting(&bob()), terms(), random(1));
        ada.poll_transmit().unwrap();
        ada.handle_input(NOW, &bytes);
        ada.handle_end(NOW);
        prop_assert_eq!(ada.close_reason(), Some(CloseReason::NotYours));
        prop_assert_eq!(ada.poll_transmit(), None);
    }

    #[test]
    fn a_flipped_bit_anywhere_after_the_handshake_yields_no_message(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let (mut pair, frames) = three_frames();
        let mut bytes = frames.concat();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        pair.listener.channel.handle_input(NOW, &bytes);
        let answered = pair.listener.drain(NOW);
        let good = at / frames[0].len();
        prop_assert_eq!(&pair.listener.received, &[b"one".to_vec(), b"two".to_vec(), b"three".to_vec()][..good]);
        prop_assert!(answered.is_empty());
        // A length that grew is a frame that never ends; anything else is seen at once.
        if !pair.listener.channel.is_closed() {
            pair.listener.channel.handle_end(NOW);
        }
        prop_assert!(matches!(pair.listener.reason(), Some(CloseReason::Tampered | CloseReason::Interrupted)));
    }

    #[test]
    fn junk_after_the_handshake_yields_no_message(bytes in proptest::collection::vec(any::<u8>(), 1..2000)) {
        let mut pair = Pair::together();
        pair.listener.channel.handle_input(NOW, &bytes);
        let answered = pair.listener.drain(NOW);
        prop_assert!(answered.is_empty());
        prop_assert!(pair.listener.received.is_empty());
    }

    #[test]
    fn a_partner_that_sends_any_records_never_breaks_this_phone(
        plaintexts in proptest::collection::vec((0..9_u8, proptest::collection::vec(any::<u8>(), 0..60), any::<bool>()), 1..20),
    ) {
        let (mut keys, mut listener) = raw_partner();
        for (kind, body, honest_length) in plaintexts {
            let len = if honest_length { u8::try_from(body.len()).unwrap() } else { body.first().copied().unwrap_or(200) };
            let plaintext = [&[kind, 0, 0, len], &body[..]].concat();
            let mut frame = Vec::new();
            prop_assert!(frame::write_frame(&mut frame, &keys.seal(&plaintext).unwrap()));
            listener.handle_input(NOW, &frame);
            while listener.poll_event().is_some() {}
            listener.poll_transmit();
        }
        if let Some(reason) = listener.close_reason() {
            prop_assert!(matches!(
                reason,
                CloseReason::Misbehaved | CloseReason::Tampered | CloseReason::ByPartner
                    | CloseReason::VersionTooOld | CloseReason::VersionTooNew
            ));
        }
    }
}

/// The keys of a well-authenticated partner that can encrypt what it likes, and the listener it called.
fn raw_partner() -> (noise::Transport, Channel) {
    let credentials = ada().meeting(&bob());
    let context = context::Context {
        side: noise::Side::Dialler,
        credentials,
        terms: terms(),
        randomness: random(1),
        started: NOW,
    };
    let mut handshake = context.known("meeting", &[]).unwrap();
    let mut first = Vec::new();
    assert!(frame::write_frame(&mut first, &handshake.write(&[]).unwrap()));
    let mut listener = listening(bob().meeting(&ada()));
    listener.handle_input(NOW, &first);
    let answer = listener.poll_transmit().unwrap();
    handshake.read(&answer[2..50]).unwrap();
    (handshake.finish().unwrap().0, listener)
}

#[test]
fn a_partner_that_breaks_the_rules_is_left() {
    let hello = Hello { oldest: 1, newest: 1, speaking: 1, clock_ms: 0 }.to_bytes();
    let record = |kind: u8, body: &[u8]| [&[kind, 0, 0, u8::try_from(body.len()).unwrap()], body].concat();
    let cases: [(&str, Vec<u8>); 9] = [
        ("a message before the greeting", record(2, b"early")),
        ("a second greeting", [record(1, &hello), record(1, &hello)].concat()),
        ("a short greeting", record(1, &hello[..13])),
        ("a greeting that speaks outside its range", record(1, &[0, 1, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0])),
        ("an unknown kind", [record(1, &hello), record(99, b"")].concat()),
        ("an agreement that nobody asked for", [record(1, &hello), record(3, &[0, 1])].concat()),
        ("an answer that nobody asked for", [record(1, &hello), record(5, &[0; 48])].concat()),
        ("new keys out of nothing", [record(1, &hello), record(6, b"")].concat()),
        ("a message longer than any", [record(1, &hello), vec![2, 0xFF, 0xFF, 0xFF]].concat()),
    ];
    for (case, plaintext) in cases {
        let (mut keys, mut listener) = raw_partner();
        let mut frame = Vec::new();
        assert!(frame::write_frame(&mut frame, &keys.seal(&plaintext).unwrap()));
        listener.handle_input(NOW, &frame);
        assert_eq!(listener.close_reason(), Some(CloseReason::Misbehaved), "{case}");
        assert_eq!((listener.poll_message(), listener.poll_transmit()), (None, None), "{case}");
    }
}
