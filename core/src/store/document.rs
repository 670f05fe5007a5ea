//! Automerge documents: one per device and month, linear, loaded when they are written.
//!
//! A document is a deterministic function of its entries: each is one change by the document's device,
//! `put(ROOT, id, bytes)` at commit time 0, in order of ids ([`Tip::then`]). So two phones that hold the same
//! entries hold the same document, byte for byte, and no Automerge bytes ever come from another phone.

use automerge::{ActorId, Automerge, Change, ROOT, ReadDoc, ScalarValue, Value};
use rusqlite::Connection;

use super::StoreError;
use super::chunk::{ChunkKind, apply_batch, each_chunk};
use super::tail::Tail;
use super::tip::Tip;
use crate::journal::{DeviceId, EntryId, Record};

/// A document, in memory.
pub(super) struct Document(Automerge);

impl Document {
    /// A document without entries.
    pub(super) fn new(device: DeviceId) -> Self {
        Self(Automerge::new().with_actor(ActorId::from(device.0)))
    }

    /// The document that these entries make.
    #[cfg(test)]
    pub(super) fn of<'a>(device: DeviceId, records: impl IntoIterator<Item = &'a Record>) -> Result<Self, StoreError> {
        let mut document = Self::new(device);
        document.extend(records)?;
        Ok(document)
    }

    /// Loads a document from its chunks and the changes that wait. What does not fit together is `Damaged`, never passed over.
    pub(super) fn load(from: &Connection, tail: &Tail, id: i64, device: DeviceId) -> Result<Self, StoreError> {
        let mut document = Self::new(device);
        let mut changes: Vec<Change> = Vec::new();
        each_chunk(from, tail, id, |kind, bytes| {
            if kind != ChunkKind::Change {
                document.apply(std::mem::take(&mut changes))?;
            }
            match kind {
                ChunkKind::Snapshot => {
                    let loaded = Automerge::load(bytes).map_err(|_| StoreError::Damaged)?;
                    document = Self(loaded.with_actor(ActorId::from(device.0)));
                    Ok(())
                }
                ChunkKind::Change => {
                    changes.push(Change::from_bytes(bytes.to_vec()).map_err(|_| StoreError::Damaged)?);
                    Ok(())
                }
                ChunkKind::Batch => apply_batch(&mut document, bytes),
            }
        })?;
        document.apply(changes)?;
        Ok(document)
    }

    /// Adds entries.
    pub(super) fn extend<'a>(&mut self, records: impl IntoIterator<Item = &'a Record>) -> Result<(), StoreError> {
        let mut tip = self.tip()?;
        let changes = records.into_iter().map(|record| tip.then(record)).collect::<Result<_, _>>()?;
        self.apply(changes)
    }

    /// The document as one snapshot.
    pub(super) fn save(&self) -> Vec<u8> {
        self.0.save()
    }

    /// Where it ends. Fails with `Damaged` for a document that was not made here.
    pub(super) fn tip(&self) -> Result<Tip, StoreError> {
        let (heads, stats) = (self.0.get_heads(), self.0.stats());
        if heads.len() > 1 || stats.num_changes != stats.num_ops {
            return Err(StoreError::Damaged);
        }
        let last = self.0.keys(ROOT).max();
        let last = last.map(|key| EntryId::parse(&key).map_err(|_| StoreError::Damaged)).transpose()?;
        let (actor, head) = (self.0.get_actor().clone(), heads.first().copied());
        Ok(Tip { actor, head, changes: stats.num_changes, last })
    }

    /// The entries in it, in order of their ids.
    pub(super) fn records(&self) -> Result<Vec<Record>, StoreError> {
        let mut records = Vec::new();
        for key in self.0.keys(ROOT) {
            let id = EntryId::parse(&key).map_err(|_| StoreError::Damaged)?;
            let stored = match self.0.get(ROOT, key.as_str()) {
                Ok(Some((Value::Scalar(value), _))) => match value.into_owned() {
                    ScalarValue::Bytes(stored) => stored,
                    _ => return Err(StoreError::Damaged),
                },
                _ => return Err(StoreError::Damaged),
            };
            records.push(Record::from_stored(id, &stored).map_err(|_| StoreError::Damaged)?);
        }
        records.sort_by_key(|record| record.id);
        Ok(records)
    }

    /// Adds changes. Those that have no place in the document would only wait for one: that is an error.
    fn apply(&mut self, changes: Vec<Change>) -> Result<(), StoreError> {
        let Some(last) = changes.last().map(Change::hash) else { return Ok(()) };
        self.0.apply_changes(changes).map_err(|_| StoreError::Damaged)?;
        if self.0.get_heads() == [last] { Ok(()) } else { Err(StoreError::Damaged) }
    }
}
