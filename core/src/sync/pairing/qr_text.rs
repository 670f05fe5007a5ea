//! The text in the QR code.
//!
//! `ATTUNE:1:` and base32 without padding, all in the upper case that a QR code packs most densely:
//! purpose (1 byte), one-time secret (32), hash of the shower's device key (16), expiry (unix
//! milliseconds, 8 bytes, big-endian), number of addresses (1), addresses. Case does not matter.

use base32::Alphabet;

use super::address::MAX_ADDRESSES;
use super::{Address, PAIRING_VERSION, PairingError, Purpose};
use crate::sync::keys::Secret;

const SCHEME: &str = "ATTUNE";

const FORM: Alphabet = Alphabet::Rfc4648 { padding: false };

/// No offer is longer than this; a longer text is not even looked at.
const MAX_TEXT: usize = 4096;

/// What a QR code says.
#[derive(Debug, Clone)]
pub(super) struct QrText {
    pub(super) purpose: Purpose,
    pub(super) secret: Secret,
    pub(super) device_hash: [u8; 16],
    pub(super) expires_at_ms: i64,
    pub(super) addresses: Vec<Address>,
}

impl QrText {
    /// The text; addresses that are no hosts and those above the limit are left out.
    pub(super) fn to_text(&self) -> String {
        let mut addresses = Vec::new();
        let written = self.addresses.iter().filter(|address| address.write(&mut addresses)).take(MAX_ADDRESSES).count();
        let mut bytes = zeroize::Zeroizing::new(vec![self.purpose.byte()]);
        bytes.extend_from_slice(self.secret.as_bytes());
        bytes.extend_from_slice(&self.device_hash);
        bytes.extend_from_slice(&self.expires_at_ms.to_be_bytes());
        bytes.push(u8::try_from(written).unwrap_or(0));
        bytes.extend_from_slice(&addresses);
        format!("{SCHEME}:{PAIRING_VERSION}:{}", base32::encode(FORM, &bytes))
    }

