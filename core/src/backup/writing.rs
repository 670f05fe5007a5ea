//! Writing a backup: beside its place, and moved there when it is whole and on the disk.

use std::fs::{self, File, TryLockError};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use zstd::stream::write::Encoder;

use super::chunks::ChunkWriter;
use super::{BackupError, Item, Seal};
use crate::random::{Randomness, Stream, random_bytes};

/// zstd's level: what is compressed once a week may take half as long again as the fastest.
const LEVEL: i32 = 3;

/// A backup being written. Dropped before [`BackupWriter::finish`] it leaves nothing; the process killed
/// before, it leaves a file beside the place, which the next one takes.
pub struct BackupWriter {
    part: Part,
    to: Encoder<'static, ChunkWriter<BufWriter<File>>>,
}

impl BackupWriter {
    /// Begins a backup that shall stand at `path`, sealed with `seal`.
    pub fn begin(path: &Path, seal: &Seal, randomness: &dyn Randomness) -> Result<Self, BackupError> {
        let header = seal.header(*random_bytes(randomness, Stream::Private))?;
        let cipher = seal.cipher(&header)?;
        let (part, file) = Part::create(path)?;
        let mut file = BufWriter::new(file);
        std::io::Write::write_all(&mut file, &header.to_bytes())?;
        Ok(Self { part, to: Encoder::new(ChunkWriter::new(file, cipher), LEVEL)? })
    }

    /// Adds an item.
    pub fn put(&mut self, item: &Item) -> Result<(), BackupError> {
        item.write(&mut self.to)
    }

    /// Ends the backup, brings it to the disk, and only then puts it in its place, where it replaces an
    /// earlier one.
    pub fn finish(self) -> Result<(), BackupError> {
        let Self { part, mut to } = self;
        Item::write_end(&mut to)?;
        let file = to.finish()?.finish()?.into_inner().map_err(|error| error.into_error())?;
        file.sync_all()?;
        part.keep()
    }
}

/// The file that a backup is before it is whole; removed unless it is kept.
struct Part {
    /// Held, so that nobody else writes it.
    lock: File,
    at: PathBuf,
    place: PathBuf,
    kept: bool,
}

impl Part {
    fn create(place: &Path) -> Result<(Self, File), BackupError> {
        let mut at = place.as_os_str().to_owned();
        at.push(".part");
        let at = PathBuf::from(at);
        let lock = File::options().write(true).create(true).truncate(false).open(&at)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(BackupError::InUse),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        if lock.metadata()?.len() > 0 {
            lock.set_len(0)?;
        }
        let file = lock.try_clone()?;
        Ok((Self { lock, at, place: place.to_owned(), kept: false }, file))
    }

    fn keep(mut self) -> Result<(), BackupError> {
        fs::rename(&self.at, &self.place)?;
        self.kept = true;
        // Where a folder cannot be opened or synchronised, the move is as durable as the system makes it.
        if let Some(folder) = self.place.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_file(&self.at);
        }
        let _ = self.lock.unlock();
    }
}
