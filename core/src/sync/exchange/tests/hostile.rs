//! A partner's phone that keeps the channel's rules and no others.

use proptest::prelude::*;

use super::*;
use crate::journal::{Chain, DeviceId, DocumentName, MAX_VALUE_BYTES, Month, Record};
use crate::sync::exchange::message::{Batch, Message};
use crate::sync::exchange::pack::{Parts, pack, unpack};
use crate::sync::{Shelf as _, ShelfError};

/// b after a's opening, and the first batch that a would send.
fn first_batch(a: &mut Phone, b: &mut Phone) -> Batch {
    a.restart();
    b.restart();
    let mut messages = a.poll().into_iter();
    b.handle(&messages.next().unwrap());
    match Message::read(&messages.next().unwrap()) {
        Ok(Message::Batch(batch)) => batch,
        other => panic!("{other:?}"),
    }
}

/// Hands b a message that it must refuse, and checks that nothing of it is kept.
fn assert_refused(b: &mut Phone, message: &Message, objection: Objection) {
    let before = b.shelf.clone();
    b.poll();
    b.handle(&message.write());
    assert_eq!(b.poll().last(), Some(&Message::Refused(objection.code()).write()));
    assert_eq!(b.ended(), Some(Ended::Refused(objection)));
    assert_eq!(b.shelf, before);
}

/// a's first batch, changed before b gets it.
fn assert_first_batch_refused(change: impl Fn(&mut Batch, &mut Parts), objection: Objection) {
    let (mut a, mut b) = pair();
    for minute in 0..5 {
        a.write(minute, "words");
    }
    let mut batch = first_batch(&mut a, &mut b);
    let mut parts = unpack(&batch.packed).unwrap();
    change(&mut batch, &mut parts);
    batch.packed = pack(&parts);
    assert_refused(&mut b, &Message::Batch(batch), objection);
}

fn a_name() -> DocumentName {
    DocumentName { device: DeviceId([3; 16]), month: Month(24_000) }
}

#[test]
fn an_entry_with_an_id_of_ours_is_refused() {
    let (mut a, mut b) = pair();
    let ours = b.write(0, "ours");
    a.shelf.insert(a_name(), Record { id: ours, written: at(0), value: vec![1] });
    let batch = first_batch(&mut a, &mut b);
    assert_refused(&mut b, &Message::Batch(batch), Objection::IdTaken);
}

#[test]
fn an_entry_that_was_erased_does_not_come_back() {
    let (mut a, mut b) = pair();
    let id = a.write(0, "regretted");
    let record = a.shelf.log(Whose::Mine).into_values().flatten().next().unwrap();
    meet(&mut a, &mut b);
    a.shelf.erase(at(1), &[id]);
    meet(&mut a, &mut b);
    a.shelf.insert(a_name(), record.clone());
    let batch = first_batch(&mut a, &mut b);
    assert_refused(&mut b, &Message::Batch(batch), Objection::IdTaken);

    // Nor in the very batch that erases it.
    let (mut a, mut b) = pair();
    a.shelf.insert(a_name(), record);
    a.shelf.write(at(1), &Body::from(crate::journal::Erase { ids: vec![id] }));
    let batch = first_batch(&mut a, &mut b);
    assert_refused(&mut b, &Message::Batch(batch), Objection::IdTaken);
}

#[test]
fn unknown_documents_far_dates_and_unknown_kinds_are_kept() {
    let (mut a, mut b) = pair();
    let far = LocalTime::parse("9999-12-30T00:00:00+14:00").unwrap();
    a.shelf.write_value(a_name(), at(0), b"not even CBOR".to_vec());
    a.shelf.write_value(DocumentName { month: Month(1), ..a_name() }, far, vec![]);
    a.shelf.write_value(DocumentName { month: Month::ERASURES, ..a_name() }, at(2), vec![0xa0]);
    a.write(3, "words");
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
}

#[test]
fn entries_out_of_order_are_refused() {
    assert_first_batch_refused(|_, parts| parts[0].1.swap(1, 2), Objection::OutOfOrder);
    assert_first_batch_refused(|_, parts| parts[0].1[1] = parts[0].1[0].clone(), Objection::OutOfOrder);
    assert_first_batch_refused(|_, parts| parts.push(parts[0].clone()), Objection::OutOfOrder);
    assert_first_batch_refused(|_, parts| parts[0].1.clear(), Objection::Malformed);
}

