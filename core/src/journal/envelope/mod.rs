//! The CBOR value of an entry: its kind and body, and what concerns every kind alike.

mod reading;

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::{Body, EntryId, Newer, OutOfRange};

/// The most bytes that the value of one entry may have: 16 KiB.
pub const MAX_VALUE_BYTES: usize = 16 * 1024;

/// The version of the folds that an act needs. A flow that holds a newer one than this app knows is
/// read-only ("update to continue").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FoldVersion(pub u16);

impl FoldVersion {
    /// The folds of this version of the app.
    pub const CURRENT: Self = Self(0);

    fn is_first(&self) -> bool {
        self.0 == 0
    }
}

/// What the value of an entry holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// What it says.
    pub body: Body,
    /// The entry that this one replaces.
    pub supersedes: Option<EntryId>,
    /// The fold version that a phone needs to act on it.
    pub needs: FoldVersion,
}

/// The form on disk and on the wire. Keys are short because they stand in every entry.
#[derive(Serialize, Deserialize)]
struct Wire<'a, B> {
    #[serde(rename = "k")]
    kind: Cow<'a, str>,
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    supersedes: Option<EntryId>,
    #[serde(rename = "n", default, skip_serializing_if = "FoldVersion::is_first")]
    needs: FoldVersion,
    #[serde(rename = "b")]
    body: B,
}

impl Envelope {
    /// Checks the body's values and writes it down. Fails with [`OutOfRange`] where a value is off its
    /// scale, or where the whole is larger than [`MAX_VALUE_BYTES`] (field `text`), and for a body of a
    /// newer version, which only its own version may write.
    pub fn write(&self) -> Result<Vec<u8>, OutOfRange> {
        self.body.check()?;
        let wire = Wire {
            kind: Cow::Borrowed(self.body.kind()),
            supersedes: self.supersedes,
            needs: self.needs,
            body: &self.body,
        };
        let mut value = Vec::with_capacity(256);
        ciborium::into_writer(&wire, &mut value).map_err(|_| OutOfRange { field: "body" })?;
        if value.len() > MAX_VALUE_BYTES {
            return Err(OutOfRange { field: "text" });
        }
        Ok(value)
    }

    /// Reads a value. A kind that this version does not know, or values that it cannot take, are kept
    /// as [`Body::Newer`]: they travel on untouched and are shown as from a newer version.
    pub fn read(value: &[u8]) -> Self {
        if let Ok(read) = ciborium::from_reader::<Self, _>(value)
            && read.body.check().is_ok()
        {
            return read;
        }
        match ciborium::from_reader::<Wire<'_, IgnoredAny>, _>(value) {
            Ok(head) => Self {
                body: Newer { kind: head.kind.into_owned() }.into(),
                supersedes: head.supersedes,
                needs: head.needs,
            },
            Err(_) => {
                Self { body: Newer { kind: String::new() }.into(), supersedes: None, needs: FoldVersion::default() }
            }
        }
    }
}

/// What must be known of an entry in order to file it and to find it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Its kind, as [`Body::kind`] says it.
    pub kind: String,
    /// The entry that it replaces.
    pub supersedes: Option<EntryId>,
    /// What its body refers to ([`Body::refers_to`]), and then what it replaces.
    pub references: Vec<EntryId>,
}

