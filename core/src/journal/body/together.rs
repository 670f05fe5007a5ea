//! What both may change: sets of the fields of the together document (spec §3).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::journal::{Body, EntryId, OutOfRange};

/// A field of the together document. Each is one whole value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
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

/// A field, set to a value by someone who had seen these sets and no later ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TogetherSet {
    /// Which field.
    pub field: TogetherField,
    /// The whole value.
    pub value: TogetherValue,
    /// The newest sets that its writer had seen, of any field: those that no other seen set had seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<EntryId>,
}

impl TogetherSet {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        self.value.check("value")
    }
}
