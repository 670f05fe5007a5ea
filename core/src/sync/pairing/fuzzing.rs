//! Fuzz targets: codes that somebody shows or types, and what a phone can send during a pairing.

use std::sync::Arc;
use std::time::Duration;

use super::message::{Confirmed, Message};
use super::number::Nonce;
use super::qr_text::QrText;
use super::typed_code::{code_text, parse_code};
use super::{
    Address, Identity, Intent, Invitation, Offer, OfferState, PAIRING_VERSION, Pairing, PairingEnd, PairingEvent,
};
use crate::fuzzing::Seed;
use crate::journal::DeviceId;
use crate::random::{Randomness, SeededRandomness};
use crate::sync::channel::noise::{Handshake, Setup, Side, Transport, prologue};
use crate::sync::keys::{Certificate, CoupleId, DeviceKey, DevicePublic, PersonSeed, Secret};

const NOW: Duration = Duration::from_secs(1000);
const CLOCK_MS: i64 = 1_790_000_000_000;

/// The text of a QR code: what is read has one form, and the form reads the same.
pub(crate) fn qr_text(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let Ok(read) = QrText::parse(text) else { return false };
    let again = QrText::parse(&read.to_text()).map(|again| again.to_text());
    assert_eq!(again.ok(), Some(read.to_text()), "an offer changes when it is shown again");
    assert!(Invitation::from_qr_text(text).is_ok(), "an offer cannot be taken");
    true
}

/// A typed code: what is read has one form, and the form reads the same.
pub(crate) fn typed_code(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let Ok(secret) = parse_code(text) else { return false };
    let again = parse_code(&code_text(&secret));
    assert_eq!(again.ok(), Some(secret), "a code changes when it is shown again");
    true
}

/// A message after the handshake: what is read is written again in the same bytes.
pub(crate) fn pairing_message(data: &[u8]) -> bool {
    let Some(message) = Message::from_bytes(data) else { return false };
    assert_eq!(&message.to_bytes()[..], data, "a message changes when it is written again");
    true
}

/// Bytes of somebody who does not know the code: no answer, and the offer stays open.
pub(crate) fn pairing_stranger(data: &[u8]) -> bool {
    let offer = offer();
    let Ok(mut shower) = offer.accept(NOW) else { return false };
    let Ok(invitation) = Invitation::from_qr_text(&offer.qr_text()) else { return false };
    let Ok(mut joiner) = invitation.join(NOW, identity(2), Intent::New, random(3)) else { return false };
    let mut waiting = false;
    for (pairing, may_speak) in [(&mut shower, false), (&mut joiner, true)] {
        assert_eq!(pairing.poll_transmit().is_some(), may_speak, "the first word is the joiner's");
        pairing.handle_input(NOW, data);
        assert_eq!(pairing.poll_transmit(), None, "a stranger was answered");
        assert_eq!(pairing.number(), None, "a stranger is shown a number");
        waiting |= pairing.end_reason().is_none();
    }
    assert_eq!(offer.state(NOW), OfferState::Open, "a stranger took the offer");
    assert!(invitation.join(NOW, identity(2), Intent::New, random(3)).is_ok(), "a stranger spent the invitation");
    waiting
}

/// Any plaintexts, each after a byte of length, from a phone whose number is being compared: nobody is
/// paired with it, and the end is its doing. Nor is a partner given up for it whom the phone has.
pub(crate) fn pairing_partner(data: &[u8]) -> bool {
    let replace = Intent::Replace { partner: identity(2).seed.public() };
    [Intent::New, replace].map(|intent| says(intent, data)) == [true, true]
}

fn says(intent: Intent, data: &[u8]) -> bool {
    let Some((mut pairing, mut transport)) = comparing(intent) else { return false };
    // The person confirms before anything comes, which is as far as trust goes.
    if pairing.confirm(NOW).is_err() {
        return false;
    }
    let mut rest = data;
    while let Some((len, more)) = rest.split_first() {
        let (plaintext, more) = more.split_at(more.len().min(usize::from(*len)));
        let Ok(frame) = transport.seal(plaintext) else { return false };
        let Ok(len) = u16::try_from(frame.len()) else { return false };
        pairing.handle_input(NOW, &[&len.to_be_bytes(), &frame[..]].concat());
        rest = more;
    }
    while let Some(event) = pairing.poll_event() {
        assert!(!matches!(event, PairingEvent::Paired(_)), "a certificate was forged");
        let perhaps = matches!(event, PairingEvent::PerhapsPaired(_));
        assert!(!perhaps || intent == Intent::New, "a name alone replaced a partner");
    }
    let end = pairing.end_reason();
    let theirs = [
        PairingEnd::CancelledByPartner,
        PairingEnd::SamePerson,
        PairingEnd::AnotherPerson,
        PairingEnd::Misbehaved,
        // A frame that is too long is refused before it is opened; where both had confirmed by then, this
        // phone cannot know.
        PairingEnd::Tampered,
        PairingEnd::PerhapsPaired,
    ];
    assert!(end.is_none_or(|end| theirs.contains(&end)), "the phone blames itself");
    end.is_none()
}

