//! Acknowledged means durable: every call that changes the disk is once the last, the torn or the failing one.
//!
//! The workload appends rows as the store does (WAL, `synchronous = FULL`), with a checkpoint every few pages.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod errors;
mod kills;
mod rekeys;

use std::path::Path;

use attune_sqlcipher::{faults, key_with_salt};
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use tempfile::TempDir;

const KEY: [u8; 32] = [0x11; 32];
const SALT: [u8; 16] = [0xaa; 16];
const NEW: [u8; 32] = [0x22; 32];
const NEW_SALT: [u8; 16] = [0xbb; 16];

/// How many rows the workload appends, one commit each.
const ROWS: i64 = 12;

/// A directory in memory where there is one: a thousand files are made here, the faults are simulated, and waiting for
/// a real disk would prove nothing more.
fn place() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

/// A connection through the VFS that fails on demand.
fn open_faulty(path: &Path) -> rusqlite::Result<Connection> {
    faults::register()?;
    let conn = Connection::open_with_flags_and_vfs(path, OpenFlags::default(), faults::NAME)?;
    key_with_salt(&conn, &KEY, &SALT)?;
    conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 20")?;
    Ok(conn)
}

/// A connection through the system's own VFS, after whatever happened.
fn open_plain(path: &Path, key: &[u8; 32], salt: &[u8; 16]) -> rusqlite::Result<Connection> {
    let conn = Connection::open(path)?;
    key_with_salt(&conn, key, salt)?;
    Ok(conn)
}

fn create(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch("CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, v BLOB NOT NULL) STRICT")
}

/// One row that reaches over several pages, in one transaction.
fn append(conn: &Connection, id: i64) -> rusqlite::Result<()> {
    conn.execute("INSERT INTO t VALUES (?1, ?2)", (id, value(id))).map(drop)
}

fn value(id: i64) -> Vec<u8> {
    (0..9000_i64).map(|i| (i * id % 251) as u8).collect()
}

/// The ids that are in the file, after a check that every page is authentic, every tree is whole and every value is
/// what was written.
fn sound_rows(conn: &Connection) -> Vec<i64> {
    // SQLCipher's check looks at the file alone, where a page may be torn that the `-wal` file has whole.
    let busy: i64 = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).unwrap();
    assert_eq!(busy, 0);
    let pages: Option<String> =
        conn.query_row("PRAGMA cipher_integrity_check", [], |row| row.get(0)).optional().unwrap();
    assert_eq!(pages, None);
    let trees: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(trees, "ok");
    if !conn.table_exists(None, "t").unwrap() {
        return vec![];
    }
    let mut statement = conn.prepare("SELECT id, v FROM t ORDER BY id").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(|row| {
        let (id, found): (i64, Vec<u8>) = row.unwrap();
        assert!(found == value(id), "row {id}");
        id
    })
    .collect()
}
