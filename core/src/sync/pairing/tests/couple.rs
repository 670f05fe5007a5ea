//! Two people who pair, and the bytes that a test carries between their phones.

use std::sync::Arc;
use std::time::Duration;

use crate::journal::DeviceId;
use crate::random::{Randomness, SeededRandomness};
use crate::sync::keys::PersonSeed;
use crate::sync::pairing::*;

pub(super) const NOW: Duration = Duration::from_secs(500);
pub(super) const CLOCK_MS: i64 = 1_790_000_000_000;

pub(super) fn identity(name: u8) -> Identity {
    Identity { seed: PersonSeed::from_bytes([name; 32]), device_id: DeviceId([name; 16]) }
}

pub(super) fn random(seed: u64) -> Arc<dyn Randomness> {
    Arc::new(SeededRandomness::new(seed, 0))
}

pub(super) fn address() -> Address {
    Address { host: "192.168.1.20".to_owned(), port: 7000 }
}

/// Ada's offer.
pub(super) fn offer() -> Offer {
    Offer::new(NOW, CLOCK_MS, identity(1), Intent::New, vec![address()], random(1))
}

/// Ada's offer to make the keys new.
pub(super) fn replacement(with: u8) -> Offer {
    Offer::new(NOW, CLOCK_MS, identity(1), replacing(with), vec![address()], random(1))
}

/// What somebody asks for whose pinned partner has this name.
pub(super) fn replacing(with: u8) -> Intent {
    Intent::Replace { partner: identity(with).seed.public() }
}

/// Bob's machine for an invitation.
pub(super) fn joining(invitation: &Invitation) -> Pairing {
    invitation.join(NOW, identity(2), Intent::New, random(2)).unwrap()
}

pub(super) fn scanned(offer: &Offer) -> Invitation {
    Invitation::from_qr_text(&offer.qr_text()).unwrap()
}

pub(super) fn typed(offer: &Offer) -> Invitation {
    Invitation::from_typed_code(&offer.typed_code()).unwrap()
}

/// One side, and everything that came out of it.
pub(super) struct Side {
    pub(super) pairing: Pairing,
    pub(super) number: Option<PairingNumber>,
    pub(super) paired: Option<Paired>,
    pub(super) perhaps: Option<Paired>,
    pub(super) end: Option<PairingEnd>,
    pub(super) sent: Vec<u8>,
    /// Confirms the number as soon as it is shown.
    pub(super) eager: bool,
}

impl Side {
    pub(super) fn new(pairing: Pairing) -> Self {
        Self { pairing, number: None, paired: None, perhaps: None, end: None, sent: vec![], eager: false }
    }

    pub(super) fn drain(&mut self) -> Vec<u8> {
        while let Some(event) = self.pairing.poll_event() {
            assert!(self.end.is_none(), "nothing follows the end");
            match event {
                PairingEvent::Number { number, .. } => {
                    assert!(self.number.replace(number).is_none());
                    if self.eager {
                        // The connection may have died in the same breath.
                        let _ = self.pairing.confirm(NOW);
                    }
                }
                PairingEvent::Paired(paired) => assert!(self.paired.replace(*paired).is_none()),
                PairingEvent::PerhapsPaired(paired) => assert!(self.perhaps.replace(*paired).is_none()),
                PairingEvent::Ended(end) => self.end = Some(end),
            }
        }
        let bytes = self.pairing.poll_transmit().unwrap_or_default();
        self.sent.extend(&bytes);
        bytes
    }

    pub(super) fn take(&mut self, bytes: &[u8], piece: usize) {
        for piece in bytes.chunks(piece) {
            self.pairing.handle_input(NOW, piece);
        }
    }
}

/// Both sides of one connection.
pub(super) struct Couple {
    pub(super) shower: Side,
    pub(super) joiner: Side,
    pub(super) piece: usize,
}

impl Couple {
    pub(super) fn new(shower: Pairing, joiner: Pairing) -> Self {
        Self { shower: Side::new(shower), joiner: Side::new(joiner), piece: usize::MAX }
    }

    pub(super) fn with(offer: &Offer, invitation: &Invitation) -> Self {
        Self::new(offer.accept(NOW).unwrap(), joining(invitation))
    }

    /// Carries bytes both ways until both are quiet; tells each side when the other ended.
    pub(super) fn carry(&mut self) {
        loop {
            let there = self.joiner.drain();
            self.shower.take(&there, self.piece);
            let back = self.shower.drain();
            self.joiner.take(&back, self.piece);
            if there.is_empty() && back.is_empty() {
                break;
            }
        }
        if self.joiner.end.is_some() {
            self.shower.pairing.handle_end(NOW);
        }
        if self.shower.end.is_some() {
            self.joiner.pairing.handle_end(NOW);
        }
        self.joiner.drain();
        self.shower.drain();
    }

    /// Up to the number on both screens.
    pub(super) fn comparing(offer: &Offer, invitation: &Invitation) -> Self {
        let mut couple = Self::with(offer, invitation);
        couple.carry();
        assert!(couple.shower.number.is_some());
        assert_eq!(couple.shower.number, couple.joiner.number);
        assert_eq!(couple.shower.pairing.number(), couple.joiner.pairing.number());
        couple
    }

    pub(super) fn assert_paired(&self) {
        let (shower, joiner) = (self.shower.paired.as_ref().unwrap(), self.joiner.paired.as_ref().unwrap());
        assert_same(shower, joiner);
        assert_eq!((self.shower.end, self.joiner.end), (Some(PairingEnd::Paired), Some(PairingEnd::Paired)));
    }
}

/// Each side holds the other, and both the same secret.
pub(super) fn assert_same(shower: &Paired, joiner: &Paired) {
    assert_eq!(shower.couple.as_bytes(), joiner.couple.as_bytes());
    assert_eq!(shower.couple.id(), joiner.couple.id());
    for (one, other, name) in [(shower, joiner, 2), (joiner, shower, 1)] {
        assert_eq!(one.partner.person, identity(name).seed.public());
        assert_eq!(one.partner.device_id, identity(name).device_id);
        assert_eq!(one.partner.device, other.device.public());
    }
}
