//! The life of an offer: junk, strangers, several at once, and time.

use std::time::Duration;

use proptest::prelude::*;

use super::couple::*;
use crate::sync::pairing::*;

/// What the shower of this offer says to these bytes.
fn hears(offer: &Offer, bytes: &[u8]) -> (Option<PairingEnd>, Option<Vec<u8>>) {
    let mut shower = offer.accept(NOW).unwrap();
    shower.handle_input(NOW, bytes);
    (shower.end_reason(), shower.poll_transmit())
}

#[test]
fn the_two_texts_say_what_the_offer_is() {
    let offer = offer();
    let scanned = scanned(&offer);
    assert_eq!(scanned.addresses(), [address()]);
    assert_eq!(offer.expires_at_ms(), CLOCK_MS + 300_000);
    assert!(!scanned.seems_expired(CLOCK_MS + 299_999));
    assert!(scanned.seems_expired(CLOCK_MS + 300_000));
    let typed = typed(&offer);
    assert!(typed.addresses().is_empty());
    assert!(!typed.seems_expired(i64::MAX));
    assert!(offer.qr_text().len() < 160, "{} symbols", offer.qr_text().len());
}

#[test]
fn either_form_is_read_without_saying_which() {
    let offer = offer();
    assert_eq!(Invitation::parse(&offer.qr_text()).unwrap().addresses(), [address()]);
    for text in [offer.qr_text(), offer.typed_code()] {
        Couple::comparing(&super::couple::offer(), &Invitation::parse(&text).unwrap());
    }
    assert_eq!(Invitation::parse("https://example.org").err(), Some(PairingError::NotAnOffer));
    assert_eq!(Invitation::parse("hello").err(), Some(PairingError::WrongLength));
}

#[test]
fn any_number_of_junk_connections_leave_the_offer_as_it_is() {
    let offer = offer();
    let invitation = scanned(&offer);
    for n in 0..200_u8 {
        let (end, said) = hears(&offer, &[&[0, 49][..], &[n; 49]].concat());
        assert_eq!((end, said), (Some(PairingEnd::Stranger), None));
        let (end, said) = hears(&offer, &[n, n, n]);
        assert!(said.is_none());
        assert!(end == Some(PairingEnd::Stranger) || [0, 49] == [n, n]);
        let mut hangs = offer.accept(NOW).unwrap();
        hangs.handle_timeout(hangs.next_timeout().unwrap());
        assert_eq!(hangs.end_reason(), Some(PairingEnd::TimedOut));
    }
    assert_eq!(offer.state(NOW), OfferState::Open);
    let mut couple = Couple::with(&offer, &invitation);
    (couple.shower.eager, couple.joiner.eager) = (true, true);
    couple.carry();
    couple.assert_paired();
}

#[test]
fn a_joiner_with_another_code_gets_not_a_byte() {
    let offer = offer();
    let other = Offer::new(NOW, CLOCK_MS, identity(3), Intent::New, vec![], random(9));
    for invitation in [scanned(&other), typed(&other)] {
        let mut couple = Couple::with(&offer, &invitation);
        couple.carry();
        assert_eq!(couple.shower.end, Some(PairingEnd::Stranger));
        assert_eq!(couple.joiner.end, Some(PairingEnd::Refused));
        assert!(couple.shower.sent.is_empty());
        // Nothing was compared, so the invitation can be tried elsewhere.
        assert!(invitation.join(NOW, identity(2), Intent::New, random(4)).is_ok());
    }
    assert_eq!(offer.state(NOW), OfferState::Open);
}

#[test]
fn the_first_to_get_as_far_as_the_number_takes_the_offer() {
    let offer = offer();
    let mut slow = Couple::with(&offer, &typed(&offer));
    let first = slow.joiner.drain();
    slow.shower.take(&first, usize::MAX);
    let answer = slow.shower.drain();
    assert!(!answer.is_empty());
    let mut waiting = Couple::with(&offer, &typed(&offer));

    let mut quick = Couple::comparing(&offer, &scanned(&offer));
    assert_eq!(offer.accept(NOW).err(), Some(PairingError::Spent));
    slow.joiner.take(&answer, usize::MAX);
    for late in [&mut slow, &mut waiting] {
        late.carry();
        assert_eq!(late.shower.end, Some(PairingEnd::Spent));
        assert!(late.shower.number.is_none() && late.joiner.number.is_none());
    }
    assert!(waiting.shower.sent.is_empty());
    quick.shower.pairing.confirm(NOW).unwrap();
    quick.joiner.pairing.confirm(NOW).unwrap();
    quick.carry();
    quick.assert_paired();
}

#[test]
fn one_invitation_tried_at_two_addresses_leads_to_one_number() {
    // The same phone, reached twice.
    let offer = offer();
    let invitation = scanned(&offer);
    let mut one = Couple::with(&offer, &invitation);
    let mut two =
        Couple::new(offer.accept(NOW).unwrap(), invitation.join(NOW, identity(2), Intent::New, random(7)).unwrap());
    for couple in [&mut one, &mut two] {
        let first = couple.joiner.drain();
        couple.shower.take(&first, usize::MAX);
    }
    one.carry();
    two.carry();
    assert!(one.shower.number.is_some() && one.shower.number == one.joiner.number);
    assert_eq!(two.joiner.end, Some(PairingEnd::Spent));
    assert!(two.joiner.sent.len() < 60, "the second never told its nonce");
}

