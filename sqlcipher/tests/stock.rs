//! Files of a stock SQLCipher 4 (OpenSSL) are ours, and ours are its.
//!
//! `data/*.db` were written by SQLCipher 4.12.0 through `data/make.py fixtures`. The last test needs that build at
//! hand and is off by default: `pip install sqlcipher3-wheels`, then
//! `cargo test -p attune-sqlcipher --test stock -- --ignored`, with `ATTUNE_PYTHON` naming a Python other than
//! `python3`.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::{Path, PathBuf};
use std::process::Command;

use attune_sqlcipher::{key, key_with_salt, rekey};
use rusqlite::{Connection, OpenFlags};

/// What one call of `make.py` writes, as this many rows with `id`, a text and `id²`.
const ROWS: i64 = 40;

fn key_of_the_fixtures() -> [u8; 32] {
    core::array::from_fn(|i| i as u8)
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn fixture(name: &str) -> Connection {
    Connection::open_with_flags(data(name), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn squares(rows: i64) -> i64 {
    (1..=rows).map(|i| i * i).sum()
}

fn check(conn: &Connection, rows: i64) {
    let damaged: Vec<String> = conn
        .prepare("PRAGMA cipher_integrity_check")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(damaged, Vec::<String>::new());
    let tree: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(tree, "ok");
    let sql = "SELECT count(*), sum(n) FROM t WHERE v = 'a readable marker, number ' || id";
    let found: (i64, i64) = conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(found, (rows, squares(rows)));
}

#[test]
fn a_stock_file_with_a_raw_key_opens() {
    let conn = fixture("stock_raw.db");
    key(&conn, &key_of_the_fixtures()).unwrap();
    check(&conn, ROWS);
}

#[test]
fn a_stock_file_with_a_raw_key_and_salt_opens_with_and_without_the_salt() {
    let conn = fixture("stock_salted.db");
    key(&conn, &key_of_the_fixtures()).unwrap();
    check(&conn, ROWS);

    let conn = fixture("stock_salted.db");
    let salt = core::array::from_fn(|i| 0xa0 + i as u8);
    key_with_salt(&conn, &key_of_the_fixtures(), &salt).unwrap();
    check(&conn, ROWS);
}

/// The product has no passphrases; this is PBKDF2 with all its 256,000 rounds.
#[test]
fn a_stock_file_with_a_passphrase_opens() {
    let conn = fixture("stock_passphrase.db");
    conn.execute_batch("PRAGMA key = 'correct horse'").unwrap();
    check(&conn, ROWS);
}

#[test]
#[ignore = "needs python3 and the PyPI package sqlcipher3-wheels"]
fn a_stock_sqlcipher_and_this_one_take_turns_on_one_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("shared.db");
    let (first, second) = (key_of_the_fixtures(), [0xee; 32]);

    // Theirs first; it ends like a crash, so its rows are in a `-wal` file.
    stock(&["write", file(&path), &spec(&first)]);
    assert!(std::fs::metadata(dir.path().join("shared.db-wal")).unwrap().len() > 0);
    let conn = Connection::open(&path).unwrap();
    key(&conn, &first).unwrap();
    check(&conn, ROWS);

    // Ours next, left in the `-wal` file too: they read it while the connection is open.
    append(&conn);
    check(&conn, 2 * ROWS);
    assert_eq!(stock(&["read", file(&path), &spec(&first)]), format!("ok {} {}", 2 * ROWS, squares(2 * ROWS)));

    // A new key from us, more rows from them, another key from them.
    rekey(&conn, &second).unwrap();
    drop(conn);
    assert_eq!(stock(&["read", file(&path), &spec(&second)]), format!("ok {} {}", 2 * ROWS, squares(2 * ROWS)));
    stock(&["write", file(&path), &spec(&second)]);
    stock(&["rekey", file(&path), &spec(&second), &spec(&first)]);
    let conn = Connection::open(&path).unwrap();
    key(&conn, &first).unwrap();
    check(&conn, 3 * ROWS);
}

fn append(conn: &Connection) {
    conn.execute_batch("BEGIN").unwrap();
    for i in ROWS + 1..=2 * ROWS {
        let text = format!("a readable marker, number {i}");
        conn.execute("INSERT INTO t VALUES (?1, ?2, ?3)", (i, text, i * i)).unwrap();
    }
    conn.execute_batch("COMMIT").unwrap();
}

fn spec(key: &[u8; 32]) -> String {
    format!("x'{}'", hex::encode(key))
}

fn file(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn stock(arguments: &[&str]) -> String {
    let python = std::env::var("ATTUNE_PYTHON").unwrap_or_else(|_| "python3".into());
    let output = Command::new(python).arg(data("make.py")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
