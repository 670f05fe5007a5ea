//! The laws of the exchange, over real files.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::*;
use crate::journal::{DocumentName, Whose};
use crate::sync::exchange_tests::OwnShelf;
use crate::sync::exchange_tests::laws::{Step, cases, step, two_phones_agree_after};
use crate::sync::{DocumentState, ManifestDigest, Received, Shelf, ShelfError, Standing};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(40)))]

    #[test]
    fn whatever_happens_two_files_come_to_the_same_logs_and_nothing_is_lost(
        steps in proptest::collection::vec(step(), 1..40)
    ) {
        two_phones_agree_after::<Person>(&steps)?;
    }
}

#[test]
fn a_restore_between_two_erasures_is_no_way_around_them() {
    let who = false;
    let write = Step::Write { who, years: 0, length: 3 };
    let meet = Step::Meet { order: 0, cut: None, live: false };
    let erase = Step::Erase { who, which: any_index() };
    let restore = Step::Restore { who, which: any_index(), noticed: true };
    let steps =
        [write.clone(), write, meet.clone(), Step::Backup { who }, erase.clone(), meet.clone(), restore, erase, meet];
    two_phones_agree_after::<Person>(&steps).unwrap();
}

/// The index of the last one of how ever many.
fn any_index() -> prop::sample::Index {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    any::<prop::sample::Index>().new_tree(&mut runner).unwrap().current()
}

impl OwnShelf for Person {
    fn new(seed: u64) -> Self {
        Self::paired(seed)
    }

    fn write(&mut self, written: LocalTime, body: &Body) -> EntryId {
        // What came back from the partner may have later ids.
        let (shared, private) = self.store().last_own_ids().unwrap();
        self.ids = EntryIds::after(shared, private);
        self.now = written;
        Self::write(self, Audience::Both, body.clone())
    }

    fn erase(&mut self, written: LocalTime, ids: &[EntryId]) {
        OwnShelf::write(self, written, &Erase { ids: ids.to_vec() }.into());
    }

    fn log(&mut self, whose: Whose) -> BTreeMap<DocumentName, Vec<Record>> {
        let documents = self.documents(whose).unwrap();
        let read = |state: DocumentState| (state.name, self.records(whose, state.name, None, usize::MAX).unwrap());
        let log: BTreeMap<_, _> = documents.into_iter().map(read).filter(|(_, records)| !records.is_empty()).collect();
        self.assert_the_read_model_is_what_the_documents_make();
        log
    }

    fn back_up(&mut self) -> Self {
        let mut copy = Self::in_folder(copy_of(self.folder()), self.seed);
        copy.reopen();
        copy
    }

    fn reseed(&mut self, seed: u64) {
        (self.seed, self.random) = (seed, seed << 32);
        self.reopen();
    }

    fn become_another_device(&mut self) {
        *self = self.carried();
    }
}

impl Person {
    /// A copy of the file, without anything derived, comes to the same.
    fn assert_the_read_model_is_what_the_documents_make(&mut self) {
        let before = self.store().dump().unwrap();
        let mut copy = self.back_up();
        copy.store().rebuild_read_model().unwrap();
        assert_eq!(copy.store().dump().unwrap(), before);
        for whose in [Whose::Mine, Whose::Theirs] {
            assert_eq!(copy.documents(whose), self.documents(whose));
        }
    }
}

impl Shelf for Person {
    fn documents(&mut self, whose: Whose) -> Result<Vec<DocumentState>, ShelfError> {
        self.store().shared_log()?.documents(whose)
    }

    fn records(
        &mut self,
        whose: Whose,
        name: DocumentName,
        after: Option<EntryId>,
        most_bytes: usize,
    ) -> Result<Vec<Record>, ShelfError> {
        self.store().shared_log()?.records(whose, name, after, most_bytes)
    }

    fn locate(&mut self, whose: Whose, ids: &[EntryId]) -> Result<Vec<(EntryId, DocumentName)>, ShelfError> {
        self.store().shared_log()?.locate(whose, ids)
    }

    fn standing(&mut self) -> Result<Standing, ShelfError> {
        self.store().shared_log()?.standing()
    }

    fn reserve_counters(&mut self, above: u64, count: u32) -> Result<u64, ShelfError> {
        self.store().shared_log()?.reserve_counters(above, count)
    }

    fn confirm(
        &mut self,
        counter: u64,
        digest: ManifestDigest,
        documents: &[(DocumentName, Option<EntryId>)],
    ) -> Result<(), ShelfError> {
        self.store().shared_log()?.confirm(counter, digest, documents)
    }

    fn receive(&mut self, received: Received) -> Result<(), ShelfError> {
        self.store().shared_log()?.receive(received)
    }

    fn take_back(&mut self, name: DocumentName, records: Vec<Record>, counter: u64) -> Result<(), ShelfError> {
        self.store().shared_log()?.take_back(name, records, counter)
    }
}