#[test]
fn an_offer_lives_five_minutes() {
    let offer = offer();
    let before = NOW + OFFER_LIFE - Duration::from_millis(1);
    assert!(offer.accept(before).is_ok());
    assert_eq!(offer.state(NOW + OFFER_LIFE), OfferState::Expired);
    assert_eq!(offer.accept(NOW + OFFER_LIFE).err(), Some(PairingError::Expired));

    // A connection that was accepted in time does not outlive it either, at message 1 or message 3.
    let mut early = Couple::new(offer.accept(before).unwrap(), joining(&typed(&offer)));
    let first = early.joiner.drain();
    let mut late = offer.accept(before).unwrap();
    late.handle_input(NOW + OFFER_LIFE, &first);
    assert_eq!((late.end_reason(), late.poll_transmit()), (Some(PairingEnd::Expired), None));
    early.shower.take(&first, usize::MAX);
    let answer = early.shower.drain();
    early.joiner.take(&answer, usize::MAX);
    early.shower.pairing.handle_input(NOW + OFFER_LIFE, &early.joiner.drain());
    assert_eq!(early.shower.pairing.end_reason(), Some(PairingEnd::Expired));
    assert_eq!(early.shower.pairing.poll_transmit(), None);
}

#[test]
fn an_offer_that_was_taken_back_is_gone() {
    let offer = offer();
    let mut couple = Couple::with(&offer, &typed(&offer));
    offer.withdraw();
    assert_eq!(offer.accept(NOW).err(), Some(PairingError::Spent));
    couple.carry();
    assert_eq!(couple.shower.end, Some(PairingEnd::Spent));
    assert!(couple.shower.sent.is_empty());
}

#[test]
fn a_recorded_joiner_gets_no_further_than_a_commitment() {
    let offer = offer();
    let recorded = {
        let other = Couple::comparing(&super::couple::offer(), &typed(&super::couple::offer()));
        other.joiner.sent
    };
    // The same code and keys; only what the shower draws is new, as the first connection drew before.
    let mut first = offer.accept(NOW).unwrap();
    first.handle_input(NOW, &recorded[..51]);
    assert!(first.poll_transmit().is_some());
    let mut again = offer.accept(NOW).unwrap();
    again.handle_input(NOW, &recorded);
    assert_eq!(again.end_reason(), Some(PairingEnd::Stranger));
    assert!(std::iter::from_fn(|| again.poll_event()).all(|event| !matches!(event, PairingEvent::Number { .. })));
    assert_eq!(offer.state(NOW), OfferState::Open);
}

proptest! {
    #[test]
    fn junk_never_gets_a_byte(bytes in proptest::collection::vec(any::<u8>(), 2..300), piece in 1..60_usize) {
        let offer = offer();
        let mut shower = offer.accept(NOW).unwrap();
        for piece in bytes.chunks(piece) {
            shower.handle_input(NOW, piece);
        }
        prop_assert_eq!(shower.poll_transmit(), None);
        prop_assert_eq!(offer.state(NOW), OfferState::Open);
    }

    #[test]
    fn junk_never_gets_a_second_word_from_a_joiner(bytes in proptest::collection::vec(any::<u8>(), 2..300)) {
        let invitation = typed(&offer());
        let mut joiner = joining(&invitation);
        joiner.poll_transmit().unwrap();
        joiner.handle_input(NOW, &bytes);
        prop_assert_eq!(joiner.poll_transmit(), None);
        joiner.handle_end(NOW);
        prop_assert_eq!(joiner.end_reason(), Some(PairingEnd::Refused));
        prop_assert!(invitation.join(NOW, identity(2), Intent::New, random(4)).is_ok());
    }

    #[test]
    fn a_flipped_bit_anywhere_never_pairs_phones_that_differ(at in any::<prop::sample::Index>(), bit in 0..8_u8, from_joiner in any::<bool>()) {
        let offer = offer();
        let mut couple = Couple::with(&offer, &scanned(&offer));
        (couple.shower.eager, couple.joiner.eager) = (true, true);
        let whole = if from_joiner { 396_usize } else { 430 };
        let mut at = at.index(whole);
        loop {
            let (mut there, mut back) = (couple.joiner.drain(), couple.shower.drain());
            let damaged = if from_joiner { &mut there } else { &mut back };
            if let Some(byte) = damaged.get_mut(at) {
                *byte ^= 1 << bit;
                at = usize::MAX;
            } else {
                at = at.saturating_sub(damaged.len());
            }
            couple.shower.take(&there, usize::MAX);
            couple.joiner.take(&back, usize::MAX);
            if there.is_empty() && back.is_empty() {
                break;
            }
        }
        for side in [&mut couple.shower, &mut couple.joiner] {
            side.pairing.handle_end(NOW);
            side.drain();
        }
        if let (Some(shower), Some(joiner)) = (couple.shower.number, couple.joiner.number) {
            prop_assert_eq!(shower, joiner);
        }
        let held = |side: &Side| side.paired.clone().or(side.perhaps.clone());
        match (held(&couple.shower), held(&couple.joiner)) {
            (Some(shower), Some(joiner)) => assert_same(&shower, &joiner),
            _ => prop_assert!(couple.shower.paired.is_none() && couple.joiner.paired.is_none()),
        }
    }
}
