//! The shared log as the exchange sees it.

use super::*;
use crate::journal::{Chain, DeviceId, DocumentName, Whose};
use crate::sync::{Received, ReceivedDocument, Seal, Shelf, ShelfError, Standing};

const SEAL: Seal = Seal { counter: 5, mac: [5; 32] };

/// What a partner would send of these records, all new.
pub(super) fn batch(name: DocumentName, before: Chain, records: &[Record], erased: &[EntryId]) -> Received {
    let chain = records.iter().fold(before, Chain::then);
    let documents = vec![ReceivedDocument { name, records: records.to_vec(), chain }];
    Received { documents, erased: erased.to_vec(), seal: SEAL }
}

pub(super) fn name(device: u8, record: &Record) -> DocumentName {
    let body = Envelope::read(&record.value).body;
    DocumentName::of(DeviceId([device; 16]), record.written, &body)
}

fn theirs(partner: &mut Person, texts: &[&str]) -> Vec<Record> {
    texts.iter().map(|text| partner.record(Audience::Both, worry(text), None)).collect()
}

#[test]
fn own_documents_are_listed_with_the_ends_of_their_chains() {
    let mut me = Person::paired(1);
    let records: Vec<_> = (0..100).map(|n| me.record(Audience::Both, worry(&n.to_string()), None)).collect();
    for record in &records {
        me.store().append(&[(Audience::Both, record.clone())]).unwrap();
        me.worry("private");
    }
    for _ in 0..2 {
        let mut log = me.store().shared_log().unwrap();
        let documents = log.documents(Whose::Mine).unwrap();
        assert_eq!(documents.len(), 1);
        let state = documents[0];
        assert_eq!((state.chain, state.last), (Chain::over(&records), Some(records[99].id)));
        assert_eq!(state.bytes, records.iter().map(|record| record.value.len() as u64).sum::<u64>());
        assert_eq!(log.records(Whose::Mine, state.name, None, usize::MAX).unwrap(), records);
        // Page by page, also where a page is smaller than an entry.
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = log.records(Whose::Mine, state.name, after, found.len()).unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            found.extend(page);
        }
        assert_eq!(found, records);
        assert_eq!(log.documents(Whose::Theirs), Ok(vec![]));
        let ids = [records[3].id, records[98].id, EntryId::from_bytes([0; 16])];
        let located = log.locate(Whose::Mine, &ids).unwrap();
        assert_eq!(located, [(ids[0], state.name), (ids[1], state.name)]);
        assert_eq!(log.locate(Whose::Theirs, &ids), Ok(vec![]));
        me.store().rebuild_read_model().unwrap();
        me.reopen();
    }
}

#[test]
fn received_entries_are_kept_read_and_found() {
    let (mut me, mut partner) = (Person::paired(1), Person::paired(2));
    let records = theirs(&mut partner, &["one", "two", "three"]);
    let many: Vec<_> = (0..500).map(|n| partner.record(Audience::Both, worry(&format!("many{n}")), None)).collect();
    let name = name(9, &records[0]);
    let mut log = me.store().shared_log().unwrap();
    log.receive(batch(name, Chain::EMPTY, &records, &[])).unwrap();
    log.receive(batch(name, Chain::over(&records), &many, &[])).unwrap();
    let all: Vec<_> = records.iter().chain(&many).cloned().collect();
    for _ in 0..2 {
        let mut log = me.store().shared_log().unwrap();
        let state = log.documents(Whose::Theirs).unwrap()[0];
        assert_eq!((state.chain, state.last), (Chain::over(&all), Some(all[502].id)));
        assert_eq!(log.records(Whose::Theirs, name, None, usize::MAX).unwrap(), all);
        assert_eq!(log.standing().unwrap().held, Some(SEAL));
        assert_eq!(me.entries().len(), 503);
        assert!(me.entries().iter().all(|entry| entry.whose == Whose::Theirs));
        assert_eq!(me.store().search("two", None, 9).unwrap(), [records[1].id]);
        assert_eq!(me.store().last_own_ids(), Ok((None, None)));
        me.reopen();
        assert_eq!(me.store().documents_loaded(), 0);
        while me.store().tidy().unwrap().more {}
    }
}

