//! P10: everything works offline, and the order in which phones meet never changes the result.

use serde_json::{Value, json};

use crate::people::{Person, Two};

/// One of the two, at a minute of the day, does something that needs to know nothing of the other's phone.
struct Act {
    ada: bool,
    op: &'static str,
    /// Which of this person's own acts it refers to.
    about: Option<usize>,
    arguments: Value,
}

fn act(ada: bool, op: &'static str, about: Option<usize>, arguments: Value) -> Act {
    Act { ada, op, about, arguments }
}

const EVENING: &str = "2026-03-02T20:00:00+01:00";

fn acts() -> Vec<Act> {
    let worry = |text: &str| json!({"body": {"kind": "worry", "text": text}, "share": true});
    vec![
        act(true, "log", None, worry("the trip")),
        act(false, "log", None, worry("the rent")),
        act(false, "round.invite", None, json!({"max_s": 60, "open_until": EVENING, "round_kind": "tea"})),
        act(true, "pledge.make", None, json!({"due": "2026-03-02T18:00:00+01:00", "how": "hall"})),
        act(false, "caps.set", None, json!({"invites_per_day": 7})),
        act(true, "pledge.move", Some(1), json!({"due": EVENING})),
        act(true, "repair.pause", None, json!({})),
        act(false, "together.set", None, json!({"field": "plan", "value": ["Sunday"]})),
        act(true, "together.set", None, json!({"field": "ritual", "value": "tea first"})),
        act(true, "pledge.check_in", Some(1), json!({})),
        act(false, "log", None, worry("the car")),
        act(false, "erase", Some(0), json!({})),
        act(true, "turn.begin", None, json!({"own_feeling": "calm"})),
        act(false, "pledge.make", None, json!({"due": EVENING, "how": "sofa"})),
        act(false, "round.withdraw", Some(1), json!({})),
        act(true, "caps.set", None, json!({"invites_per_day": 2})),
        act(false, "pledge.withdraw", Some(3), json!({})),
    ]
}

fn perform(person: &mut Person, act: &Act, made: &mut Vec<String>) {
    let mut arguments = act.arguments.clone();
    if let Some(about) = act.about {
        let id = made[about].as_str();
        match act.op {
            "erase" => arguments["ids"] = json!([id]),
            _ => arguments["id"] = id.into(),
        }
    }
    if let Some(id) = person.does(act.op, arguments)["id"].as_str() {
        made.push(id.to_owned());
    }
}

/// What both phones show at the end of a day on which they met after these of the acts, and in the evening.
fn day(meets_after: impl Fn(usize) -> bool) -> [Value; 2] {
    let mut two = Two::paired(100);
    let (mut adas, mut bobs) = (Vec::new(), Vec::new());
    for (number, act) in acts().iter().enumerate() {
        two.at(&format!("2026-03-02T10:{number:02}:00+01:00"));
        if act.ada {
            perform(&mut two.ada, act, &mut adas);
        } else {
            perform(&mut two.bob, act, &mut bobs);
        }
        if meets_after(number) {
            two.meet();
        }
    }
    two.at("2026-03-02T12:00:00+01:00");
    two.meet();
    [shown(&mut two.ada, &adas, &bobs), shown(&mut two.bob, &bobs, &adas)]
}

fn shown(person: &mut Person, own: &[String], others: &[String]) -> Value {
    let mut seen: Vec<Value> = [own, others].concat().iter().flat_map(|id| looks(person, id)).collect();
    for view in ["entries", "rounds", "shared_with_me", "together", "caps", "may_invite", "partner"] {
        seen.push(person.sees(view, json!({})));
    }
    json!(seen)
}

/// What a phone shows under an id, whatever it is the id of.
fn looks(person: &mut Person, id: &str) -> Vec<Value> {
    ["round", "pledge", "repair", "turn"]
        .iter()
        .map(|view| match person.tries("show", json!({"view": view, "id": id})) {
            crate::people::Outcome::Done(answer) => answer,
            crate::people::Outcome::Not(code) => json!(code),
        })
        .collect()
}

#[test]
fn whenever_the_phones_meet_they_show_the_same_in_the_end() {
    let in_the_evening = day(|_| false);
    // What is compared is more than nothing.
    let pledge = in_the_evening[0].to_string();
    assert!(pledge.contains("checked_in") && pledge.contains("the car") && !pledge.contains("the rent"));
    for seed in [0x0005_a5a5_u32, 0x0000_f0f1, 0x0001_1111, 0x0001_ffff] {
        assert_eq!(day(|number| seed >> number & 1 == 1), in_the_evening, "{seed:x}");
    }
}
