//! The holder's side of the partner's log: checks what comes, keeps it, and gives back what its owner
//! has lost.

use std::collections::{BTreeMap, BTreeSet};

use super::chaining::{chain_without, erased_by};
use super::event::{Ended, ExchangeEvent, Objection};
use super::limits::{BATCH_ENTRIES, Limits, RECONCILIATIONS, RETURN_BYTES, WANTED_DOCUMENTS};
use super::manifest::{LogId, Manifest, Point};
use super::message::{Batch, Held};
use super::outgoing::{middle, short};
use super::pack::{Parts, Unpackable, pack, unpack};
use crate::journal::{Chain, DocumentName, EntryId, Whose};
use crate::sync::{DocumentState, Received, ReceivedDocument, Seal, Shelf, ShelfError};

/// The holder's side of the partner's log.
pub(super) struct Incoming {
    log: LogId,
    limits: Limits,
    state: State,
    /// How often the owner was told what is held since something was last kept.
    reconciliations: u8,
    /// How many entries the partner has still to send, as it says.
    pub remaining: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// What is held is what the owner thinks, as far as is known.
    Following,
    /// The owner was told what is held; until it agrees, nothing fits.
    Reconciling,
}

/// What became of a batch.
pub(super) enum Outcome {
    /// It is kept.
    Kept { counter: u64, event: ExchangeEvent, entries: u64 },
    /// It was sent before its owner knew what is held here.
    Dropped { entries: u64 },
    /// It does not fit; its owner is to be told what is held.
    Misfit { entries: u64 },
}

/// What is held of the partner's log.
struct Holding {
    seal: Option<Seal>,
    states: BTreeMap<DocumentName, DocumentState>,
    point: Point,
}

impl Incoming {
    pub(super) fn new(log: LogId, limits: Limits) -> Self {
        Self { log, limits, state: State::Following, reconciliations: 0, remaining: 0 }
    }

    /// The state of the partner's log that is held here.
    pub(super) fn point(&self, shelf: &mut dyn Shelf) -> Result<Point, ShelfError> {
        Ok(self.holding(shelf)?.point)
    }

    /// Whether it is open what the owner makes of what is held here.
    pub(super) fn is_reconciling(&self) -> bool {
        self.state == State::Reconciling
    }

    /// Tells the owner what is held here. Fails where that was in vain too often.
    pub(super) fn reconcile(&mut self, shelf: &mut dyn Shelf) -> Result<Held, Ended> {
        if self.reconciliations >= RECONCILIATIONS {
            return Err(Objection::DoesNotFit.into());
        }
        self.reconciliations += 1;
        self.state = State::Reconciling;
        let holding = self.holding(shelf)?;
        Ok(Held { seal: holding.seal, manifest: holding.manifest() })
    }

    /// The owner knows now what is held here.
    pub(super) fn agreed(&mut self, remaining: u64) -> Result<(), Objection> {
        if self.state != State::Reconciling {
            return Err(Objection::OutOfTurn);
        }
        self.state = State::Following;
        self.remaining = remaining;
        Ok(())
    }

    /// Checks a batch and keeps it, in one transaction, or nothing of it.
    pub(super) fn batch(&mut self, batch: Batch, shelf: &mut dyn Shelf) -> Result<Outcome, Ended> {
        let parts = unpack(&batch.packed).map_err(Objection::from)?;
        let entries = parts.iter().map(|(_, records)| records.len() as u64).sum();
        let mut holding = self.holding(shelf)?;
        if short(holding.point) != batch.base {
            return Ok(if self.is_reconciling() { Outcome::Dropped { entries } } else { Outcome::Misfit { entries } });
        }
        if batch.seal.counter <= holding.point.counter {
            return Err(Objection::OutOfTurn.into());
        }
        let Some(received) = holding.with(parts, batch.seal, shelf)? else {
            return Ok(Outcome::Misfit { entries });
        };
        holding.check(&self.limits)?;
        let counter = batch.seal.counter;
        let digest = holding.manifest().digest(&self.log, counter);
        if middle(Point { counter, digest }) != batch.digest {
            return Ok(Outcome::Misfit { entries });
        }
        let event = ExchangeEvent::Received {
            documents: received.documents.iter().map(|document| document.name).collect(),
            entries,
            erased: received.erased.len() as u64,
        };
        shelf.receive(received)?;
        self.reconciliations = 0;
        self.remaining = batch.remaining;
        Ok(Outcome::Kept { counter, event, entries })
    }

