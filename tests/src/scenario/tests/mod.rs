//! The runner, played on phones that are no phones.

mod fake;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::file::Scenario;
use super::options::Hardships;
use super::play::{Audience, Stage, play};
use super::trouble::Trouble;
use fake::{Fake, Fault};

const PLAIN: Hardships = Hardships { kill: false, cut: false, twice: false };

/// What was wrong, by step.
#[derive(Default)]
struct Seen(Vec<(usize, Trouble)>);

impl Audience for Seen {
    fn step(&mut self, number: usize, _: &str, outcome: Result<(), Trouble>) {
        self.0.extend(outcome.err().map(|trouble| (number, trouble)));
    }
}

fn play_on(fake: &Fake, hardships: Hardships, steps: Value) -> Vec<(usize, Trouble)> {
    let file = json!({"id": "t", "phones": ["A", "B"], "never": {"A": ["canary"]}, "steps": steps});
    let scenario = Scenario::parse(&file.to_string()).unwrap();
    let run = tempfile::tempdir().unwrap();
    let stage = Stage { languages: &BTreeMap::new(), launcher: fake, cutter: fake, hardships, run: run.path() };
    let mut seen = Seen::default();
    play(&scenario, &stage, &mut seen);
    seen.0
}

/// Nothing was wrong.
const ALL_WELL: [usize; 0] = [];

/// The steps that were not as expected.
fn wrong(fault: Fault, hardships: Hardships, steps: Value) -> Vec<usize> {
    play_on(&Fake::new(fault), hardships, steps).into_iter().map(|(number, _)| number).collect()
}

/// What was asked of whom, but for dumps.
fn asked(hardships: Hardships, steps: Value) -> Vec<String> {
    let fake = Fake::new(Fault::None);
    assert_eq!(play_on(&fake, hardships, steps), []);
    let asked = fake.0.borrow().asked.iter().filter(|asked| !asked.ends_with("dump")).cloned().collect::<Vec<_>>();
    asked.into_iter().skip_while(|asked| asked != "B open").skip(1).collect()
}

fn log(text: &str) -> Value {
    json!({"on": "A", "do": "log", "with": {"body": {"text": text}}})
}

fn with(mut step: Value, key: &str, value: Value) -> Value {
    step[key] = value;
    step
}

#[test]
fn what_is_as_expected_passes_and_what_is_not_is_found() {
    assert_eq!(
        wrong(
            Fault::None,
            PLAIN,
            json!([
                log("one"),
                {"on": "A", "show": "entries", "is": [{"text": "one"}], "save": "s"},
                {"on": "A", "show": "entries", "is": [{"text": "two"}]},
                {"on": "A", "show": "entries", "lacks": ["text"]},
                {"on": "A", "show": "entries", "same_as": "s"},
                {"on": "B", "show": "entries", "same_as": "s"},
                {"on": "A", "do": "log", "with": {"body": {"text": "too much"}}},
                {"on": "A", "do": "log", "with": {"body": {"text": "too much"}}, "refused": "Cap"},
                {"on": "A", "do": "log", "with": {"body": {"text": "too much"}}, "refused": "Resting"},
                {"on": "A", "do": "log", "with": {"body": {"text": "too much"}}, "error": "Cap"},
                {"on": "A", "do": "log", "with": {"body": {"text": "fine"}}, "refused": "Cap"}
            ])
        ),
        [3, 4, 6, 7, 9, 10, 11]
    );
}

#[test]
fn remembered_ids_are_put_in() {
    assert_eq!(
        wrong(
            Fault::None,
            PLAIN,
            json!([
                with(log("one"), "as", json!("x")),
                {"on": "B", "show": "asked", "with": {"ids": ["$x"], "n": {"id": "$x"}},
                    "is": {"asked": {"ids": ["A1"], "n": {"id": "$x"}}}},
                {"on": "B", "show": "asked", "with": {"id": "$x"}, "is": {"asked": {"id": "A2"}}}
            ])
        ),
        [3]
    );
}

#[test]
fn a_refusal_that_changes_something_is_found() {
    let steps = json!([with(log("too much"), "refused", json!("Cap"))]);
    assert_eq!(wrong(Fault::KeepsWhatItRefuses, PLAIN, steps.clone()), [1]);
    assert_eq!(wrong(Fault::None, PLAIN, steps), ALL_WELL);
}

