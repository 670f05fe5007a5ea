//! Full-text search.

use super::*;
use crate::journal::{Snapshot, TogetherValue};

fn found(me: &mut Person, text: &str) -> Vec<EntryId> {
    me.store().search(text, None, 100).unwrap()
}

#[test]
fn words_are_found_by_their_beginnings_whatever_their_case_and_accents() {
    let mut me = Person::paired(1);
    let rain = me.worry("Der Régen fällt, wieder");
    let copy = [("text".to_owned(), TogetherValue::Text("regen bogen".into()))].into();
    let shared = me.write(Audience::Both, Snapshot { of: "worry".into(), body: TogetherValue::Map(copy) });
    me.worry("sonne");
    assert_eq!(found(&mut me, "REG"), [shared, rain]);
    assert_eq!(found(&mut me, "regen wied"), [rain]);
    assert_eq!(found(&mut me, "regen sonne"), []);
    assert_eq!(me.store().search("regen", Some(Audience::OnlyMe), 100), Ok(vec![rain]));
    assert_eq!(me.store().search("regen", None, 1), Ok(vec![shared]));
    for nothing in ["", "  ", "\"", "*", "regen\" OR \"sonne", "a AND", "-"] {
        assert_eq!(found(&mut me, nothing), [], "{nothing:?}");
    }
}

#[test]
fn what_was_written_since_is_found_and_what_was_erased_is_not() {
    let mut me = Person::new(1);
    let ids: Vec<_> = (0..100).map(|n| me.worry(&format!("cloud number{n}"))).collect();
    assert_eq!(found(&mut me, "cloud").len(), 100);
    let later = me.worry("another cloud");
    me.erase(Audience::OnlyMe, &ids[..98]);
    assert_eq!(found(&mut me, "cloud"), [later, ids[99], ids[98]]);
    assert_eq!(found(&mut me, "number7"), []);
    me.erase(Audience::OnlyMe, &[ids[99], later]);
    me.reopen();
    // Rows are never used again, also when the newest were erased.
    let last = me.worry("cloudy");
    assert_eq!(found(&mut me, "cloud"), [last, ids[98]]);
    me.store().rebuild_read_model().unwrap();
    assert_eq!(found(&mut me, "cloud"), [last, ids[98]]);
}
