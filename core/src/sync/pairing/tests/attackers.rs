//! Someone in the middle, who knows the code.

use super::couple::*;
use crate::sync::channel::frame::{FrameReader, write_frame};
use crate::sync::channel::noise::{Handshake, Setup, Side as Role, prologue};
use crate::sync::keys::{DeviceKey, Secret};
use crate::sync::pairing::message::Message;
use crate::sync::pairing::number::{Nonce, commitment};
use crate::sync::pairing::offer::code_psk;
use crate::sync::pairing::typed_code::parse_code;
use crate::sync::pairing::*;

/// An offer with the codes of another one, as somebody makes it who overheard them.
fn forged(offer: &Offer, seed: u64) -> Offer {
    let mut forged = Offer::new(NOW, CLOCK_MS, identity(9), Intent::New, vec![], random(seed));
    std::sync::Arc::get_mut(&mut forged.shower).unwrap().psks = offer.shower.psks.clone();
    forged
}

#[test]
fn under_a_man_in_the_middle_with_the_right_code_the_two_numbers_differ() {
    for seed in 100..120 {
        let offer = offer();
        let to_shower = typed(&offer).join(NOW, identity(9), Intent::New, random(seed)).unwrap();
        let mut ada_side = Couple::new(offer.accept(NOW).unwrap(), to_shower);
        ada_side.carry();
        let mut bob_side = Couple::with(&forged(&offer, seed + 100), &typed(&offer));
        bob_side.carry();
        let (ada, bob) = (ada_side.shower.number.unwrap(), bob_side.joiner.number.unwrap());
        assert_ne!(ada, bob);
        // The people see it, and both offer and invitation are gone.
        ada_side.shower.pairing.cancel(NOW).unwrap();
        bob_side.joiner.pairing.cancel(NOW).unwrap();
        assert_eq!(offer.state(NOW), OfferState::Burned);
    }
}

#[test]
fn whoever_is_in_the_middle_gets_one_number_and_no_second_try() {
    let offer = offer();
    let first = Couple::comparing(&offer, &typed(&offer));
    drop(first);
    assert_eq!(offer.state(NOW), OfferState::Comparing);
    assert_eq!(offer.accept(NOW).err(), Some(PairingError::Spent));

    // A joiner that has told its nonce is spent, even if the number was never shown.
    let invitation = typed(&offer);
    let forged = forged(&offer, 5);
    let mut couple = Couple::with(&forged, &invitation);
    let one = couple.joiner.drain();
    couple.shower.take(&one, usize::MAX);
    let two = couple.shower.drain();
    couple.joiner.take(&two, usize::MAX);
    assert!(couple.joiner.drain().len() > 90, "the nonce is told");
    couple.joiner.pairing.handle_end(NOW);
    assert_eq!(couple.joiner.pairing.end_reason(), Some(PairingEnd::Interrupted));
    assert_eq!(invitation.join(NOW, identity(2), Intent::New, random(4)).err(), Some(PairingError::Spent));
}

#[test]
fn one_who_scanned_is_not_taken_in_by_a_phone_that_did_not_show_the_code() {
    let offer = offer();
    let invitation = scanned(&offer);
    let mut couple = Couple::with(&forged(&offer, 5), &invitation);
    couple.carry();
    assert_eq!(couple.joiner.end, Some(PairingEnd::WrongPhone));
    assert!(couple.joiner.number.is_none());
    assert_eq!(couple.joiner.sent.len(), 51, "not a byte after the first message");
    // The right phone can still be reached.
    let mut couple = Couple::with(&offer, &invitation);
    couple.carry();
    assert_eq!(couple.joiner.number, couple.shower.number);
    assert!(couple.joiner.number.is_some());
}

/// A shower by hand: answers with this commitment, then sends this message.
fn shower_says(version: u8, purpose: u8, committed: [u8; 32], reveal: &Message) -> (Side, Invitation) {
    let offer = offer();
    let invitation = typed(&offer);
    let mut joiner = Side::new(joining(&invitation));
    let psk = code_psk(&parse_code(&offer.typed_code()).unwrap());
    let mut handshake = by_hand(Role::Listener, &psk);
    handshake.read(&joiner.drain()[2..]).unwrap();
    let payload = [&[version, purpose][..], &committed].concat();
    joiner.take(&framed(&handshake.write(&payload).unwrap()), usize::MAX);
    let third = joiner.drain();
    if let Some(third) = third.get(2..) {
        handshake.read(third).unwrap();
        let (mut transport, _) = handshake.finish().unwrap();
        joiner.take(&framed(&transport.seal(&reveal.to_bytes()).unwrap()), usize::MAX);
        joiner.drain();
    }
    (joiner, invitation)
}

fn by_hand(side: Role, psk: &Secret) -> Handshake {
    Handshake::begin(&Setup {
        side,
        device: &DeviceKey::from_bytes([9; 32]),
        partner: None,
        psk,
        prologue: &prologue("pairing", &[]),
        randomness: &random(9),
    })
    .unwrap()
}

fn framed(body: &[u8]) -> Vec<u8> {
    let mut frame = Vec::new();
    assert!(write_frame(&mut frame, body));
    frame
}

