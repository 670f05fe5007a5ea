//! The file for programs is what `docs/export.schema.json` says (P15).

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod schema;

use std::collections::BTreeSet;

use attune_core::insights::Range;
use attune_core::journal::{Body, item_kinds};
use attune_core::phone::{Environment, Phone};
use chrono::NaiveDate;
use schema::faults;
use serde_json::{Value, json};

fn published() -> Value {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/export.schema.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// An item of every kind, once with everything that it may say and once with as little as it can.
fn items() -> Vec<Value> {
    let time = "2026-03-02T08:00:00+01:00";
    vec![
        json!({"kind": "check_in", "state": "shut_down", "words": ["sad", "own word"], "cues": ["heat"], "activation": 10, "safety": 0, "note": "n"}),
        json!({"kind": "check_in", "state": "settled", "activation": 0}),
        json!({"kind": "moment", "urge": "fix", "situation": "plans", "cue": "heat", "emotion": "sad", "need": "tea"}),
        json!({"kind": "moment", "urge": "own urge"}),
        json!({"kind": "sentence", "feeling": "sad", "need": "tea"}),
        json!({"kind": "appreciation", "text": "t", "said_aloud": true}),
        json!({"kind": "appreciation", "text": "t"}),
        json!({"kind": "worry", "text": "\"quoted\"\n"}),
        json!({"kind": "need", "text": "t"}),
        json!({"kind": "request", "text": "t"}),
        json!({"kind": "weekly", "appreciation": "a", "worry": "b", "need": "c", "request": "d", "trigger": "e", "wish_together": "f", "wish_alone": "g"}),
        json!({"kind": "weekly"}),
        json!({"kind": "alone", "alone_kind": "alone_time", "began": time, "ended": time, "calm_before": 1, "calm_after": 9}),
        json!({"kind": "alone", "alone_kind": "self_regulation"}),
        json!({"kind": "expectation", "sureness": 5}),
        json!({"kind": "return"}),
        json!({"kind": "exercise", "exercise": "slow_breathing", "seconds": 60, "activation_before": 7, "activation_after": 2}),
        json!({"kind": "exercise", "exercise": "slow_breathing"}),
        json!({"kind": "leaning", "closeness": 1, "space": 7}),
        json!({"kind": "strength", "whose": "yours", "text": "t"}),
        json!({"kind": "savour", "text": "t"}),
        json!({"kind": "loop_half", "text": "t"}),
        json!({"kind": "calm_place", "text": "t"}),
        json!({"kind": "support_person", "name": "x", "how": "calls"}),
        json!({"kind": "support_person", "name": "x"}),
        json!({"kind": "belief", "strength": 10}),
    ]
}

fn body(mut fields: Value) -> Body {
    let kind = fields.as_object_mut().unwrap().remove("kind").unwrap();
    Body::from_fields(kind.as_str().unwrap(), fields).unwrap().unwrap()
}

/// What a phone exports on which every kind of item was logged, one was edited, and a pledge was made.
fn exported() -> Value {
    let folder = tempfile::tempdir().unwrap();
    let phone = Phone::open(folder.path(), &[7; 32], Environment::of_this_machine()).unwrap();
    for item in items() {
        phone.journal().log(body(item), false).unwrap();
    }
    let first = phone.journal().log(body(json!({"kind": "worry", "text": "as it was"})), false).unwrap();
    phone.journal().edit(first, body(json!({"kind": "worry", "text": "as it is"}))).unwrap();
    phone.limit().begin(90).unwrap();
    let ever = Range { from: NaiveDate::MIN, to: NaiveDate::MAX };
    phone.export(folder.path(), ever, true).unwrap();
    serde_json::from_str(&std::fs::read_to_string(folder.path().join("attune.json")).unwrap()).unwrap()
}

#[test]
fn every_kind_of_item_is_exported_as_the_schema_says() {
    let (schema, export) = (published(), exported());
    assert_eq!(faults(&schema, &export), Vec::<String>::new());
    let rules = schema["$defs"]["entry"]["allOf"].as_array().unwrap();
    let described: BTreeSet<&str> =
        rules.iter().map(|rule| rule["if"]["properties"]["kind"]["const"].as_str().unwrap()).collect();
    assert_eq!(described, item_kinds().collect(), "every kind of item is described, and no other");
    let of_kind = |kind| export["entries"].as_array().unwrap().iter().any(|entry| entry["kind"] == kind);
    assert!(item_kinds().all(of_kind), "every kind was tried");
    // And the schema names every field that there is.
    for entry in export["entries"].as_array().unwrap() {
        let kind = entry["kind"].as_str().unwrap();
        if described.contains(kind) {
            let named = schema["$defs"][kind]["properties"].as_object().unwrap();
            assert!(entry["body"].as_object().unwrap().keys().all(|field| named.contains_key(field)), "{kind}");
        }
    }
}

#[test]
fn what_is_not_as_the_schema_says_is_seen() {
    let (schema, sound) = (published(), exported());
    let wrong: &[(&str, Value)] = &[
        ("/version", json!(2)),
        ("/exported", json!("yesterday")),
        ("/from", json!("2026-3-2")),
        ("/entries", json!({})),
        ("/entries/0/id", json!("short")),
        ("/entries/0/audience", json!("everybody")),
        ("/entries/0/supersedes", json!(3)),
        ("/entries/0/body/activation", json!(11)),
        ("/entries/0/body/activation", json!("10")),
        ("/entries/0/body/words", json!(["a", "b", "c"])),
        ("/entries/0/body/state", json!("angry")),
        ("/entries/0/body", json!({"state": "settled"})),
        ("/entries/0", json!({"id": 1})),
    ];
    for (place, value) in wrong {
        let mut export = sound.clone();
        *export.pointer_mut(place).unwrap() = value.clone();
        assert_ne!(faults(&schema, &export), Vec::<String>::new(), "{place}");
    }
    let mut more = sound;
    more["surprise"] = json!(1);
    assert_eq!(faults(&schema, &more), ["/surprise: not named"]);
}
