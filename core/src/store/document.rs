//! Automerge documents: one per device and month, linear, loaded when they are written.
//!
//! A document is a deterministic function of its entries: each is one change by the document's device,
//! `put(ROOT, id, bytes)` at commit time 0, in order of ids. So two phones that hold the same entries
//! hold the same document, byte for byte, and no Automerge bytes ever come from another phone.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ROOT, ReadDoc, ScalarValue, Value};
use rusqlite::Connection;

use super::StoreError;
use super::chunk::{Chunk, read_batch};
use super::tables::Tables;
use crate::journal::{Audience, DeviceId, EntryId, Record};

/// A document, in memory.
pub(super) struct Document(Automerge);

impl Document {
    /// A document without entries.
    pub(super) fn new(device: DeviceId) -> Self {
        Self(Automerge::new().with_actor(ActorId::from(device.0)))
    }

    /// The document that these entries make.
    pub(super) fn of<'a>(device: DeviceId, records: impl IntoIterator<Item = &'a Record>) -> Result<Self, StoreError> {
        let mut document = Self::new(device);
        for record in records {
            document.append(record)?;
        }
        Ok(document)
    }

    /// Loads a document from its chunks.
    pub(super) fn load(from: &Connection, tables: &Tables, id: i64, device: DeviceId) -> Result<Self, StoreError> {
        let mut document = Self::new(device);
        let mut statement = from.prepare_cached(tables.chunks)?;
        let mut rows = statement.query([id])?;
        while let Some(row) = rows.next()? {
            let (kind, bytes): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            match Chunk::from_kind(kind).ok_or(StoreError::Damaged)? {
                Chunk::Snapshot => {
                    let loaded = Automerge::load(&bytes).map_err(|_| StoreError::Damaged)?;
                    document = Self(loaded.with_actor(ActorId::from(device.0)));
                }
                Chunk::Change => {
                    let before = document.0.get_heads();
                    let loaded = document.0.load_incremental(&bytes).map_err(|_| StoreError::Damaged)?;
                    // A chunk that does not fit is passed over without an error.
                    if loaded == 0 || document.0.get_heads() == before {
                        return Err(StoreError::Damaged);
                    }
                }
                Chunk::Received => {
                    for record in read_batch(&bytes)? {
                        document.append(&record)?;
                    }
                }
            }
        }
        Ok(document)
    }

    /// Appends an entry; returns the change, to be kept as a chunk.
    pub(super) fn append(&mut self, record: &Record) -> Result<Vec<u8>, StoreError> {
        let mut transaction = self.0.transaction();
        let key = record.id.to_string();
        transaction.put(ROOT, key, ScalarValue::Bytes(record.to_stored())).map_err(|_| StoreError::Damaged)?;
        transaction.commit_with(CommitOptions::default().with_time(0));
        let change = self.0.get_last_local_change().ok_or(StoreError::Damaged)?;
        Ok(change.raw_bytes().to_vec())
    }

    /// The document as one snapshot.
    pub(super) fn save(&self) -> Vec<u8> {
        self.0.save()
    }

    /// The entries in it, in order of their ids.
    pub(super) fn records(&self) -> Result<Vec<Record>, StoreError> {
        let mut records = Vec::new();
        for key in self.0.keys(ROOT) {
            let id = EntryId::parse(&key).map_err(|_| StoreError::Damaged)?;
            match self.0.get(ROOT, key.as_str()) {
                Ok(Some((Value::Scalar(value), _))) => match value.as_ref() {
                    ScalarValue::Bytes(stored) => {
                        records.push(Record::from_stored(id, stored).map_err(|_| StoreError::Damaged)?);
                    }
                    _ => return Err(StoreError::Damaged),
                },
                _ => return Err(StoreError::Damaged),
            }
        }
        records.sort_by_key(|record| record.id);
        Ok(records)
    }
}

/// The few documents that were used last.
#[derive(Default)]
pub(super) struct Loaded {
    documents: Vec<(Audience, i64, Document)>,
    /// How many documents were read from chunks so far.
    pub(super) count: u64,
}

impl Loaded {
    /// A device writes one month of each log, and a month as it turns.
    const MOST: usize = 4;

    /// The document with this row id, loaded if it is not.
    pub(super) fn get(
        &mut self,
        from: &Connection,
        tables: &Tables,
        id: i64,
        device: DeviceId,
    ) -> Result<&mut Document, StoreError> {
        let key = (tables.audience, id);
        let at = match self.documents.iter().position(|(audience, other, _)| (*audience, *other) == key) {
            Some(at) => at,
            None => {
                let document = Document::load(from, tables, id, device)?;
                self.count += 1;
                if self.documents.len() >= Self::MOST {
                    self.documents.remove(0);
                }
                self.documents.push((tables.audience, id, document));
                self.documents.len() - 1
            }
        };
        self.documents.get_mut(at).map(|(_, _, document)| document).ok_or(StoreError::Damaged)
    }

    /// Forgets a document whose chunks were changed without it.
    pub(super) fn forget(&mut self, audience: Audience, id: i64) {
        self.documents.retain(|(a, other, _)| (*a, *other) != (audience, id));
    }

    /// Forgets all of them: after a transaction that failed they may hold what the file does not.
    pub(super) fn forget_all(&mut self) {
        self.documents.clear();
    }
}
