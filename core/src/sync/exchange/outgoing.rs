//! The owner's side of a log: sends what the partner's phone lacks, batch by batch, each batch sealed.
//!
//! Every state that the partner's phone commits is a state that was sealed, so that what it holds can
//! be vouched for after any cut and any loss.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::chaining::chain_up_to;
use super::limits::{
    BATCH_ENTRIES, COUNTERS, ERASURES_BYTES, FIRST_BATCH_BYTES, FULL_BATCH_BYTES, NEWEST_MONTH_BYTES, WINDOW,
};
use super::manifest::{LogId, Manifest, Point, seal};
use super::message::Batch;
use super::pack::{Parts, pack};
use super::recovery::Agreed;
use crate::journal::{Chain, DocumentName, EntryId, Whose};
use crate::sync::{DocumentState, Secret, Shelf, ShelfError};

/// The owner's side of the own log.
pub(super) struct Outgoing {
    log: LogId,
    key: Secret,
    /// Each own document as the partner holds it once everything sent has arrived.
    ends: Ends,
    /// The state that this amounts to.
    sent: Point,
    /// Batches without acknowledgement, oldest first.
    in_flight: VecDeque<Flight>,
    counters: Counters,
    /// The bytes of the next batch: it grows while batches arrive.
    batch_bytes: usize,
    /// How many batches may be unacknowledged.
    window: usize,
    /// What the partner holds is under no seal, and wants one even if there is nothing else to send.
    unsealed: bool,
    /// Entries that are neither sent nor erased, when that was last looked at.
    remaining: u64,
}

/// What there is to send.
pub(super) enum Next {
    /// This batch of so many entries.
    Batch(Batch, u64),
    /// More, once what is on its way is acknowledged.
    Later,
    Nothing,
}

/// How far the partner holds a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    /// The last entry, erased or not.
    pub last: Option<EntryId>,
    /// The chain over what is not erased, up to that entry.
    pub chain: Chain,
}

impl End {
    pub(super) const NOTHING: Self = Self { last: None, chain: Chain::EMPTY };
}

pub(super) type Ends = BTreeMap<DocumentName, End>;

/// A batch on its way.
struct Flight {
    point: Point,
    ends: Vec<(DocumentName, Option<EntryId>)>,
    entries: u64,
}

/// Counters that were reserved and not yet used.
#[derive(Default)]
struct Counters {
    next: u64,
    until: u64,
}

impl Outgoing {
    pub(super) fn new(log: LogId, key: Secret) -> Self {
        Self {
            log,
            key,
            ends: Ends::new(),
            sent: Point::NOTHING,
            in_flight: VecDeque::new(),
            counters: Counters::default(),
            batch_bytes: FIRST_BATCH_BYTES,
            window: 1,
            unsealed: false,
            remaining: 0,
        }
    }

    /// Reads what the partner has acknowledged, and returns that state.
    pub(super) fn load(&mut self, shelf: &mut dyn Shelf) -> Result<Point, ShelfError> {
        let states = shelf.documents(Whose::Mine)?;
        for state in &states {
            let chain = if state.last <= state.confirmed {
                state.chain
            } else {
                chain_up_to(shelf, state.name, state.confirmed)?
            };
            self.ends.insert(state.name, End { last: state.confirmed, chain });
        }
        self.remaining = self.pending(&states);
        if let Some((counter, digest)) = shelf.standing()?.confirmed {
            self.sent = Point { counter, digest };
            // Believed only as long as it agrees with the documents, where that can be told: what is
            // erased here and not yet there is no longer in these chains.
            let erasing = states.iter().any(|state| state.name.is_erasures() && state.last > state.confirmed);
            if counter > 0 && !erasing {
                self.sent.digest = self.manifest().digest(&self.log, counter);
            }
        }
        Ok(self.sent)
    }

    /// What the partner holds once everything sent has arrived.
    fn manifest(&self) -> Manifest {
        let mut manifest = Manifest::default();
        self.ends.iter().for_each(|(name, end)| manifest.set(*name, end.chain));
        manifest
    }

