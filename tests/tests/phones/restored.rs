//! The file of a phone is an older one: a copy from before came back, on either side or on both. What was
//! shared since comes back from the partner's phone, and what is written goes on.

use std::collections::BTreeSet;

use attune_core::journal::{EntryId, Whose};

use crate::couple::{Owner, assert_level, couple, meet};

fn ids(owner: &Owner) -> BTreeSet<EntryId> {
    owner.shared(Whose::Mine).iter().map(|record| record.id).collect()
}

#[test]
fn what_was_shared_since_comes_back_to_whoever_dials_and_to_whoever_listens() {
    for (seed, dials) in [(400, true), (410, false)] {
        let (mut ada, bob) = couple(seed);
        ada.share("one");
        bob.share("eins");
        meet(&ada, &bob);
        let copy = ada.copy();
        for word in ["two", "three"] {
            ada.share(word);
        }
        bob.share("zwei");
        meet(&ada, &bob);
        let (all, theirs) = (ids(&ada), ids(&bob));
        ada.restore(&copy);
        assert_eq!((ids(&ada).len(), all.len()), (1, 3));
        bob.share("drei");
        if dials {
            meet(&bob, &ada);
        } else {
            meet(&ada, &bob);
        }
        assert_level(&ada, &bob);
        assert_eq!((ids(&ada), ids(&bob).len()), (all, theirs.len() + 1));
    }
}

#[test]
fn what_is_written_before_meeting_and_after_it_has_ids_of_its_own() {
    let (mut ada, bob) = couple(420);
    ada.share("one");
    meet(&ada, &bob);
    let copy = ada.copy();
    ada.clock.set("2026-03-02T09:00:00+01:00");
    let lost = [ada.share("two"), ada.share("three")];
    meet(&ada, &bob);
    ada.restore(&copy);
    // The clock stands behind what was lost, so that only what came back can tell which ids are taken.
    ada.clock.set("2026-03-02T08:30:00+01:00");
    let before = ada.share("written on the older file");
    meet(&ada, &bob);
    assert_level(&ada, &bob);
    let after = ada.share("written when all was back");
    meet(&ada, &bob);
    assert_level(&ada, &bob);
    assert!(lost.iter().all(|id| ids(&ada).contains(id) && *id < after));
    assert!(ids(&ada).contains(&before));
    assert_eq!(ids(&ada).len(), 5);
}

#[test]
fn both_files_may_be_older_ones() {
    let (mut ada, mut bob) = couple(430);
    ada.share("one");
    bob.share("eins");
    meet(&ada, &bob);
    let ada_before = ada.copy();
    ada.share("two");
    bob.share("zwei");
    meet(&ada, &bob);
    let bob_before = bob.copy();
    ada.share("three");
    bob.share("drei");
    meet(&ada, &bob);
    ada.restore(&ada_before);
    bob.restore(&bob_before);
    ada.share("something else");
    bob.share("etwas anderes");
    meet(&ada, &bob);
    assert_level(&ada, &bob);
    // What both had lost is gone, and nothing else.
    assert_eq!((ids(&ada).len(), ids(&bob).len()), (3, 3));
    ada.share("goes on");
    bob.share("geht weiter");
    meet(&bob, &ada);
    assert_level(&ada, &bob);
}

#[test]
fn what_was_erased_since_stays_erased() {
    let (mut ada, bob) = couple(440);
    let regretted = ada.share("regretted");
    ada.share("one");
    meet(&ada, &bob);
    let copy = ada.copy();
    ada.phone.journal().erase(&[regretted]).unwrap();
    meet(&ada, &bob);
    ada.restore(&copy);
    assert!(ids(&ada).contains(&regretted));
    meet(&ada, &bob);
    assert_level(&ada, &bob);
    assert!(!ids(&ada).contains(&regretted));
}
