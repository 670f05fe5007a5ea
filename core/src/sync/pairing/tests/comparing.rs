//! From the number to the pairing, with every way it can break off.

use super::couple::*;
use crate::sync::channel::{Channel, ChannelEvent, FirstMessages, FirstMessagesFailed, Terms};
use crate::sync::pairing::*;

#[test]
fn both_pair_by_qr_code_and_by_typed_code_whoever_confirms_first() {
    for by in [scanned, typed] {
        for shower_first in [true, false] {
            let offer = offer();
            let mut couple = Couple::comparing(&offer, &by(&offer));
            assert_eq!(offer.state(NOW), OfferState::Comparing);
            let (first, second) = if shower_first {
                (&mut couple.shower, &mut couple.joiner)
            } else {
                (&mut couple.joiner, &mut couple.shower)
            };
            first.pairing.confirm(NOW).unwrap();
            second.pairing.confirm(NOW).unwrap();
            couple.piece = 1;
            couple.carry();
            couple.assert_paired();
            assert_eq!(offer.state(NOW), OfferState::Paired);
        }
    }
}

#[test]
fn one_who_confirms_alone_is_not_paired() {
    let offer = offer();
    let mut couple = Couple::comparing(&offer, &scanned(&offer));
    for _ in 0..2 {
        couple.shower.pairing.confirm(NOW).unwrap();
        couple.carry();
    }
    for side in [&couple.shower, &couple.joiner] {
        assert!(side.paired.is_none() && side.perhaps.is_none() && side.end.is_none());
    }
    couple.joiner.pairing.confirm(NOW).unwrap();
    couple.carry();
    couple.assert_paired();
}

#[test]
fn there_is_nothing_to_confirm_before_the_number_or_after_the_end() {
    let offer = offer();
    let mut couple = Couple::with(&offer, &typed(&offer));
    assert_eq!(couple.shower.pairing.confirm(NOW), Err(PairingError::NoNumberYet));
    assert_eq!(couple.joiner.pairing.confirm(NOW), Err(PairingError::NoNumberYet));
    couple.carry();
    couple.shower.pairing.cancel(NOW).unwrap();
    assert_eq!(couple.shower.pairing.confirm(NOW), Err(PairingError::Ended));
    assert_eq!(couple.shower.pairing.cancel(NOW), Err(PairingError::Ended));
    assert_eq!(couple.shower.pairing.number(), None);
}

#[test]
fn who_cancels_tells_the_other_and_burns_the_offer() {
    for (shower_cancels, other_confirmed) in [(true, true), (true, false), (false, true), (false, false)] {
        let offer = offer();
        let invitation = scanned(&offer);
        let mut couple = Couple::comparing(&offer, &invitation);
        let (cancels, other) = if shower_cancels {
            (&mut couple.shower, &mut couple.joiner)
        } else {
            (&mut couple.joiner, &mut couple.shower)
        };
        if other_confirmed {
            other.pairing.confirm(NOW).unwrap();
        }
        cancels.pairing.cancel(NOW).unwrap();
        couple.carry();
        let (cancelled, told) = (Some(PairingEnd::Cancelled), Some(PairingEnd::CancelledByPartner));
        let expected = if shower_cancels { (cancelled, told) } else { (told, cancelled) };
        assert_eq!((couple.shower.end, couple.joiner.end), expected);
        assert_eq!(offer.state(NOW), OfferState::Burned);
        assert_eq!(offer.accept(NOW).err(), Some(PairingError::Spent));
        assert_eq!(invitation.join(NOW, identity(2), Intent::New, random(3)).err(), Some(PairingError::Spent));
    }
}

#[test]
fn one_who_confirmed_can_still_cancel_until_both_have() {
    let offer = offer();
    let mut couple = Couple::comparing(&offer, &scanned(&offer));
    couple.shower.pairing.confirm(NOW).unwrap();
    couple.shower.pairing.cancel(NOW).unwrap();
    couple.joiner.pairing.confirm(NOW).unwrap();
    couple.carry();
    assert!(couple.shower.paired.is_none() && couple.joiner.paired.is_none() && couple.joiner.perhaps.is_none());
    assert_eq!(couple.joiner.end, Some(PairingEnd::CancelledByPartner));

    let other = super::couple::offer();
    let mut couple = Couple::comparing(&other, &scanned(&other));
    couple.shower.pairing.confirm(NOW).unwrap();
    let confirmed = couple.shower.drain();
    couple.joiner.take(&confirmed, usize::MAX);
    couple.joiner.pairing.confirm(NOW).unwrap();
    assert_eq!(couple.joiner.pairing.cancel(NOW), Err(PairingError::TooLate));
    couple.carry();
    couple.assert_paired();
}

