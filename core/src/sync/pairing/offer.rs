//! The offer that one phone shows.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::opening::Shower;
use super::qr_text::QrText;
use super::typed_code::{CodeSecret, code_text};
use super::use_once::{Use, UseOnce};
use super::{Address, Intent, Pairing, PairingError};
use crate::journal::DeviceId;
use crate::random::{Randomness, Stream, random_bytes};
use crate::sync::keys::{DeviceKey, DevicePublic, PersonSeed, Secret, derive};

/// How long an offer lives (5 minutes).
pub const OFFER_LIFE: Duration = Duration::from_secs(5 * 60);

/// Who pairs: the person, and the id of this installation.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The person's seed.
    pub seed: PersonSeed,
    /// The id of this phone's installation.
    pub device_id: DeviceId,
}

/// What has become of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferState {
    /// It can be taken.
    Open,
    /// It was not taken in time.
    Expired,
    /// A number is being compared; nobody else can take the offer any more.
    Comparing,
    /// A comparison failed, was cancelled or broke off. Whoever knows the code had one try.
    Burned,
    /// It led to a pairing.
    Paired,
}

/// An offer to pair, good for [`OFFER_LIFE`] and for one comparison of numbers.
///
/// Each connection that comes in gets a [`Pairing`] by [`Self::accept`]. Any number of connections that
/// do not know the code may come and go; the first that does takes the offer.
pub struct Offer {
    pub(super) shower: Arc<Shower>,
    qr: QrText,
    code: CodeSecret,
    randomness: Arc<dyn Randomness>,
}

impl Offer {
    /// A new offer, under a device key of its own. `addresses` are where this phone listens, the most
    /// promising first: up to eight, of which those that are no host names or IP addresses are left out.
    /// `clock_ms` is this phone's clock in unix milliseconds.
    pub fn new(
        now: Duration,
        clock_ms: i64,
        identity: Identity,
        intent: Intent,
        addresses: Vec<Address>,
        randomness: Arc<dyn Randomness>,
    ) -> Self {
        let device = DeviceKey::generate(&*randomness);
        let secret = Secret::random(&*randomness, Stream::Wire);
        let code: CodeSecret = random_bytes(&*randomness, Stream::Wire);
        let life_ms = i64::try_from(OFFER_LIFE.as_millis()).unwrap_or(i64::MAX);
        let qr = QrText {
            purpose: intent.purpose(),
            secret,
            device_hash: device_hash(device.public()),
            expires_at_ms: clock_ms.saturating_add(life_ms),
            addresses,
        };
        let shower = Shower {
            identity,
            device,
            intent,
            psks: [qr_psk(&qr.secret), code_psk(&code)],
            expires: now + OFFER_LIFE,
            once: UseOnce::default(),
        };
        Self { shower: Arc::new(shower), qr, code, randomness }
    }

    /// The text for the QR code. In upper case throughout: it fits a QR code's alphanumeric mode.
    pub fn qr_text(&self) -> String {
        self.qr.to_text()
    }

    /// The code to type, in groups of three.
    pub fn typed_code(&self) -> String {
        code_text(&self.code)
    }

    /// When the offer expires, by the clock it was made with, in unix milliseconds.
    pub fn expires_at_ms(&self) -> i64 {
        self.qr.expires_at_ms
    }

    /// What has become of the offer.
    pub fn state(&self, now: Duration) -> OfferState {
        match self.shower.once.get() {
            Use::Open if now >= self.shower.expires => OfferState::Expired,
            Use::Open => OfferState::Open,
            Use::Taken => OfferState::Comparing,
            Use::Burned => OfferState::Burned,
            Use::Paired => OfferState::Paired,
        }
    }

    /// A machine for a connection that came in.
    pub fn accept(&self, now: Duration) -> Result<Pairing, PairingError> {
        match self.state(now) {
            OfferState::Open => Ok(Pairing::shower(now, Arc::clone(&self.shower), Arc::clone(&self.randomness))),
            OfferState::Expired => Err(PairingError::Expired),
            _ => Err(PairingError::Spent),
        }
    }

    /// Takes the offer back. A comparison under way goes on: its own `cancel` ends it.
    pub fn withdraw(&self) {
        if self.shower.once.take() {
            self.shower.once.burn();
        }
    }
}

/// The pre-shared key of those who scanned the QR code.
pub(super) fn qr_psk(secret: &Secret) -> Secret {
    derive(b"", secret.as_bytes(), "attune pairing qr")
}

/// The pre-shared key of those who typed the code.
pub(super) fn code_psk(secret: &CodeSecret) -> Secret {
    derive(b"", secret.as_ref(), "attune pairing code")
}

/// What the QR code says of the shower's device key.
pub(super) fn device_hash(device: DevicePublic) -> [u8; 16] {
    let hash = Sha256::new().chain_update(b"attune pairing device").chain_update(device.0).finalize();
    let mut short = [0; 16];
    short.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    short
}
