//! What only the two of them know.

use serde::{Deserialize, Serialize};

use super::{Secret, derive};

/// The secret that a pairing leaves on both phones, and in both backups. Everything that only the two
/// may know is derived from it, each under a label of its own.
#[derive(Clone, Debug)]
pub struct CoupleSecret(Secret);

impl CoupleSecret {
    /// The secret of a pairing: HKDF of the 32 random bytes of each side, with the hash of the
    /// pairing's handshake as salt. The shower's bytes come first on both phones.
    pub fn agree(handshake_hash: &[u8; 32], shower: &Secret, joiner: &Secret) -> Self {
        let mut both = zeroize::Zeroizing::new([0_u8; 64]);
        let (first, second) = both.split_at_mut(32);
        first.copy_from_slice(shower.as_bytes());
        second.copy_from_slice(joiner.as_bytes());
        Self(derive(handshake_hash, both.as_ref(), "attune couple secret"))
    }

    /// The secret with these bytes, from the encrypted store or a backup.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Secret::from_bytes(bytes))
    }

    /// The bytes, for the encrypted store and the backup.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The name of this pairing. It is no secret, but it is never sent outside the channel.
    pub fn id(&self) -> CoupleId {
        let derived = self.derive("attune couple id");
        let mut id = [0; 16];
        id.iter_mut().zip(derived.as_bytes()).for_each(|(to, from)| *to = *from);
        CoupleId(id)
    }

    /// The key under which what is advertised on a network tells the partner, and nobody else, whose it
    /// is.
    pub fn discovery_key(&self) -> Secret {
        self.derive("attune couple discovery")
    }

    /// The pre-shared key of a meeting between two phones that know each other.
    pub fn meeting_psk(&self) -> Secret {
        self.derive("attune couple meeting")
    }

    /// The pre-shared key of a meeting where a phone is new to the other.
    pub fn new_device_psk(&self) -> Secret {
        self.derive("attune couple new device")
    }

    fn derive(&self, label: &str) -> Secret {
        derive(b"", self.0.as_bytes(), label)
    }
}

/// The name of one pairing, the same on both phones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CoupleId([u8; 16]);

impl CoupleId {
    /// The id with these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes, as stored.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl std::fmt::Display for CoupleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl std::fmt::Debug for CoupleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> CoupleSecret {
        CoupleSecret::agree(&[1; 32], &Secret::from_bytes([2; 32]), &Secret::from_bytes([3; 32]))
    }

    #[test]
    fn handshake_and_both_sides_bytes_all_count() {
        let of = |hash, shower, joiner| {
            *CoupleSecret::agree(&[hash; 32], &Secret::from_bytes([shower; 32]), &Secret::from_bytes([joiner; 32]))
                .as_bytes()
        };
        let base = of(1, 2, 3);
        assert_eq!(base, *secret().as_bytes());
        assert!(base != of(9, 2, 3) && base != of(1, 9, 3) && base != of(1, 2, 9) && base != of(1, 3, 2));
    }

    #[test]
    fn nothing_that_is_derived_equals_another() {
        let couple = secret();
        let mut id = [0; 32];
        id[..16].copy_from_slice(couple.id().as_bytes());
        let all = std::collections::BTreeSet::from([
            *couple.as_bytes(),
            *couple.discovery_key().as_bytes(),
            *couple.meeting_psk().as_bytes(),
            *couple.new_device_psk().as_bytes(),
            id,
        ]);
        assert_eq!(all.len(), 5);
    }

    #[test]
    fn a_secret_read_back_names_the_same_couple() {
        assert_eq!(CoupleSecret::from_bytes(*secret().as_bytes()).id(), secret().id());
    }
}