#[test]
fn what_must_never_be_there_is_found_after_every_step() {
    assert_eq!(wrong(Fault::None, PLAIN, json!([log("one"), log("a CANARY"), {"on": "B", "show": "entries"}])), [2, 3]);
}

#[test]
fn time_moves_on_all_phones_and_the_offset_only_where_the_step_happens() {
    assert_eq!(
        wrong(
            Fault::None,
            PLAIN,
            json!([
                {"at": "2026-03-02T08:00:00+01:00", "on": "A", "show": "clock", "is": {"now": "2026-03-02T08:00:00+01:00"}},
                {"at": "2026-03-02T04:00:00-05:00", "on": "B", "do": "nothing"}
            ])
        ),
        ALL_WELL
    );
    let fake = Fake::new(Fault::None);
    let steps = json!([
        {"at": "2026-03-02T08:00:00+01:00", "on": "A", "do": "nothing"},
        {"at": "2026-03-02T04:00:00-05:00", "on": "B", "do": "nothing"},
        {"kill": "A"}, {"kill": "B"}
    ]);
    assert_eq!(play_on(&fake, PLAIN, steps), []);
    let opened = &fake.0.borrow().opened;
    assert_eq!(opened["A"]["now"], "2026-03-02T10:00:00+01:00");
    assert_eq!(opened["B"]["now"], "2026-03-02T04:00:00-05:00");
    assert_ne!(opened["A"]["key"], opened["B"]["key"]);
    assert_eq!(opened["A"]["key"].as_str().unwrap().len(), 64);
    assert_ne!(opened["A"]["seed"], opened["B"]["seed"]);
    assert_ne!(opened["A"]["folder"], opened["B"]["folder"]);
}

#[test]
fn a_meeting_is_spoken_as_agreed() {
    let once = ["A meet.listen", "B meet.dial", "A meet.settle", "B meet.settle", "A meet.end", "B meet.end"];
    assert_eq!(asked(PLAIN, json!([{"meet": ["A", "B"]}])), once);
    let twice = asked(Hardships { twice: true, ..PLAIN }, json!([{"meet": ["A", "B"]}]));
    assert_eq!(twice, [once, once].concat());
    let paired = asked(PLAIN, json!([{"pair": ["A", "B"], "by": "code"}]));
    let first = ["A pair.offer", "B pair.join", "A pair.number", "B pair.number", "A pair.confirm", "B pair.confirm"];
    assert_eq!(paired, [first, once].concat());
}

#[test]
fn those_who_stay_settle_after_each_step_until_they_part() {
    let asked = asked(PLAIN, json!([{"meet": ["A", "B"], "stay": true}, log("x"), {"part": ["B", "A"]}, log("y")]));
    let settle = ["A meet.settle", "B meet.settle"];
    let wanted = [
        &["A meet.listen", "B meet.dial"][..],
        &settle,
        &settle,
        &["A log"],
        &settle,
        &["B meet.end", "A meet.end", "A log"],
    ];
    assert_eq!(asked, wanted.concat());
}

#[test]
fn a_cut_meeting_is_tried_again() {
    let fake = Fake::new(Fault::None);
    assert_eq!(play_on(&fake, Hardships { cut: true, twice: true, ..PLAIN }, json!([{"meet": ["A", "B"]}])), []);
    assert_eq!(fake.0.borrow().cuts, 2);
    assert_eq!(fake.0.borrow().asked.iter().filter(|asked| *asked == "B meet.dial").count(), 4);
}

#[test]
fn meetings_that_go_wrong_are_found() {
    let meet = json!([{"meet": ["A", "B"]}]);
    assert_eq!(wrong(Fault::NeverCaughtUp, PLAIN, meet.clone()), [1]);
    assert_eq!(wrong(Fault::Unreachable, PLAIN, meet), [1]);
    assert_eq!(wrong(Fault::OwnNumber, PLAIN, json!([{"pair": ["A", "B"], "by": "code"}])), [1]);
    assert_eq!(wrong(Fault::None, PLAIN, json!([{"pair": ["A", "B"]}])), [1], "the fake takes no QR");
}

