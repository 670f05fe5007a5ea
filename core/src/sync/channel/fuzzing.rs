//! Fuzz targets: what a stranger, and what a partner's phone with a hostile app, can send to a channel.

use std::sync::Arc;
use std::time::Duration;

use super::context::Context;
use super::noise::{MAX_PLAINTEXT, Side, Transport};
use super::record::{Kind, Record, RecordReader, write_record};
use super::{Channel, CloseReason, FirstMessages, FirstMessagesFailed, Hello, MAX_MESSAGE, Terms};
use crate::fuzzing::Seed;
use crate::journal::DeviceId;
use crate::random::{Randomness, SeededRandomness};
use crate::sync::keys::{CoupleSecret, Credentials, DeviceKey, PersonSeed, Pinned};

const NOW: Duration = Duration::from_secs(1000);
const TERMS: Terms = Terms { oldest: 1, newest: 1, speaking: 1, clock_ms: 1_790_000_000_000 };

/// Whatever is read is written again in the same bytes, but for what a newer version appended.
pub(crate) fn hello(data: &[u8]) -> bool {
    let Some(hello) = Hello::from_bytes(data) else { return false };
    assert!(data.starts_with(&hello.to_bytes()), "a greeting changes when it is written again");
    true
}

/// Plaintexts of frames, each of the length in the byte before it: records come out as they were written,
/// however frames cut them, and in no more bytes than went in.
pub(crate) fn channel_records(data: &[u8]) -> bool {
    let (mut reader, mut rest) = (RecordReader::default(), data);
    let (mut written, mut read, mut padding) = (Vec::new(), Vec::new(), 0);
    while let Some((len, more)) = rest.split_first() {
        let (plaintext, more) = more.split_at(more.len().min(usize::from(*len)));
        written.extend_from_slice(plaintext);
        reader.push(plaintext);
        loop {
            match reader.next() {
                Ok(Some(Record { kind, body })) => {
                    assert!(write_record(&mut read, kind, &body), "a record is too long")
                }
                Ok(None) => break,
                Err(_) => return false,
            }
        }
        padding += reader.take_padding();
        rest = more;
    }
    assert!(read.len() + padding <= written.len(), "more came out than went in");
    !read.is_empty()
}

/// Bytes of somebody who knows no key: a listener says nothing, and no phone says more than its first message.
pub(crate) fn channel_stranger(data: &[u8]) -> bool {
    let (ada, bob) = (Phone::new(1), Phone::new(2));
    let random = || -> Arc<dyn Randomness> { Arc::new(SeededRandomness::new(3, 0)) };
    let mut listener = Channel::listen(NOW, bob.meeting(&ada), TERMS, random(), Box::new(AllNew));
    let mut dialler = Channel::dial(NOW, ada.meeting(&bob), TERMS, random());
    let mut newcomer = Channel::dial_as_new_device(NOW, ada.meeting(&bob), TERMS, random());
    let mut waiting = false;
    for (channel, may_speak) in [(&mut listener, false), (&mut dialler, true), (&mut newcomer, true)] {
        assert_eq!(channel.poll_transmit().is_some(), may_speak, "the first word is the dialler's");
        channel.handle_input(NOW, data);
        assert_eq!(channel.poll_transmit(), None, "a stranger was answered");
        assert_eq!(channel.poll_message(), None, "a stranger was heard");
        waiting |= !channel.is_closed();
    }
    waiting
}

/// Any plaintext under the partner's own keys: the channel goes on, or closes for a reason that is the
/// partner's doing.
pub(crate) fn channel_partner(data: &[u8]) -> bool {
    let Some((mut channel, mut transport)) = partners() else { return false };
    let mut messages = 0;
    for plaintext in data.chunks(MAX_PLAINTEXT) {
        let Ok(frame) = transport.seal(plaintext) else { return false };
        let Ok(len) = u16::try_from(frame.len()) else { return false };
        channel.handle_input(NOW, &len.to_be_bytes());
        channel.handle_input(NOW, &frame);
        while channel.poll_event().is_some() {}
        while let Some(message) = channel.poll_message() {
            assert!(message.len() <= MAX_MESSAGE, "a message is too long");
            messages += message.len();
        }
        channel.poll_transmit();
    }
    assert!(messages <= data.len(), "more came out than went in");
    let reason = channel.close_reason();
    let theirs = [
        CloseReason::ByPartner,
        CloseReason::VersionTooOld,
        CloseReason::VersionTooNew,
        CloseReason::Tampered,
        CloseReason::Misbehaved,
    ];
    assert!(reason.is_none_or(|reason| theirs.contains(&reason)), "the phone blames itself");
    reason.is_none()
}

