//! The partner's phone has proven itself, and lies. Whatever it says, this phone keeps what it had, says
//! why the meeting ended, and meets an honest partner afterwards.

use std::fs;
use std::path::Path;

use attune_core::journal::Whose;
use attune_core::phone::PhoneError;
use attune_core::store::Dump;
use attune_core::sync::lying;

use crate::couple::Owner;
use crate::liar::{Liar, Outcome};

/// A phone and a liar who have met once and have something to say to each other.
fn acquainted(seed: u64) -> (Owner, Liar) {
    let owner = Owner::new(seed);
    let mut liar = Liar::pair_with(&owner, seed + 1);
    owner.share("an evening");
    liar.write("a morning");
    liar.meet_honestly(&owner);
    (owner, liar)
}

/// A meeting that the phone must end, saying so, without having kept anything.
fn assert_refused(owner: &Owner, liar: &mut Liar, lie: impl FnMut(Vec<u8>) -> Vec<Vec<u8>>) -> Outcome {
    let before = owner.dump();
    let port = owner.listen();
    let outcome = liar.meet(port, lie);
    assert_eq!(owner.settle(), Err(PhoneError::PartnerMisbehaved));
    assert_unchanged(owner, &before);
    outcome
}

fn assert_unchanged(owner: &Owner, before: &Dump) {
    assert_eq!(owner.dump(), *before);
}

const BATCH: u8 = 2;

#[test]
fn an_honest_partner_is_met() {
    let (owner, mut liar) = acquainted(10);
    owner.share("more");
    liar.write("more as well");
    liar.meet_honestly(&owner);
    assert_eq!((owner.shared(Whose::Mine).len(), owner.shared(Whose::Theirs).len()), (2, 2));
}

#[test]
fn an_entry_under_an_id_of_this_phone_is_refused() {
    let (owner, mut liar) = acquainted(20);
    let honest = liar.shelf.clone();
    let mut own = owner.shared(Whose::Mine).pop_first().unwrap();
    own.value = vec![0xa0];
    let name = *liar.shelf.log(Whose::Mine).first_key_value().unwrap().0;
    liar.shelf.insert(name, own);
    assert_refused(&owner, &mut liar, |message| vec![message]);
    liar.shelf = honest;
    liar.meet_honestly(&owner);
}

#[test]
fn a_batch_that_cannot_be_unpacked_is_refused() {
    let (owner, mut liar) = acquainted(30);
    liar.write("words");
    let mut outcome = Outcome::default();
    let saved = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/exchange_packed");
    let packed = ["zeros-of-a-gigabyte", "a-window-of-128-mebibytes", "too-many-entries", "a-value-too-long"];
    let packed = packed.map(|name| fs::read(saved.join(name)).unwrap());
    for packed in packed.into_iter().chain([vec![], vec![0xff; 100]]) {
        outcome = assert_refused(&owner, &mut liar, |message| {
            vec![lying::with_packed(&message, packed.clone()).unwrap_or(message)]
        });
    }
    assert!(outcome.sent.iter().any(|message| message[0] == BATCH));
    liar.meet_honestly(&owner);
}
