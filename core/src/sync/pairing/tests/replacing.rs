//! Pairings of a couple that makes its keys new, and of two who do not ask for the same.

use super::couple::*;
use crate::sync::pairing::*;

/// Ada's offer of a replacement with `ada_has`, which the named person joins, who has `joiner_has`.
fn replace(ada_has: u8, joiner: u8, joiner_has: u8) -> Couple {
    let offer = replacement(ada_has);
    let joining = typed(&offer).join(NOW, identity(joiner), replacing(joiner_has), random(2)).unwrap();
    Couple::new(offer.accept(NOW).unwrap(), joining)
}

#[test]
fn a_couple_makes_its_keys_new() {
    let mut couple = replace(2, 2, 1);
    (couple.shower.eager, couple.joiner.eager) = (true, true);
    couple.carry();
    couple.assert_paired();
    for side in [couple.shower, couple.joiner] {
        assert_eq!(side.paired.unwrap().purpose, Purpose::Replace);
    }
}

#[test]
fn both_must_ask_for_the_same_and_the_offer_stands_when_they_do_not() {
    let cases = [(Intent::New, replacing(1), Intent::New), (replacing(2), Intent::New, replacing(1))];
    for (shower, joiner, agrees) in cases {
        let offer = Offer::new(NOW, CLOCK_MS, identity(1), shower, vec![], random(1));
        for invitation in [scanned(&offer), typed(&offer)] {
            let joining = invitation.join(NOW, identity(2), joiner, random(2)).unwrap();
            let mut couple = Couple::new(offer.accept(NOW).unwrap(), joining);
            couple.carry();
            assert_eq!(couple.joiner.end, Some(PairingEnd::OtherPurpose));
            assert_eq!((couple.shower.number, couple.joiner.number), (None, None));
            assert!(invitation.join(NOW, identity(2), agrees, random(3)).is_ok());
        }
        assert_eq!(offer.state(NOW), OfferState::Open);
    }
}

#[test]
fn only_a_qr_code_says_beforehand_what_the_pairing_is_for() {
    assert_eq!(scanned(&replacement(2)).purpose(), Some(Purpose::Replace));
    assert_eq!(scanned(&offer()).purpose(), Some(Purpose::New));
    assert_eq!(typed(&replacement(2)).purpose(), None);
}

#[test]
fn nobody_but_the_pinned_partner_takes_part_in_a_replacement() {
    // The shower meets somebody else; then the joiner does.
    for (ada_has, joiner, joiner_has) in [(2, 3, 1), (3, 2, 1), (2, 2, 3)] {
        for ada_first in [true, false] {
            let mut couple = replace(ada_has, joiner, joiner_has);
            (couple.shower.eager, couple.joiner.eager) = (ada_first, !ada_first);
            couple.carry();
            for side in [&mut couple.shower, &mut couple.joiner] {
                if side.end.is_none() {
                    side.pairing.confirm(NOW).unwrap();
                }
            }
            couple.carry();
            let ends = [couple.shower.end, couple.joiner.end];
            assert!(ends.contains(&Some(PairingEnd::AnotherPerson)), "{ends:?}");
            for side in [&couple.shower, &couple.joiner] {
                assert!(side.paired.is_none() && side.perhaps.is_none());
            }
        }
    }
}

#[test]
fn a_replacement_that_breaks_off_leaves_each_with_the_new_keys_or_the_old_ones() {
    let mut couple = replace(2, 2, 1);
    couple.carry();
    couple.shower.pairing.confirm(NOW).unwrap();
    couple.joiner.pairing.confirm(NOW).unwrap();
    // The shower's last word gets through, and the joiner's does not.
    let there = couple.joiner.drain();
    couple.shower.take(&there[..there.len() / 2], usize::MAX);
    let confirmed = couple.shower.drain();
    couple.joiner.take(&confirmed, usize::MAX);
    couple.joiner.drain();
    couple.joiner.pairing.handle_end(NOW);
    couple.joiner.drain();
    assert_eq!(couple.joiner.end, Some(PairingEnd::Interrupted));
    assert!(couple.joiner.paired.is_none() && couple.joiner.perhaps.is_none());
}

#[test]
fn a_name_without_its_certificate_replaces_nothing() {
    // A stranger who knows the code says to be Bob, whose key is no secret, and is gone.
    let mut couple = replace(2, 2, 1);
    couple.carry();
    couple.shower.pairing.confirm(NOW).unwrap();
    couple.joiner.pairing.confirm(NOW).unwrap();
    let confirmed = couple.joiner.drain();
    couple.shower.take(&confirmed, usize::MAX);
    couple.shower.drain();
    assert!(couple.shower.end.is_none());
    couple.shower.pairing.handle_end(NOW);
    couple.shower.drain();
    assert_eq!(couple.shower.end, Some(PairingEnd::Interrupted));
    assert!(couple.shower.paired.is_none() && couple.shower.perhaps.is_none());
}