pub(crate) fn qr_text_seeds() -> Vec<Seed> {
    let text = offer().qr_text();
    vec![("lower", text.to_lowercase().into_bytes()), ("upper", text.into_bytes())]
}

pub(crate) fn typed_code_seeds() -> Vec<Seed> {
    let code = offer().typed_code();
    vec![("plain", code.clone().into_bytes()), ("spaces", code.to_lowercase().replace('-', " ").into_bytes())]
}

pub(crate) fn pairing_message_seeds() -> Vec<Seed> {
    let (couple, device) = (CoupleId::from_bytes([4; 16]), DevicePublic([5; 32]));
    let certificate = Certificate::issue(&identity(2).seed, couple, DeviceId([2; 16]), device);
    let seed = |name, message: Message| (name, message.to_bytes().to_vec());
    vec![
        seed("reveal", Message::Reveal(Nonce::new([7; 32]))),
        seed("confirmed", Message::Confirmed(confirmed())),
        seed("certified", Message::Certified(certificate)),
        seed("cancelled", Message::Cancelled),
    ]
}

/// The beginning of a first message: whoever sends it is waited for.
pub(crate) fn pairing_stranger_seeds() -> Vec<Seed> {
    let joiner =
        Invitation::from_qr_text(&offer().qr_text()).and_then(|i| i.join(NOW, identity(2), Intent::New, random(4)));
    let mut first = joiner.ok().and_then(|mut joiner| joiner.poll_transmit()).unwrap_or_default();
    first.truncate(30);
    vec![("beginning", first)]
}

/// What a partner says before its last word.
pub(crate) fn pairing_partner_seeds() -> Vec<Seed> {
    let message = Message::Confirmed(confirmed()).to_bytes();
    let len = u8::try_from(message.len()).unwrap_or(u8::MAX);
    vec![("confirmed", [&[len], &message[..]].concat())]
}

/// A phone that shows the number, and the keys of the one that joined.
fn comparing(intent: Intent) -> Option<(Pairing, Transport)> {
    let offer = offer_for(intent);
    let mut pairing = offer.accept(NOW).ok()?;
    let [psk, _] = &offer.shower.psks;
    let mut handshake = Handshake::begin(&Setup {
        side: Side::Dialler,
        device: &DeviceKey::from_bytes([102; 32]),
        partner: None,
        psk,
        prologue: &prologue("pairing", &[]),
        randomness: &random(5),
    })
    .ok()?;
    tell(&mut pairing, &handshake.write(&[PAIRING_VERSION]).ok()?)?;
    handshake.read(&hear(&mut pairing)?).ok()?;
    tell(&mut pairing, &handshake.write(&[9; 32]).ok()?)?;
    let (mut transport, _) = handshake.finish().ok()?;
    transport.open(&hear(&mut pairing)?).ok()?;
    pairing.number()?;
    Some((pairing, transport))
}

fn tell(pairing: &mut Pairing, body: &[u8]) -> Option<()> {
    pairing.handle_input(NOW, &[&u16::try_from(body.len()).ok()?.to_be_bytes(), body].concat());
    Some(())
}

fn hear(pairing: &mut Pairing) -> Option<Vec<u8>> {
    Some(pairing.poll_transmit()?.split_first_chunk::<2>()?.1.to_vec())
}

fn confirmed() -> Confirmed {
    let Identity { seed, device_id } = identity(2);
    Confirmed { random: Secret::from_bytes([2; 32]), person: seed.public(), device_id }
}

fn offer() -> Offer {
    offer_for(Intent::New)
}

fn offer_for(intent: Intent) -> Offer {
    let address = |host: &str| Address { host: host.to_owned(), port: 4242 };
    let addresses = vec![address("192.168.1.20"), address("fe80::1"), address("phone.local")];
    Offer::new(NOW, CLOCK_MS, identity(1), intent, addresses, random(6))
}

fn identity(name: u8) -> Identity {
    Identity { seed: PersonSeed::from_bytes([name; 32]), device_id: DeviceId([name; 16]) }
}

fn random(seed: u64) -> Arc<dyn Randomness> {
    Arc::new(SeededRandomness::new(seed, 0))
}