    pub(super) fn parse(text: &str) -> Result<Self, PairingError> {
        let text = text.trim();
        if text.len() > MAX_TEXT {
            return Err(PairingError::NotAnOffer);
        }
        let text = text.to_ascii_uppercase();
        let mut parts = text.splitn(3, ':');
        if parts.next() != Some(SCHEME) {
            return Err(PairingError::NotAnOffer);
        }
        let version: u32 = parts.next().and_then(|version| version.parse().ok()).ok_or(PairingError::NotAnOffer)?;
        if version > u32::from(PAIRING_VERSION) {
            return Err(PairingError::VersionTooNew);
        }
        let body = parts.next().filter(|_| version == u32::from(PAIRING_VERSION)).ok_or(PairingError::Damaged)?;
        let bytes = zeroize::Zeroizing::new(base32::decode(FORM, body).ok_or(PairingError::Damaged)?);
        // Letters hold more bits than bytes do: whatever else stands in the last one was not written by a phone.
        Self::read(&bytes).filter(|_| base32::encode(FORM, &bytes) == body).ok_or(PairingError::Damaged)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (purpose, rest) = bytes.split_first()?;
        let (secret, rest) = rest.split_first_chunk()?;
        let (device_hash, rest) = rest.split_first_chunk()?;
        let (expires_at_ms, rest) = rest.split_first_chunk()?;
        let (count, mut rest) = rest.split_first()?;
        let mut addresses = Vec::new();
        for _ in 0..*count {
            let (address, more) = Address::read(rest)?;
            addresses.push(address);
            rest = more;
        }
        (rest.is_empty() && addresses.len() <= MAX_ADDRESSES).then_some(Self {
            purpose: Purpose::of(*purpose)?,
            secret: Secret::from_bytes(*secret),
            device_hash: *device_hash,
            expires_at_ms: i64::from_be_bytes(*expires_at_ms),
            addresses,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::address::tests::address;
    use super::*;
    use proptest::prelude::*;

    fn qr_text() -> impl Strategy<Value = QrText> {
        let purpose = prop_oneof![Just(Purpose::New), Just(Purpose::Replace)];
        let addresses = proptest::collection::vec(address(), 0..=MAX_ADDRESSES);
        (purpose, any::<[u8; 32]>(), any::<[u8; 16]>(), any::<i64>(), addresses).prop_map(
            |(purpose, secret, device_hash, expires_at_ms, addresses)| QrText {
                purpose,
                secret: Secret::from_bytes(secret),
                device_hash,
                expires_at_ms,
                addresses,
            },
        )
    }

    fn same(a: &QrText, b: &QrText) -> bool {
        a.purpose == b.purpose
            && a.secret.as_bytes() == b.secret.as_bytes()
            && a.device_hash == b.device_hash
            && a.expires_at_ms == b.expires_at_ms
            && a.addresses == b.addresses
    }

    proptest! {
        #[test]
        fn a_text_reads_back_in_any_case(offer in qr_text(), lower in any::<bool>()) {
            let text = offer.to_text();
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b':'));
            let text = if lower { format!(" {}\n", text.to_lowercase()) } else { text };
            prop_assert!(same(&QrText::parse(&text).unwrap(), &offer));
        }

        #[test]
        fn a_text_that_was_cut_is_damaged(offer in qr_text(), cut in any::<prop::sample::Index>()) {
            let text = offer.to_text();
            let body = "ATTUNE:1:".len();
            let cut = body + cut.index(text.len() - body);
            prop_assert_eq!(QrText::parse(&text[..cut]).err(), Some(PairingError::Damaged));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
            let _ = QrText::parse(&text);
        }

        #[test]
        fn any_text_of_ours_is_read_or_refused(text in "[aA]ttune:[0-9]{0,3}:?[A-Z2-7]{0,300}") {
            if let Ok(read) = QrText::parse(&text) {
                prop_assert_eq!(read.to_text(), text.to_ascii_uppercase());
            }
        }
    }

    #[test]
    fn other_texts_and_newer_versions_are_told_apart() {
        let refused = |text: &str| QrText::parse(text).err().unwrap();
        assert_eq!(refused("https://example.org"), PairingError::NotAnOffer);
        assert_eq!(refused(""), PairingError::NotAnOffer);
        assert_eq!(refused("attune"), PairingError::NotAnOffer);
        assert_eq!(refused("attune:x:AAAA"), PairingError::NotAnOffer);
        assert_eq!(refused("attune:2:whatever it may be"), PairingError::VersionTooNew);
        assert_eq!(refused("attune:2"), PairingError::VersionTooNew);
        assert_eq!(refused("attune:1"), PairingError::Damaged);
        assert_eq!(refused("attune:0:AAAA"), PairingError::Damaged);
        assert_eq!(refused("attune:1:!"), PairingError::Damaged);
        assert_eq!(refused(&"attune:1:A".repeat(1000)), PairingError::NotAnOffer);
    }

    #[test]
    fn an_offer_has_one_text_only() {
        let (secret, device_hash) = (Secret::from_bytes([1; 32]), [2; 16]);
        let offer = QrText { purpose: Purpose::New, secret, device_hash, expires_at_ms: 3, addresses: Vec::new() };
        let text = offer.to_text();
        let other = text.strip_suffix('A').unwrap().to_owned() + "B";
        assert!(QrText::parse(&text).is_ok());
        assert_eq!(QrText::parse(&other).err(), Some(PairingError::Damaged));
    }

    #[test]
    fn addresses_that_are_no_hosts_or_too_many_are_left_out() {
        let host = |host: &str| Address { host: host.to_owned(), port: 9 };
        let mut addresses = vec![host("no host")];
        addresses.extend((0..20).map(|n| host(&format!("10.0.0.{n}"))));
        let offer = QrText {
            purpose: Purpose::New,
            secret: Secret::from_bytes([1; 32]),
            device_hash: [2; 16],
            expires_at_ms: 3,
            addresses,
        };
        let read = QrText::parse(&offer.to_text()).unwrap();
        assert_eq!(read.addresses, offer.addresses[1..=MAX_ADDRESSES]);
    }
}
