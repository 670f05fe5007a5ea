//! What the encryption costs: the same work in an encrypted file and in a plain one, by the same SQLite.
//!
//! `cargo run --release -p attune-sqlcipher --example cost`, on a file in memory where there is one, so that the disk
//! does not drown the difference. Best of five.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, Result};

const KEY: [u8; 32] = [7; 32];
const COUNT: i64 = 10_000;

fn main() -> Result<()> {
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    println!("{:<44} {:>10} {:>10}", "", "plain", "encrypted");
    for (name, work) in [
        ("opening a file and reading its schema", opening as fn(&Path, bool) -> Result<Duration>),
        ("10,000 commits of one row of 300 bytes", commits),
        ("10,000 random reads, cache of ten pages", reads),
    ] {
        let plain = best(&place, work, false)?;
        let encrypted = best(&place, work, true)?;
        println!("{name:<44} {:>7.2} ms {:>7.2} ms", millis(plain), millis(encrypted));
    }
    let rekey = best(&place, rekeying, true)?;
    println!("{:<44} {:>10} {:>7.2} ms", "rekey and checkpoint of those 10,000 rows", "-", millis(rekey));
    Ok(())
}

fn best(place: &Path, work: fn(&Path, bool) -> Result<Duration>, encrypted: bool) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let file = place.join(format!("attune-cost-{}.db", std::process::id()));
        let result = work(&file, encrypted);
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
        }
        best = best.min(result?);
    }
    Ok(best)
}

fn open(file: &Path, encrypted: bool) -> Result<Connection> {
    let conn = Connection::open(file)?;
    if encrypted {
        attune_sqlcipher::key(&conn, &KEY)?;
    }
    conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")?;
    Ok(conn)
}

fn filled(file: &Path, encrypted: bool) -> Result<Connection> {
    let conn = open(file, encrypted)?;
    conn.execute_batch("CREATE TABLE t(id INTEGER PRIMARY KEY, v BLOB NOT NULL) STRICT; BEGIN")?;
    append(&conn)?;
    conn.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(conn)
}

fn append(conn: &Connection) -> Result<()> {
    let mut insert = conn.prepare("INSERT INTO t VALUES (?1, ?2)")?;
    for id in 0..COUNT {
        insert.execute((id, [id as u8; 300]))?;
    }
    Ok(())
}

fn opening(file: &Path, encrypted: bool) -> Result<Duration> {
    drop(filled(file, encrypted)?);
    let start = Instant::now();
    let conn = open(file, encrypted)?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(start.elapsed())
}

fn commits(file: &Path, encrypted: bool) -> Result<Duration> {
    let conn = open(file, encrypted)?;
    conn.execute_batch("CREATE TABLE t(id INTEGER PRIMARY KEY, v BLOB NOT NULL) STRICT")?;
    let start = Instant::now();
    append(&conn)?;
    Ok(start.elapsed())
}

fn reads(file: &Path, encrypted: bool) -> Result<Duration> {
    let conn = filled(file, encrypted)?;
    conn.execute_batch("PRAGMA cache_size = 10")?;
    let mut select = conn.prepare("SELECT v FROM t WHERE id = ?1")?;
    let start = Instant::now();
    for i in 0..COUNT {
        // 7,919 is prime to the count, so that this visits every row once, far from the one before.
        select.query_row([i * 7_919 % COUNT], |row| Ok(row.get_ref(0)?.as_blob()?.len()))?;
    }
    Ok(start.elapsed())
}

fn rekeying(file: &Path, encrypted: bool) -> Result<Duration> {
    let conn = filled(file, encrypted)?;
    let start = Instant::now();
    attune_sqlcipher::rekey(&conn, &[8; 32])?;
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(start.elapsed())
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
