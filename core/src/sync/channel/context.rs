//! What stays the same for the whole life of a channel.

use std::sync::Arc;
use std::time::Duration;

use super::Terms;
use super::noise::{Handshake, HandshakeFailed, Setup, Side, prologue};
use crate::random::Randomness;
use crate::sync::keys::{Credentials, DevicePublic, Secret};

/// Who this phone is in this channel, and what it draws on.
pub(super) struct Context {
    pub(super) side: Side,
    pub(super) credentials: Credentials,
    pub(super) terms: Terms,
    pub(super) randomness: Arc<dyn Randomness>,
    pub(super) started: Duration,
}

impl Context {
    /// This phone's clock at `now`, in unix milliseconds.
    pub(super) fn clock_ms(&self, now: Duration) -> i64 {
        let elapsed = now.saturating_sub(self.started).as_millis();
        self.terms.clock_ms.saturating_add(i64::try_from(elapsed).unwrap_or(i64::MAX))
    }

    /// A handshake between two phones that have pinned each other.
    pub(super) fn known(&self, purpose: &str, more: &[u8]) -> Result<Handshake, HandshakeFailed> {
        let partner = Some(self.credentials.partner.device);
        self.begin(partner, &self.credentials.couple.meeting_psk(), purpose, more)
    }

    /// A handshake in which at least one phone is new to the other.
    pub(super) fn new_device(&self) -> Result<Handshake, HandshakeFailed> {
        self.begin(None, &self.credentials.couple.new_device_psk(), "new device", &[])
    }

    fn begin(
        &self,
        partner: Option<DevicePublic>,
        psk: &Secret,
        purpose: &str,
        more: &[u8],
    ) -> Result<Handshake, HandshakeFailed> {
        let (own, other) = (&self.credentials.person, &self.credentials.partner.person);
        // Both persons in their roles: what one phone sent as dialler means nothing to itself as listener.
        let (dialler, listener) = match self.side {
            Side::Dialler => (own, other),
            Side::Listener => (other, own),
        };
        Handshake::begin(&Setup {
            side: self.side,
            device: &self.credentials.device,
            partner,
            psk,
            prologue: &prologue(purpose, &[dialler.as_bytes(), listener.as_bytes(), more]),
            randomness: &self.randomness,
        })
    }
}
