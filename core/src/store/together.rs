//! The together document: an Automerge document that both phones make of the same sets.
//!
//! A set is an entry of its writer's log; it names the sets that its writer had seen. Both phones apply
//! all sets in the same order, each as one change by its writer's device at exactly the state that the
//! writer saw. So what was set at the same time is a conflict in Automerge's own sense, both versions
//! stay, both phones show the same one, and not one Automerge byte crosses the wire.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ChangeHash, PatchLog, ROOT, ReadDoc, ScalarValue, Value};

use super::entries::EntryQuery;
use super::{Store, StoreError};
use crate::journal::{Audience, Body, DeviceId, EntryId, Envelope, TogetherField, TogetherSet, TogetherValue};

/// The together document as it stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TogetherState {
    versions: BTreeMap<TogetherField, Vec<TogetherValue>>,
    /// The newest sets: those that no other has seen. The next set names them.
    pub seen: Vec<EntryId>,
}

/// The most sets that the next one names. Two honest phones have a few; a million that a tampered app
/// sent must not keep this person from setting anything.
const MOST_SEEN: usize = 256;

impl TogetherState {
    /// The versions of a field: first the one that is shown, then those set at the same time.
    pub fn versions(&self, field: TogetherField) -> Vec<TogetherValue> {
        self.versions.get(&field).cloned().unwrap_or_default()
    }
}

impl Store {
    /// The together document of the pairing in force; empty where there is none.
    pub fn together(&mut self) -> Result<Arc<TogetherState>, StoreError> {
        if let Some(state) = &self.memory.together {
            return Ok(state.clone());
        }
        let state = Arc::new(Sets(self.sets()?).state()?);
        self.memory.together = Some(state.clone());
        Ok(state)
    }

    /// The sets in both logs of the pairing in force, and who wrote each.
    fn sets(&self) -> Result<BTreeMap<EntryId, (DeviceId, TogetherSet)>, StoreError> {
        let query = EntryQuery {
            audience: Some(Audience::Both),
            kinds: &["together_set"],
            current_pairing: true,
            ..EntryQuery::default()
        };
        let sql = "SELECT e.id, d.device, e.value FROM shared_entry e JOIN shared_document d ON d.id = e.document
                   WHERE e.row = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut sets = BTreeMap::new();
        for (_, _, row) in self.rows(&query)? {
            let (id, device, value): (_, _, Vec<u8>) =
                statement.query_row([row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            if let Body::TogetherSet(set) = Envelope::read(&value).body {
                sets.insert(id, (device, set));
            }
        }
        Ok(sets)
    }
}

/// The sets of a document: who wrote each, and what.
#[derive(Default)]
pub(super) struct Sets(pub(super) BTreeMap<EntryId, (DeviceId, TogetherSet)>);

impl Sets {
    /// The document that these sets make, and what it says. Both depend on nothing but the sets.
    pub(super) fn state(&self) -> Result<TogetherState, StoreError> {
        let before = self.before();
        let document = self.document(&before)?;
        let mut versions = BTreeMap::new();
        for field in TogetherField::ALL {
            versions.insert(field, read_versions(&document, field)?);
        }
        let seen: BTreeSet<&EntryId> = before.values().flatten().collect();
        let mut newest: Vec<EntryId> = self.0.keys().filter(|id| !seen.contains(id)).copied().collect();
        newest.drain(..newest.len().saturating_sub(MOST_SEEN));
        Ok(TogetherState { versions, seen: newest })
    }

    /// The sets that each one comes after: those that its writer had seen, and the one that the same
    /// device wrote before. What was erased, or never came, is not waited for.
    fn before(&self) -> BTreeMap<EntryId, BTreeSet<EntryId>> {
        let mut last_of: BTreeMap<DeviceId, EntryId> = BTreeMap::new();
        let mut before = BTreeMap::new();
        for (id, (device, set)) in &self.0 {
            let seen = set.seen.iter().filter(|seen| *seen != id && self.0.contains_key(seen));
            before.insert(*id, seen.copied().chain(last_of.insert(*device, *id)).collect());
        }
        before
    }

    /// Every set after all that come before it; of those that are free, the one with the smallest id.
    fn order(&self, before: &BTreeMap<EntryId, BTreeSet<EntryId>>) -> Vec<EntryId> {
        let mut after: BTreeMap<EntryId, Vec<EntryId>> = BTreeMap::new();
        let mut waits_for: BTreeMap<EntryId, usize> = BTreeMap::new();
        for (id, before) in before {
            waits_for.insert(*id, before.len());
            before.iter().for_each(|first| after.entry(*first).or_default().push(*id));
        }
        let mut free: BTreeSet<EntryId> = waits_for.iter().filter(|(_, n)| **n == 0).map(|(id, _)| *id).collect();
        let mut order = Vec::with_capacity(waits_for.len());
        // Where nothing is free, sets wait for each other in a circle, which no honest phone makes: the
        // smallest id goes first.
        while let Some(id) = free.pop_first().or_else(|| waits_for.first_key_value().map(|(id, _)| *id)) {
            if waits_for.remove(&id).is_none() {
                continue;
            }
            order.push(id);
            for next in after.remove(&id).unwrap_or_default() {
                if let Some(count) = waits_for.get_mut(&next) {
                    *count -= 1;
                    if *count == 0 {
                        free.insert(next);
                    }
                }
            }
        }
        order
    }

    fn document(&self, before: &BTreeMap<EntryId, BTreeSet<EntryId>>) -> Result<Automerge, StoreError> {
        let mut document = Automerge::new();
        let mut made: BTreeMap<EntryId, ChangeHash> = BTreeMap::new();
        for id in self.order(before) {
            let Some((device, set)) = self.0.get(&id) else { continue };
            let heads: Vec<ChangeHash> =
                before.get(&id).into_iter().flatten().filter_map(|id| made.get(id)).copied().collect();
            made.insert(id, apply(&mut document, id, *device, set, &heads)?);
        }
        Ok(document)
    }
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

/// The versions of a field, the one that Automerge chose first. What both set alike is one version.
fn read_versions(document: &Automerge, field: TogetherField) -> Result<Vec<TogetherValue>, StoreError> {
    let chosen = document.get(ROOT, field.name()).map_err(|_| StoreError::Damaged)?;
    let all = document.get_all(ROOT, field.name()).map_err(|_| StoreError::Damaged)?;
    let mut known: BTreeSet<Vec<u8>> = BTreeSet::new();
    let mut versions = Vec::new();
    for (value, _) in chosen.into_iter().chain(all) {
        let bytes = match value {
            Value::Scalar(scalar) => match scalar.into_owned() {
                ScalarValue::Bytes(bytes) => bytes,
                _ => return Err(StoreError::Damaged),
            },
            Value::Object(_) => return Err(StoreError::Damaged),
        };
        let (_, value) = bytes.split_first_chunk::<16>().ok_or(StoreError::Damaged)?;
        if known.insert(value.to_vec()) {
            versions.push(ciborium::from_reader(value).map_err(|_| StoreError::Damaged)?);
        }
    }
    Ok(versions)
}
