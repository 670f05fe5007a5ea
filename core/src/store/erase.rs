//! Erasing: text leaves the rows, the search index and the documents, and the pages that held it.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::StoreError;
use super::chunk::replace_chunks;
use super::document::{Document, Loaded};
use super::rows::{Stored, find_entry, references};
use super::search;
use super::shelf;
use super::tables::{self, Tables};
use crate::journal::{Audience, Body, Chain, DeviceId, EntryId, Envelope, Record, Whose};

/// Documents from which entries were taken, and which must be made anew.
#[derive(Default)]
pub(super) struct Dirty(BTreeSet<(Audience, i64)>);

/// Takes entries of one person out of a log's rows, and remembers their ids, so that they are refused
/// should they come later. Entries that erase cannot be erased.
pub(super) fn erase(
    from: &Connection,
    tables: &Tables,
    whose: Whose,
    ids: &[EntryId],
    dirty: &mut Dirty,
) -> Result<(), StoreError> {
    for id in ids {
        match find_entry(from, tables, *id)? {
            Some(stored) if stored.whose != whose => continue,
            Some(stored) => {
                let envelope = Envelope::read(&stored.record.value);
                if matches!(envelope.body, Body::Erase(_)) {
                    continue;
                }
                search::forget(from, *id, &envelope.body)?;
                for target in references(&envelope) {
                    from.prepare_cached(tables.drop_references)?.execute(params![target, id])?;
                }
                from.prepare_cached(tables.drop_entry)?.execute([id])?;
                dirty.0.insert((tables.audience, stored.document));
            }
            None => {}
        }
        from.prepare_cached(tables.insert_erased)?.execute([id])?;
    }
    Ok(())
}

impl Dirty {
    /// Makes the documents anew from the entries that are left, and the chains with them; the old chunks
    /// are overwritten (`secure_delete`). Whether there was any.
    pub(super) fn rebuild(self, to: &Connection, loaded: &mut Loaded) -> Result<bool, StoreError> {
        let any = !self.0.is_empty();
        for (audience, document) in self.0 {
            let tables = tables::of(audience);
            let device: DeviceId = to
                .prepare_cached(match audience {
                    Audience::OnlyMe => "SELECT device FROM private_document WHERE id = ?1",
                    Audience::Both => "SELECT device FROM shared_document WHERE id = ?1",
                })?
                .query_row([document], |row| row.get(0))?;
            let records = document_records(to, tables, document)?;
            replace_chunks(to, tables, document, &Document::of(device, &records)?.save())?;
            loaded.forget(audience, document);
            if audience == Audience::Both {
                shelf::set_chain(to, document, Chain::over(&records), &records)?;
            }
        }
        Ok(any)
    }
}

/// The entries of a document by its rows, in order.
pub(super) fn document_records(from: &Connection, tables: &Tables, document: i64) -> Result<Vec<Record>, StoreError> {
    let mut statement = from.prepare_cached(tables.document_entries)?;
    let rows = statement.query_map([document], Stored::read)?;
    Ok(rows.map(|row| row.map(|stored| stored.record)).collect::<Result<_, _>>()?)
}
