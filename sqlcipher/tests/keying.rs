//! Opening with right and wrong keys, salts as key checks, and changing the key.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use std::path::{Path, PathBuf};

use attune_sqlcipher::{key, key_with_salt, rekey, rekey_with_salt};
use rusqlite::{Connection, Error, ErrorCode};
use tempfile::TempDir;

const KEY: [u8; 32] = [0x11; 32];
const NEW: [u8; 32] = [0x22; 32];
const SALT: [u8; 16] = [0xaa; 16];
const NEW_SALT: [u8; 16] = [0xbb; 16];
const ROWS: i64 = 300;

fn place() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file.db");
    (dir, path)
}

/// A file of some pages under `KEY` and `SALT`, in WAL mode, closed and so checkpointed.
fn filled() -> (TempDir, PathBuf) {
    let (dir, path) = place();
    let conn = Connection::open(&path).unwrap();
    key_with_salt(&conn, &KEY, &SALT).unwrap();
    fill(&conn);
    (dir, path)
}

fn fill(conn: &Connection) {
    conn.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t(v TEXT); BEGIN").unwrap();
    for i in 0..ROWS {
        conn.execute("INSERT INTO t VALUES (?1)", [format!("a readable marker, number {i}")]).unwrap();
    }
    conn.execute_batch("COMMIT").unwrap();
}

fn rows(conn: &Connection) -> i64 {
    conn.query_row("SELECT count(*) FROM t WHERE v LIKE 'a readable marker%'", [], |row| row.get(0)).unwrap()
}

fn code(result: Result<(), Error>) -> ErrorCode {
    result.unwrap_err().sqlite_error_code().unwrap()
}

fn open(path: &Path) -> Connection {
    Connection::open(path).unwrap()
}

#[test]
fn nothing_readable_reaches_the_file() {
    let (_dir, path) = filled();
    let bytes = std::fs::read(path).unwrap();
    assert!(bytes.len() > 3 * 4096);
    assert!(!bytes.windows(15).any(|part| part == b"readable marker"));
    assert!(!bytes.starts_with(b"SQLite format 3"));
}

