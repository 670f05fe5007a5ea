//! Writing: every change of the file is one transaction, and what the store keeps in memory changes with
//! it or not at all.

use std::sync::Arc;

use rusqlite::Connection;

use super::loaded::Loaded;
use super::log::Log;
use super::rows::Owner;
use super::tail::{Tail, mark, set_mark};
use super::together::TogetherState;
use super::transaction::Transaction;
use super::{Store, StoreError};
use crate::journal::{DeviceId, Whose};
use crate::random::Randomness;

/// What the store knows without looking into the file.
#[derive(Clone)]
pub(super) struct Memory {
    private_tail: Tail,
    shared_tail: Tail,
    /// The actor of private documents.
    pub(super) private_device: DeviceId,
    /// The actor of shared documents.
    pub(super) shared_device: DeviceId,
    /// The row of the pairing in force.
    pub(super) pairing: Option<i64>,
    /// How often, since the store was opened, anything but own new entries changed the logs.
    pub(super) upheavals: u64,
    /// The together document, once it was looked at.
    pub(super) together: Option<Arc<TogetherState>>,
}

impl Memory {
    pub(super) fn read(from: &Connection, devices: [DeviceId; 2], pairing: Option<i64>) -> Result<Self, StoreError> {
        let [private_device, shared_device] = devices;
        let (private_tail, shared_tail) = (Tail::read(from, Log::Private)?, Tail::read(from, Log::Shared)?);
        Ok(Self { private_tail, shared_tail, private_device, shared_device, pairing, upheavals: 0, together: None })
    }

    pub(super) fn tail(&self, log: Log) -> &Tail {
        match log {
            Log::Private => &self.private_tail,
            Log::Shared => &self.shared_tail,
        }
    }

    pub(super) fn tail_mut(&mut self, log: Log) -> &mut Tail {
        match log {
            Log::Private => &mut self.private_tail,
            Log::Shared => &mut self.shared_tail,
        }
    }

    pub(super) fn device(&self, log: Log) -> DeviceId {
        match log {
            Log::Private => self.private_device,
            Log::Shared => self.shared_device,
        }
    }
}

/// A transaction under way, and the memory as it will be once it is durable.
pub(super) struct Writing<'a> {
    pub(super) transaction: Transaction<'a>,
    pub(super) memory: Memory,
    pub(super) loaded: &'a mut Loaded,
    pub(super) randomness: &'a dyn Randomness,
    destroys: bool,
}

/// The write-ahead log holds pages with what was destroyed.
const TO_EMPTY: &str = "log to empty";

impl Store {
    /// Does some work in one transaction. It is durable when this returns; where it fails, nothing was done.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let done = self.try_write(work);
        if done.is_err() {
            // They may hold what the file does not.
            self.loaded.forget_all();
        }
        if self.must_empty_log && done.is_ok() {
            // What was destroyed is destroyed for good, whatever becomes of this: where it fails, because
            // the disk is full perhaps, it is tried again with the next write and on opening.
            let _ = self.empty_log();
        }
        done
    }

    /// [`Store::write`] without what comes after it.
    pub(super) fn try_write<T>(
        &mut self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut writing = Writing {
            transaction: Transaction::begin(&mut self.connection)?,
            memory: self.memory.clone(),
            loaded: &mut self.loaded,
            randomness: &*self.randomness,
            destroys: false,
        };
        let done = work(&mut writing)?;
        let Writing { transaction, memory, destroys, .. } = writing;
        transaction.commit()?;
        self.memory = memory;
        self.must_empty_log |= destroys;
        self.untidy = true;
        Ok(done)
    }

    /// Brings what was written into the file; the next write begins at the start of the log. Old pages stay in it
    /// until they are written over, unless something was destroyed.
    pub(super) fn bring_log_home(&mut self) -> Result<(), StoreError> {
        if self.must_empty_log {
            return self.empty_log();
        }
        Ok(self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?)
    }

    /// Brings what was written into the file and empties the write-ahead log, old pages and all.
    pub(super) fn empty_log(&mut self) -> Result<(), StoreError> {
        let busy: bool = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy {
            return Err(StoreError::InUse);
        }
        for log in Log::BOTH {
            if mark(&self.connection, log, TO_EMPTY)? != 0 {
                set_mark(&self.connection, log, TO_EMPTY, 0)?;
            }
        }
        self.must_empty_log = false;
        Ok(())
    }

    /// Whether the process ended before the log was emptied.
    pub(super) fn had_to_empty_log(from: &Connection) -> Result<bool, StoreError> {
        Ok(mark(from, Log::Private, TO_EMPTY)? != 0 || mark(from, Log::Shared, TO_EMPTY)? != 0)
    }
}

impl Writing<'_> {
    /// The owner of entries that this person writes into a log. Fails with `NotPaired`.
    pub(super) fn myself(&self, log: Log) -> Result<Owner, StoreError> {
        match log {
            Log::Private => Ok(Owner::MYSELF),
            Log::Shared => {
                let pairing = self.memory.pairing.ok_or(StoreError::NotPaired)?;
                Ok(Owner::shared(pairing, Whose::Mine))
            }
        }
    }

    /// Puts all rows of a log into the indexes, so that SQL sees them.
    pub(super) fn settle(&mut self, log: Log) -> Result<(), StoreError> {
        self.memory.tail_mut(log).settle(&self.transaction)
    }

    /// Something is destroyed: as soon as this is durable, the old pages in the write-ahead log go too.
    pub(super) fn destroys(&mut self, log: Log) -> Result<(), StoreError> {
        self.destroys = true;
        self.memory.upheavals += 1;
        set_mark(&self.transaction, log, TO_EMPTY, 1)
    }
}