    /// The partner's own word has come: from here on several batches may be on their way.
    pub(super) fn widen(&mut self) {
        self.window = WINDOW;
    }

    /// The partner holds this, and nothing that was on its way.
    pub(super) fn resume(&mut self, agreed: Agreed, shelf: &mut dyn Shelf) -> Result<(), ShelfError> {
        self.sent = agreed.point;
        self.ends = agreed.ends;
        self.unsealed = !agreed.sealed;
        self.in_flight.clear();
        self.remaining = self.pending(&shelf.documents(Whose::Mine)?);
        Ok(())
    }

    /// Forgets what is on its way: it will not be acknowledged.
    pub(super) fn abandon(&mut self) {
        self.in_flight.clear();
    }

    /// Whether something is on its way.
    pub(super) fn is_waiting(&self) -> bool {
        !self.in_flight.is_empty()
    }

    /// How many entries the partner has not acknowledged, as far as was looked.
    pub(super) fn unacknowledged(&self) -> u64 {
        let flying = self.in_flight.iter().map(|flight| flight.entries);
        flying.sum::<u64>().saturating_add(self.remaining)
    }

    /// How many entries are to be sent, as far as was looked.
    pub(super) fn remaining(&self) -> u64 {
        self.remaining
    }

    fn pending(&self, states: &[DocumentState]) -> u64 {
        let pending = |state: &DocumentState| {
            let end = self.end(state.name);
            if state.last <= end.last { 0 } else { state.chain.length.saturating_sub(end.chain.length) }
        };
        states.iter().map(|state| u64::from(pending(state))).sum()
    }

    fn end(&self, name: DocumentName) -> End {
        self.ends.get(&name).copied().unwrap_or(End::NOTHING)
    }

    /// The next batch, where there is something to send and the window is open.
    pub(super) fn next_batch(&mut self, shelf: &mut dyn Shelf) -> Result<Next, ShelfError> {
        if self.in_flight.len() >= self.window {
            return Ok(Next::Later);
        }
        let states = shelf.documents(Whose::Mine)?;
        let mut pending: Vec<_> = states.iter().filter(|state| state.last > self.end(state.name).last).collect();
        if pending.is_empty() && !self.unsealed {
            self.remaining = 0;
            return Ok(Next::Nothing);
        }
        // Erasures first (they sort last), then the newest month.
        pending.sort_by_key(|state| std::cmp::Reverse((state.name.month, state.name.device)));

        let mut parts = Parts::new();
        let mut room = Room { bytes: self.batch_bytes, entries: BATCH_ENTRIES };
        let newest = pending.iter().map(|state| state.name).find(|name| !name.is_erasures()).map(|name| name.month);
        let mut erasing = false;
        for state in pending {
            if state.name.is_erasures() {
                erasing = true;
                // All of them must go together, whatever a batch should take.
                let mut all = Room { bytes: ERASURES_BYTES, entries: BATCH_ENTRIES };
                self.take(state, &mut all, &mut parts, shelf)?;
                room.bytes = room.bytes.saturating_sub(ERASURES_BYTES - all.bytes);
                room.entries = room.entries.saturating_sub(BATCH_ENTRIES - all.entries);
            } else {
                let is_newest = Some(state.name.month) == newest && room.bytes > 0;
                let more = if is_newest { NEWEST_MONTH_BYTES.saturating_sub(self.batch_bytes) } else { 0 };
                room.bytes += more;
                self.take(state, &mut room, &mut parts, shelf)?;
                room.bytes = room.bytes.saturating_sub(more);
            }
        }
        self.settle_ends(&states, erasing, shelf)?;

        self.remaining = self.pending(&states);
        self.unsealed = false;
        let base = self.sent;
        let counter = self.counters.next(base.counter, shelf)?;
        self.sent = Point { counter, digest: self.manifest().digest(&self.log, counter) };

        let entries = parts.iter().map(|(_, records)| records.len() as u64).sum();
        let ends = parts.iter().map(|(name, _)| (*name, self.end(*name).last)).collect();
        self.in_flight.push_back(Flight { point: self.sent, ends, entries });
        self.batch_bytes = (self.batch_bytes * 2).min(FULL_BATCH_BYTES);
        let batch = Batch {
            base: short(base),
            seal: seal(&self.key, self.sent),
            digest: middle(self.sent),
            remaining: self.remaining,
            packed: pack(&parts),
        };
        Ok(Next::Batch(batch, entries))
    }