impl Outline {
    /// Reads it out of a value, most often without a look at the body.
    pub fn read(value: &[u8]) -> Self {
        match ciborium::from_reader::<Wire<'_, IgnoredAny>, _>(value) {
            Ok(head) if !Body::may_refer(&head.kind) => Self {
                kind: head.kind.into_owned(),
                supersedes: head.supersedes,
                references: head.supersedes.into_iter().collect(),
            },
            _ => Self::of(&Envelope::read(value)),
        }
    }

    /// The outline of what is read already.
    pub fn of(envelope: &Envelope) -> Self {
        let mut references = envelope.body.refers_to();
        references.extend(envelope.supersedes);
        Self { kind: envelope.body.kind().to_owned(), supersedes: envelope.supersedes, references }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use ciborium::Value;

    use super::*;
    use crate::journal::{Answer, AnswerWith, CheckIn, FeltState, TogetherField, TogetherSet, TogetherValue, Worry};

    fn written(body: impl Into<Body>) -> Result<Vec<u8>, OutOfRange> {
        Envelope { body: body.into(), supersedes: None, needs: FoldVersion::CURRENT }.write()
    }

    fn check_in(words: &[&str], activation: u8) -> CheckIn {
        let words = words.iter().map(ToString::to_string).collect();
        CheckIn { state: FeltState::Mixed, words, cues: vec![], activation, safety: None, note: None }
    }

    #[test]
    fn a_body_reads_back_as_it_was_written() {
        let value = TogetherValue::List(vec![TogetherValue::Text("tea".into()), TogetherValue::Int(-3)]);
        let seen = vec![EntryId::from_bytes([7; 16])];
        let body = Body::from(TogetherSet { field: TogetherField::Plan, value, seen });
        let bytes = written(body.clone());
        assert_eq!(bytes.map(|b| Envelope::read(&b).body), Ok(body));
    }

    #[test]
    fn an_outline_says_what_the_whole_would_say() {
        let id = EntryId::from_bytes([7; 16]);
        let answer = Answer { request: id, with: AnswerWith::Accept, text: None };
        let bodies = [Body::from(answer), Worry { text: "rain".into() }.into(), check_in(&["sad"], 3).into()];
        let other = Some(EntryId::from_bytes([8; 16]));
        let values = bodies.into_iter().flat_map(|body| {
            [None, other].map(|supersedes| {
                Envelope { body: body.clone(), supersedes, needs: FoldVersion::CURRENT }.write().unwrap()
            })
        });
        for value in values.chain([b"noise".to_vec()]) {
            assert_eq!(Outline::read(&value), Outline::of(&Envelope::read(&value)));
        }
        let answer = Body::from(Answer { request: id, with: AnswerWith::Accept, text: None });
        let value = Envelope { body: answer, supersedes: other, needs: FoldVersion::CURRENT }.write().unwrap();
        assert_eq!(Outline::read(&value).references, [Some(id), other].map(Option::unwrap));
    }

    #[test]
    fn what_cannot_be_taken_keeps_what_concerns_every_kind() {
        let id = EntryId::from_bytes([7; 16]);
        let sound = Envelope { body: check_in(&["sad"], 3).into(), supersedes: Some(id), needs: FoldVersion(2) };
        let mut off_scale = sound.write().unwrap();
        assert_eq!(Envelope::read(&off_scale), sound);
        let activation = off_scale.iter().rposition(|byte| *byte == 3).unwrap();
        off_scale[activation] = 11;
        let newer = Body::Newer(super::Newer { kind: "check_in".into() });
        assert_eq!(Envelope::read(&off_scale), Envelope { body: newer, ..sound });
    }

    #[test]
    fn the_kind_stands_before_the_body() {
        let turned = |kind: &str| {
            let text = BTreeMap::from([("text", "rain")]);
            let fields = [("b", Value::serialized(&text).unwrap()), ("k", Value::from(kind))];
            let mut bytes = Vec::new();
            ciborium::into_writer(&Value::Map(fields.map(|(key, value)| (key.into(), value)).into()), &mut bytes)
                .unwrap();
            Envelope::read(&bytes).body
        };
        assert_eq!(turned("worry"), Body::Newer(super::Newer { kind: "worry".into() }));
    }

    #[test]
    fn a_value_off_its_scale_is_refused_by_name() {
        assert_eq!(written(check_in(&[], 11)), Err(OutOfRange { field: "activation" }));
        assert_eq!(written(check_in(&["a", "b", "c"], 1)), Err(OutOfRange { field: "words" }));
        assert_eq!(written(Worry { text: "x".repeat(MAX_VALUE_BYTES) }), Err(OutOfRange { field: "text" }));
    }

    #[test]
    fn kinds_fields_and_values_of_a_newer_version_are_no_error() {
        #[derive(Serialize)]
        struct Newer<B> {
            k: &'static str,
            b: B,
            z: u8,
        }
        let read = |value: &dyn Fn(&mut Vec<u8>)| {
            let mut bytes = Vec::new();
            value(&mut bytes);
            Envelope::read(&bytes).body
        };
        let unknown = read(&|to| ciborium::into_writer(&Newer { k: "dream", b: 1, z: 2 }, to).unwrap());
        assert_eq!(unknown, Body::Newer(super::Newer { kind: "dream".into() }));
        let body = BTreeMap::from([("text", "rain"), ("colour", "grey")]);
        let known = read(&|to| ciborium::into_writer(&Newer { k: "worry", b: &body, z: 2 }, to).unwrap());
        assert_eq!(known, Body::Worry(Worry { text: "rain".into() }));
        let off_scale = read(&|to| {
            ciborium::into_writer(&Newer { k: "check_in", b: &check_in(&[], 99), z: 2 }, to).unwrap();
        });
        assert_eq!(off_scale, Body::Newer(super::Newer { kind: "check_in".into() }));
        assert_eq!(
            read(&|to| to.extend_from_slice(b"\xff\x00 noise")),
            Body::Newer(super::Newer { kind: String::new() })
        );
    }
}
