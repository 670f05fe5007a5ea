//! Where random bytes come from: from the operating system, or in tests from a seed.
//!
//! There are three streams. What a private entry draws must never shift what leaves the phone (P16),
//! so private writing, shared writing and the wire each draw from a stream of their own.

use std::sync::{Mutex, PoisonError};

use hkdf::Hkdf;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// What random bytes are for. Draws from one stream never change another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// Private entries: ids and everything else that never leaves the phone.
    Private,
    /// Shared entries, and long-lived keys.
    Shared,
    /// Whatever a handshake or a session draws.
    Wire,
}

/// A source of random bytes that are fit for keys.
pub trait Randomness: Send + Sync {
    /// Fills `out` with the next bytes of `stream`.
    fn fill(&self, stream: Stream, out: &mut [u8]);
}

/// The next `N` bytes of a stream.
pub(crate) fn random_bytes<const N: usize>(randomness: &dyn Randomness, stream: Stream) -> Zeroizing<[u8; N]> {
    let mut bytes = Zeroizing::new([0; N]);
    randomness.fill(stream, bytes.as_mut());
    bytes
}

/// The operating system's generator: what an app uses.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsRandomness;

impl Randomness for OsRandomness {
    #[expect(clippy::panic, reason = "without randomness no key can be made, and none may be guessable")]
    fn fill(&self, _: Stream, out: &mut [u8]) {
        if getrandom::fill(out).is_err() {
            panic!("the operating system gives no random bytes");
        }
    }
}

/// Reproducible bytes, for tests and headless phones only: whoever knows the seed knows every key.
///
/// The same seed and epoch give the same bytes in every stream. A phone that is opened again counts
/// its epoch up, so that it does not draw its first bytes twice.
pub struct SeededRandomness {
    streams: Mutex<[ChaCha20Rng; 3]>,
}

impl SeededRandomness {
    /// Each stream is ChaCha20 under a key of its own, HKDF-SHA256 of the seed with epoch and stream.
    pub fn new(seed: u64, epoch: u64) -> Self {
        let stream = |stream: u8| {
            let mut key = Zeroizing::new([0; 32]);
            let expanded = Hkdf::<Sha256>::new(Some(b"attune seeded randomness"), &seed.to_be_bytes())
                .expand_multi_info(&[&epoch.to_be_bytes(), &[stream]], key.as_mut());
            debug_assert!(expanded.is_ok(), "32 bytes are within what HKDF gives");
            ChaCha20Rng::from_seed(*key)
        };
        Self { streams: Mutex::new([stream(0), stream(1), stream(2)]) }
    }
}

impl Randomness for SeededRandomness {
    fn fill(&self, stream: Stream, out: &mut [u8]) {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        let [private, shared, wire] = &mut *streams;
        match stream {
            Stream::Private => private,
            Stream::Shared => shared,
            Stream::Wire => wire,
        }
        .fill_bytes(out);
    }
}

impl std::fmt::Debug for SeededRandomness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SeededRandomness")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(from: &SeededRandomness, stream: Stream) -> [u8; 32] {
        *random_bytes(from, stream)
    }

    #[test]
    fn the_same_seed_and_epoch_give_the_same_bytes() {
        let (a, b) = (SeededRandomness::new(7, 1), SeededRandomness::new(7, 1));
        for stream in [Stream::Private, Stream::Shared, Stream::Wire] {
            assert_eq!(draw(&a, stream), draw(&b, stream));
        }
    }

    #[test]
    fn seeds_epochs_and_streams_all_differ() {
        let sources = [SeededRandomness::new(7, 1), SeededRandomness::new(7, 2), SeededRandomness::new(8, 1)];
        let streams = [Stream::Private, Stream::Shared, Stream::Wire];
        let drawn: std::collections::BTreeSet<_> =
            sources.iter().flat_map(|source| streams.map(|stream| draw(source, stream))).collect();
        assert_eq!(drawn.len(), 9);
    }

    #[test]
    fn private_draws_do_not_shift_what_leaves_the_phone() {
        let (busy, quiet) = (SeededRandomness::new(7, 1), SeededRandomness::new(7, 1));
        for _ in 0..1000 {
            draw(&busy, Stream::Private);
        }
        assert_eq!(draw(&busy, Stream::Shared), draw(&quiet, Stream::Shared));
        assert_eq!(draw(&busy, Stream::Wire), draw(&quiet, Stream::Wire));
    }

    #[test]
    fn the_operating_system_does_not_repeat_itself() {
        assert_ne!(*random_bytes::<32>(&OsRandomness, Stream::Wire), [0; 32]);
        assert_ne!(random_bytes::<32>(&OsRandomness, Stream::Wire), random_bytes(&OsRandomness, Stream::Wire));
    }
}