    /// Puts entries of a document into a batch, as far as there is room, and moves its end.
    fn take(
        &mut self,
        state: &DocumentState,
        room: &mut Room,
        parts: &mut Parts,
        shelf: &mut dyn Shelf,
    ) -> Result<(), ShelfError> {
        let mut end = self.end(state.name);
        let mut taken = Vec::new();
        while end.last < state.last && room.bytes > 0 && room.entries > 0 {
            let mut records = shelf.records(Whose::Mine, state.name, end.last, room.bytes)?;
            records.truncate(room.entries);
            let Some(last) = records.last() else {
                break;
            };
            end.last = Some(last.id);
            end.chain = records.iter().fold(end.chain, Chain::then);
            room.entries -= records.len();
            room.bytes = records.iter().fold(room.bytes, |room, record| room.saturating_sub(record.value.len()));
            taken.extend(records);
        }
        if !taken.is_empty() {
            self.ends.insert(state.name, end);
            parts.push((state.name, taken));
        }
        Ok(())
    }

    /// Brings the ends in line with what is erased here: chains of documents that were sent whole are
    /// those of the shelf, others are chained anew.
    fn settle_ends(
        &mut self,
        states: &[DocumentState],
        erasing: bool,
        shelf: &mut dyn Shelf,
    ) -> Result<(), ShelfError> {
        let names: BTreeSet<_> = states.iter().map(|state| state.name).collect();
        self.ends.retain(|name, _| names.contains(name));
        for state in states {
            let end = self.ends.entry(state.name).or_insert(End::NOTHING);
            if state.last <= end.last {
                end.chain = state.chain;
            } else if erasing {
                end.chain = chain_up_to(shelf, state.name, end.last)?;
            }
        }
        Ok(())
    }

    /// The partner's phone keeps the batch with this counter. Returns how many entries that were.
    pub(super) fn acknowledged(&mut self, counter: u64, shelf: &mut dyn Shelf) -> Result<Option<u64>, ShelfError> {
        match self.in_flight.front() {
            Some(flight) if flight.point.counter == counter => {
                shelf.confirm(counter, flight.point.digest, &flight.ends)?;
                Ok(self.in_flight.pop_front().map(|flight| flight.entries))
            }
            _ => Ok(None),
        }
    }
}

/// What a batch may still take.
struct Room {
    bytes: usize,
    entries: usize,
}

impl Counters {
    fn next(&mut self, above: u64, shelf: &mut dyn Shelf) -> Result<u64, ShelfError> {
        self.raise(above);
        if self.next >= self.until {
            self.next = shelf.reserve_counters(above, COUNTERS)?;
            self.until = self.next.saturating_add(u64::from(COUNTERS));
        }
        let counter = self.next;
        self.next += 1;
        Ok(counter)
    }

    fn raise(&mut self, above: u64) {
        self.next = self.next.max(above.saturating_add(1));
    }
}

/// How a batch names the state that it builds on.
pub(super) fn short(point: Point) -> (u64, [u8; 8]) {
    let [a, b, c, d, e, f, g, h, ..] = point.digest;
    (point.counter, [a, b, c, d, e, f, g, h])
}

/// How a batch names the state that it leads to.
pub(super) fn middle(point: Point) -> [u8; 16] {
    let mut digest = [0; 16];
    digest.iter_mut().zip(point.digest).for_each(|(to, from)| *to = from);
    digest
}