#[test]
fn the_partners_document_is_the_same_automerge_document_on_both_phones() {
    use crate::store::document::Document;
    use crate::store::log::Log;
    let (mut me, mut partner) = (Person::paired(1), Person::paired(2));
    let records: Vec<_> = (0..50).map(|n| partner.record(Audience::Both, worry(&n.to_string()), None)).collect();
    for record in &records {
        partner.store().append(&[(Audience::Both, record.clone())]).unwrap();
    }
    let device = partner.store().shared_device();
    let name = DocumentName { device, ..name(0, &records[0]) };
    let mut log = me.store().shared_log().unwrap();
    log.receive(batch(name, Chain::EMPTY, &records[..20], &[])).unwrap();
    log.receive(batch(name, Chain::over(&records[..20]), &records[20..], &[])).unwrap();
    let save = |person: &mut Person| {
        let store = person.store();
        Document::load(&store.connection, store.memory.tail(Log::Shared), 1, device).unwrap().save()
    };
    assert_eq!(save(&mut me), save(&mut partner));
    assert_eq!(save(&mut me), Document::of(device, &records).unwrap().save());
    while me.store().tidy().unwrap().more {}
    assert_eq!(save(&mut me), save(&mut partner));
    let gone = records[7].id;
    partner.erase(Audience::Both, &[gone]);
    let left: Vec<_> = records.iter().filter(|record| record.id != gone).cloned().collect();
    assert_eq!(save(&mut partner), Document::of(device, &left).unwrap().save());
}

#[test]
fn taken_and_erased_ids_are_refused_and_nothing_of_the_batch_is_kept() {
    let (mut me, mut partner) = (Person::paired(1), Person::paired(2));
    let mine = me.share("mine");
    let private = me.worry("private");
    let sent = theirs(&mut partner, &["one", "two"]);
    let there = name(9, &sent[0]);
    me.store().shared_log().unwrap().receive(batch(there, Chain::EMPTY, &sent, &[])).unwrap();
    let chain = Chain::over(&sent[1..]);
    let mut without = batch(there, chain, &[], &[sent[0].id]);
    me.store().shared_log().unwrap().receive(without.clone()).unwrap();
    without.erased.clear();
    let before = me.store().dump().unwrap();
    for count in [1, 20] {
        for taken in [mine, sent[1].id, sent[0].id] {
            let mut records: Vec<_> = (0..count).map(|n| theirs(&mut partner, &[&format!("n{n}")]).remove(0)).collect();
            records.insert(0, Record { id: taken, ..sent[0].clone() });
            let elsewhere = name(8, &sent[0]);
            let refused = me.store().shared_log().unwrap().receive(batch(elsewhere, Chain::EMPTY, &records, &[]));
            assert_eq!(refused, Err(ShelfError::IdTaken));
            assert_eq!(me.store().dump().unwrap(), before);
        }
        // Of a private entry the partner can learn nothing, not even that an id is taken.
        let records = vec![Record { id: private, ..sent[0].clone() }];
        let elsewhere = name(count, &sent[0]);
        let kept = me.store().shared_log().unwrap().receive(batch(elsewhere, Chain::EMPTY, &records, &[]));
        assert_eq!(kept, if count == 1 { Ok(()) } else { Err(ShelfError::IdTaken) });
        if count == 1 {
            assert_eq!(text_of(&me.store().entry(private).unwrap().unwrap()), "private");
            return;
        }
    }
}

#[test]
fn what_the_partner_erases_is_gone_here_in_every_form_and_stays_away() {
    let (mut me, mut partner) = (Person::paired(1), Person::paired(2));
    let mine = me.share("mine");
    let sent = theirs(&mut partner, &["one", "qzxvkwjhym", "three"]);
    let there = name(9, &sent[0]);
    me.store().shared_log().unwrap().receive(batch(there, Chain::EMPTY, &sent, &[])).unwrap();
    while me.store().tidy().unwrap().more {}
    let later = theirs(&mut partner, &["later"]).remove(0);
    let erase = partner.record(Audience::Both, Erase { ids: vec![sent[1].id, later.id, mine] }, None);
    let left = Chain::over([&sent[0], &sent[2]]);
    let documents = vec![
        ReceivedDocument { name: there, records: vec![], chain: left },
        ReceivedDocument { name: name(9, &erase), records: vec![erase.clone()], chain: Chain::over([&erase]) },
    ];
    let received = Received { documents, erased: vec![sent[1].id, later.id, mine], seal: SEAL };
    me.store().shared_log().unwrap().receive(received).unwrap();
    assert_eq!(super::pages::holding(&super::pages::all_pages(&me.file(), &KEY), b"xvkwjhym"), 0);
    assert_eq!(me.texts(), ["erase", "three", "one", "mine"], "ours is not theirs to erase");
    for _ in 0..2 {
        let comes = me.store().shared_log().unwrap().receive(batch(there, left, std::slice::from_ref(&later), &[]));
        assert_eq!(comes, Err(ShelfError::IdTaken));
        assert_eq!(me.store().shared_log().unwrap().documents(Whose::Theirs).unwrap()[0].chain, left);
        me.store().rebuild_read_model().unwrap();
    }
}

