//! Everything that a phone holds or could show, so that a scenario can look for what must not be there.

use attune_core::journal::{Audience, Entry, Record, Whose};
use ciborium::Value as Cbor;
use data_encoding::HEXLOWER;
use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::arguments::Arguments;
use super::opening::Opened;

impl Opened {
    pub(super) fn dump(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        let dump = self.phone.dump()?;
        let documents = dump.documents.iter().map(|document| {
            json!({
                "audience": audience(document.audience),
                "mine": document.whose == Whose::Mine,
                "device": format!("{:?}", document.name.device),
                "month": format!("{:?}", document.name.month),
                "records": document.records.iter().map(record).collect::<Vec<_>>(),
            })
        });
        Ok(json!({
            "entries": dump.entries.iter().map(entry).collect::<Vec<_>>(),
            "documents": documents.collect::<Vec<_>>(),
            "views": self.every_view()?,
            "texts": self.texts()?,
        }))
    }

    /// The texts that the app itself writes, and whether they are about the partner (P14).
    fn texts(&self) -> Answer {
        let mut texts = self.phone.catalogue().about_partner();
        texts.push(self.phone.partner().status()?.text);
        Ok(texts.into_iter().map(|text| json!({"text": text, "about_partner": true})).collect())
    }
}

fn entry(entry: &Entry) -> Value {
    json!({
        "id": entry.id,
        "mine": entry.whose == Whose::Mine,
        "audience": audience(entry.audience),
        "written": entry.written,
        "supersedes": entry.supersedes,
        "kind": entry.body.kind(),
        "body": entry.body,
    })
}

/// A record as it is stored: also what this version cannot read is there to be found.
fn record(record: &Record) -> Value {
    let value = ciborium::from_reader::<Cbor, _>(record.value.as_slice());
    let value = value.map_or_else(|_| Value::from(HEXLOWER.encode(&record.value)), |value| plain(&value));
    json!({"id": record.id, "written": record.written, "value": value})
}

fn plain(value: &Cbor) -> Value {
    match value {
        Cbor::Text(text) => Value::from(text.as_str()),
        Cbor::Bytes(bytes) => Value::from(HEXLOWER.encode(bytes)),
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

fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::OnlyMe => "only_me",
        Audience::Both => "both",
    }
}