#[test]
fn a_counter_that_does_not_rise_is_refused() {
    assert_first_batch_refused(|batch, _| batch.seal.counter = 0, Objection::OutOfTurn);
}

#[test]
fn values_and_batches_that_are_too_large_are_refused() {
    assert_first_batch_refused(|_, parts| parts[0].1[0].value = vec![0; MAX_VALUE_BYTES + 1], Objection::TooLarge);
    assert_first_batch_refused(
        |_, parts| {
            let record = parts[0].1[0].clone();
            parts[0].1 = (0..=limits::BATCH_ENTRIES).map(|_| record.clone()).collect();
        },
        Objection::TooLarge,
    );
    // A bomb: 64 MiB of nothing in a few kilobytes, and one that does not say how large it is.
    let zeros = vec![0; 64 << 20];
    for bomb in [zstd::bulk::compress(&zeros, 3).unwrap(), zstd::stream::encode_all(&zeros[..], 3).unwrap()] {
        assert!(bomb.len() < 8192);
        let (mut a, mut b) = pair();
        a.write(0, "words");
        let mut batch = first_batch(&mut a, &mut b);
        batch.packed = bomb;
        b.handle(&Message::Batch(batch).write());
        b.poll();
        assert!(matches!(b.ended(), Some(Ended::Refused(Objection::TooLarge | Objection::Malformed))));
        assert!(b.shelf.log(Whose::Theirs).is_empty());
    }
}

#[test]
fn a_log_without_end_is_refused_and_what_was_acknowledged_stays() {
    let (mut a, mut b) = pair();
    for _ in 0..10_000 {
        a.shelf.write_value(a_name(), at(0), vec![0]);
    }
    let limits = Limits { entries: 9_000, ..Limits::default() };
    b.limits = limits;
    a.restart();
    b.restart();
    talk(&mut a, &mut b);
    assert_eq!(b.ended(), Some(Ended::Refused(Objection::TooMuch)));
    assert_eq!(a.ended(), Some(Ended::RefusedByPartner(Objection::TooMuch)));
    assert_eq!(b.shelf.log(Whose::Theirs)[&a_name()].len(), limits::BATCH_ENTRIES);

    for limits in [Limits { documents: 2, ..limits }, Limits { bytes: 2, ..limits }] {
        let (mut a, mut b) = pair();
        for month in 0..3 {
            a.shelf.write_value(DocumentName { month: Month(month), ..a_name() }, at(0), vec![0]);
        }
        b.limits = limits;
        let batch = first_batch(&mut a, &mut b);
        assert_refused(&mut b, &Message::Batch(batch), Objection::TooMuch);
    }
}

#[test]
fn a_chain_that_does_not_fit_is_never_kept_and_in_the_end_refused() {
    let (mut a, mut b) = pair();
    a.write(0, "words");
    let mut batch = first_batch(&mut a, &mut b);
    let before = b.shelf.clone();
    batch.digest[0] ^= 1;
    for _ in 0..limits::RECONCILIATIONS {
        b.handle(&Message::Batch(batch.clone()).write());
        assert_eq!((b.poll().is_empty(), b.ended()), (false, None));
        b.handle(&Message::Agreed(1).write());
    }
    assert_refused(&mut b, &Message::Batch(batch), Objection::DoesNotFit);
    assert_eq!(b.shelf, before);
}

/// b was restored; a holds more of b's log than b does, and lies about it.
fn returned_falsely(change: impl Fn(&mut Message)) -> Phone {
    let (mut a, mut b) = pair();
    b.write(0, "one");
    meet(&mut a, &mut b);
    let backup = b.shelf.clone();
    b.write(1, "two");
    b.write(2, "three");
    meet(&mut a, &mut b);
    b.shelf = backup;
    b.shelf.become_another_device();
    a.restart();
    b.restart();
    loop {
        let (from_a, from_b) = (a.poll(), b.poll());
        if from_a.is_empty() && from_b.is_empty() {
            return b;
        }
        for message in from_a {
            let mut message = Message::read(&message).unwrap();
            change(&mut message);
            b.handle(&message.write());
        }
        from_b.iter().for_each(|message| a.handle(message));
    }
}

