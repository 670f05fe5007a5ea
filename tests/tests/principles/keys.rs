//! The names of what an answer holds.

use std::collections::BTreeSet;

use attune_core::journal::Body;
use serde::de::{Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Value, json};

use crate::people::Two;

/// All keys of all objects in a value, at any depth.
pub(crate) fn keys_of(value: &Value) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    collect(value, &mut keys);
    keys
}

fn collect(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                keys.insert(key.clone());
                collect(value, keys);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, keys)),
        _ => {}
    }
}

/// The words that a name in snake case consists of.
pub(crate) fn words_of(name: &str) -> impl Iterator<Item = &str> {
    name.split('_')
}

/// The name of every field that an entry of some kind has, and of every key that a phone shows after two
/// people have used all of it.
pub(crate) fn everything(seed: u64) -> BTreeSet<String> {
    let mut names = fields_of_all_kinds();
    assert!(names.len() > 60, "the kinds have fields: {names:?}");
    let mut two = Two::paired(seed);
    names.extend(use_all(&mut two));
    for person in [&mut two.ada, &mut two.bob] {
        names.extend(keys_of(&person.dump()["views"]));
    }
    names
}

/// Uses what has no view without an id, and looks at it; the keys that were seen.
fn use_all(two: &mut Two) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let until = "2026-03-02T12:00:00+01:00";
    let round = two.ada.makes("round.invite", json!({"max_s": 60, "open_until": until, "round_kind": "tea"}));
    let pledge = two.bob.makes("pledge.make", json!({"due": until, "how": "tea", "sentence": "I come back."}));
    let repair = two.ada.makes("repair.pause", json!({}));
    let turn = two.ada.makes("turn.begin", json!({"own_feeling": "calm"}));
    two.ada.logs(json!({"kind": "moment", "urge": "fix", "situation": "work", "cue": "heat"}), true);
    two.bob.logs(json!({"kind": "check_in", "state": "settled", "activation": 2}), true);
    two.meet();
    for person in [&mut two.ada, &mut two.bob] {
        for (view, id) in [("round", &round), ("pledge", &pledge), ("repair", &repair), ("turn", &turn)] {
            keys.extend(keys_of(&person.sees_of(view, id)));
        }
        keys.extend(keys_of(&person.sees("moments", json!({"week_of": "2026-03-02"}))));
        keys.extend(keys_of(&person.sees("upcoming", json!({"until": "2026-03-03T12:00:00+01:00"}))));
        for whom in ["me", "partner"] {
            keys.extend(keys_of(&person.sees("toolkit", json!({"for": whom}))));
            keys.extend(keys_of(&person.sees("suggestions", json!({"for": whom}))));
        }
        for view in ["may_invite", "limit", "caps", "programme", "partner", "help_offered", "returns", "together"] {
            keys.extend(keys_of(&person.sees(view, json!({}))));
        }
        for view in ["entries", "rounds", "shared_with_me"] {
            keys.extend(keys_of(&person.sees(view, json!({}))));
        }
    }
    keys
}

/// What the journal asks for when it reads an entry of each kind.
fn fields_of_all_kinds() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for kind in Body::KINDS {
        // It is told that there is nothing to read as soon as it has said what it looks for.
        let read = Body::from_fields(kind, Asked(&mut names));
        assert!(read.is_some(), "{kind}");
        names.insert((*kind).to_owned());
    }
    names
}

/// Notes which fields, or which variants, something that is read looks for.
struct Asked<'a>(&'a mut BTreeSet<String>);

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.extend(fields.iter().map(|field| (*field).to_owned()));
        Err(Self::Error::custom("there is nothing"))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.extend(variants.iter().map(|variant| (*variant).to_owned()));
        Err(Self::Error::custom("there is nothing"))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(Self::Error::custom("there is nothing"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map identifier ignored_any
    }
}
