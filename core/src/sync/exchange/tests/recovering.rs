//! Meetings after a cut, a restored backup, a lost phone.

use super::*;
use crate::journal::{DocumentName, Month};
use crate::sync::Shelf as _;

const MONTH: i64 = 31 * 24 * 60;

fn texts(phone: &Phone, whose: Whose) -> Vec<String> {
    let log = phone.shelf.log(whose);
    let text = |value: &[u8]| match crate::journal::Envelope::read(value).body {
        Body::Worry(worry) => Some(worry.text),
        _ => None,
    };
    let mut texts: Vec<_> = log.values().flatten().filter_map(|record| text(&record.value)).collect();
    texts.sort();
    texts
}

#[test]
fn a_cut_before_the_acknowledgement_sends_nothing_twice_but_one_batch() {
    let (mut a, mut b) = pair();
    a.write(0, "one");
    a.restart();
    b.restart();
    a.poll().iter().for_each(|message| b.handle(message));
    assert_eq!(texts(&b, Whose::Theirs), ["one"]);
    // b's acknowledgement is lost.
    a.write(1, "two");
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
    assert_eq!(b.exchange.counters().entries_dropped, 2);
    assert_eq!(b.exchange.counters().entries_received, 1);
    assert_eq!(a.exchange.counters().round_trips, 2);
}

#[test]
fn a_restored_backup_gets_back_what_was_shared_since() {
    let (mut a, mut b) = pair();
    a.write(0, "one");
    meet(&mut a, &mut b);
    let backup = a.shelf.clone();
    a.write(1, "two");
    a.write(MONTH, "three");
    meet(&mut a, &mut b);
    a.write(MONTH + 1, "never sent");
    b.write(1, "from b");
    meet_partly(&mut a, &mut b);

    a.shelf = backup;
    a.shelf.become_another_device();
    a.write(MONTH + 2, "after the restore");
    b.write(MONTH + 2, "also from b");
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
    assert_eq!(texts(&a, Whose::Mine), ["after the restore", "one", "three", "two"]);
    assert_eq!(texts(&a, Whose::Theirs), ["also from b", "from b"]);
    let taken_back = |event: &&ExchangeEvent| matches!(event, ExchangeEvent::TakenBack { .. });
    assert_eq!(a.events.iter().filter(taken_back).count(), 2);
}

/// A meeting in which nothing of a's arrives.
fn meet_partly(a: &mut Phone, b: &mut Phone) {
    a.restart();
    b.restart();
    let opening = a.poll().swap_remove(0);
    b.handle(&opening);
    b.poll().iter().for_each(|message| a.handle(message));
}

#[test]
fn a_phone_that_was_rolled_back_unnoticed_keeps_both_futures() {
    let (mut a, mut b) = pair();
    a.write(0, "one");
    meet(&mut a, &mut b);
    let earlier = a.shelf.clone();
    a.write(1, "first future");
    meet(&mut a, &mut b);
    a.shelf = earlier;
    a.shelf.reseed(99);
    a.write(2, "second future");
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
    assert_eq!(texts(&a, Whose::Mine), ["first future", "one", "second future"]);
}

#[test]
fn a_phone_with_nothing_but_its_seed_gets_its_log_back() {
    let (mut a, mut b) = pair();
    for minute in 0..50 {
        a.write(minute * MONTH / 10, "long ago");
        b.write(minute * MONTH / 10, "of the other");
    }
    meet(&mut a, &mut b);
    let before = a.shelf.log(Whose::Mine);
    a.shelf = MemoryShelf::new(77);
    a.write(50 * MONTH, "new");
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
    assert!(before.iter().all(|(name, records)| a.shelf.log(Whose::Mine).get(name) == Some(records)));
}

#[test]
fn a_partner_restored_from_before_is_filled_again() {
    let (mut a, mut b) = pair();
    let ids: Vec<_> = (0..20).map(|minute| a.write(minute, "words")).collect();
    meet(&mut a, &mut b);
    let backup = b.shelf.clone();
    let erase = a.shelf.erase(at(20), &ids[5..7]);
    a.write(21, "after");
    meet(&mut a, &mut b);
    assert!(a.shelf.is_confirmed(erase));
    b.shelf = backup;
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
    let device = a.shelf.device();
    assert_eq!(a.shelf.log(Whose::Mine).keys().filter(|name| name.device != device).count(), 0, "nothing was moved");

    b.shelf = MemoryShelf::new(5);
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
}

#[test]
fn what_a_lost_phone_had_erased_stays_erased() {
    let (mut a, mut b) = pair();
    let id = a.write(0, "regretted");
    a.write(1, "kept");
    meet(&mut a, &mut b);
    let backup = a.shelf.clone();
    a.shelf.erase(at(2), &[id]);
    meet(&mut a, &mut b);
    a.shelf = backup;
    a.shelf.become_another_device();
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
    assert_eq!(texts(&a, Whose::Mine), ["kept"]);
}

