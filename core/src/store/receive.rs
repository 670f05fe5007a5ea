//! Keeping what came from the partner: entries of the partner's log, checked by the exchange.

use std::collections::BTreeSet;

use rusqlite::params;

use super::StoreError;
use super::chain::{read_chain, write_chain};
use super::chunk::push_batch;
use super::loaded::find_or_make_document;
use super::log::Log;
use super::rows::{NewRow, Owner, find_row, is_erased};
use super::shelf::to_column;
use super::writing::Writing;
use crate::journal::{EntryId, Outline, Record, Whose};
use crate::sync::{Received, ReceivedDocument};

/// A batch of so few entries is written like own ones: it is live, and should touch few pages.
const FEW: usize = 8;

impl Writing<'_> {
    /// Keeps a batch: first what it erases goes, then what is new comes.
    pub(super) fn receive(&mut self, pairing: i64, received: &Received) -> Result<(), StoreError> {
        let owner = Owner::shared(pairing, Whose::Theirs);
        self.memory.upheavals += 1;
        if !received.erased.is_empty() {
            self.erase(owner, &received.erased)?;
        }
        let entries: usize = received.documents.iter().map(|document| document.records.len()).sum();
        if entries > FEW {
            self.settle(Log::Shared)?;
        }
        self.must_be_free(received)?;
        for document in &received.documents {
            self.receive_document(owner, document, entries <= FEW)?;
        }
        let sql = "UPDATE pairing SET held_counter = ?2, held_mac = ?3 WHERE id = ?1";
        let counter = to_column(received.seal.counter)?;
        self.transaction.prepare_cached(sql)?.execute(params![pairing, counter, received.seal.mac])?;
        Ok(())
    }

    fn receive_document(&mut self, owner: Owner, received: &ReceivedDocument, few: bool) -> Result<(), StoreError> {
        let id = find_or_make_document(&self.transaction, owner, received.name)?;
        let before = read_chain(&self.transaction, id)?;
        if received.records.is_empty() {
            // Its entries were only erased, and it was made anew already.
            return if before.chain == received.chain { Ok(()) } else { Err(StoreError::IdTaken) };
        }
        push_batch(&self.transaction, Log::Shared, id, &received.records)?;
        write_chain(&self.transaction, id, &before.reaching(received.chain, &received.records))?;
        self.insert_rows(owner, id, &received.records, few)
    }

    /// Writes the rows of entries whose ids are free.
    pub(super) fn insert_rows(
        &mut self,
        owner: Owner,
        document: i64,
        records: &[Record],
        few: bool,
    ) -> Result<(), StoreError> {
        for record in records {
            let outline = Outline::read(&record.value);
            self.touched(&outline);
            let row = NewRow { owner, document, record, outline: &outline, change: None };
            let tail = self.memory.tail_mut(owner.log);
            if few { row.append(&self.transaction, tail)? } else { row.settle(&self.transaction, tail)? }
        }
        Ok(())
    }

    /// Fails with `IdTaken` where an id was erased, by whomever, or stands twice, or elsewhere.
    fn must_be_free(&self, received: &Received) -> Result<(), StoreError> {
        let from = &self.transaction;
        let any_erased = from.prepare_cached("SELECT 1 FROM shared_erased LIMIT 1")?.exists([])?;
        let waiting: BTreeSet<EntryId> = self.memory.tail(Log::Shared).rows().map(|row| row.id).collect();
        let few = received.documents.iter().map(|document| document.records.len()).sum::<usize>() <= FEW;
        let mut seen = BTreeSet::new();
        for record in received.documents.iter().flat_map(|document| &document.records) {
            // Among many, it is the index that tells what is taken.
            let taken = few
                && (waiting.contains(&record.id)
                    || find_row(from, Log::Shared, self.memory.tail(Log::Shared), record.id)?.is_some()
                    || !seen.insert(record.id));
            if taken || (any_erased && is_erased(from, Log::Shared, record.id)?) {
                return Err(StoreError::IdTaken);
            }
        }
        Ok(())
    }
}
