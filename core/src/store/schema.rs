//! The tables, and how a file of an earlier version gets the newer ones.

use rusqlite::{Connection, Transaction};

use super::StoreError;

/// "Attn" in ASCII: says whose file this is.
const APPLICATION_ID: i32 = 0x4174_746e;

/// Each entry brings a file from the version that is its index to the next.
const MIGRATIONS: &[fn(&Transaction<'_>) -> rusqlite::Result<()>] = &[first];

/// Brings the file to this version. Fails with `TooNew` for a file of a later one.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let version = usize::try_from(version).map_err(|_| StoreError::TooNew)?;
    if version > MIGRATIONS.len() {
        return Err(StoreError::TooNew);
    }
    for (at, migration) in MIGRATIONS.iter().enumerate().skip(version) {
        let transaction = connection.transaction()?;
        migration(&transaction)?;
        transaction.pragma_update(None, "user_version", u32::try_from(at + 1).unwrap_or(u32::MAX))?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.commit()?;
    }
    Ok(())
}

fn first(to: &Transaction<'_>) -> rusqlite::Result<()> {
    to.execute_batch(COMMON)?;
    to.execute_batch(&LOG.replace("LOG", "private"))?;
    to.execute_batch(&LOG.replace("LOG", "shared"))?;
    to.execute_batch(SHARED)
}

const COMMON: &str = "
CREATE TABLE setting(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- First messages of handshakes: 16 bytes of a hash each.
CREATE TABLE first_message(tag BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Which entry a row of the search index stands for.
CREATE TABLE searchable(row INTEGER PRIMARY KEY, entry BLOB NOT NULL UNIQUE) STRICT;
CREATE VIRTUAL TABLE search USING fts5(text, content = '', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO search(search, rank) VALUES ('secure-delete', 1);
";

/// The tables that the private and the shared log have alike.
const LOG: &str = "
-- 'chunk' holds the documents; all else about a log can be made of it.
CREATE TABLE LOG_document(
    id INTEGER PRIMARY KEY,
    pairing INTEGER NOT NULL,    -- 0 in the private log
    whose INTEGER NOT NULL,      -- 0 mine, 1 theirs
    device BLOB NOT NULL,
    month INTEGER NOT NULL,
    UNIQUE(pairing, whose, device, month)
) STRICT;

CREATE TABLE LOG_chunk(
    document INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind INTEGER NOT NULL,       -- 0 snapshot, 1 change, 2 received entries
    bytes BLOB NOT NULL,
    PRIMARY KEY(document, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE LOG_entry(
    id BLOB PRIMARY KEY,
    document INTEGER NOT NULL,
    whose INTEGER NOT NULL,
    written INTEGER NOT NULL,    -- milliseconds since 1970
    offset_min INTEGER NOT NULL,
    day INTEGER NOT NULL,        -- local date, days since 0001-01-01
    kind TEXT NOT NULL,
    edit INTEGER NOT NULL,       -- 1 where it supersedes another
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX LOG_entry_by_kind ON LOG_entry(kind, id);

-- What an entry refers to, and what it supersedes.
CREATE TABLE LOG_reference(
    target BLOB NOT NULL,
    entry BLOB NOT NULL,
    PRIMARY KEY(target, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE LOG_erased(id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
";

const SHARED: &str = "
CREATE TABLE pairing(
    id INTEGER PRIMARY KEY,
    couple BLOB NOT NULL UNIQUE,
    ended INTEGER NOT NULL DEFAULT 0,
    own_counter INTEGER NOT NULL DEFAULT 0,
    confirmed_counter INTEGER,
    confirmed_digest BLOB,
    held_counter INTEGER,
    held_mac BLOB
) STRICT;

-- Where the chain of a document ends.
CREATE TABLE shared_chain(
    document INTEGER PRIMARY KEY,
    length INTEGER NOT NULL,
    head BLOB NOT NULL,
    last BLOB,
    bytes INTEGER NOT NULL,
    confirmed BLOB
) STRICT;
CREATE INDEX shared_entry_by_document ON shared_entry(document, id);
";
