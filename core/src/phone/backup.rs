//! Backup and restore: what a lost phone's person goes on from.

use std::path::Path;

use super::keeping::Keeping;
use super::{Environment, Phone, PhoneError, Work, partner};
use crate::backup::{Backup, BackupError, BackupWriter, Cost, Item, Seal};
use crate::store::{Packed, Store};

/// After so many attempts that were overtaken by something erased or received, the phone is held still.
const MOST_ATTEMPTS: u32 = 3;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Phone {
    /// Writes everything that this person wrote, was given and is known by into one file at `path`, sealed
    /// under a passphrase; an earlier file there is replaced when the new one is whole and on the disk, and
    /// not before. What was erased is not in it, and neither is a key of this phone.
    ///
    /// Takes a second or two and, for a part of that, 64 MiB; writing goes on meanwhile. Whoever has the file
    /// and the passphrase has everything: the passphrase cannot be changed or recovered. The shell hands it
    /// over in Unicode's form NFC, so that two keyboards do not write it in two ways.
    ///
    /// Fails with `BadArguments` for an empty passphrase, `StorageFull`, `NoSuchFile` where there is no such
    /// folder, `Busy` while another backup is written there, or `StorageFailed`.
    pub fn back_up(&self, path: &Path, passphrase: &str) -> Result<(), PhoneError> {
        self.back_up_with(path, passphrase, &Work::new())
    }

    /// [`Self::back_up`], as work that can be watched and cancelled: then an earlier file stays as it was, and it
    /// fails with `Cancelled`.
    pub fn back_up_with(&self, path: &Path, passphrase: &str, work: &Work) -> Result<(), PhoneError> {
        self.back_up_at(Cost::FULL, path, passphrase, work)
    }
}

impl Phone {
    /// Makes a phone in `folder` of a backup, under a key of its own for the file, and opens it.
    ///
    /// It is a new phone of the same person: it writes under new devices, shows itself to the partner's phone
    /// when it first dials it, and gets back from there what was shared since the backup. From then on the
    /// lost phone is not let in any more.
    ///
    /// Fails with `WrongPassphrase`, `Damaged`, `TooNew`, `NoSuchFile`, `Occupied` where there is a phone in
    /// the folder already, `StorageFull` or `StorageFailed`. Then, and also when the process is killed, there
    /// is no phone in the folder, and the backup is as it was.
    pub fn restore(
        path: &Path,
        passphrase: &str,
        folder: &Path,
        key: &[u8; 32],
        environment: Environment,
    ) -> Result<Self, PhoneError> {
        Self::restore_with(path, passphrase, folder, key, environment, &Work::new())
    }

    /// [`Self::restore`], as work that can be watched and cancelled: then there is no phone in the folder, and it
    /// fails with `Cancelled`.
    pub fn restore_with(
        path: &Path,
        passphrase: &str,
        folder: &Path,
        key: &[u8; 32],
        environment: Environment,
        work: &Work,
    ) -> Result<Self, PhoneError> {
        let backup = Backup::open(path, passphrase)?;
        let mut items = backup.items()?;
        let randomness = environment.randomness.clone();
        Store::unpack(folder, key, randomness.clone(), || -> Result<_, PhoneError> {
            let item = items.next_item()?;
            work.go_on(item.as_ref().map_or(0, entries_in))?;
            Ok(match item {
                Some(Item::Setting(setting)) => Some(Item::Setting(partner::unpack_setting(setting, &*randomness)?)),
                item => item,
            })
        })?;
        Self::open(folder, key, environment)
    }

    /// [`Self::back_up`] at a cost that a test can bear.
    #[cfg(feature = "test-support")]
    pub fn back_up_cheaply(&self, path: &Path, passphrase: &str) -> Result<(), PhoneError> {
        self.back_up_at(Cost::NEXT_TO_NOTHING, path, passphrase, &Work::new())
    }

    pub(super) fn back_up_at(&self, cost: Cost, path: &Path, passphrase: &str, work: &Work) -> Result<(), PhoneError> {
        if passphrase.is_empty() {
            return Err(PhoneError::BadArguments);
        }
        let keeping = &self.keeping;
        let seal = Seal::new(passphrase, cost, &*keeping.environment.randomness)?;
        for _ in 0..MOST_ATTEMPTS {
            let mut writer = BackupWriter::begin(path, &seal, &*keeping.environment.randomness)?;
            if write_in_slices(keeping, &mut writer, work)? {
                work.go_on(0)?;
                return Ok(writer.finish()?);
            }
        }
        let mut writer = BackupWriter::begin(path, &seal, &*keeping.environment.randomness)?;
        keeping.with(|open| {
            let (mut packing, first) = open.store.begin_packing()?;
            put_all(&mut writer, first, work)?;
            while let Packed::Some(items) = open.store.pack(&mut packing)? {
                put_all(&mut writer, items, work)?;
            }
            work.go_on(0)
        })?;
        Ok(writer.finish()?)
    }
}

/// Writes everything, a document at a time, and lets others at the phone in between; `false` where what was
/// written was overtaken.
fn write_in_slices(keeping: &Keeping, writer: &mut BackupWriter, work: &Work) -> Result<bool, PhoneError> {
    let (mut packing, first) = keeping.with(|open| Ok(open.store.begin_packing()?))?;
    put_all(writer, first, work)?;
    loop {
        match keeping.with(|open| Ok(open.store.pack(&mut packing)?))? {
            Packed::Some(items) => put_all(writer, items, work)?,
            Packed::All => return Ok(true),
            Packed::Stale => return Ok(false),
        }
    }
}

fn put_all(writer: &mut BackupWriter, items: Vec<Item>, work: &Work) -> Result<(), PhoneError> {
    for item in items {
        work.go_on(entries_in(&item))?;
        match item {
            Item::Setting(setting) => {
                if let Some(setting) = partner::pack_setting(setting)? {
                    writer.put(&Item::Setting(setting))?;
                }
            }
            item => writer.put(&item)?,
        }
    }
    Ok(())
}

fn entries_in(item: &Item) -> usize {
    if let Item::Records(records) = item { records.len() } else { 0 }
}

impl From<BackupError> for PhoneError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::WrongPassphrase => Self::WrongPassphrase,
            BackupError::Damaged => Self::Damaged,
            BackupError::TooNew => Self::TooNew,
            BackupError::NotThere => Self::NoSuchFile,
            BackupError::Full => Self::StorageFull,
            BackupError::InUse => Self::Busy,
            BackupError::Io => Self::StorageFailed,
        }
    }
}
