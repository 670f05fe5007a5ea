//! Two phones that know each other meet.

use proptest::prelude::*;

use super::pair::*;
use crate::sync::channel::frame::HEADER;
use crate::sync::channel::noise::{FIRST_MESSAGE, TAG};
use crate::sync::channel::record::record_len;
use crate::sync::channel::*;

const FIRST_FRAME: usize = HEADER + FIRST_MESSAGE;

#[test]
fn both_are_established_and_messages_flow_both_ways() {
    let mut pair = Pair::together();
    let (dialler, listener) = (pair.dialler.established().unwrap(), pair.listener.established().unwrap());
    assert_eq!(dialler, listener);
    assert_eq!((dialler.version, dialler.resend, dialler.clocks_differ()), (1, false, false));
    pair.dialler.channel.send(NOW, b"to bob").unwrap();
    pair.listener.channel.send(NOW, b"to ada").unwrap();
    pair.listener.channel.send(NOW, b"").unwrap();
    pair.carry();
    assert_eq!(pair.listener.received, [b"to bob"]);
    assert_eq!(pair.dialler.received, [&b"to ada"[..], b""]);
}

#[test]
fn what_both_have_to_say_at_once_takes_one_round_trip_after_the_first_message() {
    let mut pair = Pair::ada_calls_bob();
    pair.dialler.first = vec![b"news of ada".to_vec()];
    pair.listener.first = vec![b"news of bob".to_vec()];
    let first = pair.dialler.drain(NOW);
    assert_eq!(first.len(), FIRST_FRAME);
    deliver(&mut pair.listener, NOW, &first, 1);
    let back = pair.listener.drain(NOW);
    deliver(&mut pair.dialler, NOW, &back, 1);
    let there = pair.dialler.drain(NOW);
    assert!(pair.dialler.established().is_some());
    assert_eq!(pair.dialler.received, [b"news of bob"]);
    deliver(&mut pair.listener, NOW, &there, 1);
    pair.listener.drain(NOW);
    assert_eq!(pair.listener.received, [b"news of ada"]);
}

#[test]
fn a_first_flight_looks_the_same_whether_there_is_something_to_say_or_not() {
    let quiet = Pair::together();
    let mut chatty = Pair::ada_calls_bob();
    chatty.dialler.first = vec![vec![1; 700], vec![2; 300]];
    chatty.listener.first = vec![vec![3; 3000]];
    chatty.carry();
    assert_eq!(chatty.listener.received.len(), 2);
    for (quiet, chatty) in [(&quiet.dialler, &chatty.dialler), (&quiet.listener, &chatty.listener)] {
        assert_eq!(quiet.sent.len(), FIRST_FRAME + HEADER + SESSION_MINIMUM + TAG);
        assert_eq!(quiet.sent.len(), chatty.sent.len());
    }
}

#[test]
fn counters_say_what_was_handshake_and_what_was_padding() {
    let pair = Pair::together();
    let (one, other) = (pair.dialler.channel.counters(), pair.listener.channel.counters());
    let hello = record_len(14);
    let expected = Counters {
        bytes_in: u64::try_from(pair.listener.sent.len()).unwrap(),
        bytes_out: u64::try_from(pair.dialler.sent.len()).unwrap(),
        padding_in: u64::try_from(SESSION_MINIMUM - hello).unwrap(),
        padding_out: u64::try_from(SESSION_MINIMUM - hello).unwrap(),
        handshake_in: u64::try_from(FIRST_FRAME).unwrap(),
        handshake_out: u64::try_from(FIRST_FRAME).unwrap(),
    };
    assert_eq!(one, expected);
    assert_eq!((other.bytes_in, other.padding_in, other.handshake_in), (one.bytes_out, one.padding_out, 50));
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let run = |seed| {
        let dialler = Channel::dial(NOW, ada().meeting(&bob()), terms(), random(seed));
        let mut pair = Pair::new(dialler, listening(bob().meeting(&ada())));
        pair.dialler.first = vec![b"news".to_vec()];
        pair.carry();
        pair.pass(REKEY_AFTER);
        assert_eq!(pair.dialler.count(ChannelEvent::Rekeyed), 1);
        (pair.dialler.sent, pair.listener.sent)
    };
    assert_eq!(run(5), run(5));
    assert_ne!(run(5), run(6));
}

