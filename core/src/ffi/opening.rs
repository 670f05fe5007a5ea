//! Opening a phone: its key crosses as bytes of any number, and is checked here.

use std::path::Path;

use zeroize::Zeroizing;

use crate::phone::{Environment, Phone, PhoneError, Work};

#[uniffi::export]
impl Phone {
    /// Opens the phone in `folder`, and makes it there where there is none yet.
    ///
    /// `key` is the 32 bytes that the app keeps in Keychain or Keystore; it is never written, and a lost key is a
    /// lost phone. Fails with `WrongKey`, `Damaged`, `TooNew`, `Busy`, `StorageFull` or `StorageFailed`, the file
    /// then being as it was, and with `BadArguments` for a key of another length.
    #[uniffi::constructor(name = "open")]
    fn open_with(folder: &Path, key: &[u8], environment: &Environment) -> Result<Self, PhoneError> {
        Self::open(folder, &*of_32_bytes(key)?, environment.clone())
    }

    /// Makes a phone in `folder` of the backup at `path`, under a key of its own, and opens it: a new phone of the
    /// same person. Once it has met the partner's phone, the lost one is not let in any more.
    ///
    /// Fails with `WrongPassphrase`, `Damaged`, `TooNew`, `NoSuchFile`, `Occupied` where there is a phone in the
    /// folder already, `StorageFull`, `StorageFailed`, or `BadArguments` for a key that is not of 32 bytes. Then
    /// there is no phone in the folder, and the backup is as it was; so too where `work` was cancelled.
    #[uniffi::constructor(name = "restore")]
    fn restore_under(
        path: &Path,
        passphrase: &str,
        folder: &Path,
        key: &[u8],
        environment: &Environment,
        work: &Work,
    ) -> Result<Self, PhoneError> {
        Self::restore_with(path, passphrase, folder, &*of_32_bytes(key)?, environment.clone(), work)
    }

    /// Encrypts the whole file anew under another key of 32 bytes. Until this has returned either key may be the
    /// file's: keep both, and after a crash try the new one first.
    #[uniffi::method(name = "change_key")]
    fn change_key_to(&self, key: &[u8]) -> Result<(), PhoneError> {
        self.change_key(&*of_32_bytes(key)?)
    }
}

fn of_32_bytes(key: &[u8]) -> Result<Zeroizing<[u8; 32]>, PhoneError> {
    key.try_into().map(Zeroizing::new).map_err(|_| PhoneError::BadArguments)
}
