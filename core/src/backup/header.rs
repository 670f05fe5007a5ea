//! The beginning of a backup: in clear, and bound to every chunk, because their key is derived from it.

use sha2::{Digest as _, Sha256};

use super::BackupError;
use super::seal::Cost;

/// Begins every backup, of every version. The first byte is no text and the last one a line's end, so that
/// a file that was sent as text is seen to be damaged.
const MAGIC: [u8; 8] = *b"\x89Attune\n";
const VERSION: u16 = 1;

/// What stands in clear at the start of a backup of version 1, all numbers big-endian:
/// `magic 8 ‖ version 2 ‖ memory in KiB 4 ‖ passes 4 ‖ lanes 4 ‖ salt 16 ‖ file 16 ‖ check 16 ‖ sum 8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// What stretching the passphrase costs.
    pub(super) cost: Cost,
    /// Argon2's salt.
    pub(super) salt: [u8; 16],
    /// Random, and different in every file even where the salt is not: no key ever seals two contents.
    pub(super) file: [u8; 16],
    /// Tells a wrong passphrase from a damaged file.
    pub(super) check: [u8; 16],
}

impl Header {
    pub(super) const LEN: usize = 8 + 2 + 12 + 16 + 16 + 16 + 8;

    /// The bytes that keys are derived with: everything before `check`.
    pub(super) fn bound(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(Self::LEN);
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&VERSION.to_be_bytes());
        for number in [self.cost.memory_kib, self.cost.passes, self.cost.lanes] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        bytes.extend_from_slice(&self.salt);
        bytes.extend_from_slice(&self.file);
        bytes
    }

    pub(super) fn to_bytes(self) -> Vec<u8> {
        let mut bytes = self.bound();
        bytes.extend_from_slice(&self.check);
        let sum = Self::sum(&bytes);
        bytes.extend_from_slice(&sum);
        bytes
    }

    /// Reads a header. The version comes first: what follows it is another version's own affair.
    ///
    /// The sum is against accidents alone. Who changes a header on purpose makes it one that no passphrase
    /// opens.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, BackupError> {
        let damaged = BackupError::Damaged;
        let rest = bytes.strip_prefix(&MAGIC).ok_or(damaged)?;
        let (version, rest) = rest.split_first_chunk().ok_or(damaged)?;
        match u16::from_be_bytes(*version) {
            VERSION => {}
            0 => return Err(damaged),
            _ => return Err(BackupError::TooNew),
        }
        let (memory_kib, rest) = rest.split_first_chunk().ok_or(damaged)?;
        let (passes, rest) = rest.split_first_chunk().ok_or(damaged)?;
        let (lanes, rest) = rest.split_first_chunk().ok_or(damaged)?;
        let (salt, rest) = rest.split_first_chunk().ok_or(damaged)?;
        let (file, rest) = rest.split_first_chunk().ok_or(damaged)?;
        let (check, rest) = rest.split_first_chunk().ok_or(damaged)?;
        let summed = bytes.get(..Self::LEN - 8).ok_or(damaged)?;
        if *rest != Self::sum(summed) {
            return Err(damaged);
        }
        let [memory_kib, passes, lanes] = [memory_kib, passes, lanes].map(|number| u32::from_be_bytes(*number));
        let cost = Cost { memory_kib, passes, lanes };
        if !cost.is_bearable() {
            return Err(damaged);
        }
        Ok(Self { cost, salt: *salt, file: *file, check: *check })
    }

    /// The sum over everything before it.
    pub(super) fn sum(of: &[u8]) -> [u8; 8] {
        let digest: [u8; 32] = Sha256::digest(of).into();
        let mut sum = [0; 8];
        sum.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        sum
    }
}
