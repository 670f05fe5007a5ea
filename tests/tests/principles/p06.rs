//! P6: release, park, skip, leave: one act, without a reason and without a question, at every stage.

use serde_json::json;

use crate::people::{Person, Two};

/// What brings a round from one stage to the next.
type Step = fn(&mut Two, &str);

/// Accept, start, and wait for the end.
const ROUND: &[Step] = &[
    |two, id| drop(two.bob.does("round.accept", json!({"id": id, "max_s": 60}))),
    |two, id| drop(two.bob.does("round.start", json!({"id": id}))),
    |two, _| two.at("2026-03-02T09:01:00+01:00"),
];

/// Two who are together, and a round of Ada's that has come so many steps far.
fn round(seed: u64, steps: usize) -> (Two, String) {
    let mut two = Two::paired(seed);
    two.stay();
    let until = "2026-03-02T12:00:00+01:00";
    let round = two.ada.makes("round.invite", json!({"max_s": 60, "open_until": until, "round_kind": "tea"}));
    two.settle();
    for step in ROUND.iter().take(steps) {
        step(&mut two, &round);
        two.settle();
    }
    (two, round)
}

/// One act does it; and there is no place for a reason.
fn one_act(person: &mut Person, op: &str, id: &str) {
    assert_eq!(person.may_not(op, json!({"id": id, "reason": "tired"})), "BadArguments", "{op}");
    assert_eq!(person.may_not(op, json!({"id": id, "confirmed": true})), "BadArguments", "{op}");
    assert_eq!(person.does(op, json!({"id": id})), json!({}), "{op}");
}

#[test]
fn a_round_is_left_by_one_act_of_either_at_every_stage() {
    for steps in 0..=ROUND.len() {
        for inviter in [true, false] {
            let (mut two, id) = round(60, steps);
            let person = if inviter { &mut two.ada } else { &mut two.bob };
            one_act(person, "round.leave", &id);
            assert_eq!(person.sees_of("round", &id)["state"], "closed", "{steps} {inviter}");
        }
    }
}

#[test]
fn contact_is_released_by_one_act_of_either_and_the_reflection_skipped_by_one() {
    for inviter in [true, false] {
        let (mut two, id) = round(61, 2);
        one_act(if inviter { &mut two.ada } else { &mut two.bob }, "round.release", &id);
        two.settle();
        for person in [&mut two.ada, &mut two.bob] {
            assert_eq!(person.sees_of("round", &id)["state"], "released");
            one_act(person, "round.skip", &id);
            assert_eq!(person.sees_of("round", &id)["state"], "closed");
        }
    }
}

#[test]
fn a_repair_is_parked_by_one_act_of_either_at_every_stage() {
    let acts: &[(&str, &[(&str, serde_json::Value)])] = &[
        ("paused", &[]),
        ("impact", &[("repair.ready", json!({}))]),
        ("ask", &[("repair.impact", json!({"text": "loud"}))]),
        ("answer", &[("repair.ask", json!({}))]),
        ("agree", &[("repair.need", json!({"text": "a word"}))]),
    ];
    let mut two = Two::paired(62);
    two.stay();
    let id = two.ada.makes("repair.pause", json!({}));
    two.settle();
    for (stage, acts) in acts {
        for (op, arguments) in *acts {
            for person in [&mut two.ada, &mut two.bob] {
                let mut arguments = arguments.clone();
                arguments["id"] = id.as_str().into();
                person.does(op, arguments);
            }
            two.settle();
        }
        for adas in [true, false] {
            assert_eq!(two.ada.sees_of("repair", &id)["stage"], *stage);
            one_act(if adas { &mut two.ada } else { &mut two.bob }, "repair.park", &id);
            two.settle();
            let (one, other) = (two.ada.sees_of("repair", &id), two.bob.sees_of("repair", &id));
            assert_eq!((&one["stage"], &other["stage"]), (&json!("parked"), &json!("parked")));
            two.bob.does("repair.reopen", json!({"id": id}));
            two.settle();
        }
    }
}

#[test]
fn a_turn_is_left_by_one_act_of_either_at_every_stage() {
    // Ada listens, Bob speaks.
    let steps: &[Step] = &[
        |two, id| drop(two.bob.does("turn.speak", json!({"id": id, "text": "the trip", "feeling": "afraid"}))),
        |two, id| drop(two.ada.does("turn.reflect", json!({"id": id, "text": "the trip?"}))),
        |two, id| drop(two.bob.does("turn.confirm", json!({"id": id, "how": "yes"}))),
        |two, id| drop(two.bob.does("turn.help", json!({"id": id, "wants": "help"}))),
    ];
    let mut two = Two::paired(63);
    two.stay();
    for far in 0..=steps.len() {
        for listener in [true, false] {
            let id = two.ada.makes("turn.begin", json!({"own_feeling": "calm"}));
            two.settle();
            for step in steps.iter().take(far) {
                step(&mut two, &id);
                two.settle();
            }
            one_act(if listener { &mut two.ada } else { &mut two.bob }, "turn.leave", &id);
            two.settle();
            for person in [&mut two.ada, &mut two.bob] {
                assert_eq!(person.sees_of("turn", &id)["stage"], "closed", "{far} {listener}");
            }
        }
    }
}
