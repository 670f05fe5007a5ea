//! The handshake of a pairing: from the first byte to the number.

use std::sync::Arc;
use std::time::Duration;

use super::comparing::{Comparing, Own};
use super::invitation::Scanned;
use super::message::Message;
use super::number::{Nonce, PairingNumber, commitment};
use super::offer::device_hash;
use super::use_once::UseOnce;
use super::{Identity, Intent, PAIRING_VERSION, PairingEnd, Purpose};
use crate::random::{Randomness, Stream, random_bytes};
use crate::sync::channel::frame::{HEADER, write_frame};
use crate::sync::channel::noise::{Handshake, HandshakeFailed, Setup, Side, TAG, Transport, prologue};
use crate::sync::keys::{DeviceKey, DevicePublic, Secret};

/// The phone that shows the offer.
pub(super) struct Shower {
    pub(super) identity: Identity,
    pub(super) device: DeviceKey,
    pub(super) intent: Intent,
    /// Of those who scanned and of those who typed.
    pub(super) psks: [Secret; 2],
    pub(super) expires: Duration,
    pub(super) once: UseOnce,
}

/// The phone that scanned or typed it.
pub(super) struct Joiner {
    pub(super) identity: Identity,
    pub(super) intent: Intent,
    pub(super) device: DeviceKey,
    pub(super) psk: Secret,
    pub(super) scanned: Option<Scanned>,
    pub(super) once: UseOnce,
}

/// How far the handshake is.
pub(super) enum Opening {
    /// Shower: nothing came yet.
    Listening(Arc<Shower>),
    /// Shower: committed to its nonce.
    Committed(Arc<Shower>, Handshake, Nonce),
    /// Joiner: the first message is out.
    Asked(Box<Joiner>, Handshake),
    /// Joiner: told its own nonce, and awaits the one that the shower committed to.
    Told(Box<Told>),
}

/// What the joiner knows when it awaits the shower's nonce.
pub(super) struct Told {
    joiner: Joiner,
    transport: Transport,
    hash: [u8; 32],
    shower: DevicePublic,
    nonce: Nonce,
    commitment: [u8; 32],
}

/// What a message of the handshake led to.
pub(super) enum Step {
    Waiting(Opening),
    Number(Box<Comparing>),
}

const MESSAGE_1: usize = 32 + (1 + TAG);
const MESSAGE_2: usize = 32 + (32 + TAG) + (2 + 32 + TAG);
const MESSAGE_3: usize = (32 + TAG) + (32 + TAG);
const REVEAL: usize = 1 + 32 + TAG;

impl Opening {
    /// Sends the joiner's first message.
    pub(super) fn ask(joiner: Joiner, randomness: &Arc<dyn Randomness>, out: &mut Vec<u8>) -> Result<Self, PairingEnd> {
        let mut handshake = begin(Side::Dialler, &joiner.device, &joiner.psk, randomness)?;
        send(out, &handshake.write(&[PAIRING_VERSION])?)?;
        Ok(Self::Asked(Box::new(joiner), handshake))
    }

    /// The length of the only message that can come next. Any other is refused before it is all there.
    pub(super) fn awaited_len(&self) -> usize {
        match self {
            Self::Listening(_) => MESSAGE_1,
            Self::Committed(..) => MESSAGE_3,
            Self::Asked(..) => MESSAGE_2,
            Self::Told(_) => REVEAL,
        }
    }

    /// What it means when the awaited message proves nothing.
    pub(super) fn refusal(&self) -> PairingEnd {
        match self {
            Self::Listening(_) | Self::Committed(..) => PairingEnd::Stranger,
            Self::Asked(..) => PairingEnd::Refused,
            Self::Told(_) => PairingEnd::Tampered,
        }
    }

    /// What it means when the bytes end instead.
    pub(super) fn ended(&self) -> PairingEnd {
        match self {
            Self::Asked(..) => PairingEnd::Refused,
            _ => PairingEnd::Interrupted,
        }
    }

    pub(super) fn handle_message(
        self,
        randomness: &Arc<dyn Randomness>,
        out: &mut Vec<u8>,
        now: Duration,
        message: &[u8],
    ) -> Result<Step, PairingEnd> {
        match self {
            Self::Listening(shower) => commit(shower, randomness, out, now, message).map(Step::Waiting),
            Self::Committed(shower, handshake, nonce) => reveal(&shower, handshake, nonce, out, now, message),
            Self::Asked(joiner, handshake) => tell(*joiner, handshake, randomness, out, message).map(Step::Waiting),
            Self::Told(told) => check_reveal(*told, now, message),
        }
    }
}

/// Shower: tries message 1 under both secrets, and answers with a commitment.
fn commit(
    shower: Arc<Shower>,
    randomness: &Arc<dyn Randomness>,
    out: &mut Vec<u8>,
    now: Duration,
    message: &[u8],
) -> Result<Opening, PairingEnd> {
    still_open(&shower, now)?;
    for psk in &shower.psks {
        let mut handshake = begin(Side::Listener, &shower.device, psk, randomness)?;
        let Ok(version) = handshake.read(message) else { continue };
        match version.first() {
            Some(&PAIRING_VERSION) => {}
            Some(version) if *version > PAIRING_VERSION => return Err(PairingEnd::VersionTooNew),
            _ => return Err(PairingEnd::Misbehaved),
        }
        let nonce: Nonce = random_bytes(&**randomness, Stream::Wire);
        let payload = [&[PAIRING_VERSION, shower.intent.purpose().byte()][..], &commitment(&nonce)].concat();
        send(out, &handshake.write(&payload)?)?;
        return Ok(Opening::Committed(shower, handshake, nonce));
    }
    Err(PairingEnd::Stranger)
}

