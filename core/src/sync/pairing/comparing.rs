//! From the number on both screens to two phones that are paired.

use std::time::Duration;

use super::message::{Confirmed, Message};
use super::opening::send;
use super::use_once::UseOnce;
use super::{Identity, Intent, Paired, PairingEnd, PairingError, PairingNumber, Purpose};
use crate::random::{Randomness, Stream};
use crate::sync::channel::noise::Transport;
use crate::sync::keys::{Certificate, CoupleSecret, DeviceKey, DevicePublic, Pinned, Secret};

/// How long two people may take to compare numbers (3 minutes).
pub const COMPARISON_LIMIT: Duration = Duration::from_secs(3 * 60);

/// How long the other phone's last word may take, once both have confirmed.
const LAST_WORD_LIMIT: Duration = Duration::from_secs(20);

/// This phone.
pub(super) struct Own {
    pub(super) identity: Identity,
    pub(super) intent: Intent,
    pub(super) device: DeviceKey,
    pub(super) once: UseOnce,
    pub(super) is_shower: bool,
}

/// The number is on the screen.
pub(super) struct Comparing {
    own: Own,
    transport: Transport,
    handshake_hash: [u8; 32],
    partner: DevicePublic,
    pub(super) number: PairingNumber,
    pub(super) deadline: Duration,
    /// This side's random bytes, sent when its person confirmed.
    mine: Option<Secret>,
    theirs: Option<Confirmed>,
    /// Both have confirmed, and the other will know from this side's last word.
    agreed: Option<Box<Paired>>,
}

impl Comparing {
    pub(super) fn new(
        own: Own,
        transport: Transport,
        handshake_hash: [u8; 32],
        partner: DevicePublic,
        number: PairingNumber,
        now: Duration,
    ) -> Self {
        let deadline = now + COMPARISON_LIMIT;
        let (mine, theirs, agreed) = (None, None, None);
        Self { own, transport, handshake_hash, partner, number, deadline, mine, theirs, agreed }
    }

    /// What the pairing is for.
    pub(super) fn purpose(&self) -> Purpose {
        self.own.intent.purpose()
    }

    /// This side's person has confirmed the number.
    pub(super) fn confirm(
        &mut self,
        randomness: &dyn Randomness,
        out: &mut Vec<u8>,
        now: Duration,
    ) -> Result<(), PairingEnd> {
        if self.mine.is_some() {
            return Ok(());
        }
        let random = Secret::random(randomness, Stream::Shared);
        let Identity { seed, device_id } = &self.own.identity;
        let confirmed = Confirmed { random: random.clone(), person: seed.public(), device_id: *device_id };
        self.mine = Some(random);
        self.send(out, &Message::Confirmed(confirmed))?;
        self.agree_if_both(out, now)
    }

    /// Tells the other side that this one's person has cancelled.
    pub(super) fn cancel(&mut self, out: &mut Vec<u8>) -> Result<(), PairingError> {
        if self.agreed.is_some() {
            return Err(PairingError::TooLate);
        }
        // A failure here leaves nothing to do but to end.
        let _ = self.send(out, &Message::Cancelled);
        Ok(())
    }

    /// Takes a frame; gives what the phones are, once that is certain.
    pub(super) fn handle_frame(
        &mut self,
        out: &mut Vec<u8>,
        now: Duration,
        frame: &[u8],
    ) -> Result<Option<Box<Paired>>, PairingEnd> {
        let plaintext = self.transport.open(frame).map_err(|_| PairingEnd::Tampered)?;
        let message = Message::from_bytes(&zeroize::Zeroizing::new(plaintext)).ok_or(PairingEnd::Misbehaved)?;
        match message {
            Message::Confirmed(confirmed) if self.theirs.is_none() => {
                self.own.intent.may_be_with(confirmed.person, self.own.identity.seed.public())?;
                self.theirs = Some(confirmed);
                self.agree_if_both(out, now)?;
                Ok(None)
            }
            Message::Certified(certificate) => {
                let paired = self.agreed.take().ok_or(PairingEnd::Misbehaved)?;
                let Pinned { person, device, device_id } = paired.partner;
                match certificate.verify(&person, paired.couple.id(), device) {
                    Ok(certified) if certified == device_id => Ok(Some(paired)),
                    _ => Err(PairingEnd::Misbehaved),
                }
            }
            Message::Cancelled => Err(PairingEnd::CancelledByPartner),
            Message::Confirmed(_) | Message::Reveal(_) => Err(PairingEnd::Misbehaved),
        }
    }

    /// Marks the single use as spent, for good or ill.
    pub(super) fn settle(&self, end: PairingEnd) {
        if end == PairingEnd::Paired {
            self.own.once.paired();
        } else {
            self.own.once.burn();
        }
    }

    /// What the phones perhaps are, where the connection died and this side cannot know.
    pub(super) fn perhaps(&mut self, end: PairingEnd) -> Option<Box<Paired>> {
        match end {
            // The partner whom this phone has is not given up for one who has proven nothing.
            _ if self.purpose() == Purpose::Replace => None,
            PairingEnd::Interrupted | PairingEnd::TimedOut | PairingEnd::Tampered => self.agreed.take(),
            _ => None,
        }
    }

    /// Once both have confirmed: makes the couple's secret and says the last word.
    fn agree_if_both(&mut self, out: &mut Vec<u8>, now: Duration) -> Result<(), PairingEnd> {
        let (Some(mine), Some(theirs)) = (&self.mine, &self.theirs) else { return Ok(()) };
        let (shower, joiner) = if self.own.is_shower { (mine, &theirs.random) } else { (&theirs.random, mine) };
        let couple = CoupleSecret::agree(&self.handshake_hash, shower, joiner);
        let Own { identity, device, .. } = &self.own;
        let certificate = Certificate::issue(&identity.seed, couple.id(), identity.device_id, device.public());
        let partner = Pinned { person: theirs.person, device: self.partner, device_id: theirs.device_id };
        let paired = Paired { couple, partner, device: device.clone(), purpose: self.purpose() };
        self.agreed = Some(Box::new(paired));
        self.deadline = now + LAST_WORD_LIMIT;
        self.send(out, &Message::Certified(certificate))
    }

    fn send(&mut self, out: &mut Vec<u8>, message: &Message) -> Result<(), PairingEnd> {
        send(out, &self.transport.seal(&message.to_bytes())?)
    }
}
