//! SQLCipher for rusqlite, with its cryptography from RustCrypto instead of OpenSSL.
//!
//! The workspace's rusqlite is built so that it brings SQLite's bindings and links nothing (`in_gecko`). This crate
//! compiles the SQLCipher amalgamation that fits those bindings, and gives SQLCipher a *provider*: a table of
//! callbacks in C (`csrc/attune_sqlcipher.c`) over four functions in Rust (`provider`). Files have the
//! format of SQLCipher 4 as it comes: AES-256-CBC, an HMAC-SHA512 on every page, 4096-byte pages; any stock
//! SQLCipher 4 opens them with the same raw key.
//!
//! A program that uses rusqlite through this crate must call one of its functions: that is what makes the linker
//! take SQLite's object code from here.
//!
//! # What a failure looks like
//!
//! | | |
//! | --- | --- |
//! | wrong key, no database, damaged first page | `SQLITE_NOTADB`, at once from [`key`] ([`key_with_salt`] lets them be told apart) |
//! | any other page that was damaged or put together without the key | `SQLITE_CORRUPT` from the statement that needs it; SQLCipher as it comes reads zeros instead of the rest of a long value, which `build.rs` repairs |
//! | after such a page | the connection reads no more pages and refuses to write; a new one reads what is sound |
//! | an algorithm other than SQLCipher 4's | every page fails, nothing is written |
//!
//! # What it costs
//!
//! Over a plain file, by the same SQLite on two busy x86-64 cores in November 2026 (`examples/cost.rs`): about 20 µs for
//! each commit of one small row (38 µs instead of 17 µs without a disk to wait for), about 15 µs for each page read
//! that is not in the cache (21 µs instead of 6 µs), 0.04 ms for opening. A rekey with its checkpoint takes 40 ms for
//! 10,000 rows of 300 bytes.
//!
//! # What it does not do
//!
//! - Each page is authenticated with its number but not its age: whoever can write to the file can put back older
//!   pages, or the whole of an older file.
//! - A damaged frame in the `-wal` file ends the log there, as always in SQLite: later commits are gone without a word.
//! - `PRAGMA cipher_integrity_check` looks at the file without its `-wal`: checkpoint first, or a page that a kill tore
//!   and the log still has whole is reported.
//! - `auto_vacuum` is left out: with it SQLCipher would accept a page of zeros.
//! - Close connections before the process calls `exit` (or returns from `main`): SQLCipher frees its memory there, under
//!   any thread that still works.
//!
//! # Example
//!
//! ```
//! # fn main() -> rusqlite::Result<()> {
//! # let dir = tempfile::tempdir().unwrap();
//! # let path = dir.path().join("journal.db");
//! let key = [7; 32];
//! let conn = rusqlite::Connection::open(&path)?;
//! attune_sqlcipher::key(&conn, &key)?; // before anything else
//! conn.execute_batch("CREATE TABLE t(v); INSERT INTO t VALUES ('only with the key')")?;
//! drop(conn);
//!
//! let other = rusqlite::Connection::open(&path)?;
//! assert!(attune_sqlcipher::key(&other, &[8; 32]).is_err());
//! # Ok(())
//! # }
//! ```
#![allow(unsafe_code, reason = "a foreign function interface in both directions: SQLCipher calls us, we call it")]
#![deny(clippy::undocumented_unsafe_blocks)]

#[cfg(all(feature = "faults", unix))]
pub mod faults;
mod keying;
mod provider;

pub use keying::{key, key_with_salt, rekey, rekey_with_salt};
