//! A stream of any length as a row of sealed chunks (the STREAM construction of Hoang, Reyhanitabar, Rogaway
//! and Vizár): each is sealed under its index and whether it is the last. So a chunk that is changed, missing,
//! moved or added does not open.

use std::io::{Error, ErrorKind, Read, Result, Write};

use chacha20poly1305::aead::AeadInPlace as _;
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use zeroize::Zeroizing;

/// Bytes of content in every chunk but the last, which has as many or fewer.
pub(super) const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

/// `000000 ‖ index, 8 bytes big-endian ‖ 1 for the last, else 0`. A key is for one file alone, so no nonce
/// occurs twice under it.
fn nonce(index: u64, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce.iter_mut().skip(3).zip(index.to_be_bytes()).for_each(|(to, from)| *to = from);
    if let Some(flag) = nonce.last_mut() {
        *flag = u8::from(last);
    }
    nonce.into()
}

/// Seals what is written to it. What was written counts only after [`ChunkWriter::finish`].
pub(super) struct ChunkWriter<W> {
    to: W,
    cipher: ChaCha20Poly1305,
    index: u64,
    buffer: Zeroizing<Vec<u8>>,
}

impl<W: Write> ChunkWriter<W> {
    pub(super) fn new(to: W, cipher: ChaCha20Poly1305) -> Self {
        Self { to, cipher, index: 0, buffer: Zeroizing::new(Vec::with_capacity(CHUNK + TAG)) }
    }

    /// Writes the last chunk.
    pub(super) fn finish(mut self) -> Result<W> {
        self.seal(true)?;
        Ok(self.to)
    }

    fn seal(&mut self, last: bool) -> Result<()> {
        let sealed = self.cipher.encrypt_in_place(&nonce(self.index, last), b"", &mut *self.buffer);
        sealed.map_err(|_| Error::from(ErrorKind::FileTooLarge))?;
        self.to.write_all(&self.buffer)?;
        self.buffer.clear();
        self.index += 1;
        Ok(())
    }
}

impl<W: Write> Write for ChunkWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        // The last chunk is never empty but in an empty stream: a full one waits for what comes.
        if self.buffer.len() == CHUNK && !bytes.is_empty() {
            self.seal(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.buffer.len());
        self.buffer.extend_from_slice(bytes.get(..taken).unwrap_or_default());
        Ok(taken)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Opens what [`ChunkWriter`] sealed. It ends where the last chunk ended, and only there; anything else is
/// `InvalidData`.
pub(super) struct ChunkReader<R> {
    from: R,
    cipher: ChaCha20Poly1305,
    index: u64,
    /// The open chunk, and how much of it was read.
    open: Zeroizing<Vec<u8>>,
    read: usize,
    /// The chunk after it, still sealed.
    next: Vec<u8>,
    /// The open chunk is the last.
    ended: bool,
}

impl<R: Read> ChunkReader<R> {
    /// Reads from the first byte after the header.
    pub(super) fn new(mut from: R, cipher: ChaCha20Poly1305) -> Result<Self> {
        let next = sealed(&mut from)?;
        Ok(Self { from, cipher, index: 0, open: Zeroizing::default(), read: 0, next, ended: false })
    }

    /// Opens chunk after chunk to the end.
    pub(super) fn verify(mut self) -> Result<()> {
        while !self.ended {
            self.open()?;
        }
        Ok(())
    }

    fn open(&mut self) -> Result<()> {
        let after = sealed(&mut self.from)?;
        self.ended = after.is_empty();
        self.open = Zeroizing::new(std::mem::replace(&mut self.next, after));
        self.read = 0;
        let opened = self.cipher.decrypt_in_place(&nonce(self.index, self.ended), b"", &mut *self.open);
        if opened.is_err() {
            // What failed is not to be read by going on.
            self.open.clear();
            self.ended = true;
            return Err(ErrorKind::InvalidData.into());
        }
        self.index += 1;
        Ok(())
    }
}

impl<R: Read> Read for ChunkReader<R> {
    fn read(&mut self, bytes: &mut [u8]) -> Result<usize> {
        while self.read == self.open.len() && !self.ended {
            self.open()?;
        }
        let left = self.open.get(self.read..).unwrap_or_default();
        let taken = left.len().min(bytes.len());
        bytes.iter_mut().zip(left).for_each(|(to, from)| *to = *from);
        self.read += taken;
        Ok(taken)
    }
}

/// The next sealed chunk; empty where there is none.
fn sealed(from: &mut impl Read) -> Result<Vec<u8>> {
    let mut chunk = Vec::with_capacity(CHUNK + TAG);
    let most = u64::try_from(CHUNK + TAG).unwrap_or(u64::MAX);
    from.by_ref().take(most).read_to_end(&mut chunk)?;
    Ok(chunk)
}
