//! Bodies of entries, from JSON to the core's types. Unknown kinds, unknown fields and wrong types are
//! bad arguments; a whole number off its scale is for the core to refuse.

use attune_core::journal::Body;
use serde::de::{Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use super::answer::Fault;
use super::arguments::id_of;

/// Fields that refer to other entries.
const REFERENCES: &[&str] = &["pledge", "expectation"];

/// Reads `{"kind": …, fields}`.
pub(super) fn read(body: Value) -> Result<Body, Fault> {
    let Value::Object(mut fields) = body else { return Err(Fault::bad("\"body\" is no object")) };
    let Some(Value::String(kind)) = fields.remove("kind") else {
        return Err(Fault::bad("\"body\" has no \"kind\""));
    };
    for (key, value) in &mut fields {
        if let (true, Some(text)) = (REFERENCES.contains(&key.as_str()), value.as_str()) {
            *value = Value::from(id_of(text).to_string());
        }
    }
    let read = |fields: &Map<String, Value>| {
        Body::from_fields(&kind, Fields(fields.clone()))
            .unwrap_or_else(|| Err(serde_json::Error::custom("no such kind")))
    };
    let error = match read(&fields) {
        Ok(body) => return Ok(body),
        Err(error) => error,
    };
    // A scale's type may not hold 300 or -1. Such a number is nonetheless one that is off the scale, so
    // it is read as one that the type can hold and the scale cannot.
    for stand_in in [u32::from(u8::MAX), u32::MAX] {
        if let Ok(body) = read(&with_small_numbers(&fields, stand_in))
            && body.check().is_err()
        {
            return Ok(body);
        }
    }
    Err(Fault::bad(error.to_string()))
}

fn with_small_numbers(fields: &Map<String, Value>, stand_in: u32) -> Map<String, Value> {
    let small = |value: &Value| match value.as_number() {
        Some(number) if !number.is_f64() && value.as_u64().is_none_or(|number| number > 255) => Value::from(stand_in),
        _ => value.clone(),
    };
    fields.iter().map(|(key, value)| (key.clone(), small(value))).collect()
}

/// The fields of a body; those that the body's type does not have are an error.
struct Fields(Map<String, Value>);

impl<'de> Deserializer<'de> for Fields {
    type Error = serde_json::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match self.0.keys().find(|key| !fields.contains(&key.as_str())) {
            Some(unknown) => Err(Self::Error::custom(format!("no field is called \"{unknown}\""))),
            None => Value::Object(self.0).deserialize_struct(name, fields, visitor),
        }
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        Value::Object(self.0).deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use attune_core::journal::{CheckIn, FeltState};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_body_is_read_by_its_kind() {
        let body = read(json!({"kind": "check_in", "state": "shut_down", "activation": 3})).unwrap();
        let Body::CheckIn(CheckIn { state, activation, words, .. }) = body else { panic!("{body:?}") };
        assert_eq!((state, activation, words.len()), (FeltState::ShutDown, 3, 0));
    }

    #[test]
    fn what_a_kind_does_not_know_is_a_bad_argument() {
        for body in [
            json!("worry"),
            json!({"text": "no kind"}),
            json!({"kind": 1, "text": "t"}),
            json!({"kind": "mood", "text": "t"}),
            json!({"kind": "worry", "text": "t", "extra": null}),
            json!({"kind": "worry", "text": "t", "extra": false}),
            json!({"kind": "worry", "text": 1}),
            json!({"kind": "worry"}),
            json!({"kind": "check_in", "state": "sleepy", "activation": 3}),
            json!({"kind": "check_in", "state": "mixed", "activation": 3.5}),
            json!({"kind": "check_in", "state": "mixed", "activation": "3"}),
            json!({"kind": "check_in", "state": "mixed"}),
            json!({"kind": "check_in", "state": "mixed", "activation": 300, "extra": 1}),
            json!({"kind": "weekly", "worry": "w", "shared": ["mood"]}),
        ] {
            assert!(matches!(read(body.clone()), Err(Fault::Error { code, .. }) if code == "BadArguments"), "{body}");
        }
    }

    #[test]
    fn a_number_off_its_scale_is_left_to_the_core() {
        for body in [
            json!({"kind": "check_in", "state": "mixed", "activation": 11}),
            json!({"kind": "check_in", "state": "mixed", "activation": 300}),
            json!({"kind": "check_in", "state": "mixed", "activation": -1}),
            json!({"kind": "exercise", "exercise": "breathe_six", "seconds": -1}),
            json!({"kind": "exercise", "exercise": "breathe_six", "seconds": 5_000_000_000_u64}),
            json!({"kind": "leaning", "closeness": 0, "space": 1}),
        ] {
            assert!(read(body.clone()).unwrap().check().is_err(), "{body}");
        }
        let long = read(json!({"kind": "exercise", "exercise": "breathe_six", "seconds": 600})).unwrap();
        assert!(long.check().is_ok());
    }

    #[test]
    fn a_text_that_is_no_id_refers_to_nothing() {
        let body = read(json!({"kind": "return", "expectation": "nothing"})).unwrap();
        assert_eq!(body.refers_to(), [id_of("nothing")]);
    }
}
