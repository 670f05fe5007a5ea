//! A scenario file: what it may say, and everything that can be wrong with it before it is played.

mod names;
mod read;
mod step;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

pub(super) use names::{person_of, reference};
pub(super) use step::{Act, Answer, By, Look, Step, Two};

/// A stretch of two people's life, as data.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scenario {
    /// Its name; keys and seeds are derived from it.
    pub(super) id: String,
    /// The phones that are opened before the first step.
    pub(super) phones: Vec<String>,
    /// Per phone, texts that must never be found on it.
    pub(super) never: BTreeMap<String, Vec<String>>,
    /// What happens, in order.
    pub(super) steps: Vec<Step>,
}

impl Scenario {
    /// Reads a file; what is wrong with it, in one sentence, where it is malformed.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("cannot be read: {error}"))?;
        Self::parse(&text)
    }

    /// Reads a file's text.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
        let scenario = read::scenario(value)?;
        names::check(&scenario)?;
        Ok(scenario)
    }

    /// Every phone that there will be, with those that come later.
    pub(super) fn every_phone(&self) -> Vec<&str> {
        let new = self.steps.iter().filter_map(|step| match &step.act {
            Act::NewPhone(name) => Some(name.as_str()),
            _ => None,
        });
        self.phones.iter().map(String::as_str).chain(new).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(steps: Value) -> Result<Scenario, String> {
        Scenario::parse(&json!({"id": "t", "phones": ["A", "B"], "steps": steps}).to_string())
    }

    #[test]
    fn a_file_is_read_with_its_steps_in_order() {
        let text = json!({
            "id": "name", "about": "why", "phones": ["A", "B"], "never": {"A": ["x"]}, "steps": [
                {"at": "2026-03-02T08:00:00+01:00", "pair": ["A", "B"], "by": "code"},
                {"on": "A", "do": "log", "with": {"body": {"kind": "worry", "text": "t"}}, "as": "w"},
                {"on": "B", "show": "entries", "is": {"none": {"id": "$w"}}, "lacks": ["body"]},
                {"new_phone": "A2"}
            ]
        });
        let scenario = Scenario::parse(&text.to_string()).unwrap();
        assert_eq!(scenario.every_phone(), ["A", "B", "A2"]);
        assert_eq!(scenario.never["A"], ["x"]);
        assert_eq!(scenario.steps.len(), 4);
        assert!(matches!(&scenario.steps[0].act, Act::Pair { by: By::Code, stay: false, .. }));
        assert!(matches!(&scenario.steps[2].act,
            Act::Ask { answer: Answer::Ok { look, .. }, .. } if look.lacks == ["body"]));
    }

    #[test]
    fn is_null_is_an_expectation_and_a_missing_is_is_none() {
        let look = |step: Value| match parse(json!([step])).unwrap().steps.remove(0).act {
            Act::Ask { answer: Answer::Ok { look, .. }, .. } => look.is,
            _ => unreachable!(),
        };
        assert_eq!(look(json!({"on": "A", "show": "limit", "is": null})), Some(Value::Null));
        assert_eq!(look(json!({"on": "A", "show": "limit"})), None);
    }

    #[test]
    fn malformed_files_are_told_apart() {
        for (step, says) in [
            (json!({"on": "A"}), "no act"),
            (json!({"on": "C", "do": "log"}), "no phone"),
            (json!({"do": "log"}), "\"on\""),
            (json!({"on": "A", "do": "log", "show": "limit"}), "two acts"),
            (json!({"on": "A", "do": "log", "whit": {}}), "\"whit\""),
            (json!({"on": "A", "do": "log", "with": []}), "\"with\""),
            (json!({"on": "A", "do": "log", "as": "x", "refused": "Code"}), "fail"),
            (json!({"on": "A", "do": "log", "error": "Code", "refused": "Code"}), "fail"),
            (json!({"on": "A", "do": 1}), "\"do\""),
            (json!({"on": "A", "show": "round", "with": {"id": "$r"}}), "$r"),
            (json!({"on": "A", "show": "round", "is": [{"id": "$r"}]}), "$r"),
            (json!({"on": "A", "show": "round", "same_as": "s"}), "\"s\""),
            (json!({"on": "A", "show": "round", "apart_from": ["id"]}), "apart_from"),
            (json!({"meet": ["A"]}), "two"),
            (json!({"meet": ["A", "A"]}), "two"),
            (json!({"meet": ["A", "B"], "stay": 1}), "stay"),
            (json!({"meet": ["A", "B"], "by": "qr"}), "by"),
            (json!({"pair": ["A", "B"], "by": "radio"}), "radio"),
            (json!({"at": "2026-03-02T08:00:00", "meet": ["A", "B"]}), "at"),
            (json!({"new_phone": "A"}), "already"),
            (json!({"new_phone": "Z2"}), "person"),
            (json!("meet"), "object"),
        ] {
            let error = parse(json!([step])).expect_err(&step.to_string());
            assert!(error.contains(says), "{step}: {error}");
        }
    }

    #[test]
    fn a_price_is_no_reference() {
        for text in ["$5", "$", "$5 is enough", "$r and so on", "costs $r"] {
            assert!(parse(json!([{"on": "A", "show": "round", "is": {"text": text}}])).is_ok(), "{text}");
        }
    }

    #[test]
    fn the_world_never_goes_back() {
        let error = parse(json!([
            {"at": "2026-03-02T08:00:00+01:00", "kill": "A"},
            {"at": "2026-03-02T07:30:00+00:00", "kill": "A"},
            {"at": "2026-03-02T08:00:00+01:00", "kill": "A"}
        ]));
        assert!(error.unwrap_err().contains("step 3"));
    }

    #[test]
    fn malformed_heads_are_refused() {
        for text in [
            "{",
            "[]",
            r#"{"phones": ["A"], "steps": []}"#,
            r#"{"id": "t", "phones": [], "steps": []}"#,
            r#"{"id": "t", "phones": ["A", "A"], "steps": []}"#,
            r#"{"id": "t", "phones": ["A", 1], "steps": []}"#,
            r#"{"id": "t", "phones": ["A"]}"#,
            r#"{"id": "t", "phones": ["A"], "steps": [], "never": {"B": ["x"]}}"#,
            r#"{"id": "t", "phones": ["A"], "steps": [], "never": {"A": [""]}}"#,
            r#"{"id": "t", "phones": ["A"], "steps": [], "nevr": {"A": ["x"]}}"#,
        ] {
            assert!(Scenario::parse(text).is_err(), "{text}");
        }
        assert!(Scenario::parse(r#"{"id": "t", "phones": ["A"], "steps": []}"#).is_ok());
    }
}
