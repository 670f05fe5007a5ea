//! The greeting: the first record that each side encrypts.

/// What a phone brings to the greeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The oldest version of the exchange that this phone speaks.
    pub oldest: u16,
    /// The newest version of the exchange that this phone speaks.
    pub newest: u16,
    /// The version to write in before the partner's greeting is known: the one agreed on last time, or
    /// `newest`. Brought within the other two.
    pub speaking: u16,
    /// This phone's clock at the moment the channel is made, in unix milliseconds.
    pub clock_ms: i64,
}

/// The greeting, as encrypted: three version numbers and a clock, big-endian. A later version may
/// append to it; what is appended is skipped by those who do not know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hello {
    /// The oldest version that the sender speaks.
    pub oldest: u16,
    /// The newest version that the sender speaks.
    pub newest: u16,
    /// The version that the sender writes in until the versions are agreed on.
    pub speaking: u16,
    /// The sender's clock, in unix milliseconds.
    pub clock_ms: i64,
}

/// How two ranges of versions fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Agreed(u16),
    PartnerTooOld,
    PartnerTooNew,
}

impl Hello {
    /// The encoded form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(14);
        for version in [self.oldest, self.newest, self.speaking] {
            bytes.extend_from_slice(&version.to_be_bytes());
        }
        bytes.extend_from_slice(&self.clock_ms.to_be_bytes());
        bytes
    }

    /// Reads the encoded form, skipping what a later version appended; `None` where it is malformed.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (oldest, rest) = bytes.split_first_chunk()?;
        let (newest, rest) = rest.split_first_chunk()?;
        let (speaking, rest) = rest.split_first_chunk()?;
        let hello = Self {
            oldest: u16::from_be_bytes(*oldest),
            newest: u16::from_be_bytes(*newest),
            speaking: u16::from_be_bytes(*speaking),
            clock_ms: i64::from_be_bytes(*rest.first_chunk()?),
        };
        (hello.oldest..=hello.newest).contains(&hello.speaking).then_some(hello)
    }

    pub(super) fn new(terms: &Terms, clock_ms: i64) -> Self {
        let newest = terms.newest.max(terms.oldest);
        Self { oldest: terms.oldest, newest, speaking: terms.speaking.clamp(terms.oldest, newest), clock_ms }
    }

    /// The newest version that both speak. Both sides come to the same answer.
    pub(super) fn fit(&self, partner: &Self) -> Fit {
        if partner.newest < self.oldest {
            Fit::PartnerTooOld
        } else if self.newest < partner.oldest {
            Fit::PartnerTooNew
        } else {
            Fit::Agreed(self.newest.min(partner.newest))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hello() -> impl Strategy<Value = Hello> {
        (any::<u16>(), any::<u16>(), any::<u16>(), any::<i64>()).prop_map(|(a, b, speaking, clock_ms)| {
            Hello::new(&Terms { oldest: a.min(b), newest: a.max(b), speaking, clock_ms }, clock_ms)
        })
    }

    proptest! {
        #[test]
        fn a_greeting_reads_back_also_when_it_has_grown(hello in hello(), more in proptest::collection::vec(any::<u8>(), 0..40)) {
            let grown = [hello.to_bytes(), more].concat();
            prop_assert_eq!(Hello::from_bytes(&grown), Some(hello));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            if let Some(hello) = Hello::from_bytes(&bytes) {
                prop_assert_eq!(&hello.to_bytes()[..], &bytes[..14]);
            }
        }

        #[test]
        fn both_sides_come_to_the_same_answer(a in hello(), b in hello()) {
            match (a.fit(&b), b.fit(&a)) {
                (Fit::Agreed(version), Fit::Agreed(same)) => {
                    prop_assert_eq!(version, same);
                    prop_assert!((a.oldest..=a.newest).contains(&version) && (b.oldest..=b.newest).contains(&version));
                }
                (Fit::PartnerTooOld, Fit::PartnerTooNew) => prop_assert!(b.newest < a.oldest),
                (Fit::PartnerTooNew, Fit::PartnerTooOld) => prop_assert!(a.newest < b.oldest),
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }
}
