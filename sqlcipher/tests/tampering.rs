//! Authentication: what was changed without the key is an error, and what the provider lacks never runs without it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use std::path::Path;

use attune_sqlcipher::key;
use rusqlite::{Connection, Error, ErrorCode};

const KEY: [u8; 32] = [0x11; 32];
const PAGE: usize = 4096;

/// Several pages: the schema, leaves of a table and an overflow page.
fn sound(dir: &Path) -> Vec<u8> {
    let path = dir.join("sound.db");
    let conn = Connection::open(&path).unwrap();
    key(&conn, &KEY).unwrap();
    conn.execute_batch("CREATE TABLE t(v TEXT); BEGIN").unwrap();
    for i in 0..60 {
        conn.execute("INSERT INTO t VALUES (?1)", [format!("{i}").repeat(80)]).unwrap();
    }
    conn.execute("INSERT INTO t VALUES (?1)", ["long ".repeat(1200)]).unwrap();
    conn.execute_batch("COMMIT").unwrap();
    drop(conn);
    std::fs::read(path).unwrap()
}

/// Opens these bytes as a file and reads every row.
fn read(dir: &Path, bytes: &[u8]) -> Result<i64, Error> {
    let path = dir.join("tampered.db");
    std::fs::write(&path, bytes).unwrap();
    let conn = Connection::open(&path)?;
    key(&conn, &KEY)?;
    conn.query_row("SELECT count(*) FROM t WHERE hex(v) <> ''", [], |row| row.get(0))
}

#[test]
fn one_flipped_bit_anywhere_behind_the_salt_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let sound = sound(dir.path());
    assert_eq!(read(dir.path(), &sound).unwrap(), 61);
    assert!(sound.len() >= 5 * PAGE);

    let bounds = (0..sound.len() / PAGE).flat_map(|page| [page * PAGE, (page + 1) * PAGE - 1]);
    for at in bounds.filter(|at| *at >= 16).chain((16..sound.len()).step_by(97)) {
        let mut tampered = sound.clone();
        tampered[at] ^= 1 << (at % 8);
        assert!(read(dir.path(), &tampered).is_err(), "byte {at}");
    }
}

#[test]
fn a_damaged_first_page_is_no_database_and_a_later_one_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let sound = sound(dir.path());
    let code = |page: usize| {
        let mut tampered = sound.clone();
        tampered[page * PAGE + 1000] ^= 1;
        read(dir.path(), &tampered).unwrap_err().sqlite_error_code()
    };
    assert_eq!(code(0), Some(ErrorCode::NotADatabase));
    for page in 1..sound.len() / PAGE {
        assert_eq!(code(page), Some(ErrorCode::DatabaseCorrupt), "page {}", page + 1);
    }
}

#[test]
fn pages_that_changed_places_are_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let sound = sound(dir.path());
    let mut swapped = sound.clone();
    swapped[2 * PAGE..3 * PAGE].copy_from_slice(&sound[3 * PAGE..4 * PAGE]);
    swapped[3 * PAGE..4 * PAGE].copy_from_slice(&sound[2 * PAGE..3 * PAGE]);
    assert!(read(dir.path(), &swapped).is_err());
}

/// SHA-1 and SHA-256 are not in the provider. SQLCipher must then fail instead of writing pages nobody checks.
#[test]
fn algorithms_that_the_provider_lacks_fail_closed() {
    for pragma in [
        "cipher_hmac_algorithm = HMAC_SHA1",
        "cipher_hmac_algorithm = HMAC_SHA256",
        "cipher_kdf_algorithm = PBKDF2_HMAC_SHA1",
        "cipher_kdf_algorithm = PBKDF2_HMAC_SHA256",
        "cipher_compatibility = 1",
        "cipher_compatibility = 2",
        "cipher_compatibility = 3",
    ] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file.db");
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch(&format!("PRAGMA key = 'a passphrase'; PRAGMA {pragma};")).unwrap();
        assert!(conn.execute_batch("CREATE TABLE t(v); INSERT INTO t VALUES (1)").is_err(), "{pragma}");
        drop(conn);
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 0, "{pragma}");
    }
}
