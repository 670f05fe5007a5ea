//! Meetings that go well.

use super::*;

#[test]
fn two_phones_catch_up_in_one_round_trip() {
    let (mut a, mut b) = pair();
    for minute in 0..70 {
        a.write(minute, "the washing is still on the line");
        b.write(minute, "the letter from the landlord");
    }
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
    for phone in [&a, &b] {
        assert!(phone.is_caught_up());
        let counters = phone.exchange.counters();
        assert_eq!((counters.entries_sent, counters.entries_received), (70, 70));
        assert_eq!(counters.round_trips, 1);
        assert_eq!(phone.exchange.progress(), Progress { received: 70, sent: 70, total: 140 });
    }
}

#[test]
fn a_second_meeting_sends_only_what_is_new() {
    let (mut a, mut b) = pair();
    a.write(0, "one");
    meet(&mut a, &mut b);
    a.write(1, "two");
    b.write(1, "three");
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
    assert_eq!((a.exchange.counters().entries_sent, b.exchange.counters().entries_sent), (1, 1));
    meet(&mut a, &mut b);
    assert_eq!((a.exchange.counters().entries_sent, b.exchange.counters().entries_sent), (0, 0));
    assert!(a.is_caught_up() && b.is_caught_up());
}

#[test]
fn an_entry_written_while_together_goes_at_once() {
    let (mut a, mut b) = pair();
    meet(&mut a, &mut b);
    a.write(5, "now");
    a.exchange.handle_local_change(Duration::ZERO, &mut a.shelf);
    let messages = a.poll();
    assert_eq!(messages.len(), 1);
    b.handle(&messages[0]);
    assert_equal_logs(&mut a, &mut b);
}

#[test]
fn an_erasure_reaches_the_partner_and_is_acknowledged() {
    let (mut a, mut b) = pair();
    let ids: Vec<_> = (0..10).map(|minute| a.write(minute, "words")).collect();
    meet(&mut a, &mut b);
    let erase = a.shelf.erase(at(11), &[ids[3], ids[9]]);
    a.write(12, "after");
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
    assert!(a.shelf.is_confirmed(erase));
    let left = b.shelf.log(Whose::Theirs);
    assert!(left.values().flatten().all(|record| record.id != ids[3] && record.id != ids[9]));
}

#[test]
fn the_same_shared_entries_give_the_same_bytes() {
    let conversation = || {
        let (mut a, mut b) = pair();
        for minute in 0..30 {
            a.write(minute, "words");
        }
        a.restart();
        b.restart();
        let opening = a.poll();
        opening.iter().for_each(|message| b.handle(message));
        (opening, b.poll())
    };
    assert_eq!(conversation(), conversation());
}

#[test]
fn settled_comes_when_both_have_everything_that_was_there() {
    let (mut a, mut b) = pair();
    a.restart();
    b.restart();
    talk(&mut a, &mut b);
    a.write(0, "before the question");
    b.write(0, "not pushed by itself");
    a.exchange.settle(Duration::ZERO, &mut a.shelf);
    let asked = a.poll();
    assert!(!a.events.contains(&ExchangeEvent::Settled));
    asked.iter().for_each(|message| b.handle(message));
    talk(&mut a, &mut b);
    assert!(a.events.contains(&ExchangeEvent::Settled));
    assert_equal_logs(&mut a, &mut b);
    assert!(!b.events.contains(&ExchangeEvent::Settled));
}

#[test]
fn a_goodbye_is_no_interruption_and_a_lost_connection_is() {
    let (mut a, mut b) = pair();
    meet(&mut a, &mut b);
    a.exchange.end();
    talk(&mut a, &mut b);
    assert_eq!((a.ended(), b.ended()), (Some(Ended::Done), Some(Ended::PartnerLeft)));
    meet(&mut a, &mut b);
    a.exchange.handle_closed();
    a.poll();
    assert_eq!(a.ended(), Some(Ended::Interrupted));
}

#[test]
fn a_partner_that_does_not_answer_counts_as_gone_but_one_that_owes_nothing_does_not() {
    let (mut a, mut b) = pair();
    meet(&mut a, &mut b);
    assert_eq!(a.exchange.next_timeout(), None);
    a.write(0, "words");
    let minute = Duration::from_secs(60);
    a.exchange.handle_local_change(minute, &mut a.shelf);
    let patience = Limits::default().patience;
    assert_eq!(a.exchange.next_timeout(), Some(minute + patience));
    a.exchange.handle_timeout(minute + patience - Duration::from_millis(1));
    a.poll();
    assert_eq!(a.ended(), None);
    a.exchange.handle_timeout(minute + patience);
    a.poll();
    assert_eq!(a.ended(), Some(Ended::Silent));
}

#[test]
fn messages_of_the_layer_above_pass_through_in_their_place() {
    let (mut a, mut b) = pair();
    meet(&mut a, &mut b);
    a.exchange.send_other(7, b"ready?".to_vec());
    talk(&mut a, &mut b);
    assert!(b.events.contains(&ExchangeEvent::Other { kind: 7, bytes: b"ready?".to_vec() }));
}
