//! The key of one phone.

use serde::{Deserialize, Serialize};
use x25519_dalek::{PublicKey, StaticSecret};

use super::Secret;
use crate::random::{Randomness, Stream};

/// The static X25519 key with which a phone proves itself in a handshake. Made anew for every pairing
/// and every restore; it never leaves the phone, not even in a backup.
#[derive(Clone, Debug)]
pub struct DeviceKey {
    secret: Secret,
    public: DevicePublic,
}

impl DeviceKey {
    /// A new key.
    pub fn generate(randomness: &dyn Randomness) -> Self {
        Self::new(Secret::random(randomness, Stream::Shared))
    }

    /// The key with these bytes, from the encrypted store.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self::new(Secret::from_bytes(bytes))
    }

    /// The bytes, for the encrypted store.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.secret.as_bytes()
    }

    /// What the partner pins.
    pub fn public(&self) -> DevicePublic {
        self.public
    }

    fn new(secret: Secret) -> Self {
        let public = PublicKey::from(&StaticSecret::from(*secret.as_bytes()));
        Self { secret, public: DevicePublic(public.to_bytes()) }
    }
}

/// The public half of a [`DeviceKey`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DevicePublic(pub [u8; 32]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandomness;

    #[test]
    fn a_key_read_back_is_the_same_key() {
        let key = DeviceKey::generate(&SeededRandomness::new(1, 0));
        assert_eq!(DeviceKey::from_bytes(*key.as_bytes()).public(), key.public());
        assert_eq!(format!("{key:?}").matches("Secret").count(), 1);
    }

    #[test]
    fn the_public_half_is_that_of_rfc_7748() {
        let hex = |text: &str| <[u8; 32]>::try_from(hex::decode(text).unwrap()).unwrap();
        let alice = hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        let public = hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        assert_eq!(DeviceKey::from_bytes(alice).public(), DevicePublic(public));
    }
}