pub(crate) fn hello_seeds() -> Vec<Seed> {
    let hello = Hello::new(&TERMS, TERMS.clock_ms).to_bytes();
    vec![("plain", hello.clone()), ("grown", [&hello[..], b"more"].concat())]
}

/// Plaintexts of frames, each after its length.
pub(crate) fn channel_record_seeds() -> Vec<Seed> {
    let cut = |stream: Vec<u8>, piece: usize| -> Vec<u8> {
        let piece_of = |piece: &[u8]| [&[u8::try_from(piece.len()).unwrap_or(u8::MAX)], piece].concat();
        stream.chunks(piece).flat_map(piece_of).collect()
    };
    stream_seeds().into_iter().map(|(name, stream)| (name, cut(stream, 40))).collect()
}

/// What a partner says.
pub(crate) fn stream_seeds() -> Vec<Seed> {
    let stream = |records: &[(Kind, &[u8])]| {
        let mut stream = Vec::new();
        let hello = Hello::new(&TERMS, TERMS.clock_ms).to_bytes();
        for (kind, body) in [(Kind::Hello, &hello[..])].iter().chain(records) {
            // None of these is too long.
            let _ = write_record(&mut stream, *kind, body);
        }
        stream.extend([0; 20]);
        stream
    };
    vec![
        ("greeting", stream(&[])),
        ("messages", stream(&[(Kind::Message, b"a first message"), (Kind::Message, b""), (Kind::Message, &[7; 90])])),
    ]
}

/// The beginning of a first message: whoever sends it is waited for.
pub(crate) fn stranger_seeds() -> Vec<Seed> {
    let (ada, bob) = (Phone::new(1), Phone::new(2));
    let first = |mut channel: Channel| channel.poll_transmit().unwrap_or_default();
    let random = || -> Arc<dyn Randomness> { Arc::new(SeededRandomness::new(4, 0)) };
    let mut known = first(Channel::dial(NOW, ada.meeting(&bob), TERMS, random()));
    let mut newcomer = first(Channel::dial_as_new_device(NOW, ada.meeting(&bob), TERMS, random()));
    known.truncate(40);
    newcomer.truncate(10);
    vec![("known", known), ("newcomer", newcomer)]
}

/// A listener that has finished its handshake, and the keys of the phone that dialled.
fn partners() -> Option<(Channel, Transport)> {
    let (ada, bob) = (Phone::new(1), Phone::new(2));
    let random = |seed| -> Arc<dyn Randomness> { Arc::new(SeededRandomness::new(seed, 0)) };
    let mut channel = Channel::listen(NOW, bob.meeting(&ada), TERMS, random(5), Box::new(AllNew));
    let context = Context {
        side: Side::Dialler,
        credentials: ada.meeting(&bob),
        terms: TERMS,
        randomness: random(6),
        started: NOW,
    };
    let mut handshake = context.known("meeting", &[]).ok()?;
    let first = handshake.write(&[]).ok()?;
    channel.handle_input(NOW, &u16::try_from(first.len()).ok()?.to_be_bytes());
    channel.handle_input(NOW, &first);
    while channel.poll_event().is_some() {}
    let answer = channel.poll_transmit()?;
    let (len, rest) = answer.split_first_chunk()?;
    handshake.read(rest.get(..usize::from(u16::from_be_bytes(*len)))?).ok()?;
    Some((channel, handshake.finish().ok()?.0))
}

/// What one of two people brings to a meeting with the other.
pub(in crate::sync) fn meeting(me: u8, partner: u8) -> Credentials {
    Phone::new(me).meeting(&Phone::new(partner))
}

/// One person with one phone.
struct Phone(u8);

impl Phone {
    fn new(name: u8) -> Self {
        Self(name)
    }

    fn seed(&self) -> PersonSeed {
        PersonSeed::from_bytes([self.0; 32])
    }

    fn device(&self) -> DeviceKey {
        DeviceKey::from_bytes([self.0 + 100; 32])
    }

    fn meeting(&self, partner: &Self) -> Credentials {
        let device_id = DeviceId([partner.0; 16]);
        let pinned = Pinned { person: partner.seed().public(), device: partner.device().public(), device_id };
        let couple = CoupleSecret::from_bytes([7; 32]);
        Credentials::new(&self.seed(), self.device(), DeviceId([self.0; 16]), couple, pinned)
    }
}

/// A memory that heard nothing yet.
pub(in crate::sync) struct AllNew;

impl FirstMessages for AllNew {
    fn is_new(&mut self, _: [u8; 16]) -> Result<bool, FirstMessagesFailed> {
        Ok(true)
    }
}
