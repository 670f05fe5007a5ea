//! Erasing: text leaves the rows, the search index and the documents, and the pages that held it.
//!
//! The erased ids of a log are those that its own [`crate::journal::Erase`] entries name, and stay
//! erased should an entry come later. Entries that erase cannot be erased: no state would vouch for it.

use std::collections::BTreeSet;

use rusqlite::params;

use super::StoreError;
use super::chain::{ChainEnd, write_chain};
use super::chunk::{ChunkKind, records_of, replace_chunks, write_batch};
use super::loaded::read_document;
use super::log::{Log, sql};
use super::rows::{Owner, delete_row, find_row, read_row};
use super::search;
use super::writing::Writing;
use crate::journal::{Body, EntryId, Envelope, Outline, Whose};

impl Writing<'_> {
    /// Erases own entries, named by an entry in this log. A private one also reaches what was shared
    /// under earlier pairings, which is on this phone alone.
    pub(super) fn erase_own(&mut self, log: Log, ids: &[EntryId]) -> Result<(), StoreError> {
        let owner = self.myself(log)?;
        self.erase(owner, ids)?;
        if log == Log::Private {
            self.settle(Log::Shared)?;
            for id in ids {
                let tail = self.memory.tail(Log::Shared);
                let Some(row) = find_row(&self.transaction, Log::Shared, tail, *id)? else { continue };
                let stored = read_row(&self.transaction, Log::Shared, row)?;
                if stored.whose == Whose::Mine && Some(stored.pairing) != self.memory.pairing {
                    let removed = self.remove_all(Owner::shared(stored.pairing, Whose::Mine), &[*id])?;
                    self.rebuild_documents(Log::Shared, removed)?;
                }
            }
        }
        Ok(())
    }

    /// Erases entries of one owner, now and should they come later.
    pub(super) fn erase(&mut self, owner: Owner, ids: &[EntryId]) -> Result<(), StoreError> {
        let sql = sql!(owner.log, "INSERT OR IGNORE INTO ", LOG, "_erased(id, pairing, whose) VALUES (?1, ?2, ?3)");
        for id in ids {
            self.transaction.prepare_cached(sql)?.execute(params![id, owner.pairing, owner.whose])?;
        }
        let removed = self.remove_all(owner, ids)?;
        self.rebuild_documents(owner.log, removed)
    }

    /// Takes entries of one owner out of the read model; returns them and their documents.
    fn remove_all(&mut self, owner: Owner, ids: &[EntryId]) -> Result<BTreeSet<(i64, EntryId)>, StoreError> {
        self.settle(owner.log)?;
        let mut removed = BTreeSet::new();
        for id in ids {
            let tail = self.memory.tail(owner.log);
            let Some(row) = find_row(&self.transaction, owner.log, tail, *id)? else { continue };
            let stored = read_row(&self.transaction, owner.log, row)?;
            if (stored.pairing, stored.whose) != (owner.pairing, owner.whose) {
                continue;
            }
            if read_document(&self.transaction, owner.log, stored.document)?.name.is_erasures() {
                let sql = sql!(owner.log, "DELETE FROM ", LOG, "_erased WHERE id = ?1 AND pairing = ?2 AND whose = ?3");
                self.transaction.prepare_cached(sql)?.execute(params![id, owner.pairing, owner.whose])?;
                continue;
            }
            self.remove(owner.log, row)?;
            removed.insert((stored.document, *id));
        }
        Ok(removed)
    }

    /// Takes an entry out of the read model. The tail must have settled.
    pub(super) fn remove(&mut self, log: Log, row: i64) -> Result<(), StoreError> {
        let stored = read_row(&self.transaction, log, row)?;
        let outline = Outline::read(&stored.record.value);
        search::forget(&self.transaction, log, row, &stored.record.value)?;
        delete_row(&self.transaction, log, row, &outline)?;
        self.unnote(log, &stored.record, &outline)?;
        self.touched(&outline);
        self.destroys(log)
    }

    /// Makes documents anew without these entries, and the chains with them.
    fn rebuild_documents(&mut self, log: Log, without: BTreeSet<(i64, EntryId)>) -> Result<(), StoreError> {
        let documents: BTreeSet<i64> = without.iter().map(|(document, _)| *document).collect();
        for id in documents {
            let device = read_document(&self.transaction, log, id)?.name.device;
            let mut records = records_of(&self.transaction, self.memory.tail(log), id, device)?;
            records.retain(|record| !without.contains(&(id, record.id)));
            let batch = if records.is_empty() { None } else { Some(write_batch(&records)?) };
            replace_chunks(&self.transaction, log, id, ChunkKind::Batch, batch.as_deref())?;
            self.loaded.forget(log, id);
            if log == Log::Shared {
                write_chain(&self.transaction, id, &ChainEnd::over(&records))?;
            }
        }
        Ok(())
    }
}

/// The ids that an entry of an erasures document names; none where it is from a newer version.
pub(super) fn erased_by(envelope: &Envelope) -> &[EntryId] {
    match &envelope.body {
        Body::Erase(erase) => &erase.ids,
        _ => &[],
    }
}