#[test]
fn the_handshake_hash_is_shared_and_new_each_time() {
    let hash = |seed| {
        let dialler = Channel::dial(NOW, ada().meeting(&bob()), terms(), random(seed));
        let mut pair = Pair::new(dialler, listening(bob().meeting(&ada())));
        pair.carry();
        let hash = pair.dialler.established().unwrap().handshake_hash;
        assert_eq!(pair.listener.count(ChannelEvent::Ready { handshake_hash: hash, speaking: 1 }), 1);
        hash
    };
    assert_ne!(hash(1), hash(2));
}

#[test]
fn clocks_are_compared() {
    let ahead = Terms { clock_ms: terms().clock_ms + 600_000, ..terms() };
    let dialler = Channel::dial(NOW, ada().meeting(&bob()), ahead, random(1));
    let mut pair = Pair::new(dialler, listening(bob().meeting(&ada())));
    pair.now += std::time::Duration::from_secs(2);
    pair.carry();
    let (dialler, listener) = (pair.dialler.established().unwrap(), pair.listener.established().unwrap());
    assert_eq!((dialler.clock_difference_ms, listener.clock_difference_ms), (-600_000, 600_000));
    assert!(dialler.clocks_differ() && listener.clocks_differ());
    assert_eq!(listener.partner_clock_ms, ahead.clock_ms + 2000);
    let close = Established { clock_difference_ms: -CLOCKS_DIFFER_MS, ..dialler };
    assert!(!close.clocks_differ());
    assert!(Established { clock_difference_ms: i64::MIN, ..dialler }.clocks_differ());
}

#[test]
fn a_message_of_the_greatest_length_arrives_and_a_longer_one_is_refused() {
    let mut pair = Pair::together();
    let longest = vec![0xAB; MAX_MESSAGE];
    pair.dialler.channel.send(NOW, &longest).unwrap();
    assert!(pair.dialler.channel.outgoing_len() > MAX_MESSAGE);
    assert_eq!(pair.dialler.channel.send(NOW, &vec![0; MAX_MESSAGE + 1]), Err(ChannelError::TooLong));
    pair.dialler.channel.send(NOW, b"after").unwrap();
    pair.piece = 4000;
    pair.carry();
    assert!(pair.listener.received == [&longest[..], b"after"]);
}

#[test]
fn nothing_can_be_sent_before_the_handshake_or_after_the_end() {
    let mut pair = Pair::ada_calls_bob();
    assert_eq!(pair.dialler.channel.send(NOW, b"early"), Err(ChannelError::NotReady));
    pair.carry();
    pair.dialler.channel.close(NOW);
    assert_eq!(pair.dialler.channel.send(NOW, b"late"), Err(ChannelError::Closed(CloseReason::ByUs)));
}

#[test]
fn closing_delivers_what_was_sent_and_says_goodbye() {
    let mut pair = Pair::together();
    pair.dialler.channel.send(NOW, b"last").unwrap();
    pair.dialler.channel.close(NOW);
    pair.dialler.channel.close(NOW);
    pair.carry();
    assert_eq!(pair.listener.received, [b"last"]);
    assert_eq!(pair.listener.reason(), Some(CloseReason::ByPartner));
    assert_eq!(pair.dialler.count(ChannelEvent::Closed(CloseReason::ByUs)), 1);
    assert_eq!(pair.listener.count(ChannelEvent::Closed(CloseReason::ByPartner)), 1);
}

#[test]
fn a_handshake_that_takes_too_long_is_given_up() {
    for mut channel in [dialling(ada().meeting(&bob())), listening(bob().meeting(&ada()))] {
        assert_eq!(channel.next_timeout(), Some(NOW + HANDSHAKE_LIMIT));
        channel.handle_timeout(NOW + HANDSHAKE_LIMIT - std::time::Duration::from_millis(1));
        assert!(!channel.is_closed());
        channel.handle_timeout(NOW + HANDSHAKE_LIMIT);
        assert_eq!(channel.close_reason(), Some(CloseReason::TimedOut));
        assert_eq!((channel.poll_transmit(), channel.next_timeout()), (None, None));
    }
}

