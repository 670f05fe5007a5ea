//! A person's seed and what is derived from it.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::{KeyError, Secret, derive};
use crate::random::{Randomness, Stream};

/// The root of a person's keys. It is in the backup, and the same on every phone that the person uses
/// in turn.
#[derive(Clone, Debug)]
pub struct PersonSeed(Secret);

impl PersonSeed {
    /// A new person.
    pub fn generate(randomness: &dyn Randomness) -> Self {
        Self(Secret::random(randomness, Stream::Shared))
    }

    /// The seed with these bytes, from the encrypted store or a backup.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Secret::from_bytes(bytes))
    }

    /// The bytes, for the encrypted store and the backup.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The HMAC key under which this person seals the state of the own log. Only its owner can make or
    /// check a seal, so a seal proves nothing to anybody else.
    pub fn seal_key(&self) -> Secret {
        derive(b"", self.0.as_bytes(), "attune person seal")
    }

    /// What others know this person by.
    pub fn public(&self) -> PersonKey {
        PersonKey(self.signing_key().verifying_key().to_bytes())
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing_key().sign(message).to_bytes()
    }

    fn signing_key(&self) -> SigningKey {
        SigningKey::from_bytes(derive(b"", self.0.as_bytes(), "attune person certify").as_bytes())
    }
}

/// A person's Ed25519 verifying key: checks the certificates of that person's devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "[u8; 32]", into = "[u8; 32]")]
pub struct PersonKey([u8; 32]);

impl PersonKey {
    /// The key with these bytes; refused if they are no usable point.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self, KeyError> {
        match VerifyingKey::from_bytes(&bytes) {
            Ok(key) if !key.is_weak() => Ok(Self(bytes)),
            _ => Err(KeyError::Malformed),
        }
    }

    /// The bytes, as stored and sent.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(super) fn verify(&self, message: &[u8], signature: &[u8; 64]) -> Result<(), KeyError> {
        VerifyingKey::from_bytes(&self.0)
            .and_then(|key| key.verify_strict(message, &Signature::from_bytes(signature)))
            .map_err(|_| KeyError::NotCertified)
    }
}

impl TryFrom<[u8; 32]> for PersonKey {
    type Error = KeyError;

    fn try_from(bytes: [u8; 32]) -> Result<Self, KeyError> {
        Self::from_bytes(bytes)
    }
}

impl From<PersonKey> for [u8; 32] {
    fn from(key: PersonKey) -> Self {
        key.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandomness;

    #[test]
    fn a_seed_read_back_is_the_same_person() {
        let seed = PersonSeed::generate(&SeededRandomness::new(1, 0));
        let again = PersonSeed::from_bytes(*seed.as_bytes());
        assert_eq!(seed.public(), again.public());
        assert_eq!(seed.seal_key().as_bytes(), again.seal_key().as_bytes());
    }

    #[test]
    fn the_seal_key_and_the_seed_say_nothing_of_each_other_or_of_the_signing_key() {
        let seed = PersonSeed::from_bytes([3; 32]);
        let all = [*seed.as_bytes(), *seed.seal_key().as_bytes(), seed.signing_key().to_bytes()];
        assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
    }

    #[test]
    fn a_signature_holds_for_its_message_and_person_only() {
        let (ada, bob) = (PersonSeed::from_bytes([1; 32]), PersonSeed::from_bytes([2; 32]));
        let signature = ada.sign(b"message");
        assert_eq!(ada.public().verify(b"message", &signature), Ok(()));
        assert_eq!(ada.public().verify(b"massage", &signature), Err(KeyError::NotCertified));
        assert_eq!(bob.public().verify(b"message", &signature), Err(KeyError::NotCertified));
    }

    #[test]
    fn points_that_verify_anything_are_no_keys() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(PersonKey::from_bytes(identity), Err(KeyError::Malformed));
        assert_eq!(PersonKey::from_bytes([0; 32]), Err(KeyError::Malformed));
    }
}
