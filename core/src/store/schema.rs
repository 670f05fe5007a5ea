//! The tables, and how a file of an earlier version gets the newer ones.

use rusqlite::{Connection, Transaction};

use super::StoreError;

/// "Attn" in ASCII: says whose file this is.
const APPLICATION_ID: i32 = 0x4174_746e;

/// Each entry brings a file from the version that is its index to the next. What stands here was shipped:
/// it is never changed, only added to.
const MIGRATIONS: &[fn(&Transaction<'_>) -> rusqlite::Result<()>] = &[first, second, third];

/// Brings the file to this version. Fails with `TooNew` for a file of a later one, and with `Damaged`
/// for a database of another application.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let version = usize::try_from(version).map_err(|_| StoreError::TooNew)?;
    if version > MIGRATIONS.len() {
        return Err(StoreError::TooNew);
    }
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if version > 0 && application != APPLICATION_ID {
        return Err(StoreError::Damaged);
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
    to.execute_batch(PHONE)?;
    to.execute_batch(&LOG.replace("LOG", "private"))?;
    to.execute_batch(&LOG.replace("LOG", "shared"))?;
    to.execute_batch(SHARED)
}

fn second(to: &Transaction<'_>) -> rusqlite::Result<()> {
    to.execute_batch(NOTED)?;
    to.execute_batch(&SIGN.replace("LOG", "private"))?;
    to.execute_batch(&SIGN.replace("LOG", "shared"))
}

fn third(to: &Transaction<'_>) -> rusqlite::Result<()> {
    to.execute_batch(&CHANGE.replace("LOG", "private"))?;
    to.execute_batch(&CHANGE.replace("LOG", "shared"))
}

/// What belongs to the phone alone.
const PHONE: &str = "
CREATE TABLE setting(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- First messages of handshakes: 16 bytes of a hash each.
CREATE TABLE first_message(tag BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
";

/// The tables that the private and the shared log have alike.
const LOG: &str = "
CREATE TABLE LOG_document(
    id INTEGER PRIMARY KEY,
    pairing INTEGER NOT NULL,    -- 0 in the private log
    whose INTEGER NOT NULL,      -- 0 mine, 1 theirs
    device BLOB NOT NULL,
    month INTEGER NOT NULL,
    UNIQUE(pairing, whose, device, month)
) STRICT;

-- The documents themselves; all else about a log can be made of them.
CREATE TABLE LOG_chunk(
    id INTEGER PRIMARY KEY,      -- document << 32 | place within it
    kind INTEGER NOT NULL,       -- 0 snapshot, 1 change, 2 batch of entries
    bytes BLOB NOT NULL
) STRICT;

-- The read model. The newest rows are not settled: they wait for their entries in the indexes and for
-- their references, so that an append touches few pages.
CREATE TABLE LOG_entry(
    row INTEGER PRIMARY KEY,     -- in the order of arrival, never used again
    id BLOB NOT NULL,
    document INTEGER NOT NULL,
    pairing INTEGER NOT NULL,    -- as in LOG_document
    whose INTEGER NOT NULL,      -- as in LOG_document
    written INTEGER NOT NULL,    -- milliseconds since 1970
    offset_min INTEGER NOT NULL,
    day INTEGER NOT NULL,        -- local date, days since 0001-01-01
    kind TEXT NOT NULL,
    edit INTEGER NOT NULL,       -- 1 where it supersedes another
    settled INTEGER,             -- 1, or null
    value BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX LOG_entry_by_id ON LOG_entry(id) WHERE settled = 1;
CREATE INDEX LOG_entry_by_kind ON LOG_entry(kind, id, day, whose, edit, pairing) WHERE settled = 1;

-- What an entry refers to, and what it supersedes.
CREATE TABLE LOG_reference(
    target BLOB NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY(target, row)
) STRICT, WITHOUT ROWID;

-- The ids that the owner of a log has erased, whether the entries were ever here or not.
CREATE TABLE LOG_erased(
    id BLOB NOT NULL,
    pairing INTEGER NOT NULL,
    whose INTEGER NOT NULL,
    PRIMARY KEY(id, pairing, whose)
) STRICT, WITHOUT ROWID;

-- 'searched', 'noted': the last row in the search index, and the last one that is noted.
CREATE TABLE LOG_mark(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE LOG_search USING fts5(text, content = '', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO LOG_search(LOG_search, rank) VALUES ('secure-delete', 1);
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
    confirmed BLOB               -- the last entry that the partner has acknowledged
) STRICT;
CREATE INDEX shared_entry_by_document ON shared_entry(document, id) WHERE settled = 1;
";

/// What own items add to series; all of it can be made of the entries.
const NOTED: &str = "
CREATE TABLE private_noted(
    what INTEGER NOT NULL,
    day INTEGER NOT NULL,        -- local date, days since 0001-01-01
    item BLOB NOT NULL,          -- the id of its first form
    place INTEGER NOT NULL,      -- among the notes of the item
    at INTEGER NOT NULL,         -- milliseconds since 1970
    offset_min INTEGER NOT NULL,
    word TEXT,
    before INTEGER,
    after INTEGER,
    PRIMARY KEY(what, day, item, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX private_noted_by_item ON private_noted(item);
";

/// Which own entries show what; it can be made of the entries too.
const SIGN: &str = "
CREATE TABLE LOG_sign(sign INTEGER NOT NULL, id BLOB NOT NULL, PRIMARY KEY(sign, id)) STRICT, WITHOUT ROWID;
";

/// Of an own entry that is not settled, the change of its document; the chunk is made of it as the row settles.
const CHANGE: &str = "
ALTER TABLE LOG_entry ADD COLUMN change BLOB;
";
