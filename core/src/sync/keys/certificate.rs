//! A person's word that a device is theirs.

use super::{CoupleId, DevicePublic, KeyError, PersonKey, PersonSeed};
use crate::journal::DeviceId;

const FORM: u8 = 1;
const DOMAIN: &[u8] = b"attune device certificate 1";

/// "This device is mine, for this couple", signed with the person's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    couple: CoupleId,
    device_id: DeviceId,
    device: DevicePublic,
    signature: [u8; 64],
}

impl Certificate {
    /// The length of the encoded form, in bytes.
    pub const LEN: usize = 1 + 16 + 16 + 32 + 64;

    /// Certifies a device of the person with this seed.
    pub fn issue(seed: &PersonSeed, couple: CoupleId, device_id: DeviceId, device: DevicePublic) -> Self {
        let signature = seed.sign(&signed_text(couple, device_id, device));
        Self { couple, device_id, device, signature }
    }

    /// Checks that `person` signed this, for this couple, of the device that holds `device`; gives the
    /// device's id.
    pub fn verify(&self, person: &PersonKey, couple: CoupleId, device: DevicePublic) -> Result<DeviceId, KeyError> {
        if self.couple != couple || self.device != device {
            return Err(KeyError::NotCertified);
        }
        person.verify(&signed_text(self.couple, self.device_id, self.device), &self.signature)?;
        Ok(self.device_id)
    }

    /// The encoded form: `1 ‖ couple id ‖ device id ‖ device key ‖ signature`.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(Self::LEN);
        bytes.push(FORM);
        bytes.extend_from_slice(self.couple.as_bytes());
        bytes.extend_from_slice(&self.device_id.0);
        bytes.extend_from_slice(&self.device.0);
        bytes.extend_from_slice(&self.signature);
        bytes
    }

    /// Reads the encoded form; nothing in it is believed before [`Self::verify`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let malformed = KeyError::Malformed;
        let (&form, rest) = bytes.split_first().ok_or(malformed)?;
        let (couple, rest) = rest.split_first_chunk().ok_or(malformed)?;
        let (device_id, rest) = rest.split_first_chunk().ok_or(malformed)?;
        let (device, signature) = rest.split_first_chunk().ok_or(malformed)?;
        let signature = signature.try_into().map_err(|_| malformed)?;
        if form != FORM {
            return Err(malformed);
        }
        Ok(Self {
            couple: CoupleId::from_bytes(*couple),
            device_id: DeviceId(*device_id),
            device: DevicePublic(*device),
            signature,
        })
    }
}

fn signed_text(couple: CoupleId, device_id: DeviceId, device: DevicePublic) -> Vec<u8> {
    [DOMAIN, couple.as_bytes(), &device_id.0, &device.0].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COUPLE: CoupleId = CoupleId::from_bytes([5; 16]);
    const DEVICE_ID: DeviceId = DeviceId([6; 16]);
    const DEVICE: DevicePublic = DevicePublic([7; 32]);

    fn seed() -> PersonSeed {
        PersonSeed::from_bytes([1; 32])
    }

    #[test]
    fn a_certificate_holds_for_its_person_couple_and_device_only() {
        let certificate = Certificate::issue(&seed(), COUPLE, DEVICE_ID, DEVICE);
        let person = seed().public();
        let stranger = PersonSeed::from_bytes([2; 32]).public();
        let refused = Err(KeyError::NotCertified);
        assert_eq!(certificate.verify(&person, COUPLE, DEVICE), Ok(DEVICE_ID));
        assert_eq!(certificate.verify(&stranger, COUPLE, DEVICE), refused);
        assert_eq!(certificate.verify(&person, CoupleId::from_bytes([0; 16]), DEVICE), refused);
        assert_eq!(certificate.verify(&person, COUPLE, DevicePublic([0; 32])), refused);
    }

    #[test]
    fn a_certificate_read_back_is_the_same() {
        let certificate = Certificate::issue(&seed(), COUPLE, DEVICE_ID, DEVICE);
        assert_eq!(certificate.to_bytes().len(), Certificate::LEN);
        assert_eq!(Certificate::from_bytes(&certificate.to_bytes()), Ok(certificate));
    }

    proptest! {
        #[test]
        fn no_other_bytes_hold(at in 0..Certificate::LEN, bit in 0..8_u8) {
            let mut bytes = Certificate::issue(&seed(), COUPLE, DEVICE_ID, DEVICE).to_bytes();
            bytes[at] ^= 1 << bit;
            let held = Certificate::from_bytes(&bytes).and_then(|c| c.verify(&seed().public(), COUPLE, DEVICE));
            prop_assert!(held.is_err());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(certificate) = Certificate::from_bytes(&bytes) {
                prop_assert_eq!(certificate.to_bytes(), bytes);
            }
        }
    }
}