#[test]
fn those_who_cannot_meet_must_not() {
    let cannot = json!([{"cannot_meet": ["A", "B"]}]);
    assert_eq!(wrong(Fault::Unreachable, PLAIN, cannot.clone()), ALL_WELL);
    assert_eq!(wrong(Fault::None, PLAIN, cannot.clone()), [1]);
    assert_eq!(wrong(Fault::MeetsInSecret, PLAIN, cannot), [1]);
}

#[test]
fn every_phone_is_killed_after_every_step_unless_it_is_with_the_other() {
    let kill = Hardships { kill: true, ..PLAIN };
    let killed = |steps: Value| asked(kill, steps).iter().filter(|asked| asked.ends_with("killed")).count();
    assert_eq!(killed(json!([log("x"), log("y")])), 4);
    assert_eq!(killed(json!([{"meet": ["A", "B"], "stay": true}, log("x"), {"part": ["A", "B"]}])), 2);
    assert_eq!(wrong(Fault::Forgets, PLAIN, json!([log("x"), log("y")])), ALL_WELL);
    assert_eq!(wrong(Fault::Forgets, kill, json!([log("x"), log("y")])), [1, 2]);
    assert_eq!(wrong(Fault::Forgets, PLAIN, json!([log("x"), {"kill": "A"}])), [2]);
}

#[test]
fn a_restart_closes_ends_and_opens() {
    assert_eq!(asked(PLAIN, json!([{"restart": "A"}])), ["A close", "A ended", "A launched", "A open"]);
    assert_eq!(asked(PLAIN, json!([{"kill": "A"}])), ["A killed", "A launched", "A open"]);
}

#[test]
fn a_killed_phone_leaves_the_other_alone() {
    let asked = asked(PLAIN, json!([{"meet": ["A", "B"], "stay": true}, {"kill": "A"}, log("x")]));
    let end = asked.iter().rposition(|asked| asked == "B meet.end").unwrap();
    assert!(!asked[end..].iter().any(|asked| asked.ends_with("settle")));
    assert_eq!(asked.iter().filter(|asked| *asked == "A meet.end").count(), 0);
}

#[test]
fn a_new_phone_waits_until_it_is_restored() {
    let kill = Hardships { kill: true, ..PLAIN };
    let steps = json!([
        {"new_phone": "A2"}, {"kill": "A2"}, {"restart": "A2"},
        {"on": "A2", "do": "restore", "with": {"path": "a.backup", "passphrase": "p"}},
        {"on": "A2", "do": "log", "with": {"body": {"text": "canary"}}}
    ]);
    let fake = Fake::new(Fault::None);
    let seen = play_on(&fake, kill, steps);
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert_eq!(seen[0].0, 5, "what A must never hold, A's next phone must not hold");
    let asked = &fake.0.borrow().asked;
    assert!(!asked.contains(&"A2 close".to_owned()));
    assert_eq!(asked.iter().filter(|asked| *asked == "A2 open").count(), 2);
    let first = asked.iter().find(|asked| asked.starts_with("A2 ") && !asked.ends_with("ed")).unwrap();
    assert_eq!(first, "A2 restore");
}

#[test]
fn paths_lie_in_the_folder_of_the_run_and_restore_is_told_what_open_is_told() {
    let fake = Fake::new(Fault::None);
    play_on(
        &fake,
        PLAIN,
        json!([
            {"new_phone": "A2"},
            {"on": "A2", "do": "restore", "with": {"path": "a.backup", "passphrase": "p"}}
        ]),
    );
    let restored = &fake.0.borrow().opened["A2"];
    assert!(restored["path"].as_str().unwrap().ends_with("/files/a.backup"), "{restored}");
    for key in ["folder", "key", "now", "language", "seed", "passphrase"] {
        assert!(!restored[key].is_null(), "{key}");
    }
}

#[test]
fn nothing_is_played_on_a_phone_that_died() {
    let seen = play_on(&Fake::new(Fault::Dies), PLAIN, json!([log("x"), log("y")]));
    assert_eq!(seen.len(), 1);
    assert!(seen[0].1.seen.contains("phone A: it died"));
}
