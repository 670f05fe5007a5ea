//! Appending: one durable transaction for the change of the document and the rows of the read model.

use rusqlite::{Connection, OptionalExtension, params};

use super::chunk::{Chunk, push_chunk};
use super::erase::{self, Dirty};
use super::pairing::Pairing;
use super::rows::insert_entry;
use super::tables::{self, Tables};
use super::{Store, StoreError, shelf};
use crate::journal::{Audience, Body, DocumentName, Envelope, Record, Whose};

impl Store {
    /// Appends own entries: all of them, or none. They are durable when this returns. An entry that erases
    /// others takes their text away in the same transaction.
    ///
    /// Fails with `NotPaired` for a shared entry without a pairing, `IdTaken`, `Full` or `Damaged`.
    pub fn append(&mut self, entries: &[(Audience, Record)]) -> Result<(), StoreError> {
        let done = self.append_all(entries);
        if done.is_err() {
            self.loaded.forget_all();
        }
        if done? {
            self.truncate_wal()?;
        }
        Ok(())
    }

    /// Whether anything was erased.
    fn append_all(&mut self, entries: &[(Audience, Record)]) -> Result<bool, StoreError> {
        let [private, shared] = self.devices;
        let transaction = self.connection.transaction()?;
        let mut dirty = Dirty::default();
        for (audience, record) in entries {
            let tables = tables::of(*audience);
            let device = match audience {
                Audience::OnlyMe => private,
                Audience::Both => shared,
            };
            let pairing = pairing_row(*audience, self.pairing)?;
            let envelope = Envelope::read(&record.value);
            let name = DocumentName::of(device, record.written, &envelope.body);
            let document = find_or_make_document(&transaction, tables, pairing, Whose::Mine, name)?;
            let loaded = self.loaded.get(&transaction, tables, document, device)?;
            let change = loaded.append(record)?;
            push_chunk(&transaction, tables, document, Chunk::Change, &change)?;
            insert_entry(&transaction, tables, document, Whose::Mine, record, &envelope)?;
            if *audience == Audience::Both {
                shelf::extend_chain(&transaction, document, std::slice::from_ref(record))?;
            }
            if let Body::Erase(body) = &envelope.body {
                erase::erase(&transaction, tables, Whose::Mine, &body.ids, &mut dirty)?;
                if *audience == Audience::OnlyMe {
                    // What was shared under an earlier pairing is within reach on this phone alone.
                    erase::erase(&transaction, tables::SHARED, Whose::Mine, &body.ids, &mut dirty)?;
                }
            }
        }
        let erased = dirty.rebuild(&transaction, &mut self.loaded)?;
        transaction.commit()?;
        Ok(erased)
    }
}

/// The pairing that entries of this audience are written under; 0 in the private log.
fn pairing_row(audience: Audience, pairing: Option<Pairing>) -> Result<i64, StoreError> {
    match audience {
        Audience::OnlyMe => Ok(0),
        Audience::Both => pairing.map(|pairing| pairing.row).ok_or(StoreError::NotPaired),
    }
}

/// The row id of a document.
pub(super) fn find_document(
    from: &Connection,
    tables: &Tables,
    pairing: i64,
    whose: Whose,
    name: DocumentName,
) -> Result<Option<i64>, StoreError> {
    let mut statement = from.prepare_cached(tables.find_document)?;
    Ok(statement.query_row(params![pairing, whose, name.device, name.month], |row| row.get(0)).optional()?)
}

/// The row id of a document, which is made where there is none.
pub(super) fn find_or_make_document(
    to: &Connection,
    tables: &Tables,
    pairing: i64,
    whose: Whose,
    name: DocumentName,
) -> Result<i64, StoreError> {
    if let Some(document) = find_document(to, tables, pairing, whose, name)? {
        return Ok(document);
    }
    to.prepare_cached(tables.insert_document)?.execute(params![pairing, whose, name.device, name.month])?;
    Ok(to.last_insert_rowid())
}
