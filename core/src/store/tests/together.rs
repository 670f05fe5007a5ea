//! The together document.

use proptest::prelude::*;

use super::*;
use crate::journal::{Chain, DeviceId, DocumentName, Month, TogetherField, TogetherSet, TogetherValue};
use crate::sync::{Received, ReceivedDocument, Seal, Shelf};

fn text(text: &str) -> TogetherValue {
    TogetherValue::Text(text.into())
}

impl Person {
    fn set(&mut self, field: TogetherField, value: &str) -> EntryId {
        let seen = self.store().together().unwrap().seen.clone();
        self.write(Audience::Both, TogetherSet { field, value: text(value), seen })
    }

    fn versions(&mut self, field: TogetherField) -> Vec<TogetherValue> {
        self.store().together().unwrap().versions(field)
    }

    /// Everything shared that `other` has and this one lacks.
    fn receive_from(&mut self, other: &mut Person) {
        use crate::journal::Whose::{Mine, Theirs};
        let mut documents = Vec::new();
        let mut from = other.store().shared_log().unwrap();
        let mut to = self.store().shared_log().unwrap();
        for state in from.documents(Mine).unwrap() {
            let held = to.documents(Theirs).unwrap().into_iter().find(|held| held.name == state.name);
            let after = held.and_then(|held| held.last);
            let records = from.records(Mine, state.name, after, usize::MAX).unwrap();
            if !records.is_empty() {
                documents.push(ReceivedDocument { name: state.name, records, chain: state.chain });
            }
        }
        to.receive(Received { documents, erased: vec![], seal: Seal { counter: 1, mac: [0; 32] } }).unwrap();
    }
}

#[test]
fn the_last_set_is_shown_and_fields_are_apart() {
    let mut me = Person::paired(1);
    assert_eq!(me.versions(TogetherField::Ritual), []);
    me.set(TogetherField::Ritual, "tea");
    me.set(TogetherField::Ritual, "a walk");
    me.set(TogetherField::Plan, "Sunday");
    for _ in 0..2 {
        assert_eq!(me.versions(TogetherField::Ritual), [text("a walk")]);
        assert_eq!(me.versions(TogetherField::Plan), [text("Sunday")]);
        me.store().rebuild_read_model().unwrap();
        me.reopen();
    }
}

#[test]
fn what_both_set_while_apart_is_shown_alike_on_both_phones_until_one_picks() {
    let (mut a, mut b) = (Person::paired(1), Person::paired(2));
    a.set(TogetherField::Ritual, "tea");
    b.receive_from(&mut a);
    a.set(TogetherField::Ritual, "a walk");
    b.set(TogetherField::Ritual, "a song");
    b.set(TogetherField::Plan, "Sunday");
    a.receive_from(&mut b);
    b.receive_from(&mut a);
    let versions = a.versions(TogetherField::Ritual);
    assert_eq!(versions.len(), 2);
    assert!(versions.contains(&text("a walk")) && versions.contains(&text("a song")));
    assert_eq!(b.versions(TogetherField::Ritual), versions);
    assert_eq!(a.store().together(), b.store().together());
    assert_eq!(a.versions(TogetherField::Plan), [text("Sunday")]);
    b.set(TogetherField::Ritual, "a song");
    a.receive_from(&mut b);
    assert_eq!(a.versions(TogetherField::Ritual), [text("a song")]);
    assert_eq!(a.store().together(), b.store().together());
}

#[test]
fn the_same_value_set_by_both_is_one_version() {
    let (mut a, mut b) = (Person::paired(1), Person::paired(2));
    a.set(TogetherField::Ritual, "tea");
    b.set(TogetherField::Ritual, "tea");
    a.receive_from(&mut b);
    assert_eq!(a.versions(TogetherField::Ritual), [text("tea")]);
    assert_eq!(a.store().together().unwrap().seen.len(), 2);
}

