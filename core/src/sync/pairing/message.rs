//! What the two phones say once their handshake is done: one byte of kind and a body of fixed length.

use crate::journal::DeviceId;
use crate::sync::keys::{Certificate, PersonKey, Secret};

use super::number::Nonce;

/// No message is longer; a frame that announces more is refused.
pub(super) const MAX_MESSAGE: usize = 1 + Certificate::LEN;

/// One message.
#[derive(Debug)]
pub(super) enum Message {
    /// Shower: the nonce that it committed to.
    Reveal(Nonce),
    /// This side's person has confirmed the number.
    Confirmed(Confirmed),
    /// Both have confirmed; this is mine, and I have yours.
    Certified(Certificate),
    /// This side's person has cancelled.
    Cancelled,
}

/// What a side gives when its person confirms.
#[derive(Debug, Clone)]
pub(super) struct Confirmed {
    pub(super) random: Secret,
    pub(super) person: PersonKey,
    pub(super) device_id: DeviceId,
}

impl Message {
    pub(super) fn to_bytes(&self) -> zeroize::Zeroizing<Vec<u8>> {
        let (kind, body): (u8, Vec<u8>) = match self {
            Self::Reveal(nonce) => (1, nonce.to_vec()),
            Self::Confirmed(confirmed) => {
                (2, [&confirmed.random.as_bytes()[..], confirmed.person.as_bytes(), &confirmed.device_id.0].concat())
            }
            Self::Certified(certificate) => (3, certificate.to_bytes()),
            Self::Cancelled => (4, Vec::new()),
        };
        let body = zeroize::Zeroizing::new(body);
        let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(1 + body.len()));
        bytes.push(kind);
        bytes.extend_from_slice(&body);
        bytes
    }

    /// Reads a message; `None` where it is malformed.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (kind, body) = bytes.split_first()?;
        match kind {
            1 => body.try_into().ok().map(|nonce: [u8; 32]| Self::Reveal(Nonce::new(nonce))),
            2 => {
                let (random, rest) = body.split_first_chunk()?;
                let (person, device_id) = rest.split_first_chunk()?;
                Some(Self::Confirmed(Confirmed {
                    random: Secret::from_bytes(*random),
                    person: PersonKey::from_bytes(*person).ok()?,
                    device_id: DeviceId(device_id.try_into().ok()?),
                }))
            }
            3 => Certificate::from_bytes(body).ok().map(Self::Certified),
            4 if body.is_empty() => Some(Self::Cancelled),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::keys::{CoupleId, DevicePublic, PersonSeed};
    use proptest::prelude::*;

    #[test]
    fn messages_read_back_and_keep_to_their_length() {
        let seed = PersonSeed::from_bytes([1; 32]);
        let device_id = DeviceId([3; 16]);
        let certificate = Certificate::issue(&seed, CoupleId::from_bytes([4; 16]), device_id, DevicePublic([5; 32]));
        let confirmed = Confirmed { random: Secret::from_bytes([2; 32]), person: seed.public(), device_id };
        for message in [
            Message::Reveal(Nonce::new([7; 32])),
            Message::Confirmed(confirmed),
            Message::Certified(certificate),
            Message::Cancelled,
        ] {
            let bytes = message.to_bytes();
            assert!(bytes.len() <= MAX_MESSAGE);
            assert_eq!(Message::from_bytes(&bytes).unwrap().to_bytes(), bytes);
            assert!(Message::from_bytes(&[&bytes[..], &[0]].concat()).is_none());
            assert!(Message::from_bytes(&bytes[..bytes.len() - 1]).is_none());
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(kind in 0..6_u8, body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let bytes = [&[kind][..], &body].concat();
            if let Some(message) = Message::from_bytes(&bytes) {
                prop_assert_eq!(&message.to_bytes()[..], &bytes[..]);
            }
        }
    }
}
