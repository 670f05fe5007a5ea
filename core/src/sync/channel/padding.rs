//! Lengths that say little: PADMÉ, and a floor for short and for first flights.
//!
//! PADMÉ ("Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019) allows
//! so few lengths that one reveals only O(log log) bits, for at most 12 % more bytes.

/// The least plaintext of any flight, in bytes, so that an acknowledgement looks like a short entry.
pub const MINIMUM_FLIGHT: usize = 256;

/// The least plaintext of the first flight of each side, in bytes: a meeting with nothing to say looks
/// like one with a day to say.
pub const SESSION_MINIMUM: usize = 4096;

/// The next length that PADMÉ allows, at least `len`.
pub fn padded_len(len: usize) -> usize {
    let Some(exponent) = len.checked_ilog2().filter(|exponent| *exponent > 0) else { return len };
    let kept = exponent.ilog2() + 1;
    let mask = (1_usize << (exponent - kept)) - 1;
    len.checked_add(mask).map_or(len, |len| len & !mask)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_are_those_of_the_paper() {
        for (len, padded) in [(0, 0), (1, 1), (2, 2), (8, 8), (9, 10), (100, 104), (1000, 1024), (70_000, 71_680)] {
            assert_eq!(padded_len(len), padded, "{len}");
        }
    }

    #[test]
    fn the_floors_are_allowed_lengths() {
        assert_eq!(padded_len(MINIMUM_FLIGHT), MINIMUM_FLIGHT);
        assert_eq!(padded_len(SESSION_MINIMUM), SESSION_MINIMUM);
    }

    proptest! {
        #[test]
        fn padding_never_shrinks_costs_little_and_settles(len in 0..100_000_000_usize) {
            let padded = padded_len(len);
            prop_assert!(padded >= len);
            prop_assert!(padded - len <= len * 12 / 100 + 1);
            prop_assert_eq!(padded_len(padded), padded);
        }
    }

    #[test]
    fn few_lengths_are_allowed() {
        let allowed: std::collections::BTreeSet<_> = (1..=65_536).map(padded_len).collect();
        assert_eq!(allowed.len(), 172);
    }
}