/// Joiner: checks that this is the phone that showed the code, and tells its nonce.
fn tell(
    joiner: Joiner,
    mut handshake: Handshake,
    randomness: &Arc<dyn Randomness>,
    out: &mut Vec<u8>,
    message: &[u8],
) -> Result<Opening, PairingEnd> {
    let payload = handshake.read(message).map_err(|_| PairingEnd::Refused)?;
    let shower = handshake.partner().ok_or(PairingEnd::Failed)?;
    if joiner.scanned.as_ref().is_some_and(|scanned| scanned.device_hash != device_hash(shower)) {
        return Err(PairingEnd::WrongPhone);
    }
    let ([version, purpose], commitment) = payload.split_first_chunk().ok_or(PairingEnd::Misbehaved)?;
    let purpose = Purpose::of(*purpose).ok_or(PairingEnd::Misbehaved)?;
    let scanned_another = joiner.scanned.as_ref().is_some_and(|scanned| scanned.purpose != purpose);
    if *version != PAIRING_VERSION || scanned_another {
        return Err(PairingEnd::Misbehaved);
    }
    if purpose != joiner.intent.purpose() {
        return Err(PairingEnd::OtherPurpose);
    }
    let commitment = commitment.try_into().map_err(|_| PairingEnd::Misbehaved)?;
    let nonce: Nonce = random_bytes(&**randomness, Stream::Wire);
    let message = handshake.write(nonce.as_ref())?;
    let (transport, hash) = handshake.finish()?;
    // From here on whoever is there can compute the number before anybody sees it: no second try.
    if !joiner.once.take() {
        return Err(PairingEnd::Spent);
    }
    send(out, &message)?;
    Ok(Opening::Told(Box::new(Told { joiner, transport, hash, shower, nonce, commitment })))
}

/// Shower: takes the joiner's nonce, for this connection and no other, and reveals its own.
fn reveal(
    shower: &Shower,
    mut handshake: Handshake,
    nonce: Nonce,
    out: &mut Vec<u8>,
    now: Duration,
    message: &[u8],
) -> Result<Step, PairingEnd> {
    let payload = handshake.read(message).map_err(|_| PairingEnd::Stranger)?;
    let joiner_nonce = Nonce::new(payload.try_into().map_err(|_| PairingEnd::Misbehaved)?);
    let joiner = handshake.partner().ok_or(PairingEnd::Failed)?;
    let (mut transport, hash) = handshake.finish()?;
    still_open(shower, now)?;
    let number = PairingNumber::new(&hash, &joiner_nonce, &nonce);
    let message = transport.seal(&Message::Reveal(nonce).to_bytes())?;
    if !shower.once.take() {
        return Err(PairingEnd::Spent);
    }
    send(out, &message)?;
    let own = Own {
        identity: shower.identity.clone(),
        intent: shower.intent,
        device: shower.device.clone(),
        once: shower.once.clone(),
        is_shower: true,
    };
    Ok(Step::Number(Box::new(Comparing::new(own, transport, hash, joiner, number, now))))
}

/// Joiner: checks the shower's nonce against the commitment.
fn check_reveal(mut told: Told, now: Duration, message: &[u8]) -> Result<Step, PairingEnd> {
    let plaintext = told.transport.open(message).map_err(|_| PairingEnd::Tampered)?;
    let nonce = match Message::from_bytes(&zeroize::Zeroizing::new(plaintext)) {
        Some(Message::Reveal(nonce)) if commitment(&nonce) == told.commitment => nonce,
        _ => return Err(PairingEnd::Misbehaved),
    };
    let number = PairingNumber::new(&told.hash, &told.nonce, &nonce);
    let Joiner { identity, intent, device, once, .. } = told.joiner;
    let own = Own { identity, intent, device, once, is_shower: false };
    Ok(Step::Number(Box::new(Comparing::new(own, told.transport, told.hash, told.shower, number, now))))
}

fn still_open(shower: &Shower, now: Duration) -> Result<(), PairingEnd> {
    if !shower.once.is_open() {
        Err(PairingEnd::Spent)
    } else if now >= shower.expires {
        Err(PairingEnd::Expired)
    } else {
        Ok(())
    }
}

fn begin(
    side: Side,
    device: &DeviceKey,
    psk: &Secret,
    randomness: &Arc<dyn Randomness>,
) -> Result<Handshake, HandshakeFailed> {
    Handshake::begin(&Setup { side, device, partner: None, psk, prologue: &prologue("pairing", &[]), randomness })
}

/// Queues a frame.
pub(super) fn send(out: &mut Vec<u8>, body: &[u8]) -> Result<(), PairingEnd> {
    out.reserve(HEADER + body.len());
    if write_frame(out, body) { Ok(()) } else { Err(PairingEnd::Failed) }
}

impl From<HandshakeFailed> for PairingEnd {
    /// For the steps that take nothing from the other side and fail only if this phone does.
    fn from(_: HandshakeFailed) -> Self {
        Self::Failed
    }
}
