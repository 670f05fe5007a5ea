//! Everything that a file holds, for tests and for the person whose it is.

use super::document::Document;
use super::entries::EntryQuery;
use super::tables::{PRIVATE, SHARED};
use super::{Store, StoreError};
use crate::journal::{Audience, DeviceId, Entry, Month, Record, Whose};

/// Everything that a file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Dump {
    /// Every entry of the read model, newest first.
    pub entries: Vec<Entry>,
    /// Every document.
    pub documents: Vec<DumpedDocument>,
}

/// A document, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DumpedDocument {
    /// Who may hold it.
    pub audience: Audience,
    /// Whose log it is of.
    pub whose: Whose,
    /// The device that writes it.
    pub device: DeviceId,
    /// The local month of writing, or the place of erasures.
    pub month: Month,
    /// Its entries, in order.
    pub records: Vec<Record>,
}

impl Store {
    /// Everything that the file holds. Loads every document.
    pub fn dump(&self) -> Result<Dump, StoreError> {
        let mut documents = Vec::new();
        for tables in [PRIVATE, SHARED] {
            let mut statement = self.connection.prepare_cached(tables.all_documents)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (id, whose, device, month) = (row.get(0)?, row.get(2)?, row.get(3)?, row.get(4)?);
                let records = Document::load(&self.connection, tables, id, device)?.records()?;
                documents.push(DumpedDocument { audience: tables.audience, whose, device, month, records });
            }
        }
        Ok(Dump { entries: self.entries(&EntryQuery::default())?, documents })
    }
}
