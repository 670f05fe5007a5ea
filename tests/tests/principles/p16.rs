//! P16: private data never leaves the phone: not its content, not its count, not its timing. The tests of the
//! core compare each byte that leaves a phone; here it is what an onlooker of the wire sees of two whole phones, and
//! what the partner's phone holds afterwards.

use serde_json::{Value, json};

use crate::people::{Person, Two};
use crate::wire::Said;

/// All that can be done in private, so many times.
fn in_private(person: &mut Person, times: usize, round: &str, repair: Option<&str>) {
    for number in 0..times {
        for body in [
            json!({"kind": "check_in", "state": "mixed", "activation": 6, "note": format!("canary {number}")}),
            json!({"kind": "moment", "urge": "fix", "situation": "canary"}),
            json!({"kind": "worry", "text": "canary"}),
            json!({"kind": "alone", "alone_kind": "alone_time", "began": "2026-03-02T09:00:00+01:00"}),
            json!({"kind": "expectation", "sureness": 3}),
            json!({"kind": "support_person", "name": "canary"}),
            json!({"kind": "weekly", "worry": "canary"}),
        ] {
            let id = person.logs(body.clone(), false);
            person.does("edit", json!({"id": id, "body": body}));
        }
        let gone = person.logs(json!({"kind": "need", "text": "canary"}), false);
        person.does("erase", json!({"ids": [gone]}));
        person.tries("limit.lower", json!({"to_s": 115 - 5 * number.min(15)}));
        person.tries("programme.start", json!({"step": 1 + number % 8}));
        person.does("feel_afraid", json!({}));
        person.does("help.open", json!({}));
    }
    if times > 0 {
        if let Some(repair) = repair {
            person.does("repair.ready", json!({"id": repair}));
        }
        // The second time it was left already.
        person.tries("round.leave", json!({"id": round}));
    }
}

/// What is said in two meetings, where Bob has done so much in private before each, and what Ada's phone then
/// holds. In a pause the phones compare readiness on a schedule of their own; the tests of the core compare those
/// frames on a clock that jumps.
fn said_with(times: usize, paused: bool) -> (Vec<Said>, Value) {
    let mut two = Two::paired(160);
    let until = "2026-03-02T12:00:00+01:00";
    let round = two.ada.makes("round.invite", json!({"max_s": 60, "open_until": until, "round_kind": "tea"}));
    let repair = paused.then(|| two.ada.makes("repair.pause", json!({})));
    two.meet();
    let mut said = Vec::new();
    for time in ["2026-03-02T10:00:00+01:00", "2026-03-02T18:00:00+01:00"] {
        in_private(&mut two.bob, times, &round, repair.as_deref());
        two.bob.logs(json!({"kind": "worry", "text": "for both"}), true);
        two.at(time);
        said.push(two.meet_overheard());
    }
    let dump = two.ada.dump();
    assert!(!dump.to_string().contains("canary"));
    assert_eq!(two.ada.sees("shared_with_me", json!({})).as_array().unwrap().len(), 2);
    (said, dump)
}

#[test]
fn the_wire_looks_the_same_for_nothing_and_for_a_hundred_things_done_in_private() {
    assert_eq!(said_with(0, false), said_with(8, false));
}

#[test]
fn that_someone_is_ready_is_nowhere_on_the_partners_phone_while_that_one_is_not() {
    assert_eq!(said_with(0, true).1, said_with(1, true).1);
}