#[test]
fn a_wrong_key_is_an_error_and_leaves_the_file_as_it_was() {
    let (_dir, path) = filled();
    let before = std::fs::read(&path).unwrap();
    for wrong in [NEW, [0; 32]] {
        assert_eq!(code(key(&open(&path), &wrong)), ErrorCode::NotADatabase);
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let conn = open(&path);
    key(&conn, &KEY).unwrap();
    assert_eq!(rows(&conn), ROWS);
}

#[test]
fn no_key_opens_nothing() {
    let (_dir, path) = filled();
    let conn = open(&path);
    assert_eq!(code(conn.execute_batch("SELECT * FROM sqlite_schema")), ErrorCode::NotADatabase);
}

#[test]
fn a_given_salt_stands_in_clear_at_the_start_of_the_file() {
    let (_dir, path) = filled();
    assert!(std::fs::read(&path).unwrap().starts_with(&SALT));
    for salted in [true, false] {
        let conn = open(&path);
        if salted { key_with_salt(&conn, &KEY, &SALT) } else { key(&conn, &KEY) }.unwrap();
        assert_eq!(rows(&conn), ROWS);
        conn.execute_batch("UPDATE t SET v = v; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    }
    assert!(std::fs::read(&path).unwrap().starts_with(&SALT));
}

#[test]
fn without_a_given_salt_every_file_has_its_own() {
    let starts: Vec<_> = (0..2)
        .map(|_| {
            let (_dir, path) = place();
            let conn = open(&path);
            key(&conn, &KEY).unwrap();
            fill(&conn);
            drop(conn);
            std::fs::read(path).unwrap()[..16].to_vec()
        })
        .collect();
    assert_ne!(starts[0], starts[1]);
}

#[test]
fn the_wrong_salt_is_like_a_wrong_key() {
    let (_dir, path) = filled();
    assert_eq!(code(key_with_salt(&open(&path), &KEY, &NEW_SALT)), ErrorCode::NotADatabase);
}

/// The three cases that a store can tell apart when the salt is a function of the key.
#[test]
fn a_salt_tells_a_wrong_key_from_a_damaged_first_page() {
    let (_dir, path) = filled();
    let sound = std::fs::read(&path).unwrap();

    // Wrong key: the file begins with another salt than the one of the key at hand.
    assert_eq!(code(key_with_salt(&open(&path), &NEW, &NEW_SALT)), ErrorCode::NotADatabase);
    assert!(!sound.starts_with(&NEW_SALT));

    // Damaged first page: the same error, but the salt is that of the key at hand.
    let mut damaged = sound.clone();
    damaged[100] ^= 1;
    std::fs::write(&path, &damaged).unwrap();
    assert_eq!(code(key_with_salt(&open(&path), &KEY, &SALT)), ErrorCode::NotADatabase);
    assert!(damaged.starts_with(&SALT));

    // Damaged salt: no hindrance, and the next write of the page repairs it.
    let mut damaged = sound;
    damaged[3] ^= 1;
    std::fs::write(&path, &damaged).unwrap();
    assert_eq!(code(key(&open(&path), &KEY)), ErrorCode::NotADatabase);
    let conn = open(&path);
    key_with_salt(&conn, &KEY, &SALT).unwrap();
    assert_eq!(rows(&conn), ROWS);
    conn.execute_batch("PRAGMA user_version = 2").unwrap();
    drop(conn);
    assert!(std::fs::read(&path).unwrap().starts_with(&SALT));
}

#[test]
fn after_rekey_only_the_new_key_opens_and_the_salt_stays() {
    let (_dir, path) = filled();
    let before = std::fs::read(&path).unwrap();
    let conn = open(&path);
    key(&conn, &KEY).unwrap();
    rekey(&conn, &NEW).unwrap();
    assert_eq!(rows(&conn), ROWS);
    drop(conn);

    let after = std::fs::read(&path).unwrap();
    assert!(after.starts_with(&SALT));
    assert_eq!(before.len(), after.len());
    for (old, new) in before.chunks(4096).zip(after.chunks(4096)) {
        assert_ne!(old[16..], new[16..], "a page kept its bytes");
    }
    assert_eq!(code(key(&open(&path), &KEY)), ErrorCode::NotADatabase);
    let conn = open(&path);
    key(&conn, &NEW).unwrap();
    assert_eq!(rows(&conn), ROWS);
}

#[test]
fn rekey_can_replace_the_salt() {
    let (_dir, path) = filled();
    let conn = open(&path);
    key_with_salt(&conn, &KEY, &SALT).unwrap();
    rekey_with_salt(&conn, &NEW, &NEW_SALT).unwrap();
    assert_eq!(rows(&conn), ROWS);
    drop(conn);
    assert!(std::fs::read(&path).unwrap().starts_with(&NEW_SALT));
    for salted in [true, false] {
        let conn = open(&path);
        if salted { key_with_salt(&conn, &NEW, &NEW_SALT) } else { key(&conn, &NEW) }.unwrap();
        assert_eq!(rows(&conn), ROWS);
    }
}

/// What a crash between a rekey and its checkpoint leaves: the file's old pages, and all new ones in the `-wal` file.
#[test]
fn before_its_checkpoint_a_new_salt_must_be_given() {
    let (dir, path) = filled();
    let conn = open(&path);
    key_with_salt(&conn, &KEY, &SALT).unwrap();
    rekey_with_salt(&conn, &NEW, &NEW_SALT).unwrap();
    let copy = |name: &str| {
        let to = dir.path().join(name);
        std::fs::copy(&path, &to).unwrap();
        std::fs::copy(dir.path().join("file.db-wal"), dir.path().join(format!("{name}-wal"))).unwrap();
        to
    };

    let crashed = copy("crashed.db");
    assert!(std::fs::read(&crashed).unwrap().starts_with(&SALT));
    let fresh = open(&crashed);
    key_with_salt(&fresh, &NEW, &NEW_SALT).unwrap();
    assert_eq!(rows(&fresh), ROWS);
    drop(fresh);
    assert!(std::fs::read(&crashed).unwrap().starts_with(&NEW_SALT));

    assert_eq!(code(key(&open(&copy("without.db")), &NEW)), ErrorCode::NotADatabase);
    assert_eq!(code(key_with_salt(&open(&copy("old.db")), &KEY, &SALT)), ErrorCode::NotADatabase);
}

/// The rekey of SQLCipher itself would go on to write pages under the new key here, and the file would be lost.
#[test]
fn a_rekey_that_finds_the_file_busy_changes_nothing() {
    let (_dir, path) = filled();
    let writer = open(&path);
    key(&writer, &KEY).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();

    let conn = open(&path);
    key(&conn, &KEY).unwrap();
    conn.busy_timeout(std::time::Duration::ZERO).unwrap();
    assert_eq!(code(rekey_with_salt(&conn, &NEW, &NEW_SALT)), ErrorCode::DatabaseBusy);

    writer.execute_batch("ROLLBACK").unwrap();
    conn.execute("UPDATE t SET v = v || ' changed'", []).unwrap();
    assert_eq!(rows(&conn), ROWS);
    assert_eq!(rows(&writer), ROWS);
    drop((conn, writer));
    assert!(std::fs::read(&path).unwrap().starts_with(&SALT));
    let conn = open(&path);
    key(&conn, &KEY).unwrap();
    assert_eq!(rows(&conn), ROWS);
}

#[test]
fn a_rekey_without_a_key_or_inside_a_transaction_is_refused() {
    let (_dir, path) = place();
    let conn = open(&path);
    assert_eq!(code(rekey(&conn, &NEW)), ErrorCode::ApiMisuse);

    key(&conn, &KEY).unwrap();
    fill(&conn);
    conn.execute_batch("BEGIN; DELETE FROM t").unwrap();
    assert_eq!(code(rekey(&conn, &NEW)), ErrorCode::ApiMisuse);
    conn.execute_batch("ROLLBACK").unwrap();
    assert_eq!(rows(&conn), ROWS);
}
