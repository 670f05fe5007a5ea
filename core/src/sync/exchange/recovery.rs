//! The owner's side when the partner's phone holds another state than the owner thought: after a cut
//! before the acknowledgement, after a restored backup on either phone, after lost state.
//!
//! The owner checks its own seal over what the partner holds, then goes through that manifest document by
//! document, erasures first. What is a beginning of the own document needs no more than the rest being
//! sent. What is not comes back from the partner's phone, is staged unseen until it fits the sealed
//! chain, and is taken back where this phone had lost some of it.

use std::collections::{BTreeSet, VecDeque};
use std::ops::ControlFlow;

use super::chaining::{each_record, erased_by};
use super::event::{Ended, ExchangeEvent, Objection};
use super::limits::WANTED_DOCUMENTS;
use super::manifest::{LogId, Manifest, Point, is_sealed};
use super::message::Held;
use super::outgoing::{End, Ends};
use super::pack::Parts;
use crate::journal::{Chain, DocumentName, EntryId, Record, Whose};
use crate::sync::{DocumentState, Secret, Shelf, ShelfError};

/// Finding out what the partner's phone holds.
pub(super) struct Recovery {
    held: Point,
    /// Whether an own seal covers it.
    sealed: bool,
    manifest: Manifest,
    /// Documents that are still to be compared, erasures first.
    to_compare: VecDeque<DocumentName>,
    /// Documents of the partner's copy that must come back, in the order in which they are asked for.
    wanted: VecDeque<DocumentName>,
    /// What has come of the first of them.
    staged: Staged,
    ends: Ends,
}

/// Entries that came back and that nobody has seen yet.
#[derive(Default)]
struct Staged {
    records: Vec<Record>,
    chain: Chain,
}

/// What the partner holds.
pub(super) struct Agreed {
    pub point: Point,
    pub ends: Ends,
    /// Whether an own seal covers it.
    pub sealed: bool,
}

/// What is to be done next.
pub(super) enum Step {
    /// Ask for these.
    Want(Vec<(DocumentName, Option<EntryId>)>),
    /// Everything is known.
    Agreed(Agreed),
}

impl Recovery {
    /// Begins with what the partner's phone says that it holds.
    ///
    /// Without a genuine seal the two can still go on from there, as long as this phone lacks nothing of
    /// it: a seal that broke, or that of an earlier pairing, must not part them for ever.
    pub(super) fn new(held: Held, log: &LogId, key: &Secret, shelf: &mut dyn Shelf) -> Result<Self, Ended> {
        let mut point = Point::NOTHING;
        let mut sealed = held.manifest.documents() == 0;
        if let Some(seal) = held.seal {
            point = Point { counter: seal.counter, digest: held.manifest.digest(log, seal.counter) };
            sealed = is_sealed(key, point, &seal.mac);
        }
        if !sealed && point.counter > shelf.standing()?.own_counter {
            return Err(Objection::NotSealed.into());
        }
        let (erasures, others): (Vec<_>, Vec<_>) =
            held.manifest.iter().map(|(name, _)| name).partition(DocumentName::is_erasures);
        Ok(Self {
            held: point,
            sealed,
            manifest: held.manifest,
            to_compare: erasures.into_iter().chain(others).collect(),
            wanted: VecDeque::new(),
            staged: Staged::default(),
            ends: Ends::new(),
        })
    }

    /// How many entries are known to have to come back.
    pub(super) fn wanted_entries(&self) -> u64 {
        let wanted: u64 = self.wanted.iter().map(|name| u64::from(self.manifest.get(name).length)).sum();
        wanted.saturating_sub(self.staged.records.len() as u64)
    }

    /// Goes on as far as it can without the partner.
    pub(super) fn step(&mut self, shelf: &mut dyn Shelf) -> Result<Step, Ended> {
        if self.wanted.is_empty() {
            self.compare(shelf)?;
        }
        if self.wanted.is_empty() {
            return self.conclude(shelf);
        }
        if !self.sealed {
            return Err(Objection::NotSealed.into());
        }
        let after = self.staged.records.last().map(|record| record.id);
        let wanted = self.wanted.iter().take(WANTED_DOCUMENTS).enumerate();
        Ok(Step::Want(wanted.map(|(index, name)| (*name, after.filter(|_| index == 0))).collect()))
    }

