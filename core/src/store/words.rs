//! The words of an entry, for the search index: every text in its body, whatever its kind or version.

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};

/// All texts in an entry's value, one a line; empty where there are none, or it cannot be read.
///
/// What stands in the index is taken out by giving it the same text again. So this must not change
/// without building the index anew.
pub(super) fn words_of(value: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Value {
        #[serde(rename = "b")]
        body: Words,
    }
    ciborium::from_reader::<Value, _>(value).map(|value| value.body.0).unwrap_or_default()
}

/// The texts in some value, one a line.
struct Words(String);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Collect)
    }
}

struct Collect;

impl<'de> Visitor<'de> for Collect {
    type Value = Words;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Words, E> {
        Ok(Words(format!("{text}\n")))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Words, A::Error> {
        let mut words = String::new();
        while let Some(Words(more)) = items.next_element()? {
            words.push_str(&more);
        }
        Ok(Words(words))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Words, A::Error> {
        let mut words = String::new();
        while let Some((IgnoredAny, Words(more))) = fields.next_entry()? {
            words.push_str(&more);
        }
        Ok(Words(words))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Words, E> {
        Ok(Words(String::new()))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Words, E> {
        Ok(Words(String::new()))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Words, E> {
        Ok(Words(String::new()))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Words, E> {
        Ok(Words(String::new()))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Words, E> {
        Ok(Words(String::new()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Words, E> {
        Ok(Words(String::new()))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Words, E> {
        Ok(Words(String::new()))
    }

    fn visit_unit<E>(self) -> Result<Words, E> {
        Ok(Words(String::new()))
    }

    fn visit_none<E>(self) -> Result<Words, E> {
        Ok(Words(String::new()))
    }

    fn visit_some<D: Deserializer<'de>>(self, some: D) -> Result<Words, D::Error> {
        Words::deserialize(some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Body, Envelope, FoldVersion, Sentence, TogetherField, TogetherSet, TogetherValue};

    fn words(body: impl Into<Body>) -> String {
        let envelope = Envelope { body: body.into(), supersedes: None, needs: FoldVersion::CURRENT };
        words_of(&envelope.write().unwrap())
    }

    #[test]
    fn every_text_of_a_body_is_a_line_and_names_of_fields_are_none() {
        assert_eq!(words(Sentence { feeling: "sad".into(), need: "tea".into() }), "sad\ntea\n");
        let map = [("day".to_owned(), TogetherValue::Text("Sunday".into()))].into();
        let list = TogetherValue::List(vec![TogetherValue::Map(map), TogetherValue::Int(3), TogetherValue::Null]);
        let plan = TogetherSet { field: TogetherField::Plan, value: list, seen: vec![] };
        assert_eq!(words(plan), "plan\nSunday\n");
    }

    #[test]
    fn what_cannot_be_read_has_no_words() {
        assert_eq!(words_of(b"\xff noise"), "");
    }
}
