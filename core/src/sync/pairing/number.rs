//! The number on both screens.

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::sync::keys::derive;

/// One side's random part of the number.
pub(super) type Nonce = Zeroizing<[u8; 32]>;

/// Six digits that both people compare. Equal on both phones, and under a man in the middle equal only
/// by a chance of one in a million: the shower commits to its part before it sees the joiner's, so
/// nobody can try keys until the numbers fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairingNumber(u32);

impl PairingNumber {
    /// `HKDF(salt = handshake hash, joiner's nonce ‖ shower's nonce)`, as six decimal digits.
    pub(super) fn new(handshake_hash: &[u8; 32], joiner: &Nonce, shower: &Nonce) -> Self {
        let mut both = Zeroizing::new([0_u8; 64]);
        let (first, second) = both.split_at_mut(32);
        first.copy_from_slice(joiner.as_ref());
        second.copy_from_slice(shower.as_ref());
        let derived = derive(handshake_hash, both.as_ref(), "attune pairing number");
        let [a, b, c, d, e, f, g, h, ..] = *derived.as_bytes();
        let number = u64::from_be_bytes([a, b, c, d, e, f, g, h]) % 1_000_000;
        Self(u32::try_from(number).unwrap_or(0))
    }
}

impl std::fmt::Display for PairingNumber {
    /// Six digits, with leading zeros.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

/// What binds the shower to its nonce before it sees the joiner's.
pub(super) fn commitment(nonce: &Nonce) -> [u8; 32] {
    Sha256::new().chain_update(b"attune pairing commitment").chain_update(nonce.as_ref()).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handshake_and_both_nonces_count() {
        let of = |hash, joiner, shower| {
            PairingNumber::new(&[hash; 32], &Zeroizing::new([joiner; 32]), &Zeroizing::new([shower; 32]))
        };
        assert_eq!(of(1, 2, 3), of(1, 2, 3));
        assert!(of(1, 2, 3) != of(9, 2, 3) && of(1, 2, 3) != of(1, 9, 3) && of(1, 2, 3) != of(1, 2, 9));
    }

    #[test]
    fn a_number_has_six_digits() {
        assert_eq!(PairingNumber(42).to_string(), "000042");
        assert_eq!(PairingNumber(999_999).to_string(), "999999");
    }
}