/// The connection is cut after any number of bytes in either direction. Whoever is paired, the other
/// side is paired too or holds the same as a perhaps; without both confirmations, nobody holds anything.
#[test]
fn a_cut_at_any_byte_never_leaves_one_paired_and_the_other_with_nothing() {
    let whole = {
        let offer = offer();
        let mut couple = Couple::with(&offer, &scanned(&offer));
        (couple.shower.eager, couple.joiner.eager) = (true, true);
        couple.carry();
        couple.assert_paired();
        (couple.joiner.sent.len(), couple.shower.sent.len())
    };
    let cuts = (0..=whole.0).map(|there| (there, usize::MAX)).chain((0..=whole.1).map(|back| (usize::MAX, back)));
    let mut perhaps = 0;
    for (mut there_left, mut back_left) in cuts {
        let offer = offer();
        let mut couple = Couple::with(&offer, &scanned(&offer));
        (couple.shower.eager, couple.joiner.eager) = (true, true);
        loop {
            let (there, back) = (couple.joiner.drain(), couple.shower.drain());
            let (some_there, some_back) = (there.len().min(there_left), back.len().min(back_left));
            couple.shower.take(&there[..some_there], usize::MAX);
            couple.joiner.take(&back[..some_back], usize::MAX);
            if (some_there, some_back) == (0, 0) {
                break;
            }
            // What a cut connection swallowed once, it swallows for good.
            there_left = if some_there < there.len() { 0 } else { there_left - some_there };
            back_left = if some_back < back.len() { 0 } else { back_left - some_back };
        }
        for side in [&mut couple.shower, &mut couple.joiner] {
            side.pairing.handle_end(NOW);
            side.drain();
            assert!(side.end.is_some());
        }
        let held = |side: &Side| side.paired.clone().or(side.perhaps.clone());
        match (held(&couple.shower), held(&couple.joiner)) {
            (Some(shower), Some(joiner)) => assert_same(&shower, &joiner),
            (None, None) => {}
            (one, other) => {
                // The confirmation of one arrived, that of the other did not.
                assert!(couple.shower.paired.is_none() && couple.joiner.paired.is_none());
                assert!(one.is_some() != other.is_some());
            }
        }
        perhaps += usize::from(couple.shower.perhaps.is_some()) + usize::from(couple.joiner.perhaps.is_some());
        if couple.shower.perhaps.is_some() {
            assert_eq!(couple.shower.end, Some(PairingEnd::PerhapsPaired));
            assert_eq!(offer.accept(NOW).err(), Some(PairingError::Spent));
        }
    }
    assert!(perhaps > 0);
}

#[test]
fn a_break_before_the_number_leaves_the_offer_and_after_it_burns_it() {
    let offer = offer();
    let mut broken = Couple::with(&offer, &typed(&offer));
    let first = broken.joiner.drain();
    broken.shower.take(&first, usize::MAX);
    broken.shower.pairing.handle_end(NOW);
    broken.joiner.pairing.handle_end(NOW);
    broken.joiner.drain();
    assert_eq!(broken.joiner.end, Some(PairingEnd::Refused));
    assert_eq!(offer.state(NOW), OfferState::Open);

    let invitation = typed(&offer);
    let mut couple = Couple::comparing(&offer, &invitation);
    couple.shower.pairing.handle_end(NOW);
    couple.joiner.pairing.handle_end(NOW);
    couple.shower.drain();
    assert_eq!(couple.shower.end, Some(PairingEnd::Interrupted));
    assert_eq!(offer.state(NOW), OfferState::Burned);
    assert_eq!(offer.accept(NOW).err(), Some(PairingError::Spent));
    assert_eq!(invitation.join(NOW, identity(2), Intent::New, random(3)).err(), Some(PairingError::Spent));
}