    /// Gives the owner what it asks for, as much as fits.
    pub(super) fn give_back(
        &self,
        wanted: &[(DocumentName, Option<EntryId>)],
        shelf: &mut dyn Shelf,
    ) -> Result<Vec<u8>, Ended> {
        if !self.is_reconciling() {
            return Err(Objection::OutOfTurn.into());
        }
        let mut parts = Parts::new();
        let (mut bytes, mut entries) = (RETURN_BYTES, BATCH_ENTRIES);
        for (name, after) in wanted.iter().take(WANTED_DOCUMENTS) {
            let mut after = *after;
            let mut given = Vec::new();
            while bytes > 0 && entries > 0 {
                let mut records = shelf.records(Whose::Theirs, *name, after, bytes)?;
                records.truncate(entries);
                let Some(last) = records.last() else {
                    break;
                };
                after = Some(last.id);
                entries -= records.len();
                bytes = records.iter().fold(bytes, |bytes, record| bytes.saturating_sub(record.value.len()));
                given.extend(records);
            }
            parts.push((*name, given));
            if bytes == 0 || entries == 0 {
                break;
            }
        }
        Ok(pack(&parts))
    }

    fn holding(&self, shelf: &mut dyn Shelf) -> Result<Holding, ShelfError> {
        let seal = shelf.standing()?.held;
        let states = shelf.documents(Whose::Theirs)?;
        let mut holding = Holding {
            seal,
            states: states.into_iter().map(|state| (state.name, state)).collect(),
            point: Point::NOTHING,
        };
        if let Some(Seal { counter, .. }) = seal {
            holding.point = Point { counter, digest: holding.manifest().digest(&self.log, counter) };
        }
        Ok(holding)
    }
}

impl Holding {
    fn manifest(&self) -> Manifest {
        let mut manifest = Manifest::default();
        self.states.values().for_each(|state| manifest.set(state.name, state.chain));
        manifest
    }

    /// Works out what the log is with these entries in it: first what is erased falls away, and its
    /// documents are chained anew, then the new entries go to the ends. None where they do not go there.
    fn with(&mut self, parts: Parts, seal: Seal, shelf: &mut dyn Shelf) -> Result<Option<Received>, Ended> {
        let mut changed = BTreeMap::new();
        for (name, records) in parts {
            if records.is_empty() {
                return Err(Objection::Malformed.into());
            }
            if !Chain::in_order(None, &records) || changed.insert(name, records).is_some() {
                return Err(Objection::OutOfOrder.into());
            }
        }
        let (erasing, others): (Vec<_>, Vec<_>) = changed.iter().partition(|(name, _)| name.is_erasures());
        let standing: BTreeSet<_> = erasing.iter().flat_map(|(_, records)| records.iter()).map(|r| r.id).collect();
        let erased: BTreeSet<_> = erasing.iter().flat_map(|(_, records)| records.iter()).flat_map(erased_by).collect();
        let mut erased: BTreeSet<_> = erased.difference(&standing).copied().collect();
        if others.iter().flat_map(|(_, records)| records.iter()).any(|record| erased.contains(&record.id)) {
            return Err(Objection::IdTaken.into());
        }
        for name in self.erase(&mut erased, shelf)? {
            changed.entry(name).or_default();
        }
        let mut documents = Vec::new();
        for (name, records) in changed {
            let state = self.states.entry(name).or_insert_with(|| nothing(name));
            if records.first().is_some_and(|record| Some(record.id) <= state.last) {
                return Ok(None);
            }
            state.chain = records.iter().fold(state.chain, Chain::then);
            state.last = records.last().map(|record| record.id).or(state.last);
            let bytes: u64 = records.iter().map(|record| record.value.len() as u64).sum();
            state.bytes = state.bytes.saturating_add(bytes);
            documents.push(ReceivedDocument { name, records, chain: state.chain });
        }
        Ok(Some(Received { documents, erased: erased.into_iter().collect(), seal }))
    }

    /// Chains the documents anew that lose entries, and names them. Leaves out what cannot be erased.
    fn erase(
        &mut self,
        erased: &mut BTreeSet<EntryId>,
        shelf: &mut dyn Shelf,
    ) -> Result<BTreeSet<DocumentName>, ShelfError> {
        let ids: Vec<_> = erased.iter().copied().collect();
        let mut names = BTreeSet::new();
        for (id, name) in shelf.locate(Whose::Theirs, &ids)? {
            if name.is_erasures() {
                erased.remove(&id);
            } else {
                names.insert(name);
            }
        }
        for name in &names {
            if let Some(state) = self.states.get_mut(name) {
                (state.last, state.chain) = chain_without(shelf, *name, erased)?;
            }
        }
        Ok(names)
    }

    fn check(&self, limits: &Limits) -> Result<(), Objection> {
        let entries: u64 = self.states.values().map(|state| u64::from(state.chain.length)).sum();
        let bytes = self.states.values().fold(0_u64, |bytes, state| bytes.saturating_add(state.bytes));
        if self.states.len() > limits.documents || entries > limits.entries || bytes > limits.bytes {
            return Err(Objection::TooMuch);
        }
        Ok(())
    }
}

fn nothing(name: DocumentName) -> DocumentState {
    DocumentState { name, chain: Chain::EMPTY, last: None, bytes: 0, confirmed: None }
}

impl From<Unpackable> for Objection {
    fn from(unpackable: Unpackable) -> Self {
        match unpackable {
            Unpackable::Malformed => Self::Malformed,
            Unpackable::TooLarge => Self::TooLarge,
        }
    }
}
