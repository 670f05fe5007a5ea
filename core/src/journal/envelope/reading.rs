//! Reading a value in one pass: the kind comes first and says what the body is.
//!
//! By hand, because what serde derives would be made once more, whole, for each kind of body: a quarter of a megabyte in the
//! library of a phone.

use std::fmt::{self, Formatter};

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Body, Envelope};

/// The keys of the form on disk and on the wire.
#[derive(Deserialize)]
#[serde(field_identifier)]
enum Key {
    #[serde(rename = "k")]
    Kind,
    #[serde(rename = "s")]
    Supersedes,
    #[serde(rename = "n")]
    Needs,
    #[serde(rename = "b")]
    Body,
    #[serde(other)]
    Newer,
}

impl<'de> Deserialize<'de> for Envelope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Whole)
    }
}

struct Whole;

impl<'de> Visitor<'de> for Whole {
    type Value = Envelope;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("the value of an entry")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Envelope, A::Error> {
        let (mut kind, mut supersedes, mut needs, mut body) = (None, None, None, None);
        while let Some(key) = map.next_key()? {
            match key {
                Key::Kind => once(&mut kind, map.next_value::<String>()?)?,
                Key::Supersedes => once(&mut supersedes, map.next_value()?)?,
                Key::Needs => once(&mut needs, map.next_value()?)?,
                Key::Body => {
                    let kind = kind.as_deref().ok_or_else(|| A::Error::missing_field("k"))?;
                    once(&mut body, map.next_value_seed(OfKind(kind))?)?;
                }
                Key::Newer => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let body = body.ok_or_else(|| A::Error::missing_field("b"))?;
        Ok(Envelope { body, supersedes: supersedes.flatten(), needs: needs.unwrap_or_default() })
    }
}

fn once<T, E: Error>(place: &mut Option<T>, value: T) -> Result<(), E> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(E::custom("a key stands twice")),
    }
}

/// A body of this kind; one that is not known cannot be read.
struct OfKind<'k>(&'k str);

impl<'de> DeserializeSeed<'de> for OfKind<'_> {
    type Value = Body;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Body, D::Error> {
        Body::from_fields(self.0, deserializer).unwrap_or_else(|| Err(D::Error::custom("of a newer version")))
    }
}