#[test]
fn counters_rise_and_confirmed_ends_are_set_as_told() {
    let mut me = Person::paired(1);
    let (first, second) = (me.share("first"), me.share("second"));
    let mut log = me.store().shared_log().unwrap();
    assert_eq!(log.standing(), Ok(Standing::default()));
    assert_eq!(log.reserve_counters(0, 64), Ok(1));
    assert_eq!(log.reserve_counters(0, 1), Ok(65));
    assert_eq!(log.reserve_counters(1000, 2), Ok(1001));
    let state = log.documents(Whose::Mine).unwrap()[0];
    assert_eq!(state.confirmed, None);
    log.confirm(7, [7; 32], &[(state.name, Some(first))]).unwrap();
    me.reopen();
    assert_eq!(me.store().is_confirmed(first), Ok(true));
    assert_eq!(me.store().is_confirmed(second), Ok(false));
    me.store().rebuild_read_model().unwrap();
    let mut log = me.store().shared_log().unwrap();
    assert_eq!(log.standing(), Ok(Standing { own_counter: 1002, confirmed: Some((7, [7; 32])), held: None }));
    assert_eq!(log.documents(Whose::Mine).unwrap()[0].confirmed, Some(first));
    log.confirm(0, [0; 32], &[(state.name, None)]).unwrap();
    assert_eq!(log.documents(Whose::Mine).unwrap()[0].confirmed, None);
    me.store().begin_pairing([2; 16], &[]).unwrap();
    let mut log = me.store().shared_log().unwrap();
    assert_eq!(log.standing(), Ok(Standing::default()));
    assert_eq!(log.documents(Whose::Mine), Ok(vec![]));
}

#[test]
fn a_document_comes_back_and_what_was_written_since_goes_on_elsewhere() {
    let mut me = Person::paired(1);
    let lost: Vec<_> = (0..30).map(|n| me.record(Audience::Both, worry(&format!("lost{n}")), None)).collect();
    for record in &lost[..10] {
        me.store().append(&[(Audience::Both, record.clone())]).unwrap();
    }
    let device = me.store().shared_device();
    let name = DocumentName { device, ..name(0, &lost[0]) };
    // The backup was restored; one entry was erased and one written on the older state.
    me.erase(Audience::Both, &[lost[4].id]);
    let since = me.record(Audience::Both, worry("since"), None);
    me.store().append(&[(Audience::Both, since.clone())]).unwrap();
    me.store().shared_log().unwrap().take_back(name, lost.clone(), 900).unwrap();

    let fresh = me.store().shared_device();
    assert_ne!(fresh, device);
    for _ in 0..2 {
        let mut log = me.store().shared_log().unwrap();
        let kept: Vec<_> = lost.iter().filter(|record| record.id != lost[4].id).cloned().collect();
        assert_eq!(log.records(Whose::Mine, name, None, usize::MAX).unwrap(), kept);
        let moved = DocumentName { device: fresh, ..name };
        assert_eq!(log.records(Whose::Mine, moved, None, usize::MAX).unwrap(), std::slice::from_ref(&since));
        let chains: Vec<_> = log.documents(Whose::Mine).unwrap().iter().map(|s| (s.name, s.chain)).collect();
        assert!(chains.contains(&(name, Chain::over(&kept))) && chains.contains(&(moved, Chain::over([&since]))));
        assert!(log.reserve_counters(0, 1).unwrap() > 900);
        me.store().rebuild_read_model().unwrap();
    }
    assert_eq!(me.entries().len(), 29 + 1 + 1);
    me.reopen();
    assert_eq!(me.store().shared_device(), fresh);
    me.share("goes on");
    assert_eq!(me.store().dump().unwrap().documents.len(), 3);
}

#[test]
fn erasures_that_come_back_erase() {
    let mut me = Person::paired(1);
    let (kept, regretted) = (me.share("kept"), me.share("qzxvkwjhym"));
    while me.store().tidy().unwrap().more {}
    let erase = me.record(Audience::Both, Erase { ids: vec![regretted] }, None);
    let device = me.store().shared_device();
    let erasures = DocumentName { device, ..name(0, &erase) };
    assert!(erasures.is_erasures());
    me.store().shared_log().unwrap().take_back(erasures, vec![erase.clone()], 3).unwrap();
    assert_eq!(me.entries().iter().map(|entry| entry.id).collect::<Vec<_>>(), [erase.id, kept]);
    assert_eq!(super::pages::holding(&super::pages::all_pages(&me.file(), &KEY), b"xvkwjhym"), 0);
    assert_eq!(me.store().shared_device(), device, "nothing was written since");
}