#[test]
fn both_phones_may_be_restored_at_once() {
    let (mut a, mut b) = pair();
    a.write(0, "a0");
    b.write(0, "b0");
    meet(&mut a, &mut b);
    let (backup_a, backup_b) = (a.shelf.clone(), b.shelf.clone());
    a.write(1, "a1");
    meet(&mut a, &mut b);
    b.write(1, "b1");
    let later_b = b.shelf.clone();
    meet(&mut a, &mut b);
    a.shelf = backup_a;
    b.shelf = later_b;
    for phone in [&mut a, &mut b] {
        phone.shelf.become_another_device();
        phone.write(2, "after");
    }
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
    assert_eq!(texts(&a, Whose::Mine), ["a0", "a1", "after"]);
    assert_eq!(texts(&b, Whose::Mine), ["after", "b0", "b1"]);

    b.shelf = backup_b;
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
    assert_eq!(texts(&b, Whose::Mine), ["after", "b0", "b1"]);
}

#[test]
fn a_first_fill_brings_the_newest_month_first_and_never_much_at_once() {
    let (mut a, mut b) = pair();
    for entry in 0..3000 {
        a.write(entry * MONTH / 100, &"x".repeat(500));
    }
    a.restart();
    b.restart();
    let (mut months, mut most) = (Vec::<Month>::new(), 0);
    loop {
        let (from_a, from_b) = (a.poll(), b.poll());
        if from_a.is_empty() && from_b.is_empty() {
            break;
        }
        most = most.max(from_a.len());
        from_a.iter().for_each(|message| b.handle(message));
        from_b.iter().for_each(|message| a.handle(message));
        for event in &b.events {
            if let ExchangeEvent::Received { documents, .. } = event {
                months.extend(documents.iter().map(|name: &DocumentName| name.month).rev());
            }
        }
        b.events.retain(|event| matches!(event, ExchangeEvent::Progress(_)));
    }
    assert_equal_logs(&mut a, &mut b);
    assert!(most <= limits::WINDOW + 1, "{most} messages on their way at once");
    assert!(months.len() > 30 && months.is_sorted_by(|a, b| a >= b), "newest first");
    let progress: Vec<_> = b.events.iter().filter_map(progress).collect();
    assert!(progress.is_sorted_by_key(|p| (p.received, p.sent)) && progress.is_sorted_by_key(|p| p.total));
    assert_eq!(progress.last(), Some(&Progress { received: 3000, sent: 0, total: 3000 }));
    assert!(progress.len() > 3);
}

#[test]
fn the_newest_month_of_a_first_fill_is_whole_with_the_first_batch() {
    let (mut a, mut b) = pair();
    // Twenty entries a day, of the usual size.
    for entry in 0..2980 {
        a.write(entry * MONTH / 608, &"x".repeat(290));
    }
    a.restart();
    b.restart();
    let opening = a.poll();
    opening.iter().for_each(|message| b.handle(message));
    let (sent, held) = (a.shelf.log(Whose::Mine), b.shelf.log(Whose::Theirs));
    let newest = sent.keys().next_back().unwrap();
    assert!(sent[newest].len() > 500, "{} entries", sent[newest].len());
    assert_eq!(held.get(newest), sent.get(newest));
    assert!(held.len() < sent.len(), "and not much more");
}

fn progress(event: &ExchangeEvent) -> Option<Progress> {
    match event {
        ExchangeEvent::Progress(progress) => Some(*progress),
        _ => None,
    }
}

#[test]
fn a_memory_that_is_wrong_is_found_out_and_put_right() {
    let (mut a, mut b) = pair();
    for minute in 0..9 {
        a.write(minute, "words");
    }
    meet(&mut a, &mut b);
    // a believes that b holds less, and more, than b does, under the right state.
    for wrong in [None, Some(EntryId::from_bytes([0xff; 16]))] {
        let (counter, digest) = a.shelf.standing().unwrap().confirmed.unwrap();
        let name = *a.shelf.log(Whose::Mine).keys().next().unwrap();
        a.shelf.confirm(counter, digest, &[(name, wrong)]).unwrap();
        a.write(10, "more");
        meet(&mut a, &mut b);
        assert_equal_logs(&mut a, &mut b);
    }
}

#[test]
fn a_broken_seal_parts_nobody_who_lacks_nothing() {
    let (mut a, mut b) = pair();
    a.write(0, "one");
    meet(&mut a, &mut b);
    let seal = b.shelf.standing().unwrap().held.unwrap();
    let broken = crate::sync::Seal { mac: [0; 32], ..seal };
    let received = crate::sync::Received { documents: vec![], erased: vec![], seal: broken };
    b.shelf.receive(received).unwrap();
    a.shelf.confirm(seal.counter + 1, [9; 32], &[]).unwrap();
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
    assert_ne!(b.shelf.standing().unwrap().held.unwrap().mac, [0; 32], "sealed again");

    // But whoever lacks something takes nothing back that is not sealed.
    let backup = a.shelf.clone();
    a.write(1, "two");
    meet(&mut a, &mut b);
    let seal = b.shelf.standing().unwrap().held.unwrap();
    let broken = crate::sync::Seal { mac: [0; 32], ..seal };
    b.shelf.receive(crate::sync::Received { documents: vec![], erased: vec![], seal: broken }).unwrap();
    a.shelf = backup;
    a.restart();
    b.restart();
    talk(&mut a, &mut b);
    assert_eq!(a.ended(), Some(Ended::Refused(Objection::NotSealed)));
    assert_eq!(texts(&a, Whose::Mine), ["one"]);
}