#[test]
fn what_was_not_sealed_is_not_taken_back() {
    let not_sealed = Some(Ended::Refused(Objection::NotSealed));
    let own = |b: &Phone| b.shelf.log(Whose::Mine).values().map(Vec::len).sum::<usize>();
    assert_eq!((returned_falsely(|_| ()).ended(), own(&returned_falsely(|_| ()))), (None, 3));

    let changed_seal = returned_falsely(|message| {
        if let Message::Held(held) = message {
            held.seal.as_mut().unwrap().mac[0] ^= 1;
        }
    });
    assert_eq!((changed_seal.ended(), own(&changed_seal)), (not_sealed, 1));

    let no_seal = returned_falsely(|message| {
        if let Message::Held(held) = message {
            held.seal = None;
        }
    });
    assert_eq!((no_seal.ended(), own(&no_seal)), (not_sealed, 1));

    let changed_manifest = returned_falsely(|message| {
        if let Message::Held(held) = message {
            held.manifest.set(a_name(), Chain { length: 1, head: [1; 32] });
        }
    });
    assert_eq!((changed_manifest.ended(), own(&changed_manifest)), (not_sealed, 1));

    for change in [
        (|records| records[1].value.push(1)) as fn(&mut Vec<Record>),
        |records| drop(records.swap_remove(1)),
        |records| records.push(Record { id: EntryId::from_bytes([0xee; 16]), ..records[0].clone() }),
        |records| records.clear(),
    ] {
        let changed_entries = returned_falsely(|message| {
            if let Message::Returned(packed) = message {
                let mut parts = unpack(packed).unwrap();
                parts.iter_mut().filter(|(_, records)| records.len() > 1).for_each(|(_, records)| change(records));
                *packed = pack(&parts);
            }
        });
        assert_eq!((changed_entries.ended(), own(&changed_entries)), (not_sealed, 1));
    }

    let unasked = returned_falsely(|message| {
        if let Message::Returned(packed) = message {
            *packed = pack(&vec![(a_name(), vec![])]);
        }
    });
    assert_eq!((unasked.ended(), own(&unasked)), (Some(Ended::Refused(Objection::OutOfTurn)), 1));
}

#[test]
fn messages_out_of_turn_are_refused() {
    let first = [Message::Ack(1), Message::Agreed(0), Message::Want(vec![]), Message::Settle(1)];
    for message in first {
        let (_, mut b) = pair();
        b.restart();
        assert_refused(&mut b, &message, Objection::OutOfTurn);
    }
    let later = [Message::Ack(9), Message::Agreed(0), Message::Want(vec![]), Message::Settled(1)];
    for message in later.into_iter().chain([Message::Returned(pack(&vec![]))]) {
        let (mut a, mut b) = pair();
        meet(&mut a, &mut b);
        assert_refused(&mut b, &message, Objection::OutOfTurn);
    }
    let (mut a, mut b) = pair();
    b.restart();
    a.restart();
    let opening = a.poll().swap_remove(0);
    b.handle(&opening);
    let Ok(opening) = Message::read(&opening) else { panic!() };
    assert_refused(&mut b, &opening, Objection::OutOfTurn);
}

#[test]
fn unknown_messages_are_passed_over_only_where_they_say_so() {
    let (mut a, mut b) = pair();
    meet(&mut a, &mut b);
    b.handle(&[0xa0, 1, 2, 3]);
    assert_eq!((b.poll().len(), b.ended()), (0, None));
    b.handle(&[0x20, 1, 2, 3]);
    b.poll();
    assert_eq!(b.ended(), Some(Ended::Refused(Objection::Malformed)));
}

