//! Changes that wait in the rows of their entries are part of their documents, for whoever asks.

use super::shelving::batch;
use super::*;
use crate::journal::{Chain, Whose};
use crate::sync::{DocumentState, Shelf};

/// A page in the write-ahead log, with the header of its frame.
const FRAME: u64 = 24 + 4096;

/// How many pages the next write brings to the disk.
fn pages_of(me: &mut Person, write: impl FnOnce(&mut Person)) -> u64 {
    let log = me.file().with_extension("db-wal");
    let before = fs::metadata(&log).unwrap().len();
    write(me);
    (fs::metadata(&log).unwrap().len() - before) / FRAME
}

/// How many of the appends bring one page to the disk, of as many as settle three times.
fn of_one_page(me: &mut Person, audience: Audience) -> usize {
    me.write(audience, worry("the first one of its document"));
    let mut append = |n| pages_of(me, |me| _ = me.write(audience, worry(&format!("the neighbours are loud {n}"))));
    (0..195).filter(|n| append(*n) == 1).count()
}

#[test]
fn most_appends_bring_one_page_to_the_disk() {
    for audience in [Audience::OnlyMe, Audience::Both] {
        // The others fill a page of rows, or settle.
        assert!(of_one_page(&mut Person::paired(1), audience) > 170, "{audience:?}");
    }
}

#[test]
fn after_tidying_the_log_is_written_over_and_after_erasing_it_is_gone() {
    let mut me = Person::new(1);
    let ids: Vec<_> = (0..20).map(|n| me.worry(&format!("{n}"))).collect();
    while me.store().tidy().unwrap().more {}
    assert_eq!(pages_of(&mut me, |me| (0..20).for_each(|n| _ = me.worry(&format!("{n}")))), 0, "more than it had");
    me.erase(Audience::OnlyMe, &ids[..1]);
    let log = fs::metadata(me.file().with_extension("db-wal")).unwrap();
    assert!(log.len() <= 2 * FRAME, "more than the mark that it was emptied");
}

#[test]
fn what_waited_when_the_phone_was_killed_is_in_its_documents() {
    let mut me = Person::paired(1);
    for n in 0..5 {
        me.worry(&format!("private {n}"));
        me.share(&format!("shared {n}"));
    }
    assert_eq!(changes_that_wait(&mut me), 10);
    let (before, states) = (me.store().dump().unwrap(), own_documents(&mut me));
    // The file as it lies there while it is open.
    let mut after = Person::in_folder(copy_of(me.folder()), 1);
    after.reopen();
    assert_eq!(after.store().dump().unwrap(), before);
    assert!(before.documents.iter().all(|document| document.records.len() == 5));
    assert_eq!(own_documents(&mut after), states);
    assert_eq!(after.store().last_own_ids(), me.store().last_own_ids());
    after.store().rebuild_read_model().unwrap();
    assert_eq!(after.store().dump().unwrap(), before, "made of the documents alone");
    after.share("goes on");
    after.worry("goes on");
    assert!(after.store().dump().unwrap().documents.iter().all(|document| document.records.len() == 6));
}

#[test]
fn the_partner_gets_what_waits() {
    let (mut me, mut partner) = (Person::paired(1), Person::paired(2));
    me.share("one");
    me.share("two");
    assert_eq!(changes_that_wait(&mut me), 2);
    let [state] = own_documents(&mut me).try_into().unwrap();
    let records = me.store().shared_log().unwrap().records(Whose::Mine, state.name, None, usize::MAX).unwrap();
    assert_eq!(state.chain, Chain::over(&records));
    assert_eq!((state.chain.length, state.last), (2, Some(records[1].id)));
    partner.store().shared_log().unwrap().receive(batch(state.name, Chain::EMPTY, &records, &[])).unwrap();
    assert_eq!(partner.texts(), ["two", "one"]);
    let here = partner.store().shared_log().unwrap().documents(Whose::Theirs).unwrap();
    assert_eq!((here[0].chain, here[0].last, here[0].bytes), (state.chain, state.last, state.bytes));
}

#[test]
fn settling_changes_nothing_that_can_be_seen() {
    let mut me = Person::paired(1);
    for n in 0..20 {
        me.at(&format!("2026-03-{:02}T08:00:00+01:00", 1 + n)).share(&format!("shared {n}"));
        me.worry(&format!("private {n}"));
    }
    me.at("2026-04-01T08:00:00+02:00").share("another month");
    assert_eq!(changes_that_wait(&mut me), 41);
    let (before, states) = (me.store().dump().unwrap(), own_documents(&mut me));
    while me.store().tidy().unwrap().more {}
    assert_eq!(changes_that_wait(&mut me), 0);
    assert_eq!(me.store().dump().unwrap(), before);
    assert_eq!(own_documents(&mut me), states);
    me.reopen();
    assert_eq!(me.store().dump().unwrap(), before);
    assert_eq!(own_documents(&mut me), states);
}

fn own_documents(me: &mut Person) -> Vec<DocumentState> {
    me.store().shared_log().unwrap().documents(Whose::Mine).unwrap()
}
