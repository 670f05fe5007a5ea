//! Ids of entries: one author's ids sort in the order of writing, and those of shared entries say
//! nothing about private ones.

use base32::Alphabet;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::Audience;

/// The form as text: letters that sort as the bytes do.
const FORM: Alphabet = Alphabet::Rfc4648HexLower { padding: false };

/// The id of an entry: 16 bytes that sort by time of writing.
///
/// ```text
/// 48 bits  milliseconds since 1970
/// 16 bits  count of shared entries within that millisecond, from 1
/// 16 bits  count of private entries since that shared one, 0 for a shared entry
/// 48 bits  random
/// ```
/// A shared id is made from the clock, the last shared id and randomness of its own, never from a
/// private entry (P16). A private id is made after either kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId([u8; 16]);

/// A text that is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an entry id")]
pub struct MalformedId;

impl EntryId {
    /// The id with these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The id as stored and sent.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Self, MalformedId> {
        let text = text.to_ascii_lowercase();
        let bytes = base32::decode(FORM, &text).and_then(|bytes| bytes.try_into().ok()).ok_or(MalformedId)?;
        // The last letter holds three bits: with others in it the text would be a second one of the same id.
        Some(Self(bytes)).filter(|id| id.to_string() == text).ok_or(MalformedId)
    }

    fn build(place: Place, random: [u8; 6]) -> Self {
        let [.., a, b, c, d, e, f] = place.unix_ms.to_be_bytes();
        let [s1, s2] = place.shared.to_be_bytes();
        let [p1, p2] = place.private.to_be_bytes();
        let [r1, r2, r3, r4, r5, r6] = random;
        Self([a, b, c, d, e, f, s1, s2, p1, p2, r1, r2, r3, r4, r5, r6])
    }

    fn place(self) -> Place {
        let [a, b, c, d, e, f, s1, s2, p1, p2, ..] = self.0;
        Place {
            unix_ms: u64::from_be_bytes([0, 0, a, b, c, d, e, f]),
            shared: u16::from_be_bytes([s1, s2]),
            private: u16::from_be_bytes([p1, p2]),
        }
    }
}

/// Where an id stands in the order of writing, without its random part.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    unix_ms: u64,
    shared: u16,
    private: u16,
}

impl Place {
    fn at(unix_ms: i64) -> Self {
        // 48 bits reach the year 10889; a clock before 1970 counts as 1970.
        Self { unix_ms: u64::try_from(unix_ms).unwrap_or(0), shared: 0, private: 0 }
    }

    fn next_shared(self) -> Self {
        match self.shared.checked_add(1) {
            Some(shared) => Self { shared, private: 0, ..self },
            None => Self { unix_ms: self.unix_ms + 1, shared: 0, private: 0 },
        }
    }

    fn next_private(self) -> Self {
        match self.private.checked_add(1) {
            Some(private) => Self { private, ..self },
            None => self.next_shared().next_private(),
        }
    }
}

/// Makes the ids of one person's entries; knows the last one of each audience.
#[derive(Clone, Copy, Debug, Default)]
pub struct EntryIds {
    last_shared: Option<EntryId>,
    last_private: Option<EntryId>,
}

impl EntryIds {
    /// Goes on after the last ids that this person wrote, if any.
    pub fn after(last_shared: Option<EntryId>, last_private: Option<EntryId>) -> Self {
        Self { last_shared, last_private }
    }

    /// The next id. `random` must come from the stream that belongs to `audience`.
    ///
    /// Where the clock stands behind the last id (of the last shared one, for a shared entry), the id
    /// goes on from that: ids never run backwards.
    pub fn next(&mut self, audience: Audience, unix_ms: i64, random: [u8; 6]) -> EntryId {
        let now = Place::at(unix_ms);
        let shared = self.last_shared.map(EntryId::place);
        match audience {
            Audience::Both => {
                let place = now.max(shared.unwrap_or(now)).next_shared();
                let id = EntryId::build(place, random);
                self.last_shared = Some(id);
                id
            }
            Audience::OnlyMe => {
                let last = shared.max(self.last_private.map(EntryId::place));
                let place = last.map_or(now, |last| now.max(last)).next_private();
                let id = EntryId::build(place, random);
                self.last_private = Some(id);
                id
            }
        }
    }

    /// Takes note of an own entry that came from elsewhere (a backup, the partner's copy).
    pub fn note(&mut self, audience: Audience, id: EntryId) {
        let last = match audience {
            Audience::Both => &mut self.last_shared,
            Audience::OnlyMe => &mut self.last_private,
        };
        *last = (*last).max(Some(id));
    }
}

impl std::fmt::Display for EntryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&base32::encode(FORM, &self.0))
    }
}

impl std::fmt::Debug for EntryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for EntryId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() { to.collect_str(self) } else { to.serialize_bytes(&self.0) }
    }
}

impl<'de> Deserialize<'de> for EntryId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() {
            Self::parse(&String::deserialize(from)?).map_err(D::Error::custom)
        } else {
            from.deserialize_bytes(BytesVisitor)
        }
    }
}

struct BytesVisitor;

impl serde::de::Visitor<'_> for BytesVisitor {
    type Value = EntryId;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("16 bytes")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<EntryId, E> {
        bytes.try_into().map(EntryId).map_err(|_| E::invalid_length(bytes.len(), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_id_has_one_text_in_either_case() {
        let id = EntryId::from_bytes([0xab; 16]);
        assert_eq!(EntryId::parse(&id.to_string().to_uppercase()), Ok(id));
        for none in ["", "0", &"0".repeat(25), &"0".repeat(27), &("0".repeat(25) + "1"), &"w".repeat(26)] {
            assert_eq!(EntryId::parse(none), Err(MalformedId), "{none}");
        }
    }

    proptest! {
        #[test]
        fn ids_sort_in_order_of_writing_while_the_clock_does_not_run_back(
            steps in proptest::collection::vec((any::<bool>(), 0_i64..3, any::<[u8; 6]>()), 1..200)
        ) {
            let mut ids = EntryIds::default();
            let mut now = 1_700_000_000_000;
            let mut last = None;
            for (shared, later, random) in steps {
                now += later;
                let id = ids.next(if shared { Audience::Both } else { Audience::OnlyMe }, now, random);
                prop_assert!(last < Some(id));
                last = Some(id);
            }
        }

        #[test]
        fn shared_ids_do_not_depend_on_private_entries(
            times in proptest::collection::vec(-5_i64..5, 1..50), private in 0..2000_usize
        ) {
            let (mut with, mut without) = (EntryIds::default(), EntryIds::default());
            let mut now = 1_700_000_000_000;
            for step in times {
                now += step;
                for _ in 0..private {
                    with.next(Audience::OnlyMe, now + 3, [9; 6]);
                }
                prop_assert_eq!(with.next(Audience::Both, now, [7; 6]), without.next(Audience::Both, now, [7; 6]));
            }
        }

        #[test]
        fn shared_ids_rise_even_when_the_clock_runs_back(times in proptest::collection::vec(any::<i32>(), 2..50)) {
            let mut ids = EntryIds::default();
            let made: Vec<_> = times.iter().map(|t| ids.next(Audience::Both, i64::from(*t), [1; 6])).collect();
            prop_assert!(made.is_sorted_by(|a, b| a < b));
        }

        #[test]
        fn text_and_bytes_read_back_and_sort_alike(a in any::<[u8; 16]>(), b in any::<[u8; 16]>()) {
            let (a, b) = (EntryId(a), EntryId(b));
            prop_assert_eq!(EntryId::parse(&a.to_string()), Ok(a));
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }
    }
}
