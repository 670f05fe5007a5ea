//! P3: the smaller limit wins, and only its owner can change it.

use serde_json::{Value, json};

use crate::people::Two;

const UNTIL: &str = "2026-03-02T20:00:00+01:00";

/// Paired: Ada's own limit is 600 seconds, Bob's 120.
fn two(seed: u64) -> Two {
    Two::paired_after(seed, |ada, bob| {
        ada.does("setup", json!({"begin_at_s": 600}));
        bob.does("setup", json!({"begin_at_s": 120}));
        bob.does("caps.set", json!({"invites_per_day": 9}));
    })
}

/// Ada invites to at most so many seconds, and the phones are together.
fn invited(two: &mut Two, max_s: u32) -> String {
    let invite = json!({"max_s": max_s, "open_until": UNTIL, "round_kind": "tea"});
    let round = two.ada.makes("round.invite", invite);
    two.stay();
    round
}

/// Whether a number is anywhere in a value, as a number or written out.
fn holds(value: &Value, number: u32) -> bool {
    match value {
        Value::Number(found) => found.as_u64() == Some(number.into()),
        Value::String(text) => *text == number.to_string(),
        Value::Array(values) => values.iter().any(|value| holds(value, number)),
        Value::Object(fields) => fields.values().any(|value| holds(value, number)),
        _ => false,
    }
}

#[test]
fn nobody_can_accept_more_than_the_own_limit_whatever_was_offered() {
    let mut two = two(30);
    let round = invited(&mut two, 600);
    assert_eq!(two.bob.may_not("round.accept", json!({"id": round, "max_s": 125})), "AboveOwnLimit");
    two.bob.does("round.accept", json!({"id": round, "max_s": 120}));
    two.settle();
    for person in [&mut two.ada, &mut two.bob] {
        assert_eq!(person.sees_of("round", &round)["length_s"], 120);
    }
}

#[test]
fn the_shorter_of_the_two_is_the_length_and_the_number_that_was_typed_stays_at_home() {
    let mut two = two(31);
    let round = invited(&mut two, 60);
    two.bob.does("round.accept", json!({"id": round, "max_s": 117}));
    two.settle();
    assert_eq!(two.ada.sees_of("round", &round)["length_s"], 60);
    let dump = two.ada.dump();
    assert!(holds(&dump, 60), "the length is somewhere");
    assert!(!holds(&dump, 117));
    assert!(!holds(&dump, 120), "and so is the own limit nowhere");
}

#[test]
fn nothing_that_the_partner_does_or_feels_moves_the_own_limit() {
    let mut two = two(32);
    let limits = |two: &mut Two| [two.ada.sees("limit", json!({})), two.bob.sees("limit", json!({}))];
    let [_, bobs] = limits(&mut two);
    let round = invited(&mut two, 120);
    two.bob.does("round.accept", json!({"id": round, "max_s": 120}));
    two.bob.does("round.start", json!({"id": round}));
    two.settle();
    two.at("2026-03-02T09:00:50+01:00");
    two.ada.does("round.release", json!({"id": round}));
    two.settle();
    two.ada.does("round.reflect", json!({"id": round, "safety": 1, "activation": 9}));
    two.ada.does("limit.lower", json!({"to_s": 30}));
    two.ada.does("caps.set", json!({"invites_per_day": 0}));
    two.settle();
    assert_eq!(two.bob.sees("limit", json!({})), bobs);
    assert_eq!(two.ada.sees("limit", json!({}))["seconds"], 30);
}

#[test]
fn by_hand_the_own_limit_only_goes_down() {
    let mut two = two(33);
    for to_s in [120, 125, 1200] {
        assert_eq!(two.bob.may_not("limit.lower", json!({"to_s": to_s})), "NotLower");
    }
    assert_eq!(two.bob.may_not("limit.take_offer", json!({})), "NoOffer");
    assert_eq!(two.bob.may_not("setup", json!({"begin_at_s": 600})), "AlreadySetUp");
    assert_eq!(two.bob.sees("limit", json!({}))["seconds"], 120);
}