#[test]
fn people_who_take_too_long_start_over() {
    let offer = offer();
    let mut couple = Couple::comparing(&offer, &scanned(&offer));
    couple.shower.pairing.confirm(NOW).unwrap();
    couple.carry();
    for side in [&mut couple.shower, &mut couple.joiner] {
        assert_eq!(side.pairing.next_timeout(), Some(NOW + COMPARISON_LIMIT));
        side.pairing.handle_timeout(NOW + COMPARISON_LIMIT);
        side.drain();
        assert_eq!(side.end, Some(PairingEnd::TimedOut));
        assert!(side.perhaps.is_none());
    }
    assert_eq!(offer.state(NOW), OfferState::Burned);
}

#[test]
fn a_phone_that_waits_in_vain_for_the_last_word_is_perhaps_paired() {
    let offer = offer();
    let mut couple = Couple::comparing(&offer, &scanned(&offer));
    couple.shower.pairing.confirm(NOW).unwrap();
    couple.joiner.pairing.confirm(NOW).unwrap();
    let there = couple.joiner.drain();
    couple.shower.take(&there, usize::MAX);
    let deadline = couple.shower.pairing.next_timeout().unwrap();
    assert!(deadline < NOW + COMPARISON_LIMIT);
    couple.shower.pairing.handle_timeout(deadline);
    couple.shower.drain();
    assert_eq!(couple.shower.end, Some(PairingEnd::PerhapsPaired));
    assert!(couple.shower.perhaps.is_some() && couple.shower.paired.is_none());
}

#[test]
fn a_phone_does_not_pair_with_its_own_person() {
    let offer = offer();
    let joiner = scanned(&offer).join(NOW, identity(1), Intent::New, random(2)).unwrap();
    let mut couple = Couple::new(offer.accept(NOW).unwrap(), joiner);
    (couple.shower.eager, couple.joiner.eager) = (true, true);
    couple.carry();
    assert!(couple.shower.end == Some(PairingEnd::SamePerson) || couple.joiner.end == Some(PairingEnd::SamePerson));
    assert!(couple.shower.paired.is_none() && couple.joiner.paired.is_none());
}

#[test]
fn every_pairing_makes_new_keys() {
    let pair = |seed| {
        let offer = Offer::new(NOW, CLOCK_MS, identity(1), Intent::New, vec![], random(seed));
        let joiner = typed(&offer).join(NOW, identity(2), Intent::New, random(seed + 1)).unwrap();
        let mut couple = Couple::new(offer.accept(NOW).unwrap(), joiner);
        (couple.shower.eager, couple.joiner.eager) = (true, true);
        couple.carry();
        couple.assert_paired();
        (couple.shower.sent.clone(), couple.joiner.sent.clone(), couple.shower.paired.unwrap())
    };
    let (first, again, other) = (pair(10), pair(10), pair(20));
    assert_eq!((&first.0, &first.1), (&again.0, &again.1), "the same seed gives the same bytes");
    assert_ne!(first.2.couple.id(), other.2.couple.id());
    assert_ne!(first.2.device.public(), other.2.device.public());
    assert_ne!(first.2.partner.device, other.2.partner.device);
    assert_eq!(first.2.partner.person, other.2.partner.person);
}

#[test]
fn phones_that_paired_can_meet() {
    struct New;
    impl FirstMessages for New {
        fn is_new(&mut self, _: [u8; 16]) -> Result<bool, FirstMessagesFailed> {
            Ok(true)
        }
    }
    let offer = offer();
    let mut couple = Couple::with(&offer, &scanned(&offer));
    (couple.shower.eager, couple.joiner.eager) = (true, true);
    couple.carry();
    let credentials = |name, side: &Side| side.paired.as_ref().unwrap().credentials(&identity(name));
    let terms = Terms { oldest: 1, newest: 1, speaking: 1, clock_ms: CLOCK_MS };
    let mut dialler = Channel::dial(NOW, credentials(1, &couple.shower), terms, random(5));
    let mut listener = Channel::listen(NOW, credentials(2, &couple.joiner), terms, random(6), Box::new(New));
    listener.handle_input(NOW, &dialler.poll_transmit().unwrap());
    dialler.handle_input(NOW, &listener.poll_transmit().unwrap());
    assert!(std::iter::from_fn(|| dialler.poll_event()).any(|event| matches!(event, ChannelEvent::Established(_))));
}
