//! A headless phone, spoken to in lines.

use serde_json::{Value, json};

use super::*;

const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

struct Talk {
    headless: Headless,
    folder: tempfile::TempDir,
}

impl Talk {
    fn open() -> Self {
        let mut talk = Self { headless: Headless::default(), folder: tempfile::tempdir().unwrap() };
        assert_eq!(talk.say(talk.opening()), json!({"ok": {}}));
        talk
    }

    fn opening(&self) -> Value {
        json!({
            "op": "open", "folder": self.folder.path(), "key": KEY, "now": "2026-03-02T08:00:00+01:00",
            "language": "en", "seed": 7,
        })
    }

    fn say(&mut self, request: Value) -> Value {
        self.headless.line(request.to_string().as_bytes())
    }

    fn ok(&mut self, request: Value) -> Value {
        let answer = self.say(request);
        answer.get("ok").unwrap_or_else(|| panic!("{answer}")).clone()
    }
}

#[test]
fn every_line_is_answered_by_one_line_and_nothing_else() {
    let mut out = Vec::new();
    converse(&b"hello\n\n[1]\n{\"op\": \"dump\"}\n{\"op\": \"close\"}"[..], &mut out).unwrap();
    let lines: Vec<Value> =
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let codes: Vec<_> = lines.iter().map(|line| line["error"].as_str()).collect();
    assert_eq!(codes, [Some("BadArguments"), Some("BadArguments"), Some("BadArguments"), Some("Closed"), None]);
}

#[test]
fn an_entry_is_shown_with_the_keys_of_the_contract() {
    let mut talk = Talk::open();
    let id = talk.ok(json!({"op": "log", "body": {"kind": "worry", "text": "the trip"}}))["id"].clone();
    talk.ok(json!({"op": "edit", "id": id, "body": {"kind": "worry", "text": "the flight"}}));
    let shown =
        talk.ok(json!({"op": "show", "view": "entries", "kind": "worry", "from": "2026-03-02", "to": "2026-03-02"}));
    assert_eq!(
        shown,
        json!([{
            "id": id, "kind": "worry", "mine": true, "shared": false, "written": "2026-03-02T08:00:00+01:00",
            "local_date": "2026-03-02", "edits": 1, "body": {"text": "the flight"},
        }])
    );
    assert_eq!(talk.ok(json!({"op": "show", "view": "entries", "to": "2026-03-01"})), json!([]));
}

#[test]
fn arguments_that_make_no_sense_are_told_apart_from_what_is_not_there() {
    let mut talk = Talk::open();
    for request in [
        json!({"op": "fly"}),
        json!({"op": "log"}),
        json!({"op": "log", "body": {"kind": "worry", "text": "t"}, "shared": true}),
        json!({"op": "log", "body": {"kind": "worry", "text": "t"}, "share": "yes"}),
        json!({"op": "log", "body": {"kind": "cap", "invites_per_day": 1}}),
        json!({"op": "erase", "ids": "x"}),
        json!({"op": "erase", "ids": []}),
        json!({"op": "share", "id": 3}),
        json!({"op": "now", "at": "2026-03-02T08:00:00"}),
        json!({"op": "show", "view": "mood"}),
        json!({"op": "show", "view": "entries", "kind": "mood"}),
        json!({"op": "show", "view": "entries", "from": "yesterday"}),
        json!({"op": "show", "view": "entries", "whose": "everyone"}),
        json!({"op": "together.set", "field": "mood", "value": 1}),
        json!({"op": "together.set", "field": "plan", "value": 1.5}),
        json!({"op": "setup", "begin_at_s": "soon"}),
        json!({"op": "setup"}),
    ] {
        let answer = talk.say(request.clone());
        assert_eq!(answer["error"], "BadArguments", "{request} {answer}");
    }
    for request in [
        json!({"op": "share", "id": "nothing"}),
        json!({"op": "erase", "ids": ["nothing"]}),
        json!({"op": "edit", "id": "nothing", "body": {"kind": "worry", "text": "t"}}),
        json!({"op": "answer", "id": "nothing", "with": "accept"}),
        json!({"op": "log", "body": {"kind": "return", "expectation": "nothing"}}),
    ] {
        let answer = talk.say(request.clone());
        assert_eq!(answer["error"], "UnknownId", "{request} {answer}");
    }
    assert_eq!(talk.ok(json!({"op": "show", "view": "entries"})), json!([]));
}

#[test]
fn a_reopened_phone_has_kept_everything_and_repeats_no_id() {
    let mut talk = Talk::open();
    let log = json!({"op": "log", "body": {"kind": "worry", "text": "the trip"}});
    let first = talk.ok(log.clone());
    talk.ok(json!({"op": "close"}));
    talk.ok(talk.opening());
    let second = talk.ok(log);
    assert_ne!(first, second);
    assert_eq!(talk.ok(json!({"op": "show", "view": "entries"}))[1]["id"], first["id"]);
}

#[test]
fn the_same_seed_gives_the_same_ids() {
    let ids = || {
        let mut talk = Talk::open();
        [
            talk.ok(json!({"op": "log", "body": {"kind": "worry", "text": "t"}})),
            talk.ok(json!({"op": "dump"}))["entries"].clone(),
        ]
    };
    assert_eq!(ids(), ids());
}

#[test]
fn a_wrong_key_is_told_and_opens_nothing() {
    let mut talk = Talk::open();
    talk.ok(json!({"op": "close"}));
    let mut opening = talk.opening();
    opening["key"] = KEY.replace('0', "1").into();
    assert_eq!(talk.say(opening)["error"], "WrongKey");
    assert_eq!(talk.say(json!({"op": "dump"}))["error"], "Closed");
    talk.ok(talk.opening());
    assert_eq!(talk.say(talk.opening())["error"], "Busy");
}

#[test]
fn a_dump_holds_what_was_written_wherever_it_lies() {
    let mut talk = Talk::open();
    talk.ok(json!({"op": "log", "body": {"kind": "worry", "text": "the trip"}}));
    let dump = talk.ok(json!({"op": "dump"}));
    assert_eq!(dump.as_object().unwrap().keys().collect::<Vec<_>>(), ["documents", "entries", "texts", "views"]);
    for part in ["documents", "entries", "views"] {
        assert!(dump[part].to_string().contains("the trip"), "{part}");
    }
}
