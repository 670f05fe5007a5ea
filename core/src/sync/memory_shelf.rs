//! A [`Shelf`] in memory, for tests: it says in the shortest way what a store has to do.

use std::collections::{BTreeMap, BTreeSet};

use super::{DocumentState, ManifestDigest, Received, Shelf, ShelfError, Standing};
use crate::journal::{
    Audience, Body, Chain, DeviceId, DocumentName, EntryId, EntryIds, Envelope, Erase, FoldVersion, LocalTime, Record,
    Whose,
};

/// Both logs of one pairing as one phone holds them. A clone is a backup.
#[derive(Debug, Clone, PartialEq)]
pub struct MemoryShelf {
    mine: Log,
    theirs: Log,
    standing: Standing,
    device: DeviceId,
    last_id: Option<EntryId>,
    random: u64,
    /// The bytes of values that still fit; no bound where absent.
    pub room: Option<u64>,
    /// How many more changes succeed before one fails; all where absent.
    pub fails_after: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Log {
    documents: BTreeMap<DocumentName, Document>,
    erased: BTreeSet<EntryId>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Document {
    records: BTreeMap<EntryId, Record>,
    chain: Chain,
    confirmed: Option<EntryId>,
}

impl MemoryShelf {
    /// An empty shelf of a phone; everything random in it follows from `seed`.
    pub fn new(seed: u64) -> Self {
        let mut shelf = Self {
            mine: Log::default(),
            theirs: Log::default(),
            standing: Standing::default(),
            device: DeviceId([0; 16]),
            last_id: None,
            random: seed,
            room: None,
            fails_after: None,
        };
        shelf.become_another_device();
        shelf
    }

    /// Writes an own entry for both.
    pub fn write(&mut self, written: LocalTime, body: &Body) -> EntryId {
        let value = Envelope { body: body.clone(), supersedes: None, needs: FoldVersion::CURRENT }.write();
        let name = DocumentName::of(self.device, written, body);
        self.write_value(name, written, value.unwrap_or_default())
    }

    /// Writes an own entry of any content into any own document.
    pub fn write_value(&mut self, name: DocumentName, written: LocalTime, value: Vec<u8>) -> EntryId {
        let [a, b, c, d, e, f, ..] = self.next_random().to_be_bytes();
        let id = EntryIds::after(self.last_id, None).next(Audience::Both, written.unix_ms(), [a, b, c, d, e, f]);
        self.last_id = Some(id);
        self.insert(name, Record { id, written, value });
        id
    }

    /// Puts a record into an own document as it is, also one that no honest phone would write.
    pub fn insert(&mut self, name: DocumentName, record: Record) {
        self.mine.documents.entry(name).or_default().push(record);
    }

    /// Erases own entries, and writes that down.
    pub fn erase(&mut self, written: LocalTime, ids: &[EntryId]) -> EntryId {
        self.mine.erase(&ids.iter().copied().collect());
        self.write(written, &Body::from(Erase { ids: ids.to_vec() }))
    }

    /// From here on everything is written under a new device, as after restoring a backup.
    pub fn become_another_device(&mut self) {
        let (a, b) = (self.next_random(), self.next_random());
        self.device = DeviceId((u128::from(a) << 64 | u128::from(b)).to_be_bytes());
    }

    /// Randomness goes its own way from here on, as it does on a phone that was rolled back.
    pub fn reseed(&mut self, seed: u64) {
        self.random = seed;
    }

    /// The device that own entries are written under.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// All documents of a log with their entries, without empty ones.
    pub fn log(&self, whose: Whose) -> BTreeMap<DocumentName, Vec<Record>> {
        let documents = self.of(whose).documents.iter().filter(|(_, document)| !document.records.is_empty());
        documents.map(|(name, document)| (*name, document.records.values().cloned().collect())).collect()
    }

    /// All entries of a log that the partner acknowledged, erased ones among them.
    pub fn is_confirmed(&self, id: EntryId) -> bool {
        let holds = |document: &&Document| document.records.contains_key(&id);
        self.mine.documents.values().find(holds).is_some_and(|document| document.confirmed >= Some(id))
    }

    fn of(&self, whose: Whose) -> &Log {
        match whose {
            Whose::Mine => &self.mine,
            Whose::Theirs => &self.theirs,
        }
    }

    /// SplitMix64.
    fn next_random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.random ^ (self.random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn change(&mut self) -> Result<(), ShelfError> {
        match &mut self.fails_after {
            Some(0) => Err(ShelfError::Failed),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl Shelf for MemoryShelf {
    fn documents(&mut self, whose: Whose) -> Result<Vec<DocumentState>, ShelfError> {
        let state = |(name, document): (&DocumentName, &Document)| DocumentState {
            name: *name,
            chain: document.chain,
            last: document.records.last_key_value().map(|(id, _)| *id),
            bytes: document.records.values().map(|record| record.value.len() as u64).sum(),
            confirmed: document.confirmed,
        };
        Ok(self.of(whose).documents.iter().map(state).collect())
    }

    fn records(
        &mut self,
        whose: Whose,
        name: DocumentName,
        after: Option<EntryId>,
        most_bytes: usize,
    ) -> Result<Vec<Record>, ShelfError> {
        let Some(document) = self.of(whose).documents.get(&name) else {
            return Ok(Vec::new());
        };
        let mut bytes = 0;
        let after = document.records.iter().skip_while(|(id, _)| Some(**id) <= after);
        let fits = |(index, (_, record)): &(usize, (&EntryId, &Record))| {
            bytes += record.value.len();
            *index == 0 || bytes <= most_bytes
        };
        Ok(after.enumerate().take_while(fits).map(|(_, (_, record))| record.clone()).collect())
    }

    fn locate(&mut self, whose: Whose, ids: &[EntryId]) -> Result<Vec<(EntryId, DocumentName)>, ShelfError> {
        let log = self.of(whose);
        Ok(ids.iter().filter_map(|id| log.locate(id).map(|name| (*id, name))).collect())
    }

    fn standing(&mut self) -> Result<Standing, ShelfError> {
        Ok(self.standing)
    }

    fn reserve_counters(&mut self, above: u64, count: u32) -> Result<u64, ShelfError> {
        self.change()?;
        let first = self.standing.own_counter.max(above) + 1;
        self.standing.own_counter = first + u64::from(count) - 1;
        Ok(first)
    }

    fn confirm(
        &mut self,
        counter: u64,
        digest: ManifestDigest,
        documents: &[(DocumentName, Option<EntryId>)],
    ) -> Result<(), ShelfError> {
        self.change()?;
        self.standing.confirmed = Some((counter, digest));
        for (name, last) in documents {
            self.mine.documents.entry(*name).or_default().confirmed = *last;
        }
        Ok(())
    }

    fn receive(&mut self, received: Received) -> Result<(), ShelfError> {
        self.change()?;
        let records = || received.documents.iter().flat_map(|document| &document.records);
        let taken = |id: &EntryId| {
            [&self.mine, &self.theirs].iter().any(|log| log.erased.contains(id) || log.locate(id).is_some())
        };
        if records().any(|record| taken(&record.id)) {
            return Err(ShelfError::IdTaken);
        }
        if let Some(room) = &mut self.room {
            let bytes = records().map(|record| record.value.len() as u64).sum();
            *room = room.checked_sub(bytes).ok_or(ShelfError::Full)?;
        }
        self.theirs.erase(&received.erased.into_iter().collect());
        for document in received.documents {
            let kept = self.theirs.documents.entry(document.name).or_default();
            document.records.into_iter().for_each(|record| kept.push(record));
            debug_assert_eq!(kept.chain, document.chain, "the chain was checked");
        }
        self.standing.held = Some(received.seal);
        Ok(())
    }

    fn take_back(&mut self, name: DocumentName, records: Vec<Record>, counter: u64) -> Result<(), ShelfError> {
        self.change()?;
        let ids: BTreeSet<_> = records.iter().map(|record| record.id).collect();
        for (_, other) in self.mine.documents.iter_mut().filter(|(other, _)| **other != name) {
            other.drop_all(&ids);
        }
        let document = self.mine.documents.entry(name).or_default();
        let own = std::mem::take(&mut document.records);
        document.chain = Chain::EMPTY;
        for record in records.into_iter().filter(|record| !self.mine.erased.contains(&record.id)) {
            document.push(record);
        }
        let since: Vec<_> = own.into_values().filter(|record| !ids.contains(&record.id)).collect();
        if !since.is_empty() {
            let before = self.device;
            self.become_another_device();
            let moved = DocumentName { device: self.device, ..name };
            since.into_iter().for_each(|record| self.insert(moved, record));
            if before != name.device {
                self.device = before;
            }
        }
        if name.is_erasures() {
            let erasing = self.mine.documents.get(&name).map(|document| document.erasing()).unwrap_or_default();
            self.mine.erase(&erasing);
        }
        self.last_id = self.last_id.max(ids.last().copied());
        self.standing.own_counter = self.standing.own_counter.max(counter);
        Ok(())
    }
}

impl Log {
    fn locate(&self, id: &EntryId) -> Option<DocumentName> {
        let holds = |(_, document): &(&DocumentName, &Document)| document.records.contains_key(id);
        self.documents.iter().find(holds).map(|(name, _)| *name)
    }

    fn erase(&mut self, ids: &BTreeSet<EntryId>) {
        for (name, document) in &mut self.documents {
            if !name.is_erasures() {
                document.drop_all(ids);
            }
        }
        self.erased.extend(ids);
    }
}

impl Document {
    fn push(&mut self, record: Record) {
        let is_last = self.records.last_key_value().is_none_or(|(last, _)| *last < record.id);
        let chain = self.chain.then(&record);
        self.records.insert(record.id, record);
        self.chain = if is_last { chain } else { Chain::over(self.records.values()) };
    }

    fn drop_all(&mut self, ids: &BTreeSet<EntryId>) {
        if ids.iter().any(|id| self.records.contains_key(id)) {
            self.records.retain(|id, _| !ids.contains(id));
            self.chain = Chain::over(self.records.values());
        }
    }

    fn erasing(&self) -> BTreeSet<EntryId> {
        let body = |record: &Record| match Envelope::read(&record.value).body {
            Body::Erase(erase) => erase.ids,
            _ => Vec::new(),
        };
        self.records.values().flat_map(body).collect()
    }
}