#[test]
fn a_full_store_ends_the_meeting_and_loses_nothing() {
    let (mut a, mut b) = pair();
    for minute in 0..2000 {
        a.write(minute, &"words ".repeat(40));
    }
    b.shelf.room = Some(300_000);
    a.restart();
    b.restart();
    talk(&mut a, &mut b);
    assert_eq!(b.ended(), Some(Ended::StorageFull));
    assert_eq!(a.ended(), Some(Ended::RefusedByPartner(Objection::StorageFull)));
    let kept = b.shelf.log(Whose::Theirs).values().map(Vec::len).sum::<usize>();
    assert!((1..2000).contains(&kept));
    b.shelf.room = None;
    meet(&mut a, &mut b);
    assert_equal_logs(&mut a, &mut b);
}

#[test]
fn a_store_that_fails_at_any_change_loses_nothing() {
    for fails_after in 0..12 {
        for which in 0..2 {
            let (mut a, mut b) = pair();
            for minute in 0..600 {
                a.write(minute, &"words ".repeat(40));
                b.write(minute, &"words ".repeat(40));
            }
            let failing = if which == 0 { &mut a } else { &mut b };
            failing.shelf.fails_after = Some(fails_after);
            a.restart();
            b.restart();
            talk(&mut a, &mut b);
            let failing = if which == 0 { &mut a } else { &mut b };
            assert!([None, Some(Ended::StorageFailed)].contains(&failing.ended()));
            failing.shelf.fails_after = None;
            meet(&mut a, &mut b);
            assert_equal_logs(&mut a, &mut b);
        }
    }
}

#[test]
fn an_id_of_ours_is_refused_by_the_shelf_itself() {
    let (mut a, mut b) = pair();
    a.write(0, "words");
    meet(&mut a, &mut b);
    let record = b.shelf.log(Whose::Theirs).into_values().flatten().next().unwrap();
    let received = crate::sync::Received {
        documents: vec![crate::sync::ReceivedDocument { name: a_name(), records: vec![record], chain: Chain::EMPTY }],
        erased: vec![],
        seal: b.shelf.standing().unwrap().held.unwrap(),
    };
    assert_eq!(b.shelf.receive(received), Err(ShelfError::IdTaken));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn noise_never_panics_and_never_changes_what_is_held(
        noise in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 1..8),
        kinds in proptest::collection::vec(1_u8..12, 8),
        opened in any::<bool>(),
    ) {
        let (mut a, mut b) = pair();
        a.write(0, "words");
        b.write(0, "words");
        meet(&mut a, &mut b);
        let before = (b.shelf.log(Whose::Mine), b.shelf.log(Whose::Theirs));
        if !opened {
            b.restart();
        }
        for (mut message, kind) in noise.into_iter().zip(kinds) {
            message.insert(0, kind);
            b.handle(&message);
            b.poll();
        }
        prop_assert_eq!(before, (b.shelf.log(Whose::Mine), b.shelf.log(Whose::Theirs)));
    }

    #[test]
    fn a_conversation_with_flipped_cut_and_repeated_bytes_keeps_only_what_is_whole(
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_u8..4, 1_u8..=255), 1..4)
    ) {
        let (mut a, mut b) = pair();
        for minute in 0..20 {
            a.write(minute, "words");
        }
        let id = a.write(20, "regretted");
        meet(&mut a, &mut b);
        a.shelf.erase(at(21), &[id]);
        a.write(22, "after");
        a.restart();
        b.restart();
        b.poll();
        let mut messages = a.poll();
        for (which, place, how, bits) in damage {
            let index = which.index(messages.len());
            let message = &mut messages[index];
            let place = place.index(message.len().max(1));
            match how {
                0 if !message.is_empty() => message[place] ^= bits,
                1 => message.truncate(place),
                2 => {
                    let again = message.clone();
                    messages.insert(index, again);
                }
                _ => message.push(bits),
            }
        }
        let before = b.shelf.log(Whose::Theirs);
        messages.iter().for_each(|message| b.handle(message));
        let after = b.shelf.log(Whose::Theirs);
        prop_assert!(after == before || after == a.shelf.log(Whose::Mine));
        // Whatever happened, the next meeting puts it right; only a seal that was damaged on its way
        // can no longer be checked, and is replaced with the next batch.
        a.write(23, "and on");
        meet(&mut a, &mut b);
        assert_equal_logs(&mut a, &mut b);
    }
}
