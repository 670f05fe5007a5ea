//! Handing SQLCipher a raw key: on opening a file, and to change it.
//!
//! Keys travel as SQLCipher's *key specification* (`x'…'` in hex) through its C functions, never inside SQL text,
//! which SQLite copies, caches and shows in traces.

use core::ffi::{c_char, c_int, c_void};

use rusqlite::{Connection, ffi};
use zeroize::Zeroizing;

unsafe extern "C" {
    // Not in the bindings of plain SQLite. Referring to it is also what makes the linker take the amalgamation.
    fn sqlite3_key_v2(db: *mut ffi::sqlite3, schema: *const c_char, key: *const c_void, len: c_int) -> c_int;
    fn sqlcipher_extra_init(unused: *const c_char) -> c_int;
    fn attune_rekey(db: *mut ffi::sqlite3, key: *const c_void, len: c_int) -> c_int;
}

/// Keys a freshly opened connection with a raw 256-bit key, then reads the schema, so that a wrong key is an error
/// here and not later. The salt is the one in the file's first 16 bytes, or random for a new file.
///
/// # Errors
///
/// `SQLITE_NOTADB` for a wrong key, for a file that is no database, and for one whose first page is damaged: nothing
/// tells them apart from here, see [`key_with_salt`]. Whatever SQLite says when it cannot read the file. The file is
/// never written. After an error drop the connection: it stays unusable.
pub fn key(conn: &Connection, raw: &[u8; 32]) -> rusqlite::Result<()> {
    attach(conn, &specification(raw, None))
}

/// [`key`] with the salt given instead of read from the file. A new file gets it as its first 16 bytes, in clear.
///
/// This makes those bytes useful: with a salt that is a function of the key (say 16 bytes of an HMAC of a label under
/// it; the salt of a raw key protects nothing), a failure can be explained.
/// The given salt is used whatever the file says, so a damaged salt does not hinder opening. Hence after
/// `SQLITE_NOTADB`: if the file begins with the salt of this key, the key was right and the first page is damaged;
/// if it does not, the key is another one. While a `-wal` file lies beside it, which may hold a first page that is
/// newer than the file's, see [`rekey_with_salt`].
///
/// # Errors
///
/// As [`key`]. A salt that is not the file's own is like a wrong key.
pub fn key_with_salt(conn: &Connection, raw: &[u8; 32], salt: &[u8; 16]) -> rusqlite::Result<()> {
    attach(conn, &specification(raw, Some(salt)))
}

/// Encrypts every page of the file anew under `raw`, in one transaction. The salt stays.
///
/// The connection must be the only one on the file: any other fails from then on.
///
/// # Errors
///
/// `SQLITE_MISUSE` on a connection without a key, with a damaged page behind it, or inside a transaction. Otherwise what
/// SQLite says (busy, full, input or output): then the file and the connection have their old key.
pub fn rekey(conn: &Connection, raw: &[u8; 32]) -> rusqlite::Result<()> {
    exchange(conn, &specification(raw, None))
}

/// [`rekey`] that gives the file a new salt too, as its first 16 bytes.
///
/// In WAL mode the new first page, and so the new salt, reaches the file itself only with the next checkpoint, while
/// SQLCipher reads a salt from the file alone. Whoever opens the file between the two must therefore give both
/// ([`key_with_salt`] with the new key and the new salt); [`key`] with the new key is refused until then. So keep the
/// old key until `PRAGMA wal_checkpoint(TRUNCATE)` has succeeded, and after a crash try the new one first.
///
/// # Errors
///
/// As [`rekey`].
pub fn rekey_with_salt(conn: &Connection, raw: &[u8; 32], salt: &[u8; 16]) -> rusqlite::Result<()> {
    exchange(conn, &specification(raw, Some(salt)))
}

fn attach(conn: &Connection, specification: &[u8]) -> rusqlite::Result<()> {
    wait_until_set_up()?;
    // SAFETY: the handle is live while `conn` is borrowed, and `Connection` is not `Sync`, so no other thread uses it;
    // the specification is readable for its length, and SQLCipher copies it.
    let code = unsafe {
        sqlite3_key_v2(conn.handle(), c"main".as_ptr(), specification.as_ptr().cast(), length(specification))
    };
    check(code)?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

/// SQLite calls itself initialised before SQLCipher is: with the first connections of a process in several threads, all
/// but one would be refused with `SQLITE_ERROR`. This waits for the thread that sets SQLCipher up, or does it.
fn wait_until_set_up() -> rusqlite::Result<()> {
    // SAFETY: it ignores its argument, takes SQLite's global lock, and does nothing where all is set up; a connection was
    // opened, so SQLite's locks and memory are there.
    check(unsafe { sqlcipher_extra_init(core::ptr::null()) })
}

fn exchange(conn: &Connection, specification: &[u8]) -> rusqlite::Result<()> {
    // SAFETY: as in `attach`; a `Connection` always has a main database.
    let code = unsafe { attune_rekey(conn.handle(), specification.as_ptr().cast(), length(specification)) };
    check(code)
}

/// `x'<64 digits of the key><32 digits of the salt>'`.
fn specification(raw: &[u8; 32], salt: Option<&[u8; 16]>) -> Zeroizing<Vec<u8>> {
    // With its full capacity from the start, so that growing leaves no copy behind.
    let mut text = Zeroizing::new(Vec::with_capacity(3 + 2 * (32 + 16)));
    text.extend(b"x'");
    for byte in raw.iter().chain(salt.into_iter().flatten()) {
        text.extend([digit(byte >> 4), digit(byte & 15)]);
    }
    text.push(b'\'');
    text
}

/// One hexadecimal digit, computed: a table would be indexed by the key.
fn digit(nibble: u8) -> u8 {
    nibble + if nibble < 10 { b'0' } else { b'a' - 10 }
}

fn length(specification: &[u8]) -> c_int {
    c_int::try_from(specification.len()).unwrap_or(0) // at most 99; SQLCipher refuses 0
}

/// A result code of SQLite as rusqlite's error, without text.
pub(crate) fn check(code: c_int) -> rusqlite::Result<()> {
    if code == ffi::SQLITE_OK { Ok(()) } else { Err(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_specification_is_the_key_and_the_salt_in_hex() {
        let raw = core::array::from_fn(|i| (i * 8 + 1) as u8);
        let plain = specification(&raw, None);
        assert_eq!(
            core::str::from_utf8(&plain).unwrap(),
            "x'0109111921293139414951596169717981899199a1a9b1b9c1c9d1d9e1e9f1f9'"
        );
        let salted = specification(&raw, Some(&[0xfe; 16]));
        assert_eq!(
            core::str::from_utf8(&salted).unwrap(),
            "x'0109111921293139414951596169717981899199a1a9b1b9c1c9d1d9e1e9f1f9fefefefefefefefefefefefefefefefe'"
        );
        assert_eq!(salted.capacity(), salted.len());
    }
}
