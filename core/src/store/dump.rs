//! Everything that a file holds, for tests and for the person whose it is.

use super::chunk::records_of;
use super::entries::EntryQuery;
use super::loaded::all_documents;
use super::log::Log;
use super::{Store, StoreError};
use crate::journal::{Audience, DocumentName, Entry, Record, Whose};

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
    /// The device that writes it, and the month or the place of erasures.
    pub name: DocumentName,
    /// Its entries, in order.
    pub records: Vec<Record>,
}

impl Store {
    /// Everything that the file holds. Reads every document.
    pub fn dump(&self) -> Result<Dump, StoreError> {
        let mut documents = Vec::new();
        for log in Log::BOTH {
            for row in all_documents(&self.connection, log)? {
                let records = records_of(&self.connection, self.memory.tail(log), row.id, row.name.device)?;
                let (audience, whose) = (log.audience(), row.owner.whose);
                documents.push(DumpedDocument { audience, whose, name: row.name, records });
            }
        }
        Ok(Dump { entries: self.entries(&EntryQuery::default())?, documents })
    }
}
