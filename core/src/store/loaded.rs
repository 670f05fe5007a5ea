//! The few documents that this phone writes: their ends are in memory.

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use super::chain::{ChainEnd, write_chain};
use super::document::Document;
use super::log::{Log, sql};
use super::rows::Owner;
use super::tail::Tail;
use super::tip::Tip;
use crate::journal::DocumentName;

/// A document that was loaded, and where it stands in the file.
pub(super) struct LoadedDocument {
    owner: Owner,
    name: DocumentName,
    /// Its row.
    pub(super) id: i64,
    pub(super) tip: Tip,
}

/// The few documents that were written last. Settling and compaction leave their ends where they are.
#[derive(Default)]
pub(super) struct Loaded {
    documents: Vec<LoadedDocument>,
    /// How many documents with entries were loaded so far.
    pub(super) count: u64,
}

impl Loaded {
    /// A device writes one month of each log at a time, its erasures, and a month as it turns.
    const MOST: usize = 4;

    /// An own document, loaded if it is not, and made where there is none.
    pub(super) fn get(
        &mut self,
        from: &Connection,
        tail: &Tail,
        owner: Owner,
        name: DocumentName,
    ) -> Result<&mut LoadedDocument, StoreError> {
        let at = self.documents.iter().position(|loaded| loaded.owner == owner && loaded.name == name);
        match at {
            // The one used last stands last.
            Some(at) => {
                let loaded = self.documents.remove(at);
                self.documents.push(loaded);
            }
            None => {
                if self.documents.len() >= Self::MOST {
                    self.documents.remove(0);
                }
                let loaded = self.load(from, tail, owner, name)?;
                self.documents.push(loaded);
            }
        }
        self.documents.last_mut().ok_or(StoreError::Damaged)
    }

    fn load(
        &mut self,
        from: &Connection,
        tail: &Tail,
        owner: Owner,
        name: DocumentName,
    ) -> Result<LoadedDocument, StoreError> {
        let id = find_or_begin_document(from, owner, name)?;
        let tip = Document::load(from, tail, id, name.device)?.tip()?;
        self.count += u64::from(tip.last.is_some());
        Ok(LoadedDocument { owner, name, id, tip })
    }

    /// Forgets a document whose chunks were changed without it.
    pub(super) fn forget(&mut self, log: Log, id: i64) {
        self.documents.retain(|loaded| (loaded.owner.log, loaded.id) != (log, id));
    }

    /// Forgets all of them.
    pub(super) fn forget_all(&mut self) {
        self.documents.clear();
    }
}

/// The row of a document.
pub(super) fn find_document(from: &Connection, owner: Owner, name: DocumentName) -> Result<Option<i64>, StoreError> {
    let sql = sql!(
        owner.log,
        "SELECT id FROM ",
        LOG,
        "_document WHERE pairing = ?1 AND whose = ?2 AND device = ?3 AND month = ?4"
    );
    let key = params![owner.pairing, owner.whose, name.device, name.month];
    Ok(from.prepare_cached(sql)?.query_row(key, |row| row.get(0)).optional()?)
}

/// The row of a document, which is made where there is none.
pub(super) fn find_or_make_document(to: &Connection, owner: Owner, name: DocumentName) -> Result<i64, StoreError> {
    if let Some(document) = find_document(to, owner, name)? {
        return Ok(document);
    }
    let sql = sql!(owner.log, "INSERT INTO ", LOG, "_document(pairing, whose, device, month) VALUES (?1, ?2, ?3, ?4)");
    to.prepare_cached(sql)?.execute(params![owner.pairing, owner.whose, name.device, name.month])?;
    Ok(to.last_insert_rowid())
}

/// The row of an own document. A shared one has the end of a chain from the beginning, for whoever asks which
/// documents there are while its first entries wait.
fn find_or_begin_document(to: &Connection, owner: Owner, name: DocumentName) -> Result<i64, StoreError> {
    if let Some(document) = find_document(to, owner, name)? {
        return Ok(document);
    }
    let document = find_or_make_document(to, owner, name)?;
    if owner.log == Log::Shared {
        write_chain(to, document, &ChainEnd::default())?;
    }
    Ok(document)
}

/// A document's row.
#[derive(Debug, Clone, Copy)]
pub(super) struct DocumentRow {
    pub(super) id: i64,
    pub(super) owner: Owner,
    pub(super) name: DocumentName,
}

/// Every document of a log.
pub(super) fn all_documents(from: &Connection, log: Log) -> Result<Vec<DocumentRow>, StoreError> {
    let sql = sql!(log, "SELECT pairing, whose, device, month, id FROM ", LOG, "_document ORDER BY id");
    let mut statement = from.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| document_row(log, row))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The document with this row.
pub(super) fn read_document(from: &Connection, log: Log, id: i64) -> Result<DocumentRow, StoreError> {
    let sql = sql!(log, "SELECT pairing, whose, device, month, id FROM ", LOG, "_document WHERE id = ?1");
    Ok(from.prepare_cached(sql)?.query_row([id], |row| document_row(log, row))?)
}

fn document_row(log: Log, row: &rusqlite::Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        owner: Owner { log, pairing: row.get(0)?, whose: row.get(1)? },
        name: DocumentName { device: row.get(2)?, month: row.get(3)? },
        id: row.get(4)?,
    })
}
