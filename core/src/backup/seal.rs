//! From a passphrase to the key of a file.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit as _};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize as _, Zeroizing};

use super::BackupError;
use super::header::Header;
use crate::random::{Randomness, Stream, random_bytes};

/// What a guess at a passphrase costs: Argon2id's parameters, which stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    pub(super) memory_kib: u32,
    pub(super) passes: u32,
    pub(super) lanes: u32,
}

impl Cost {
    /// What every backup is made with: 64 MiB, 3 passes, 1 lane.
    pub const FULL: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// Next to nothing, for tests of what has nothing to do with it.
    #[cfg(any(test, feature = "test-support"))]
    pub const NEXT_TO_NOTHING: Self = Self { memory_kib: 8, passes: 1, lanes: 1 };

    /// A file must not make a phone run out of memory or of patience.
    pub(super) fn is_bearable(self) -> bool {
        let most = Self::FULL;
        self.memory_kib <= most.memory_kib && (1..=most.passes).contains(&self.passes) && self.lanes == 1
    }
}

/// A stretched passphrase: what it took a second and 64 MiB to make, and seals any number of files.
pub struct Seal {
    cost: Cost,
    salt: [u8; 16],
    stretched: Zeroizing<[u8; 32]>,
}

impl Seal {
    /// Stretches a passphrase with a new salt. Takes its time, and the memory of `cost` until it returns.
    pub fn new(passphrase: &str, cost: Cost, randomness: &dyn Randomness) -> Result<Self, BackupError> {
        let salt = *random_bytes(randomness, Stream::Private);
        Ok(Self { cost, salt, stretched: stretch(passphrase, cost, &salt)? })
    }

    /// Stretches a passphrase as this file's was; fails with `WrongPassphrase` where it is another.
    pub(super) fn of(passphrase: &str, header: &Header) -> Result<Self, BackupError> {
        let stretched = stretch(passphrase, header.cost, &header.salt)?;
        let seal = Self { cost: header.cost, salt: header.salt, stretched };
        if *seal.derive::<16>(header, b"attune backup check")? == header.check {
            Ok(seal)
        } else {
            Err(BackupError::WrongPassphrase)
        }
    }

    /// The header of a new file.
    pub(super) fn header(&self, file: [u8; 16]) -> Result<Header, BackupError> {
        let header = Header { cost: self.cost, salt: self.salt, file, check: [0; 16] };
        Ok(Header { check: *self.derive(&header, b"attune backup check")?, ..header })
    }

    /// What seals the chunks of the file with this header.
    pub(super) fn cipher(&self, header: &Header) -> Result<ChaCha20Poly1305, BackupError> {
        let key = self.derive::<32>(header, b"attune backup chunks")?;
        Ok(ChaCha20Poly1305::new((&*key).into()))
    }

    /// HKDF-SHA256 with the header as salt, so that a key is of this header and no other.
    fn derive<const N: usize>(&self, header: &Header, label: &[u8]) -> Result<Zeroizing<[u8; N]>, BackupError> {
        let mut derived = Zeroizing::new([0; N]);
        Hkdf::<Sha256>::new(Some(&header.bound()), self.stretched.as_ref())
            .expand(label, derived.as_mut())
            .map_err(|_| BackupError::Io)?;
        Ok(derived)
    }
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal")
    }
}

fn stretch(passphrase: &str, cost: Cost, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, BackupError> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(|_| BackupError::Damaged)?;
    let mut memory = vec![Block::default(); params.block_count()];
    let mut stretched = Zeroizing::new([0; 32]);
    let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
        passphrase.as_bytes(),
        salt,
        stretched.as_mut(),
        &mut memory,
    );
    memory.iter_mut().for_each(|block| block.zeroize());
    done.map_err(|_| BackupError::Damaged)?;
    Ok(stretched)
}
