//! The offer as the other phone takes it.

use std::sync::Arc;
use std::time::Duration;

use super::offer::{code_psk, qr_psk};
use super::opening::Joiner;
use super::qr_text::QrText;
use super::typed_code::parse_code;
use super::use_once::UseOnce;
use super::{Address, Identity, Intent, Pairing, PairingError, Purpose};
use crate::random::Randomness;
use crate::sync::keys::{DeviceKey, Secret};

/// An offer that was scanned or typed, good for one comparison of numbers.
///
/// Several connections may be tried at once, at all the addresses; the first that reaches the phone
/// which showed the offer takes it. After a comparison that failed, another offer is needed: whoever is
/// in the middle gets one try.
#[derive(Clone, Debug)]
pub struct Invitation {
    psk: Secret,
    scanned: Option<Scanned>,
    addresses: Vec<Address>,
    once: UseOnce,
}

/// What only a QR code says.
#[derive(Clone, Debug)]
pub(super) struct Scanned {
    pub(super) device_hash: [u8; 16],
    pub(super) purpose: Purpose,
    expires_at_ms: i64,
}

impl Invitation {
    /// Reads either form, as it was scanned, pasted or typed.
    pub fn parse(text: &str) -> Result<Self, PairingError> {
        // Only a QR text holds colons.
        if text.contains(':') { Self::from_qr_text(text) } else { Self::from_typed_code(text) }
    }

    /// Reads the text of a QR code.
    pub fn from_qr_text(text: &str) -> Result<Self, PairingError> {
        let qr = QrText::parse(text)?;
        Ok(Self {
            psk: qr_psk(&qr.secret),
            scanned: Some(Scanned {
                device_hash: qr.device_hash,
                purpose: qr.purpose,
                expires_at_ms: qr.expires_at_ms,
            }),
            addresses: qr.addresses,
            once: UseOnce::default(),
        })
    }

    /// Reads a code as somebody typed it. It says nothing of where the other phone is.
    pub fn from_typed_code(code: &str) -> Result<Self, PairingError> {
        let secret = parse_code(code)?;
        Ok(Self { psk: code_psk(&secret), scanned: None, addresses: Vec::new(), once: UseOnce::default() })
    }

    /// Where the other phone listens, the most promising first; empty for a typed code.
    pub fn addresses(&self) -> &[Address] {
        &self.addresses
    }

    /// Whether the offer seems to have expired, by this phone's clock in unix milliseconds. Clocks
    /// differ, so this only helps to explain a refusal: the phone that showed the offer decides.
    pub fn seems_expired(&self, clock_ms: i64) -> bool {
        self.scanned.as_ref().is_some_and(|scanned| clock_ms >= scanned.expires_at_ms)
    }

    /// What the pairing is for; a typed code does not say.
    pub fn purpose(&self) -> Option<Purpose> {
        self.scanned.as_ref().map(|scanned| scanned.purpose)
    }

    /// A machine for a connection to the other phone, under a device key of its own. It ends where the other
    /// phone does not say that the pairing is for what `intent` asks for.
    pub fn join(
        &self,
        now: Duration,
        identity: Identity,
        intent: Intent,
        randomness: Arc<dyn Randomness>,
    ) -> Result<Pairing, PairingError> {
        if !self.once.is_open() {
            return Err(PairingError::Spent);
        }
        let joiner = Joiner {
            identity,
            intent,
            device: DeviceKey::generate(&*randomness),
            psk: self.psk.clone(),
            scanned: self.scanned.clone(),
            once: self.once.clone(),
        };
        Ok(Pairing::joiner(now, joiner, randomness))
    }
}
