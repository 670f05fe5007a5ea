//! What a phone brings to a meeting.

use super::{Certificate, CoupleSecret, DeviceKey, PersonKey, PersonSeed, Pinned};
use crate::journal::DeviceId;

/// Everything that a phone needs to meet its partner's: it proves itself with this and knows the other
/// by it.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub(in crate::sync) person: PersonKey,
    pub(in crate::sync) device: DeviceKey,
    pub(in crate::sync) certificate: Certificate,
    pub(in crate::sync) couple: CoupleSecret,
    pub(in crate::sync) partner: Pinned,
}

impl Credentials {
    /// Puts together what the store keeps, and certifies the own device.
    pub fn new(
        seed: &PersonSeed,
        device: DeviceKey,
        device_id: DeviceId,
        couple: CoupleSecret,
        partner: Pinned,
    ) -> Self {
        let certificate = Certificate::issue(seed, couple.id(), device_id, device.public());
        Self { person: seed.public(), device, certificate, couple, partner }
    }

    /// The partner as known now.
    pub fn partner(&self) -> Pinned {
        self.partner
    }

    /// The pairing that this is of.
    pub fn couple(&self) -> &CoupleSecret {
        &self.couple
    }
}