    /// Compares documents until all of a kind are compared: the erasures must be back before the others
    /// can be judged.
    fn compare(&mut self, shelf: &mut dyn Shelf) -> Result<(), ShelfError> {
        let states = shelf.documents(Whose::Mine)?;
        while let Some(name) = self.to_compare.front().copied() {
            if !name.is_erasures() && self.wanted.iter().any(DocumentName::is_erasures) {
                break;
            }
            self.to_compare.pop_front();
            let held = self.manifest.get(&name);
            match beginning(states.iter().find(|state| state.name == name), held, shelf)? {
                Some(end) => {
                    self.ends.insert(name, end);
                }
                None => self.wanted.push_back(name),
            }
        }
        Ok(())
    }

    /// Stages what came back. Fails where it is not what was asked for.
    pub(super) fn take(&mut self, parts: Parts, shelf: &mut dyn Shelf) -> Result<Vec<ExchangeEvent>, Ended> {
        let mut events = Vec::new();
        let mut any = false;
        for (name, records) in parts {
            if self.wanted.front() != Some(&name) {
                return Err(Objection::OutOfTurn.into());
            }
            let sealed = self.manifest.get(&name);
            let last = self.staged.records.last().map(|record| record.id);
            if !Chain::in_order(last, &records) {
                return Err(Objection::OutOfOrder.into());
            }
            any |= !records.is_empty();
            self.staged.chain = records.iter().fold(self.staged.chain, Chain::then);
            self.staged.records.extend(records);
            if self.staged.chain.length < sealed.length {
                continue;
            }
            if self.staged.chain != sealed {
                return Err(Objection::NotSealed.into());
            }
            self.wanted.pop_front();
            let records = std::mem::take(&mut self.staged).records;
            events.extend(self.restore(name, records, shelf)?);
        }
        // Whoever seals a state can give it back.
        if any { Ok(events) } else { Err(Objection::NotSealed.into()) }
    }

    /// Takes a verified document back, unless this phone lacks nothing of it.
    fn restore(
        &mut self,
        name: DocumentName,
        records: Vec<Record>,
        shelf: &mut dyn Shelf,
    ) -> Result<Option<ExchangeEvent>, ShelfError> {
        let erased = if name.is_erasures() { BTreeSet::new() } else { own_erased(shelf)? };
        let kept: Vec<_> = records.iter().filter(|record| !erased.contains(&record.id)).collect();
        let chain = Chain::over(kept.iter().copied());
        self.ends.insert(name, End { last: kept.last().map(|record| record.id), chain });

        let mut rest = kept.into_iter().peekable();
        each_record(shelf, Whose::Mine, name, |mine| match rest.next_if(|record| **record == mine) {
            Some(_) => ControlFlow::Continue(()),
            None => ControlFlow::Break(()),
        })?;
        if rest.peek().is_none() {
            return Ok(None);
        }
        shelf.take_back(name, records, self.held.counter)?;
        Ok(Some(ExchangeEvent::TakenBack { document: name, entries: u64::from(chain.length) }))
    }

    /// The partner's copy is known. What it holds is confirmed, which may be less than it was.
    fn conclude(&mut self, shelf: &mut dyn Shelf) -> Result<Step, Ended> {
        let mut changed = Vec::new();
        for state in shelf.documents(Whose::Mine)? {
            let end = *self.ends.entry(state.name).or_insert(End::NOTHING);
            if end.last != state.confirmed {
                changed.push((state.name, end.last));
            }
        }
        shelf.confirm(self.held.counter, self.held.digest, &changed)?;
        let ends = std::mem::take(&mut self.ends);
        Ok(Step::Agreed(Agreed { point: self.held, ends, sealed: self.sealed }))
    }
}

/// Where in the own document the partner's copy ends, if that is a beginning of it.
fn beginning(state: Option<&DocumentState>, held: Chain, shelf: &mut dyn Shelf) -> Result<Option<End>, ShelfError> {
    let Some(state) = state.filter(|state| held.length <= state.chain.length) else {
        return Ok(None);
    };
    if state.chain == held {
        return Ok(Some(End { last: state.last, chain: held }));
    }
    let mut end = End::NOTHING;
    each_record(shelf, Whose::Mine, state.name, |record| {
        if end.chain.length == held.length {
            return ControlFlow::Break(());
        }
        end = End { last: Some(record.id), chain: end.chain.then(&record) };
        ControlFlow::Continue(())
    })?;
    Ok((end.chain == held).then_some(end))
}

/// Everything that the owner ever erased.
fn own_erased(shelf: &mut dyn Shelf) -> Result<BTreeSet<EntryId>, ShelfError> {
    let mut erased = BTreeSet::new();
    for state in shelf.documents(Whose::Mine)? {
        if state.name.is_erasures() {
            each_record(shelf, Whose::Mine, state.name, |record| {
                erased.extend(erased_by(&record));
                ControlFlow::Continue(())
            })?;
        }
    }
    Ok(erased)
}
