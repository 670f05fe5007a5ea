//! The partner's phone has proven itself, and lies. Whatever it says, this phone keeps what it had, says
//! why the meeting ended, and meets an honest partner afterwards.

mod bytes;
mod sizes;
mod words;

use attune_core::journal::Whose;
use attune_core::phone::PhoneError;
use attune_core::store::Dump;

use crate::couple::Owner;
use crate::liar::{Liar, Outcome};
use crate::line::Line;

/// What messages of the exchange begin with.
const BATCH: u8 = 2;
const HELD: u8 = 4;
const WANT: u8 = 5;
const RETURNED: u8 = 6;

/// A phone and a liar who have met once.
fn acquainted(seed: u64) -> (Owner, Liar) {
    let owner = Owner::new(seed);
    let mut liar = Liar::pair_with(&owner, seed + 1);
    owner.share("an evening");
    liar.write("a morning");
    liar.meet_honestly(&owner);
    (owner, liar)
}

fn honestly(message: Vec<u8>) -> Vec<Vec<u8>> {
    vec![message]
}

fn lie_to(owner: &Owner, liar: &mut Liar, lie: impl FnMut(Vec<u8>) -> Vec<Vec<u8>>) -> Outcome {
    let mut line = liar.dial(owner.listen());
    line.be_impatient();
    liar.meet_on(line, lie)
}

/// A meeting that the phone must end, saying so, without having kept anything.
fn assert_refused(owner: &Owner, liar: &mut Liar, lie: impl FnMut(Vec<u8>) -> Vec<Vec<u8>>) -> Outcome {
    let before = owner.dump();
    let outcome = lie_to(owner, liar, lie);
    assert_eq!(owner.settle(), Err(PhoneError::PartnerMisbehaved));
    assert_eq!(owner.phone.partner().why_broken_off(), Some(PhoneError::PartnerMisbehaved));
    assert_unchanged(owner, &before);
    outcome
}

/// The same with nothing but these messages, or with bytes that are no record.
fn assert_all_refused(owner: &Owner, liar: &Liar, say: impl Fn(&mut Line)) {
    let before = owner.dump();
    let mut line = liar.dial(owner.listen());
    say(&mut line);
    line.flush();
    line.wait_for_the_end();
    assert_eq!(owner.settle(), Err(PhoneError::PartnerMisbehaved));
    assert_unchanged(owner, &before);
}

fn assert_unchanged(owner: &Owner, before: &Dump) {
    assert_eq!(owner.dump(), *before);
}

#[test]
fn an_honest_partner_is_met() {
    let (owner, mut liar) = acquainted(10);
    owner.share("more");
    liar.write("more as well");
    liar.meet_honestly(&owner);
    assert_eq!((owner.shared(Whose::Mine).len(), owner.shared(Whose::Theirs).len()), (2, 2));
}