#[test]
fn a_shower_that_reveals_another_nonce_than_it_committed_to_gets_no_number() {
    let nonce = || Nonce::new([4; 32]);
    let (honest, _) = shower_says(1, 1, commitment(&nonce()), &Message::Reveal(nonce()));
    assert!(honest.number.is_some());
    let (joiner, invitation) = shower_says(1, 1, commitment(&nonce()), &Message::Reveal(Nonce::new([5; 32])));
    assert_eq!(joiner.end, Some(PairingEnd::Misbehaved));
    assert!(joiner.number.is_none());
    assert_eq!(invitation.join(NOW, identity(2), Intent::New, random(4)).err(), Some(PairingError::Spent));
}

#[test]
fn a_shower_that_answers_nonsense_is_left() {
    let reveal = || Message::Reveal(Nonce::new([4; 32]));
    for (version, purpose) in [(0, 1), (2, 1), (1, 0), (1, 3)] {
        let (joiner, _) = shower_says(version, purpose, commitment(&Nonce::new([4; 32])), &reveal());
        assert_eq!(joiner.end, Some(PairingEnd::Misbehaved));
        assert_eq!(joiner.sent.len(), 51);
    }
}

#[test]
fn a_joiner_of_a_newer_version_is_told_apart_from_a_stranger() {
    for (payload, end) in [(2, PairingEnd::VersionTooNew), (0, PairingEnd::Misbehaved)] {
        let offer = offer();
        let mut handshake = by_hand(Role::Dialler, &code_psk(&parse_code(&offer.typed_code()).unwrap()));
        let mut shower = offer.accept(NOW).unwrap();
        shower.handle_input(NOW, &framed(&handshake.write(&[payload]).unwrap()));
        assert_eq!((shower.end_reason(), shower.poll_transmit()), (Some(end), None));
        assert_eq!(offer.state(NOW), OfferState::Open);
    }
}

/// A joiner by hand, as far as the number: what it can encrypt, and the shower.
fn authenticated_joiner() -> (crate::sync::channel::noise::Transport, Side, Offer) {
    let offer = offer();
    let mut handshake = by_hand(Role::Dialler, &code_psk(&parse_code(&offer.typed_code()).unwrap()));
    let mut shower = Side::new(offer.accept(NOW).unwrap());
    shower.take(&framed(&handshake.write(&[1]).unwrap()), usize::MAX);
    let mut frames = FrameReader::default();
    frames.push(&shower.drain());
    handshake.read(&frames.next().unwrap()).unwrap();
    shower.take(&framed(&handshake.write(&[4; 32]).unwrap()), usize::MAX);
    frames.push(&shower.drain());
    let (mut transport, _) = handshake.finish().unwrap();
    transport.open(&frames.next().unwrap()).unwrap();
    assert!(shower.number.is_some());
    (transport, shower, offer)
}

#[test]
fn one_who_knows_the_code_but_breaks_the_rules_pairs_with_nobody() {
    let confirmed = |name: u8| {
        Message::Confirmed(message::Confirmed {
            random: Secret::from_bytes([name; 32]),
            person: identity(name).seed.public(),
            device_id: identity(name).device_id,
        })
        .to_bytes()
        .to_vec()
    };
    let certificate = |seed: u8| {
        use crate::sync::keys::{Certificate, CoupleId};
        let device = DeviceKey::from_bytes([9; 32]).public();
        let certificate =
            Certificate::issue(&identity(seed).seed, CoupleId::from_bytes([0; 16]), identity(seed).device_id, device);
        Message::Certified(certificate).to_bytes().to_vec()
    };
    let misbehaved = PairingEnd::Misbehaved;
    let cases: [(&str, Vec<Vec<u8>>, PairingEnd); 7] = [
        ("a second nonce", vec![Message::Reveal(Nonce::new([4; 32])).to_bytes().to_vec()], misbehaved),
        ("nothing", vec![vec![]], misbehaved),
        ("an unknown kind", vec![vec![9; 33]], misbehaved),
        ("confirming twice", vec![confirmed(9), confirmed(9)], misbehaved),
        ("a person that is none", vec![[&[2][..], &[0; 80]].concat()], misbehaved),
        ("the shower's own person", vec![confirmed(1)], PairingEnd::SamePerson),
        ("a certificate of another couple", vec![confirmed(9), certificate(9)], misbehaved),
    ];
    for (case, messages, end) in cases {
        let (mut transport, mut shower, offer) = authenticated_joiner();
        shower.pairing.confirm(NOW).unwrap();
        for message in messages {
            shower.take(&framed(&transport.seal(&message).unwrap()), usize::MAX);
        }
        assert_eq!(shower.pairing.end_reason(), Some(end), "{case}");
        assert_eq!(shower.pairing.poll_transmit(), None, "{case}");
        shower.drain();
        assert!(shower.paired.is_none() && shower.perhaps.is_none(), "{case}");
        assert_eq!(offer.state(NOW), OfferState::Burned, "{case}");
    }
    // A certificate before both confirmed, and a frame longer than any message.
    let (mut transport, mut shower, _) = authenticated_joiner();
    shower.take(&framed(&transport.seal(&certificate(9)).unwrap()), usize::MAX);
    assert_eq!(shower.pairing.end_reason(), Some(misbehaved));
    let (_, mut shower, _) = authenticated_joiner();
    shower.take(&[0xFF, 0xFF], usize::MAX);
    assert_eq!(shower.pairing.end_reason(), Some(PairingEnd::Tampered));
}
