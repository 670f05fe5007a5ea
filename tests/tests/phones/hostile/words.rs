//! Words in another's log, a history that is shorter than it was, and a partner who cannot take more.

use attune_core::journal::{EntryId, LocalTime, Record, Whose};
use attune_core::phone::PhoneError;
use attune_core::sync::{Ended, lying};

use super::{HELD, RETURNED, WANT, acquainted, assert_refused, assert_unchanged, honestly, lie_to};

#[test]
fn an_entry_under_an_id_of_this_phone_is_refused() {
    let (owner, mut liar) = acquainted(20);
    let honest = liar.shelf.clone();
    let mut own = owner.shared(Whose::Mine).pop_first().unwrap();
    own.value = vec![0xa0];
    let name = *liar.shelf.log(Whose::Mine).first_key_value().unwrap().0;
    liar.shelf.insert(name, own);
    assert_refused(&owner, &mut liar, honestly);
    liar.shelf = honest;
    liar.meet_honestly(&owner);
}

#[test]
fn a_document_that_says_to_be_of_this_phones_device_is_the_partners_all_the_same() {
    let (owner, mut liar) = acquainted(30);
    let (own, shared) = (owner.shared(Whose::Mine), owner.dump().documents);
    let name = shared.iter().find(|document| document.whose == Whose::Mine && !document.records.is_empty());
    let name =
        shared.iter().find(|document| own.iter().any(|own| document.records.contains(own))).or(name).unwrap().name;
    liar.shelf.write_value(name, LocalTime::parse("2026-03-02T09:00:00+01:00").unwrap(), vec![0xa0]);
    liar.meet_honestly(&owner);
    assert_eq!(owner.shared(Whose::Mine), own);
    owner.share("goes on");
    liar.meet_honestly(&owner);
}

#[test]
fn words_that_this_phone_never_wrote_do_not_come_back_to_it_after_a_restore() {
    let (mut owner, mut liar) = acquainted(40);
    let copy = owner.copy();
    owner.share("after the copy");
    owner.share("and more");
    liar.meet_honestly(&owner);
    let all = owner.shared(Whose::Mine);
    owner.restore(&copy);
    let (own, honest) = (owner.shared(Whose::Mine), liar.shelf.clone());
    assert_eq!((all.len(), own.len()), (3, 1));

    let forged = |records: &mut Vec<Record>| records.last_mut().unwrap().value = vec![0xa0];
    let added = |records: &mut Vec<Record>| records.push(Record { id: last_id(), ..records[0].clone() });
    let shortened = |records: &mut Vec<Record>| drop(records.pop());
    for change in [forged, added, shortened] {
        let returned = |message: Vec<u8>| {
            let changed = (message[0] == RETURNED).then(|| {
                lying::with_entries(&message, |parts| parts.iter_mut().for_each(|(_, records)| change(records)))
            });
            vec![changed.flatten().unwrap_or(message)]
        };
        let outcome = assert_refused(&owner, &mut liar, returned);
        assert!(outcome.sent.iter().any(|message| message[0] == RETURNED));
        liar.shelf = honest.clone();
    }
    // What the liar says it holds: counter, seal, manifest.
    let outcome = liar.meet(owner.listen(), honestly);
    assert!(outcome.settled);
    let held = outcome.sent.iter().find(|message| message[0] == HELD).unwrap().len();
    owner.restore(&copy);
    liar.shelf = honest.clone();
    for byte in (2..held).step_by(7) {
        assert_refused(&owner, &mut liar, |mut message| {
            if message[0] == HELD {
                message[byte] ^= 1;
            }
            vec![message]
        });
        assert_eq!(owner.shared(Whose::Mine), own);
        liar.shelf = honest.clone();
    }
    liar.meet_honestly(&owner);
    assert_eq!(owner.shared(Whose::Mine), all);
}

fn last_id() -> EntryId {
    EntryId::from_bytes([0xee; 16])
}

#[test]
fn a_partner_that_shortens_its_own_history_does_not_shorten_it_here() {
    let (owner, mut liar) = acquainted(80);
    let older = liar.shelf.clone();
    liar.write("said");
    liar.write("and said");
    liar.meet_honestly(&owner);
    let (before, honest) = (owner.dump(), std::mem::replace(&mut liar.shelf, older));
    // It goes on from the older state, and does not take back what it is told that it lost.
    liar.write("said something else");
    let outcome = lie_to(&owner, &mut liar, |message| match message[0] {
        WANT => vec![vec![7, 1]],
        _ => vec![message],
    });
    assert!(!outcome.settled);
    assert_unchanged(&owner, &before);
    // One that holds less of this phone's log than it acknowledged is told the rest again.
    liar.shelf = honest;
    liar.meet_honestly(&owner);
    assert_eq!(owner.shared(Whose::Theirs).len(), 3);
}

#[test]
fn a_partner_that_cannot_take_what_was_sent_is_told_from_one_that_misbehaves() {
    let (owner, mut liar) = acquainted(230);
    owner.share("one more");
    let before = owner.dump();
    for (says, seen) in [(9, PhoneError::PartnerStorageFull), (1, PhoneError::PartnerRefused)] {
        let mut line = liar.dial(owner.listen());
        line.send(&[11, says]);
        line.flush();
        line.wait_for_the_end();
        assert_eq!(owner.settle(), Err(seen));
    }
    liar.shelf.room = Some(0);
    let outcome = liar.meet(owner.listen(), honestly);
    assert_eq!(outcome.ended, Some(Ended::StorageFull));
    assert_eq!(owner.settle(), Err(PhoneError::PartnerStorageFull));
    assert_unchanged(&owner, &before);
    liar.shelf.room = None;
    liar.meet_honestly(&owner);
}
