//! New keys while messages flow.

use std::time::Duration;

use super::pair::*;
use crate::sync::channel::*;

#[test]
fn keys_are_replaced_every_quarter_of_an_hour() {
    let mut pair = Pair::together();
    for round in 1..=4 {
        pair.pass(REKEY_AFTER + Duration::from_secs(1));
        assert_eq!(
            (pair.dialler.count(ChannelEvent::Rekeyed), pair.listener.count(ChannelEvent::Rekeyed)),
            (round, round)
        );
        pair.dialler.channel.send(pair.now, b"there").unwrap();
        pair.listener.channel.send(pair.now, b"back").unwrap();
        pair.carry();
    }
    assert_eq!((pair.dialler.received.len(), pair.listener.received.len()), (4, 4));
}

#[test]
fn keys_are_replaced_after_so_many_bytes() {
    let mut pair = Pair::together();
    let message = vec![7; MAX_MESSAGE];
    let mut sent = 0;
    while pair.dialler.count(ChannelEvent::Rekeyed) == 0 {
        assert!(sent <= REKEY_AFTER_BYTES);
        // Either way the dialler counts both directions.
        let end = if sent % 2 == 0 { &mut pair.dialler } else { &mut pair.listener };
        end.channel.send(NOW, &message).unwrap();
        sent += u64::try_from(message.len()).unwrap();
        pair.carry();
        pair.listener.received.clear();
        pair.dialler.received.clear();
    }
    assert!(sent + 2 * u64::try_from(MAX_MESSAGE).unwrap() > REKEY_AFTER_BYTES);
    assert_eq!(pair.listener.count(ChannelEvent::Rekeyed), 1);
}

/// Carries bytes in pieces, each side sending between any two pieces, while new keys are made.
#[test]
fn no_message_in_flight_is_lost_while_keys_change() {
    for piece in [1, 13, 100, 279, 1000] {
        let mut pair = Pair::together();
        pair.now += REKEY_AFTER;
        pair.dialler.channel.handle_timeout(pair.now);
        let (mut there, mut back) = (Vec::new(), Vec::new());
        let mut sent = 0_u32;
        while pair.dialler.count(ChannelEvent::Rekeyed) + pair.listener.count(ChannelEvent::Rekeyed) < 2 || sent < 20 {
            for end in [&mut pair.dialler, &mut pair.listener] {
                end.channel.send(pair.now, &sent.to_be_bytes()).unwrap();
            }
            sent += 1;
            there.extend(pair.dialler.drain(pair.now));
            back.extend(pair.listener.drain(pair.now));
            // Slower than the sending, so that there is always something in flight.
            for (queue, end) in [(&mut there, &mut pair.listener), (&mut back, &mut pair.dialler)] {
                let some = queue.len().min(piece.max(300));
                deliver(end, pair.now, &queue[..some], piece);
                queue.drain(..some);
            }
            assert!(sent < 10_000);
        }
        deliver(&mut pair.listener, pair.now, &there, piece);
        deliver(&mut pair.dialler, pair.now, &back, piece);
        pair.carry();
        let all: Vec<_> = (0..sent).map(|number| number.to_be_bytes().to_vec()).collect();
        assert!(pair.dialler.received == all && pair.listener.received == all, "pieces of {piece}");
        assert_eq!((pair.dialler.reason(), pair.listener.reason()), (None, None));
    }
}

#[test]
fn old_keys_are_of_no_use_after_new_ones() {
    let mut pair = Pair::together();
    pair.dialler.channel.send(pair.now, b"under the old keys").unwrap();
    let recorded = pair.dialler.drain(pair.now);
    deliver(&mut pair.listener, pair.now, &recorded, usize::MAX);
    pair.pass(REKEY_AFTER);
    deliver(&mut pair.listener, pair.now, &recorded, usize::MAX);
    pair.listener.drain(pair.now);
    assert_eq!(pair.listener.received, [b"under the old keys"]);
    assert_eq!(pair.listener.reason(), Some(CloseReason::Tampered));
}

#[test]
fn a_listener_does_not_live_for_ever_with_a_dialler_that_never_renews() {
    let mut pair = Pair::together();
    let deadline = pair.listener.channel.next_timeout().unwrap();
    assert_eq!(deadline, NOW + REKEY_AFTER * 2);
    pair.listener.channel.handle_timeout(deadline);
    assert_eq!(pair.listener.reason(), Some(CloseReason::TimedOut));
}

#[test]
fn a_dialler_gives_up_on_a_listener_that_does_not_renew() {
    let mut pair = Pair::together();
    pair.dialler.channel.handle_timeout(NOW + REKEY_AFTER);
    assert!(pair.dialler.channel.poll_transmit().is_some());
    let deadline = pair.dialler.channel.next_timeout().unwrap();
    assert!(deadline > NOW + REKEY_AFTER);
    pair.dialler.channel.handle_timeout(deadline - Duration::from_secs(1));
    assert_eq!(pair.dialler.channel.poll_transmit(), None);
    assert_eq!(pair.dialler.reason(), None);
    pair.dialler.channel.handle_timeout(deadline);
    assert_eq!(pair.dialler.reason(), Some(CloseReason::TimedOut));
}
