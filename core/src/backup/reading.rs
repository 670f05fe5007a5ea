//! Reading a backup: first all of it is verified, then it is read.

use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use zstd::stream::read::Decoder;

use super::chunks::ChunkReader;
use super::content::unreadable;
use super::header::Header;
use super::{BackupError, Item, Seal};

/// The largest window that level 3 uses, as a power of two: what bounds the memory of reading.
const WINDOW: u32 = 22;

/// A backup that was verified to its last byte.
pub struct Backup {
    file: File,
    header: Header,
    seal: Seal,
}

impl std::fmt::Debug for Backup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Backup")
    }
}

impl Backup {
    /// Opens a backup and verifies all of it. Takes the time and memory of its [`super::Cost`].
    ///
    /// Fails with `WrongPassphrase`, `Damaged`, `TooNew` or `NotThere`.
    pub fn open(path: &Path, passphrase: &str) -> Result<Self, BackupError> {
        let mut file = File::open(path)?;
        let mut start = Vec::with_capacity(Header::LEN);
        file.by_ref().take(Header::LEN as u64).read_to_end(&mut start)?;
        let header = Header::from_bytes(&start)?;
        let seal = Seal::of(passphrase, &header)?;
        let backup = Self { file, header, seal };
        backup.chunks()?.verify().map_err(unreadable)?;
        Ok(backup)
    }

    /// What it says, from the first item on.
    pub fn items(&self) -> Result<Items<'_>, BackupError> {
        let mut from = Decoder::with_buffer(BufReader::new(self.chunks()?))?;
        from.window_log_max(WINDOW)?;
        Ok(Items { from, ended: false })
    }

    fn chunks(&self) -> Result<ChunkReader<&File>, BackupError> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(Header::LEN as u64))?;
        ChunkReader::new(file, self.seal.cipher(&self.header)?).map_err(unreadable)
    }
}

/// The items of a backup, in order.
pub struct Items<'a> {
    from: Decoder<'static, BufReader<ChunkReader<&'a File>>>,
    ended: bool,
}

impl Items<'_> {
    /// The next item; `None` after the last one. Each chunk is verified again as it is read.
    pub fn next_item(&mut self) -> Result<Option<Item>, BackupError> {
        if self.ended {
            return Ok(None);
        }
        let item = Item::read(&mut self.from)?;
        if item.is_none() {
            self.ended = true;
            // Nothing follows, and the stream is whole.
            if self.from.read(&mut [0]).map_err(unreadable)? != 0 {
                return Err(BackupError::Damaged);
            }
        }
        Ok(item)
    }
}
