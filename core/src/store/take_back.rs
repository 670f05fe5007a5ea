//! Taking back an own document that the partner held, after this phone had lost some of it.

use std::collections::BTreeSet;

use rusqlite::params;

use super::StoreError;
use super::chain::{ChainEnd, write_chain};
use super::chunk::{ChunkKind, records_of, replace_chunks, write_batch};
use super::erase::erased_by;
use super::loaded::find_or_make_document;
use super::log::Log;
use super::open::write_devices;
use super::rows::{Owner, find_row, is_erased_by};
use super::shelf::to_column;
use super::writing::Writing;
use crate::journal::{DeviceId, DocumentName, EntryId, Envelope, Record, Whose};
use crate::random::{Stream, random_bytes};

impl Writing<'_> {
    /// The document holds exactly these entries from now on, less what was erased here. What was written
    /// on an older state of it since goes on in a document of a fresh device: an Automerge actor that has
    /// two pasts could never agree with itself.
    pub(super) fn take_back(
        &mut self,
        pairing: i64,
        name: DocumentName,
        records: &[Record],
        counter: u64,
    ) -> Result<(), StoreError> {
        self.settle(Log::Shared)?;
        self.memory.upheavals += 1;
        let owner = Owner::shared(pairing, Whose::Mine);
        let id = find_or_make_document(&self.transaction, owner, name)?;
        let own = records_of(&self.transaction, self.memory.tail(Log::Shared), id, name.device)?;
        let back: BTreeSet<EntryId> = records.iter().map(|record| record.id).collect();
        let since: Vec<Record> = own.iter().filter(|record| !back.contains(&record.id)).cloned().collect();
        let mut kept = Vec::new();
        for record in records {
            if name.is_erasures() || !is_erased_by(&self.transaction, owner, record.id)? {
                kept.push(record.clone());
            }
        }
        for record in &own {
            let tail = self.memory.tail(Log::Shared);
            if let Some(row) = find_row(&self.transaction, Log::Shared, tail, record.id)? {
                self.remove(Log::Shared, row)?;
            }
        }
        self.fill(owner, id, &kept)?;
        if !since.is_empty() {
            let device = self.fresh_device(name.device)?;
            let moved = find_or_make_document(&self.transaction, owner, DocumentName { device, ..name })?;
            self.fill(owner, moved, &since)?;
        }
        if name.is_erasures() {
            for record in &kept {
                let envelope = Envelope::read(&record.value);
                self.erase(owner, erased_by(&envelope))?;
            }
        }
        let sql = "UPDATE pairing SET own_counter = max(own_counter, ?2) WHERE id = ?1";
        self.transaction.prepare_cached(sql)?.execute(params![pairing, to_column(counter)?])?;
        Ok(())
    }

    /// Puts exactly these entries into a document that has no rows.
    fn fill(&mut self, owner: Owner, id: i64, records: &[Record]) -> Result<(), StoreError> {
        let batch = if records.is_empty() { None } else { Some(write_batch(records)?) };
        replace_chunks(&self.transaction, owner.log, id, ChunkKind::Batch, batch.as_deref())?;
        write_chain(&self.transaction, id, &ChainEnd::over(records))?;
        self.loaded.forget(owner.log, id);
        self.insert_rows(owner, id, records, false)
    }

    /// A new device; if `old` is the one that this phone writes under, it writes under the new one now.
    fn fresh_device(&mut self, old: DeviceId) -> Result<DeviceId, StoreError> {
        let fresh = DeviceId(*random_bytes(self.randomness, Stream::Shared));
        if self.memory.shared_device == old {
            self.memory.shared_device = fresh;
            write_devices(&self.transaction, [self.memory.private_device, fresh])?;
        }
        Ok(fresh)
    }
}