#[test]
fn setting_the_value_that_is_there_is_a_set_like_any_other() {
    let mut me = Person::paired(1);
    me.set(TogetherField::Ritual, "tea");
    let again = me.set(TogetherField::Ritual, "tea");
    assert_eq!(me.versions(TogetherField::Ritual), [text("tea")]);
    assert_eq!(me.store().together().unwrap().seen, [again]);
}

#[test]
fn a_new_pairing_has_an_empty_document() {
    let mut me = Person::paired(1);
    me.set(TogetherField::Ritual, "tea");
    me.store().begin_pairing([2; 16], &[]).unwrap();
    assert_eq!(me.versions(TogetherField::Ritual), []);
    me.store().end_pairing(&[]).unwrap();
    assert_eq!(me.versions(TogetherField::Ritual), []);
}

#[test]
fn an_erased_set_is_gone_and_the_rest_still_reads() {
    let mut me = Person::paired(1);
    me.set(TogetherField::Ritual, "tea");
    let regretted = me.set(TogetherField::Ritual, "regretted");
    me.erase(Audience::Both, &[regretted]);
    assert_eq!(me.versions(TogetherField::Ritual), [text("tea")]);
}

/// Sets as a tampered app may send them: any ids, any `seen`, circles and strangers among them.
fn sets() -> impl Strategy<Value = Vec<(u8, u8, Vec<u8>)>> {
    prop::collection::vec((0_u8..3, 0_u8..4, prop::collection::vec(0_u8..16, 0..4)), 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However the sets were come by, on which side and in which order: the document is the same.
    #[test]
    fn the_document_depends_on_nothing_but_the_sets(sets in sets(), cut in 0_usize..14, other_cut in 0_usize..14) {
        let id = |n: u8| EntryId::from_bytes([n + 1; 16]);
        let written = LocalTime::parse(MORNING).unwrap();
        let records: Vec<(DocumentName, Record)> = sets.iter().zip(0..).map(|((field, device, seen), n)| {
            let seen = seen.iter().map(|n| id(*n)).collect();
            let set = TogetherSet { field: TogetherField::ALL[*field as usize], value: text(&n.to_string()), seen };
            let envelope = Envelope { body: set.into(), supersedes: None, needs: FoldVersion::CURRENT };
            let name = DocumentName { device: DeviceId([*device; 16]), month: Month::of(written) };
            (name, Record { id: id(n), written, value: envelope.write().unwrap() })
        }).collect();
        let mut states = Vec::new();
        for (seed, cut) in [(1, cut), (2, other_cut), (3, sets.len())] {
            let mut person = Person::paired(seed);
            // Each device's sets in order, and otherwise first one part and then the other.
            let (early, late): (Vec<_>, Vec<_>) = records.iter().enumerate().partition(|(n, _)| {
                sets[*n].1 as usize % 2 == seed as usize % 2 || *n < cut
            });
            let mut held = std::collections::BTreeMap::<DocumentName, Vec<Record>>::new();
            for part in [early, late] {
                let mut documents = std::collections::BTreeMap::<DocumentName, Vec<Record>>::new();
                for (_, (name, record)) in part {
                    documents.entry(*name).or_default().push(record.clone());
                }
                for (name, records) in documents {
                    let all = held.entry(name).or_default();
                    if all.last().is_some_and(|last| last.id > records[0].id) {
                        continue;
                    }
                    all.extend(records.clone());
                    let chain = Chain::over(all.iter());
                    let documents = vec![ReceivedDocument { name, records, chain }];
                    let seal = Seal { counter: 1, mac: [0; 32] };
                    let received = Received { documents, erased: vec![], seal };
                    person.store().shared_log().unwrap().receive(received).unwrap();
                    person.store().together().unwrap();
                }
            }
            let ids: std::collections::BTreeSet<_> = held.values().flatten().map(|record| record.id).collect();
            if ids.len() == records.len() {
                states.push(person.store().together().unwrap());
            }
        }
        prop_assert!(states.windows(2).all(|pair| pair[0] == pair[1]));
        prop_assert!(!states.is_empty());
    }
}
