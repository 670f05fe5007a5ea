//! The read model, made anew from the documents.

use rusqlite::params;

use super::chain::{ChainEnd, write_chain};
use super::chunk::records_of;
use super::erase::erased_by;
use super::loaded::all_documents;
use super::log::{Log, sql};
use super::noted;
use super::rows::Owner;
use super::search;
use super::writing::Writing;
use super::{Store, StoreError};
use crate::journal::{EntryId, Envelope, Record};

impl Store {
    /// Drops the read model and makes it anew from the documents: rows, references, erased ids and the
    /// ends of chains. The search index and the notes follow when they are next needed.
    pub fn rebuild_read_model(&mut self) -> Result<(), StoreError> {
        self.write(|writing| Log::BOTH.into_iter().try_for_each(|log| writing.rebuild(log)))
    }
}

impl Writing<'_> {
    fn rebuild(&mut self, log: Log) -> Result<(), StoreError> {
        // What waits in the rows is part of the documents.
        self.settle(log)?;
        for table in [
            sql!(log, "DELETE FROM ", LOG, "_entry"),
            sql!(log, "DELETE FROM ", LOG, "_reference"),
            sql!(log, "DELETE FROM ", LOG, "_erased"),
        ] {
            self.transaction.execute(table, [])?;
        }
        search::clear(&self.transaction, log)?;
        noted::clear(&self.transaction, log)?;
        self.memory.tail_mut(log).restart();
        self.memory.together = None;
        for document in all_documents(&self.transaction, log)? {
            let records = records_of(&self.transaction, self.memory.tail(log), document.id, document.name.device)?;
            self.insert_rows(document.owner, document.id, &records, false)?;
            if log == Log::Shared {
                write_chain(&self.transaction, document.id, &ChainEnd::over(&records))?;
            }
            if document.name.is_erasures() {
                self.note_erased(document.owner, &records)?;
            }
        }
        self.keep_what_erases(log)
    }

    /// Entries that erase are never erased themselves, whatever other such entries say.
    pub(super) fn keep_what_erases(&self, log: Log) -> Result<(), StoreError> {
        let standing = sql!(
            log,
            "DELETE FROM ",
            LOG,
            "_erased AS x WHERE EXISTS (SELECT 1 FROM ",
            LOG,
            "_entry e WHERE e.settled = 1 AND e.id = x.id AND e.pairing = x.pairing AND e.whose = x.whose)"
        );
        self.transaction.execute(standing, [])?;
        Ok(())
    }

    /// Notes what the entries of an erasures document erase.
    pub(super) fn note_erased(&self, owner: Owner, records: &[Record]) -> Result<(), StoreError> {
        let sql = sql!(owner.log, "INSERT OR IGNORE INTO ", LOG, "_erased(id, pairing, whose) VALUES (?1, ?2, ?3)");
        for record in records {
            let envelope = Envelope::read(&record.value);
            let ids: &[EntryId] = erased_by(&envelope);
            for id in ids {
                self.transaction.prepare_cached(sql)?.execute(params![id, owner.pairing, owner.whose])?;
            }
        }
        Ok(())
    }
}
