//! Entries as they are stored and sent.

use super::Seed;
use crate::journal::{
    Audience, Body, CheckIn, Confirmation, EntryId, Envelope, Erase, FeltState, FoldVersion, LocalTime, PledgeMake,
    Record, RoundInvite, RoundKind, Snapshot, TogetherField, TogetherSet, TogetherValue, TurnAct, TurnStep, Whose,
};

/// Whatever is read is written again in a form that reads the same.
pub(super) fn envelope(data: &[u8]) -> bool {
    let read = Envelope::read(data);
    match read.write() {
        Ok(written) => assert_eq!(Envelope::read(&written), read, "a value changes when it is written again"),
        // Only a newer version may write its own; and nothing longer than allowed is written.
        Err(refused) => {
            assert!(matches!(read.body, Body::Newer(_)) || refused.field == "text", "a value is off its scale")
        }
    }
    !matches!(&read.body, Body::Newer(newer) if newer.kind.is_empty())
}

/// An id and a stored record: what is read is stored again in the very same bytes, and can be shown.
pub(super) fn record(data: &[u8]) -> bool {
    let Some((id, stored)) = data.split_first_chunk() else { return false };
    let Ok(record) = Record::from_stored(EntryId::from_bytes(*id), stored) else { return false };
    assert_eq!(record.to_stored(), stored, "a record changes when it is stored again");
    let entry = record.to_entry(Whose::Theirs, Audience::Both);
    assert_eq!(LocalTime::parse(&entry.written.to_string()).ok(), Some(entry.written), "a time changes when shown");
    assert_eq!(EntryId::parse(&entry.id.to_string()).ok(), Some(entry.id), "an id changes when shown");
    true
}

pub(super) fn envelope_seeds() -> Vec<Seed> {
    let id = EntryId::from_bytes([7; 16]);
    let time = LocalTime::parse("2026-03-02T20:00:00+01:00").ok();
    let text = |text: &str| TogetherValue::Text(text.to_owned());
    let nested = TogetherValue::List(vec![text("tea"), TogetherValue::Int(-3), TogetherValue::Bool(true)]);
    let named = TogetherValue::Map([("text".to_owned(), text("you stayed")), ("more".to_owned(), nested)].into());
    let mut bodies: Vec<(&'static str, Body)> = vec![
        (
            "check_in",
            CheckIn {
                state: FeltState::Activated,
                words: vec!["lonely".to_owned(), "hopeful".to_owned()],
                cues: vec!["tight_chest".to_owned()],
                activation: 6,
                safety: Some(4),
                note: Some("rain".to_owned()),
            }
            .into(),
        ),
        ("turn_act", TurnAct { turn: id, step: TurnStep::Confirm(Confirmation::Nearly) }.into()),
        ("erase", Erase { ids: vec![id, EntryId::from_bytes([8; 16])] }.into()),
        ("snapshot", Snapshot { of: "appreciation".to_owned(), body: named.clone() }.into()),
        ("together_set", TogetherSet { field: TogetherField::Ritual, value: named, seen: vec![id] }.into()),
    ];
    if let Some(time) = time {
        let pledge = PledgeMake { due: time, how: "tea".to_owned(), sentence: None, round: Some(id) };
        let invite = RoundInvite { max_s: 600, open_until: time, round_kind: RoundKind::SitQuietly };
        bodies.extend([("pledge_make", pledge.into()), ("round_invite", invite.into())]);
    }
    let write = |body: &Body, supersedes| Envelope { body: body.clone(), supersedes, needs: FoldVersion(1) }.write();
    let written = bodies.iter().filter_map(|(name, body)| Some((*name, write(body, Some(id)).ok()?)));
    let mut seeds: Vec<Seed> = written.collect();
    // What a newer version may send: {"k": "dream", "b": 1}.
    seeds.push(("newer", b"\xa2\x61k\x65dream\x61b\x01".to_vec()));
    seeds
}

pub(super) fn record_seeds() -> Vec<Seed> {
    let time = LocalTime::parse("2026-03-28T23:30:00.250-05:00").ok();
    let id = EntryId::from_bytes([1, 155, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 3, 4, 5, 6]);
    let of = |(name, value): Seed| {
        let record = Record { id, written: time?, value };
        Some((name, [&id.as_bytes()[..], &record.to_stored()].concat()))
    };
    envelope_seeds().into_iter().filter_map(of).take(3).collect()
}
