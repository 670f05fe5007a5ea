//! The together document: an Automerge document that both phones make of the same sets.
//!
//! A set is an entry of its writer's log; it names the sets that its writer had seen. Both phones apply
//! all sets in the same order, each as one change by its writer's device at exactly the state that the
//! writer saw. So what was set at the same time is a conflict in Automerge's own sense, both versions
//! stay, both phones show the same one, and not one Automerge byte crosses the wire.

use std::collections::{BTreeMap, BTreeSet};

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ChangeHash, PatchLog, ROOT, ReadDoc, ScalarValue, Value};
use rusqlite::{Row, params};

use super::{Store, StoreError};
use crate::journal::{Body, DeviceId, EntryId, Envelope, TogetherField, TogetherSet, TogetherValue};

/// The together document as it stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TogetherState {
    versions: BTreeMap<TogetherField, Vec<TogetherValue>>,
    /// The newest sets: those that no other has seen. The next set names them.
    pub seen: Vec<EntryId>,
}

impl TogetherState {
    /// The versions of a field: first the one that is shown, then those set at the same time.
    pub fn versions(&self, field: TogetherField) -> Vec<TogetherValue> {
        self.versions.get(&field).cloned().unwrap_or_default()
    }
}

impl Store {
    /// The together document of the pairing in force; empty where there is none.
    pub fn together(&self) -> Result<TogetherState, StoreError> {
        let Some(pairing) = self.pairing else { return Ok(TogetherState::default()) };
        let sql = "SELECT e.id, d.device, e.value FROM shared_entry e JOIN shared_document d ON d.id = e.document
                   WHERE e.kind = 'together_set' AND d.pairing = ?1 ORDER BY e.id";
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?));
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut sets = BTreeMap::new();
        for row in statement.query_map(params![pairing.row], read)? {
            let (id, device, value) = row?;
            if let Body::TogetherSet(set) = Envelope::read(&value).body {
                sets.insert(id, (device, set));
            }
        }
        state_of(&sets)
    }
}

/// The sets of a document: who wrote each, and what.
type Sets = BTreeMap<EntryId, (DeviceId, TogetherSet)>;

/// The document that these sets make. It depends on nothing but the sets.
fn state_of(sets: &Sets) -> Result<TogetherState, StoreError> {
    let (document, _) = build(sets)?;
    let mut versions = BTreeMap::new();
    for field in TogetherField::ALL {
        let shown = document.get(ROOT, field.name()).map_err(|_| StoreError::Damaged)?;
        let all = document.get_all(ROOT, field.name()).map_err(|_| StoreError::Damaged)?;
        let shown_first = |id: &automerge::ObjId| shown.as_ref().is_none_or(|(_, first)| first != id);
        let mut all: Vec<_> = all.into_iter().map(|(value, id)| (shown_first(&id), value)).collect();
        all.sort_by_key(|(other, _)| *other);
        let values = all.into_iter().map(|(_, value)| read_value(&value)).collect::<Result<Vec<_>, _>>()?;
        versions.insert(field, without_repeats(values));
    }
    let seen: BTreeSet<&EntryId> = sets.values().flat_map(|(_, set)| &set.seen).collect();
    let newest = sets.keys().filter(|id| !seen.contains(id)).copied().collect();
    Ok(TogetherState { versions, seen: newest })
}

/// Applies the sets, each after all that it had seen, those that are free in order of their ids.
fn build(sets: &Sets) -> Result<(Automerge, BTreeMap<EntryId, ChangeHash>), StoreError> {
    let mut document = Automerge::new();
    let mut made: BTreeMap<EntryId, ChangeHash> = BTreeMap::new();
    let mut waiting: BTreeSet<EntryId> = sets.keys().copied().collect();
    while !waiting.is_empty() {
        // What was erased, or never came, is not waited for; nor is a circle, which no honest phone makes.
        let is_free = |id: &&EntryId| {
            let (_, set) = sets.get(*id)?;
            Some(set.seen.iter().all(|seen| !waiting.contains(seen)))
        };
        let free = waiting.iter().find(|id| is_free(id).unwrap_or(true)).or(waiting.first()).copied();
        let Some((id, (device, set))) = free.and_then(|id| Some((id, sets.get(&id)?))) else { break };
        waiting.remove(&id);
        let heads: Vec<ChangeHash> = set.seen.iter().filter_map(|seen| made.get(seen)).copied().collect();
        made.insert(id, apply(&mut document, id, *device, set, &heads)?);
    }
    Ok((document, made))
}

fn apply(
    document: &mut Automerge,
    id: EntryId,
    device: DeviceId,
    set: &TogetherSet,
    heads: &[ChangeHash],
) -> Result<ChangeHash, StoreError> {
    document.set_actor(ActorId::from(device.0));
    // The id goes first: Automerge takes a set to the value that is there already for no change at all.
    let mut bytes = id.as_bytes().to_vec();
    ciborium::into_writer(&set.value, &mut bytes).map_err(|_| StoreError::Damaged)?;
    let mut transaction = document.transaction_at(PatchLog::inactive(), heads).map_err(|_| StoreError::Damaged)?;
    transaction.put(ROOT, set.field.name(), ScalarValue::Bytes(bytes)).map_err(|_| StoreError::Damaged)?;
    let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(0));
    hash.ok_or(StoreError::Damaged)
}

fn read_value(value: &Value<'_>) -> Result<TogetherValue, StoreError> {
    match value {
        Value::Scalar(scalar) => match scalar.as_ref() {
            ScalarValue::Bytes(bytes) => {
                let (_, value) = bytes.split_first_chunk::<16>().ok_or(StoreError::Damaged)?;
                ciborium::from_reader(value).map_err(|_| StoreError::Damaged)
            }
            _ => Err(StoreError::Damaged),
        },
        Value::Object(_) => Err(StoreError::Damaged),
    }
}

/// Both set the same: that is one version.
fn without_repeats(values: Vec<TogetherValue>) -> Vec<TogetherValue> {
    let mut kept: Vec<TogetherValue> = Vec::new();
    for value in values {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}
