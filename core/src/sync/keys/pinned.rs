//! What a phone keeps of its partner's.

use serde::{Deserialize, Serialize};

use super::{DevicePublic, KeyError, PersonKey};
use crate::journal::DeviceId;

/// The partner, as pinned when the phones paired: no other phone is believed, except one that the same
/// person certifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinned {
    /// Checks the certificates of the partner's devices. Never changes within a pairing.
    pub person: PersonKey,
    /// The key of the phone that the partner uses now.
    pub device: DevicePublic,
    /// The id of that phone.
    pub device_id: DeviceId,
}

impl Pinned {
    /// The encoded form: `person ‖ device key ‖ device id`.
    pub fn to_bytes(&self) -> [u8; 80] {
        let mut bytes = [0; 80];
        let parts = self.person.as_bytes().iter().chain(&self.device.0).chain(&self.device_id.0);
        bytes.iter_mut().zip(parts).for_each(|(to, from)| *to = *from);
        bytes
    }

    /// Reads the encoded form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let (person, rest) = bytes.split_first_chunk().ok_or(KeyError::Malformed)?;
        let (device, device_id) = rest.split_first_chunk().ok_or(KeyError::Malformed)?;
        let device_id = device_id.try_into().map_err(|_| KeyError::Malformed)?;
        Ok(Self {
            person: PersonKey::from_bytes(*person)?,
            device: DevicePublic(*device),
            device_id: DeviceId(device_id),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::keys::PersonSeed;

    #[test]
    fn a_partner_read_back_is_the_same() {
        let pinned = Pinned {
            person: PersonSeed::from_bytes([1; 32]).public(),
            device: DevicePublic([2; 32]),
            device_id: DeviceId([3; 16]),
        };
        assert_eq!(Pinned::from_bytes(&pinned.to_bytes()), Ok(pinned));
        assert_eq!(Pinned::from_bytes(&pinned.to_bytes()[..79]), Err(KeyError::Malformed));
        assert_eq!(Pinned::from_bytes(&[0; 81]), Err(KeyError::Malformed));
    }
}
