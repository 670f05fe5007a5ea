//! What both may change: sets of the fields of the together document (spec §3).

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::journal::{Body, EntryId, OutOfRange};

/// A field of the together document. Each is one whole value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum TogetherField {
    /// The saved repair ritual.
    Ritual,
    /// Agreed phrases.
    Phrases,
    /// The weekly plan.
    Plan,
}

impl TogetherField {
    /// Every field, in the order in which it is shown.
    pub const ALL: [Self; 3] = [Self::Ritual, Self::Phrases, Self::Plan];

    /// Its name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ritual => "ritual",
            Self::Phrases => "phrases",
            Self::Plan => "plan",
        }
    }
}

/// A value of the shape that JSON has, without fractions.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum TogetherValue {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<TogetherValue>),
    /// Named values.
    Map(BTreeMap<String, TogetherValue>),
}

impl TogetherValue {
    /// How deep lists and maps may nest.
    const DEEPEST: usize = 8;

    /// The fields of an item, named as in its documentation; times as RFC 3339, ids as texts.
    pub(super) fn of(item: &Body) -> Self {
        // Every body is a map of texts, whole numbers and lists, which this can hold.
        serde_json::to_value(item).and_then(serde_json::from_value).unwrap_or(Self::Null)
    }

    /// Fails where it nests too deep.
    pub(super) fn check(&self, field: &'static str) -> Result<(), OutOfRange> {
        if self.depth_at_most(Self::DEEPEST) { Ok(()) } else { Err(OutOfRange { field }) }
    }

    fn depth_at_most(&self, most: usize) -> bool {
        match self {
            Self::Null | Self::Bool(_) | Self::Int(_) | Self::Text(_) => true,
            Self::List(items) => most > 0 && items.iter().all(|v| v.depth_at_most(most - 1)),
            Self::Map(items) => most > 0 && items.values().all(|v| v.depth_at_most(most - 1)),
        }
    }
}

/// Reads each value as what it is. Serde would try one variant after the other, and format an error for each
/// that it is not: a quarter of the time that receiving an entry takes.
impl<'de> Deserialize<'de> for TogetherValue {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = TogetherValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value without fractions")
    }

    fn visit_unit<E>(self) -> Result<TogetherValue, E> {
        Ok(TogetherValue::Null)
    }

    fn visit_none<E>(self) -> Result<TogetherValue, E> {
        Ok(TogetherValue::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, some: D) -> Result<TogetherValue, D::Error> {
        TogetherValue::deserialize(some)
    }

    fn visit_bool<E>(self, value: bool) -> Result<TogetherValue, E> {
        Ok(TogetherValue::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<TogetherValue, E> {
        Ok(TogetherValue::Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<TogetherValue, E> {
        i64::try_from(value).map(TogetherValue::Int).map_err(|_| E::custom("a number too large"))
    }

    fn visit_str<E>(self, text: &str) -> Result<TogetherValue, E> {
        Ok(TogetherValue::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<TogetherValue, E> {
        Ok(TogetherValue::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<TogetherValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(TogetherValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<TogetherValue, A::Error> {
        let mut map = BTreeMap::new();
        while let Some((name, value)) = fields.next_entry()? {
            map.insert(name, value);
        }
        Ok(TogetherValue::Map(map))
    }
}

/// A field, set to a value by someone who had seen these sets and no later ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TogetherSet {
    /// Which field.
    pub field: TogetherField,
    /// The whole value.
    pub value: TogetherValue,
    /// The newest sets that its writer had seen, of any field: those that no other seen set had seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub seen: Vec<EntryId>,
}

impl TogetherSet {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        self.value.check("value")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_value() -> impl Strategy<Value = TogetherValue> {
        let leaf = prop_oneof![
            Just(TogetherValue::Null),
            any::<bool>().prop_map(TogetherValue::Bool),
            any::<i64>().prop_map(TogetherValue::Int),
            ".{0,8}".prop_map(TogetherValue::Text),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(TogetherValue::List),
                prop::collection::btree_map(".{0,5}", inner, 0..5).prop_map(TogetherValue::Map),
            ]
        })
    }

    fn read(value: &impl Serialize) -> Option<TogetherValue> {
        let mut bytes = Vec::new();
        ciborium::into_writer(value, &mut bytes).unwrap();
        ciborium::from_reader(bytes.as_slice()).ok()
    }

    proptest! {
        #[test]
        fn every_value_reads_back_as_it_was_written(value in any_value()) {
            prop_assert_eq!(read(&value), Some(value.clone()));
            prop_assert_eq!(serde_json::from_value(serde_json::to_value(&value).unwrap()).ok(), Some(value));
        }
    }

    #[test]
    fn fractions_and_numbers_beyond_64_bits_are_no_values() {
        assert_eq!(read(&0.5), None);
        assert_eq!(read(&u64::MAX), None);
        assert_eq!(read(&[1.5]), None);
    }
}
