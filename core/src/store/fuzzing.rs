//! Fuzz targets of this room: what it reads of a partner's entries.

use std::collections::BTreeSet;

use super::together::Sets;
use super::words::words_of;
use crate::fuzzing::Seed;
use crate::journal::{
    Body, DeviceId, EntryId, Envelope, FoldVersion, TogetherField, TogetherSet, TogetherValue, Worry,
};

/// The words of any value: no more of them than it has bytes.
pub(crate) fn words(data: &[u8]) -> bool {
    let words = words_of(data);
    // Each text adds one byte, and has one for its own head.
    assert!(words.len() <= data.len(), "more words came out than went in");
    !words.is_empty()
}

pub(crate) fn words_seeds() -> Vec<Seed> {
    let value = |body| Envelope { body, supersedes: None, needs: FoldVersion::CURRENT }.write().unwrap_or_default();
    let worry = Body::from(Worry { text: "words, and a few more".to_owned() });
    // {"b": {"": ["a", {"k": "b"}], "n": [1, null, 1.5]}}
    let nested = b"\xa1\x61b\xa2\x60\x82\x61a\xa1\x61k\x61b\x61n\x83\x01\xf6\xf9\x3e\x00".to_vec();
    vec![("worry", value(worry)), ("nested", nested)]
}

/// Any sets, of a few devices (the own one among them, as a partner may claim it), that had seen each other
/// in any order, in circles, or what is not there: the document is made, and shows what was set and nothing
/// else.
///
/// A set is seven bytes: id, device, field, value, and three ids that it had seen.
pub(crate) fn together(data: &[u8]) -> bool {
    let mut sets = Sets::default();
    let mut rest = data;
    while let Some(([id, device, field, value, seen @ ..], more)) = rest.split_first_chunk::<7>() {
        let field = match field % 3 {
            0 => TogetherField::Ritual,
            1 => TogetherField::Phrases,
            _ => TogetherField::Plan,
        };
        let seen = seen.iter().filter(|seen| **seen != 0).map(|seen| entry(*seen)).collect();
        let set = TogetherSet { field, value: TogetherValue::Int(i64::from(*value)), seen };
        sets.0.insert(entry(*id), (DeviceId([device % 3; 16]), set));
        rest = more;
    }
    let state = sets.state();
    assert!(state.is_ok(), "sets make no document");
    let Ok(state) = state else { return false };
    let sets = sets.0;
    for field in TogetherField::ALL {
        let set: Vec<_> = sets.values().filter(|(_, set)| set.field == field).map(|(_, set)| &set.value).collect();
        let shown = state.versions(field);
        assert!(shown.iter().all(|value| set.contains(&value)), "a version that nobody set");
        assert_eq!(shown.is_empty(), set.is_empty(), "what was set is not shown");
        assert!(shown.iter().enumerate().all(|(at, value)| !shown.iter().skip(at + 1).any(|other| other == value)));
    }
    let newest: BTreeSet<_> = state.seen.iter().collect();
    assert!(newest.iter().all(|id| sets.contains_key(*id)), "a set that nobody wrote is the newest");
    let is_seen = |id: &EntryId| sets.iter().any(|(other, (_, set))| other != id && set.seen.contains(id));
    assert!(!newest.iter().any(|id| is_seen(id)), "the newest set was seen by another");
    !sets.is_empty()
}

pub(crate) fn together_seeds() -> Vec<Seed> {
    vec![
        ("one_after_the_other", vec![1, 1, 0, 10, 0, 0, 0, 2, 2, 0, 20, 1, 0, 0, 3, 1, 0, 30, 2, 0, 0]),
        ("at_once_and_settled", vec![1, 1, 0, 10, 0, 0, 0, 2, 2, 0, 20, 0, 0, 0, 3, 1, 0, 20, 1, 2, 0]),
        ("at_once", vec![1, 1, 0, 10, 0, 0, 0, 2, 2, 0, 20, 0, 0, 0, 3, 2, 1, 5, 0, 0, 0]),
    ]
}

fn entry(name: u8) -> EntryId {
    EntryId::from_bytes([name; 16])
}
