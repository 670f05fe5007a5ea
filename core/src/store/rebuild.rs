//! The read model made anew from the documents.

use super::document::Document;
use super::erase::document_records;
use super::rows::insert_entry;
use super::tables::{PRIVATE, SHARED, Tables};
use super::{Store, StoreError, shelf};
use crate::journal::{Body, Chain, DeviceId, Envelope, Whose};

impl Store {
    /// Drops the read model and makes it anew from the documents.
    pub fn rebuild_read_model(&mut self) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for tables in [PRIVATE, SHARED] {
            transaction.execute_batch(tables.clear)?;
        }
        transaction.execute_batch("DELETE FROM searchable; INSERT INTO search(search) VALUES ('delete-all');")?;
        for tables in [PRIVATE, SHARED] {
            for (document, whose, device) in documents(&transaction, tables)? {
                for record in Document::load(&transaction, tables, document, device)?.records()? {
                    let envelope = Envelope::read(&record.value);
                    insert_entry(&transaction, tables, document, whose, &record, &envelope)?;
                    if let Body::Erase(body) = &envelope.body {
                        for id in &body.ids {
                            transaction.prepare_cached(tables.insert_erased)?.execute([id])?;
                        }
                    }
                }
            }
        }
        for (document, ..) in documents(&transaction, SHARED)? {
            let records = document_records(&transaction, SHARED, document)?;
            shelf::set_chain(&transaction, document, Chain::over(&records), &records)?;
        }
        Ok(transaction.commit()?)
    }
}

/// Row id, owner and device of every document of a log.
pub(super) fn documents(
    from: &rusqlite::Connection,
    tables: &Tables,
) -> Result<Vec<(i64, Whose, DeviceId)>, StoreError> {
    let mut statement = from.prepare_cached(tables.all_documents)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(2)?, row.get(3)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
