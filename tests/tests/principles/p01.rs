//! P1: nobody is told about the partner's non-response: no "seen", last-active, typing, refusal, or "has
//! not answered".

use serde_json::{Value, json};

use crate::keys::{keys_of, words_of};
use crate::people::{Person, Two};

/// Words that the name of no field and of no view's key consists of.
const NEVER: &[&str] = &[
    "seen",
    "read",
    "active",
    "online",
    "typing",
    "delivered",
    "opened",
    "answered",
    "unanswered",
    "refused",
    "declined",
    "ignored",
    "response",
    "responded",
    "viewed",
];

/// Ada asks for something in every way that there is.
fn ada_asks(two: &mut Two) -> [String; 3] {
    let request = two.ada.logs(json!({"kind": "request", "text": "Call before eight?"}), true);
    let until = "2026-03-02T20:00:00+01:00";
    let invite = json!({"max_s": 60, "open_until": until, "round_kind": "tea"});
    let round = two.ada.makes("round.invite", invite);
    let repair = two.ada.makes("repair.pause", json!({}));
    two.ada.does("repair.ready", json!({"id": repair}));
    two.meet();
    [request, round, repair]
}

fn what_ada_has(ada: &mut Person, ids: &[String; 3]) -> Value {
    json!([ada.dump(), ada.sees_of("round", &ids[1]), ada.sees_of("repair", &ids[2])])
}

/// Ada's phone, after a day on which Bob has done this with what he got, and a meeting at its end.
fn a_day_later(bob_does: impl FnOnce(&mut Person, &[String; 3])) -> Value {
    let mut two = Two::paired(10);
    let ids = ada_asks(&mut two);
    bob_does(&mut two.bob, &ids);
    two.at("2026-03-03T09:00:00+01:00");
    two.meet();
    what_ada_has(&mut two.ada, &ids)
}

#[test]
fn that_the_partner_has_looked_and_not_answered_is_told_nowhere() {
    let looked = a_day_later(|bob, ids| {
        bob.sees_of("round", &ids[1]);
        bob.sees_of("repair", &ids[2]);
        bob.sees("shared_with_me", json!({}));
        bob.dump();
    });
    assert_eq!(looked, a_day_later(|_, _| ()));
}

#[test]
fn nothing_that_waits_for_an_answer_changes_while_none_comes() {
    let mut two = Two::paired(11);
    let ids = ada_asks(&mut two);
    let before = two.ada.sees("shared_with_me", json!({}));
    let repair = two.ada.sees_of("repair", &ids[2]);
    two.at("2026-03-09T09:00:00+01:00");
    assert_eq!(two.ada.sees("shared_with_me", json!({})), before);
    assert_eq!(two.ada.sees_of("repair", &ids[2]), repair);
    let round = two.ada.sees_of("round", &ids[1]);
    assert_eq!((&round["state"], &round["said"]), (&json!("closed"), &Value::Null));
}

#[test]
fn no_field_and_no_view_has_a_place_for_it() {
    let mut two = Two::paired(12);
    let ids = ada_asks(&mut two);
    for key in keys_of(&what_ada_has(&mut two.ada, &ids)) {
        assert!(!words_of(&key).any(|word| NEVER.contains(&word)), "{key}");
    }
}
