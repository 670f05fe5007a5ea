//! Everything that a phone holds, for tests and for the person whose it is.

use ciborium::Value as Cbor;
use serde_json::{Map, Value, json};

use super::{Phone, PhoneError};
use crate::journal::{Entry, Record, Whose};

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Phone {
    /// Everything that this phone holds, as JSON: `entries`, the read model, newest first, and `documents`, what
    /// they were read from. Loads every document.
    pub fn dump_json(&self) -> Result<String, PhoneError> {
        let dump = self.dump()?;
        let documents = dump.documents.iter().map(|document| {
            json!({
                "audience": document.audience,
                "mine": document.whose == Whose::Mine,
                "device": hex::encode(document.name.device.0),
                "month": document.name.month.to_string(),
                "records": document.records.iter().map(record).collect::<Vec<_>>(),
            })
        });
        let documents = documents.collect::<Vec<_>>();
        let entries = dump.entries.iter().map(entry).collect::<Vec<_>>();
        Ok(json!({"entries": entries, "documents": documents}).to_string())
    }
}

fn entry(entry: &Entry) -> Value {
    json!({
        "id": entry.id,
        "mine": entry.whose == Whose::Mine,
        "audience": entry.audience,
        "written": entry.written,
        "supersedes": entry.supersedes,
        "kind": entry.body.kind(),
        "body": entry.body,
    })
}

/// A record as it is stored: also what this version cannot read is there to be found.
fn record(record: &Record) -> Value {
    let value = ciborium::from_reader::<Cbor, _>(record.value.as_slice());
    let value = value.map_or_else(|_| Value::from(hex::encode(&record.value)), |value| plain(&value));
    json!({"id": record.id, "written": record.written, "value": value})
}

fn plain(value: &Cbor) -> Value {
    match value {
        Cbor::Text(text) => Value::from(text.as_str()),
        Cbor::Bytes(bytes) => Value::from(hex::encode(bytes)),
        Cbor::Bool(truth) => Value::from(*truth),
        Cbor::Integer(number) => Value::from(i128::from(*number).to_string()),
        Cbor::Float(number) => Value::from(*number),
        Cbor::Tag(_, value) => plain(value),
        Cbor::Array(values) => values.iter().map(plain).collect(),
        Cbor::Map(values) => {
            let named = |key: &Cbor| key.as_text().map_or_else(|| plain(key).to_string(), str::to_owned);
            Value::Object(values.iter().map(|(key, value)| (named(key), plain(value))).collect::<Map<_, _>>())
        }
        _ => Value::Null,
    }
}
