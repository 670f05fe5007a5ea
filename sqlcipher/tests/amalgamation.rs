//! What was compiled is what the bindings and the product expect.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use rusqlite::Connection;

fn keyed() -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    attune_sqlcipher::key(&conn, &[1; 32]).unwrap();
    conn
}

fn text(conn: &Connection, sql: &str) -> String {
    conn.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn the_amalgamation_is_the_sqlite_of_the_bindings() {
    let conn = keyed();
    assert_eq!(rusqlite::version_number(), rusqlite::ffi::SQLITE_VERSION_NUMBER);
    assert_eq!(
        text(&conn, "SELECT sqlite_source_id()").split(' ').next(),
        rusqlite::ffi::SQLITE_SOURCE_ID.to_str().unwrap().split(' ').next(),
        "the date of the check-in"
    );
    assert_eq!(text(&conn, "PRAGMA cipher_version"), "4.20.0 community");
}

#[test]
fn the_provider_is_ours() {
    let conn = keyed();
    assert_eq!(text(&conn, "PRAGMA cipher_provider"), "rustcrypto");
    assert_eq!(text(&conn, "PRAGMA cipher"), "aes-256-cbc");
}

#[test]
fn the_switches_that_safety_hangs_on_are_set() {
    let conn = keyed();
    let mut statement = conn.prepare("PRAGMA compile_options").unwrap();
    let options: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let temp_store = if cfg!(target_os = "android") { "TEMP_STORE=3" } else { "TEMP_STORE=2" };
    for option in
        ["THREADSAFE=1", temp_store, "HAS_CODEC", "ENABLE_FTS5", "DQS=0", "OMIT_AUTOVACUUM", "OMIT_LOAD_EXTENSION"]
    {
        assert!(options.iter().any(|o| o == option), "{option} is missing in {options:?}");
    }
}

#[test]
fn full_text_search_works() {
    let conn = keyed();
    conn.execute_batch("CREATE VIRTUAL TABLE f USING fts5(v); INSERT INTO f VALUES ('a walk by the sea')").unwrap();
    assert_eq!(text(&conn, "SELECT v FROM f WHERE f MATCH 'sea'"), "a walk by the sea");
}
