//! The arguments of an operation. Each is taken by name and type; what is left over makes no sense.

use attune_core::journal::{EntryId, LocalTime};
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::answer::Fault;

/// Arguments that are still to be taken.
pub(super) struct Arguments(Map<String, Value>);

impl Arguments {
    pub(super) fn new(arguments: Map<String, Value>) -> Self {
        Self(arguments)
    }

    /// All arguments were taken. To be called before anything is done.
    pub(super) fn done(self) -> Result<(), Fault> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(key) => Err(Fault::bad(format!("no argument is called \"{key}\""))),
        }
    }

    /// An argument as it stands; absent and null are the same.
    pub(super) fn maybe(&mut self, key: &str) -> Option<Value> {
        self.0.remove(key).filter(|value| !value.is_null())
    }

    /// An argument of any shape, null among them.
    pub(super) fn value(&mut self, key: &str) -> Result<Value, Fault> {
        self.0.remove(key).ok_or_else(|| Fault::bad(format!("\"{key}\" is missing")))
    }

    pub(super) fn text(&mut self, key: &str) -> Result<String, Fault> {
        self.maybe_text(key)?.ok_or_else(|| Fault::bad(format!("\"{key}\" is missing")))
    }

    pub(super) fn maybe_text(&mut self, key: &str) -> Result<Option<String>, Fault> {
        match self.maybe(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Fault::bad(format!("\"{key}\" is no text"))),
        }
    }

    pub(super) fn flag(&mut self, key: &str) -> Result<bool, Fault> {
        match self.maybe(key) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(_) => Err(Fault::bad(format!("\"{key}\" is neither true nor false"))),
        }
    }

    fn signed_whole(&mut self, key: &str) -> Result<i64, Fault> {
        let value = self.value(key)?;
        value
            .as_i64()
            .or(value.as_u64().map(|_| i64::MAX))
            .ok_or_else(|| Fault::bad(format!("\"{key}\" is no whole number")))
    }

    /// A whole number; one that is too large or too small comes as the largest or the smallest, for the
    /// phone to find it out of its range.
    pub(super) fn whole(&mut self, key: &str) -> Result<u32, Fault> {
        let value = self.value(key)?;
        let whole = value.as_u64().map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        whole.or(value.as_i64().map(|_| 0)).ok_or_else(|| Fault::bad(format!("\"{key}\" is no whole number")))
    }

    /// Any whole number from 0 on.
    pub(super) fn number(&mut self, key: &str) -> Result<u64, Fault> {
        let value = self.value(key)?;
        value.as_u64().ok_or_else(|| Fault::bad(format!("\"{key}\" is no whole number from 0 on")))
    }

    pub(super) fn port(&mut self, key: &str) -> Result<u16, Fault> {
        self.number(key)?.try_into().map_err(|_| Fault::bad(format!("\"{key}\" is no port")))
    }

    pub(super) fn time(&mut self, key: &str) -> Result<LocalTime, Fault> {
        LocalTime::parse(&self.text(key)?).map_err(|_| Fault::bad(format!("\"{key}\" is no time with an offset")))
    }

    /// A local date.
    pub(super) fn date(&mut self, key: &str) -> Result<NaiveDate, Fault> {
        self.text(key)?.parse().map_err(|_| Fault::bad(format!("\"{key}\" is no date")))
    }

    pub(super) fn maybe_date(&mut self, key: &str) -> Result<Option<NaiveDate>, Fault> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.date(key).map(Some),
        }
    }

    /// An id. A text that was never given out as one is no bad argument: it is the id of nothing.
    pub(super) fn id(&mut self, key: &str) -> Result<EntryId, Fault> {
        Ok(id_of(&self.text(key)?))
    }

    pub(super) fn ids(&mut self, key: &str) -> Result<Vec<EntryId>, Fault> {
        let ids: Vec<String> =
            serde_json::from_value(self.value(key)?).map_err(|_| Fault::bad(format!("\"{key}\" is no list of ids")))?;
        Ok(ids.iter().map(|id| id_of(id)).collect())
    }

    /// An id, and nothing else.
    pub(super) fn only_id(&mut self) -> Result<EntryId, Fault> {
        let id = self.id("id")?;
        std::mem::replace(self, Self::new(Map::new())).done()?;
        Ok(id)
    }

    /// A place on a scale from 0 to 10; what is off it comes as something that is.
    pub(super) fn maybe_scale(&mut self, key: &str) -> Result<Option<u8>, Fault> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => Ok(Some(u8::try_from(self.signed_whole(key)?).unwrap_or(u8::MAX))),
        }
    }

    /// Arguments within an argument.
    pub(super) fn object(&mut self, key: &str) -> Result<Self, Fault> {
        match self.value(key)? {
            Value::Object(fields) => Ok(Self(fields)),
            _ => Err(Fault::bad(format!("\"{key}\" is no object"))),
        }
    }

    /// One of the words that `T` knows.
    pub(super) fn word<T: DeserializeOwned>(&mut self, key: &str) -> Result<T, Fault> {
        self.maybe_word(key)?.ok_or_else(|| Fault::bad(format!("\"{key}\" is missing")))
    }

    /// One of them, or none.
    pub(super) fn maybe_word<T: DeserializeOwned>(&mut self, key: &str) -> Result<Option<T>, Fault> {
        let Some(word) = self.maybe_text(key)? else { return Ok(None) };
        let known = serde_json::from_value(Value::String(word));
        known.map(Some).map_err(|_| Fault::bad(format!("\"{key}\" is none of the words that it may be")))
    }

    /// Some of them.
    pub(super) fn maybe_words<T: DeserializeOwned>(&mut self, key: &str) -> Result<Option<T>, Fault> {
        let Some(words) = self.maybe(key) else { return Ok(None) };
        let known = serde_json::from_value(words);
        known.map(Some).map_err(|_| Fault::bad(format!("\"{key}\" is no list of words that it may hold")))
    }
}

/// The id that this text is, or that of nothing: no entry has the first of all ids.
pub(super) fn id_of(text: &str) -> EntryId {
    EntryId::parse(text).unwrap_or(EntryId::from_bytes([0; 16]))
}
