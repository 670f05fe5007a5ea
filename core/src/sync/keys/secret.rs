//! Thirty-two secret bytes, and how one secret is derived from another.

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::KeyError;
use crate::random::{Randomness, Stream};

/// A 32-byte secret: erased from memory when dropped, and never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret([u8; 32]);

impl Secret {
    /// The secret with these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads what [`Self::as_bytes`] gave, for example from the encrypted store.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, KeyError> {
        bytes.try_into().map(Self).map_err(|_| KeyError::Malformed)
    }

    /// The bytes, for the encrypted store and for cryptography alone.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A new random secret.
    pub(in crate::sync) fn random(randomness: &dyn Randomness, stream: Stream) -> Self {
        let mut secret = Self([0; 32]);
        randomness.fill(stream, &mut secret.0);
        secret
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// HKDF-SHA256: a new secret from `secret` under `label`, which no other use shares.
pub(in crate::sync) fn derive(salt: &[u8], secret: &[u8], label: &str) -> Secret {
    let mut derived = Secret([0; 32]);
    let expanded = Hkdf::<Sha256>::new(Some(salt), secret).expand(label.as_bytes(), &mut derived.0);
    debug_assert!(expanded.is_ok(), "32 bytes are within what HKDF gives");
    derived
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_secret_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::from_bytes([7; 32])), "Secret");
    }

    #[test]
    fn salt_secret_and_label_each_change_what_is_derived() {
        let base = derive(b"salt", b"secret", "label");
        assert_eq!(base.as_bytes(), derive(b"salt", b"secret", "label").as_bytes());
        assert_ne!(base.as_bytes(), derive(b"SALT", b"secret", "label").as_bytes());
        assert_ne!(base.as_bytes(), derive(b"salt", b"SECRET", "label").as_bytes());
        assert_ne!(base.as_bytes(), derive(b"salt", b"secret", "LABEL").as_bytes());
        assert_ne!(base.as_bytes(), &[0; 32]);
    }

    #[test]
    fn only_thirty_two_bytes_are_a_secret() {
        assert!(Secret::from_slice(&[1; 32]).is_ok());
        assert_eq!(Secret::from_slice(&[1; 31]).err(), Some(KeyError::Malformed));
        assert_eq!(Secret::from_slice(&[]).err(), Some(KeyError::Malformed));
    }
}
