//! Clocks that are wrong by years. Nothing that is shared depends on them; the two are told.

use attune_core::journal::Whose;

use crate::couple::{Owner, assert_level, couple, meet};

fn difference(owner: &Owner) -> Option<i64> {
    owner.phone.partner().status().unwrap().clock_difference_ms
}

#[test]
fn phones_whose_clocks_are_a_lifetime_apart_catch_up_write_on_and_erase() {
    let (ada, bob) = couple(500);
    meet(&ada, &bob);
    assert_eq!((difference(&ada), difference(&bob)), (None, None));
    ada.clock.set("1987-06-01T08:00:00+02:00");
    bob.clock.set("2150-06-01T08:00:00-05:00");
    let regretted = ada.share("long ago");
    bob.share("in a time to come");
    meet(&ada, &bob);
    assert_level(&ada, &bob);
    let (ahead, behind) = (difference(&ada).unwrap(), difference(&bob).unwrap());
    let years = 365 * 24 * 60 * 60 * 1000;
    assert!(ahead > 160 * years && behind < -160 * years, "{ahead} {behind}");

    // Clocks jump the other way, and what was written stays as it was dated.
    ada.clock.set("2150-06-01T08:00:00+02:00");
    bob.clock.set("1987-06-01T08:00:00-05:00");
    ada.share("and on");
    bob.share("and on");
    ada.phone.journal().erase(&[regretted]).unwrap();
    meet(&bob, &ada);
    assert_level(&ada, &bob);
    assert!(!bob.shared(Whose::Theirs).iter().any(|record| record.id == regretted));

    ada.clock.set("2026-03-03T08:00:00+01:00");
    bob.clock.set("2026-03-03T08:01:00+01:00");
    meet(&ada, &bob);
    assert_level(&ada, &bob);
    assert_eq!((difference(&ada), difference(&bob)), (None, None));
    assert_eq!(ada.phone.partner().status().unwrap().last_met.unwrap().to_string()[..10], *"2026-03-03");
}