#[test]
fn a_first_message_that_comes_too_late_is_not_answered() {
    let mut pair = Pair::ada_calls_bob();
    let first = pair.dialler.drain(NOW);
    pair.listener.channel.handle_input(NOW + HANDSHAKE_LIMIT, &first);
    assert_eq!(pair.listener.reason(), Some(CloseReason::TimedOut));
    assert_eq!(pair.listener.channel.poll_transmit(), None);
}

#[test]
fn a_partner_that_never_greets_is_given_up() {
    let mut pair = Pair::ada_calls_bob();
    let first = pair.dialler.drain(NOW);
    deliver(&mut pair.listener, NOW, &first, 7);
    let back = pair.listener.drain(NOW);
    deliver(&mut pair.dialler, NOW, &back[..FIRST_FRAME], 7);
    pair.dialler.drain(NOW);
    let deadline = pair.dialler.channel.next_timeout().unwrap();
    assert!(deadline > NOW + HANDSHAKE_LIMIT && deadline < NOW + REKEY_AFTER);
    pair.dialler.channel.handle_timeout(deadline);
    assert_eq!(pair.dialler.reason(), Some(CloseReason::TimedOut));
}

#[test]
fn the_end_of_the_bytes_is_not_yours_before_the_answer_and_interrupted_after_it() {
    let whole = {
        let pair = Pair::together();
        pair.listener.sent.len()
    };
    // Every cut within the handshake, and some within the first flight.
    for cut in (0..whole).filter(|cut| *cut < 2 * FIRST_FRAME || cut % 61 == 0) {
        let mut pair = Pair::ada_calls_bob();
        let first = pair.dialler.drain(NOW);
        deliver(&mut pair.listener, NOW, &first, usize::MAX);
        let back = pair.listener.drain(NOW);
        pair.dialler.channel.handle_input(NOW, &back[..cut]);
        pair.dialler.channel.handle_end(NOW);
        let expected = if cut < FIRST_FRAME { CloseReason::NotYours } else { CloseReason::Interrupted };
        assert_eq!(pair.dialler.reason(), Some(expected), "cut at {cut}");
        assert!(pair.dialler.established().is_none());
        assert_eq!(pair.dialler.channel.poll_transmit(), None);
        assert!(pair.dialler.received.is_empty());
    }
    for cut in 0..FIRST_FRAME {
        let mut pair = Pair::ada_calls_bob();
        let first = pair.dialler.drain(NOW);
        pair.listener.channel.handle_input(NOW, &first[..cut]);
        pair.listener.channel.handle_end(NOW);
        assert_eq!(pair.listener.reason(), Some(CloseReason::Interrupted));
        assert_eq!(pair.listener.channel.poll_transmit(), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn messages_arrive_whole_and_in_order_however_the_bytes_are_cut(
        early in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..5000), 0..6),
        late in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..80_000), 0..4),
        piece in 1..9000_usize,
    ) {
        let mut pair = Pair::ada_calls_bob();
        pair.piece = piece;
        pair.dialler.first = early.clone();
        pair.listener.first = early.clone();
        pair.carry();
        for message in &late {
            pair.dialler.channel.send(NOW, message).unwrap();
            pair.listener.channel.send(NOW, message).unwrap();
        }
        pair.carry();
        let all = [early, late].concat();
        prop_assert_eq!(&pair.dialler.received, &all);
        prop_assert_eq!(&pair.listener.received, &all);
    }

    #[test]
    fn every_flight_has_an_allowed_length(len in 0..200_000_usize) {
        let mut pair = Pair::together();
        pair.dialler.channel.send(NOW, &vec![1; len]).unwrap();
        let before = pair.listener.channel.counters();
        let bytes = pair.dialler.drain(NOW);
        deliver(&mut pair.listener, NOW, &bytes, usize::MAX);
        let mut reader = frame::FrameReader::default();
        reader.push(&bytes);
        let plain: usize = std::iter::from_fn(|| reader.next()).map(|frame| frame.len() - TAG).sum();
        prop_assert_eq!(plain, padded_len(plain));
        prop_assert_eq!(plain, padded_len(record_len(len).max(MINIMUM_FLIGHT)));
        let padding = pair.listener.channel.counters().padding_in - before.padding_in;
        prop_assert_eq!(padding, u64::try_from(plain - record_len(len)).unwrap());
    }
}
