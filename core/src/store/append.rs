//! Appending: one durable transaction for the change of the document and the row of the read model. The row
//! holds the change until it settles, so that they share a page.

use super::log::Log;
use super::rows::{NewRow, Owner, find_row, is_erased_by};
use super::writing::Writing;
use super::{Store, StoreError};
use crate::journal::{Audience, Body, DocumentName, Envelope, Outline, Record};

impl Store {
    /// Appends own entries: all of them, or none. They are durable when this returns. An entry that erases
    /// others takes their text away in the same transaction.
    ///
    /// Each must come after the last one of its audience ([`Store::last_own_ids`]). Fails with `IdTaken`
    /// otherwise, with `NotPaired` for a shared entry without a pairing, and with `Full` or `Damaged`.
    pub fn append(&mut self, entries: &[(Audience, Record)]) -> Result<(), StoreError> {
        self.write(|writing| {
            for (audience, record) in entries {
                let log = Log::of(*audience);
                let outline = Outline::read(&record.value);
                let owner = writing.myself(log)?;
                writing.append(owner, record, &outline)?;
                if outline.kind == "erase"
                    && let Body::Erase(body) = Envelope::read(&record.value).body
                {
                    writing.erase_own(log, &body.ids)?;
                }
            }
            Ok(())
        })
    }
}

impl Writing<'_> {
    fn append(&mut self, owner: Owner, record: &Record, outline: &Outline) -> Result<(), StoreError> {
        let (log, to) = (owner.log, &self.transaction);
        let name = DocumentName::of_kind(self.memory.device(log), record.written, &outline.kind);
        let loaded = self.loaded.get(to, self.memory.tail(log), owner, name)?;
        if find_row(to, log, self.memory.tail(log), record.id)?.is_some() || is_erased_by(to, owner, record.id)? {
            return Err(StoreError::IdTaken);
        }
        let change = loaded.tip.then(record)?;
        let row = NewRow { owner, document: loaded.id, record, outline, change: Some(change.raw_bytes()) };
        row.append(to, self.memory.tail_mut(log))?;
        self.touched(outline);
        Ok(())
    }

    /// An entry came or went: what was made of entries of its kind must be made anew.
    pub(super) fn touched(&mut self, outline: &Outline) {
        if outline.kind == "together_set" {
            self.memory.together = None;
        }
    }
}
