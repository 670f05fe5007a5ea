//! Transactions as `rusqlite` has them, but with statements that are not parsed anew for each: on the way of a tap,
//! that counts.

use std::ops::Deref;

use rusqlite::Connection;

/// A transaction that can write. What was done in it is taken back where it is dropped before its commit.
pub(super) struct Transaction<'a> {
    connection: &'a Connection,
    is_open: bool,
}

impl<'a> Transaction<'a> {
    /// Takes the connection for itself, so that there is no other at the same time.
    pub(super) fn begin(connection: &'a mut Connection) -> rusqlite::Result<Self> {
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        Ok(Self { connection, is_open: true })
    }

    /// Makes all of it durable. Where that fails, it is taken back.
    pub(super) fn commit(mut self) -> rusqlite::Result<()> {
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        self.is_open = false;
        Ok(())
    }
}

impl Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        // SQLite itself takes back what met certain errors, a full disk for one: then nothing is open any more.
        if self.is_open && !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}

/// Many reads as one: each alone would look anew whether the file has grown.
pub(super) struct Reading<'a> {
    /// None inside another transaction, which is one already.
    begun: Option<&'a Connection>,
}

impl<'a> Reading<'a> {
    pub(super) fn begin(connection: &'a Connection) -> rusqlite::Result<Self> {
        let begun = connection.is_autocommit().then_some(connection);
        if let Some(connection) = begun {
            connection.prepare_cached("BEGIN")?.execute([])?;
        }
        Ok(Self { begun })
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        // Nothing was written: where it cannot end well, it ends otherwise.
        if let Some(connection) = self.begun
            && connection.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([])).is_err()
        {
            let _ = connection.execute_batch("ROLLBACK");
        }
    }
}
