//! Reading a scenario's JSON: every key is accounted for, so that a misspelt one never silently
//! weakens what is checked.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};

use super::Scenario;
use super::step::{Act, Answer, By, Look, Step, Two};

/// Keys that only explain, and may stand anywhere.
const NOTES: &[&str] = &["about", "note", "comment", "why"];

/// The keys that say what a step is.
const ACTS: &[&str] = &["pair", "meet", "part", "cannot_meet", "do", "show", "restart", "kill", "new_phone"];

pub(super) fn scenario(value: Value) -> Result<Scenario, String> {
    let mut head = Keys::of(value, "a scenario")?;
    let id = head.text("id")?.filter(|id| !id.is_empty()).ok_or("\"id\" is missing")?;
    let phones = head.texts("phones")?.filter(|phones| !phones.is_empty()).ok_or("\"phones\" is missing")?;
    if phones.iter().collect::<BTreeSet<_>>().len() < phones.len() {
        return Err("a phone is named twice".to_owned());
    }
    let never = match head.take("never") {
        None => BTreeMap::new(),
        Some(never) => {
            let mut never = Keys::of(never, "\"never\"")?;
            let names: Vec<String> = never.0.keys().cloned().collect();
            names
                .into_iter()
                .map(|name| Ok((name.clone(), never.texts(&name)?.unwrap_or_default())))
                .collect::<Result<BTreeMap<_, _>, String>>()?
        }
    };
    if never.values().flatten().any(String::is_empty) {
        return Err("a \"never\" text is empty, and that is found everywhere".to_owned());
    }
    let Some(Value::Array(steps)) = head.take("steps") else {
        return Err("\"steps\" is missing, or is no list".to_owned());
    };
    // A text at the top that the format does not name says something to a reader.
    head.0.retain(|_, value| !value.is_string());
    head.done()?;
    let steps = steps
        .into_iter()
        .zip(1..)
        .map(|(value, number)| step(value).map_err(|error| format!("step {number}: {error}")))
        .collect::<Result<_, _>>()?;
    Ok(Scenario { id, phones, never, steps })
}

fn step(value: Value) -> Result<Step, String> {
    let mut keys = Keys::of(value, "a step")?;
    for note in NOTES {
        keys.take(note);
    }
    let at = keys.text("at")?.map(|at| time(&at)).transpose()?;
    let mut acts = ACTS.iter().filter(|act| keys.0.contains_key(**act));
    let act = match (acts.next(), acts.next()) {
        (Some(_), Some(_)) => return Err("has two acts".to_owned()),
        (Some(act), None) => read_act(act, &mut keys)?,
        (None, _) if at.is_some() && keys.0.is_empty() => Act::Wait,
        (None, _) => return Err("has no act".to_owned()),
    };
    keys.done()?;
    Ok(Step { at, act })
}

fn read_act(act: &str, keys: &mut Keys) -> Result<Act, String> {
    Ok(match act {
        "pair" => Act::Pair { two: keys.two(act)?, by: by(keys.text("by")?)?, stay: keys.flag("stay")? },
        "meet" => Act::Meet { two: keys.two(act)?, stay: keys.flag("stay")? },
        "part" => Act::Part(keys.two(act)?),
        "cannot_meet" => Act::CannotMeet(keys.two(act)?),
        "restart" => Act::Restart(keys.name(act)?),
        "kill" => Act::Kill(keys.name(act)?),
        "new_phone" => Act::NewPhone(keys.name(act)?),
        _ => ask(act, keys)?,
    })
}

fn ask(act: &str, keys: &mut Keys) -> Result<Act, String> {
    let on = keys.name("on")?;
    let what = keys.name(act)?;
    let mut with = match keys.take("with") {
        None => Map::new(),
        Some(Value::Object(with)) => with,
        Some(_) => return Err("\"with\" is no object".to_owned()),
    };
    if with.contains_key("op") {
        return Err("\"with\" holds \"op\"".to_owned());
    }
    let op = if act == "show" {
        if with.insert("view".to_owned(), Value::String(what)).is_some() {
            return Err("\"with\" holds \"view\"".to_owned());
        }
        act.to_owned()
    } else {
        what
    };
    Ok(Act::Ask { on, op, with, answer: answer(keys)? })
}

fn answer(keys: &mut Keys) -> Result<Answer, String> {
    let (refused, error) = (keys.text("refused")?, keys.text("error")?);
    let id_as = keys.text("as")?;
    let look = Look {
        is: keys.take("is"),
        lacks: keys.texts("lacks")?.unwrap_or_default(),
        save: keys.text("save")?,
        same_as: keys.text("same_as")?,
        apart_from: keys.texts("apart_from")?.unwrap_or_default(),
    };
    if !look.apart_from.is_empty() && look.same_as.is_none() {
        return Err("has \"apart_from\" without \"same_as\"".to_owned());
    }
    match (refused, error) {
        (None, None) => Ok(Answer::Ok { id_as, look }),
        _ if id_as.is_some() || look != Look::default() => {
            Err("must fail, and so has no result to remember or to look at".to_owned())
        }
        (Some(code), None) => Ok(Answer::Refused(code)),
        (None, Some(code)) => Ok(Answer::Error(code)),
        (Some(_), Some(_)) => Err("must fail in one way, not in two".to_owned()),
    }
}

fn by(name: Option<String>) -> Result<By, String> {
    match name.as_deref() {
        None | Some("qr") => Ok(By::Qr),
        Some("code") => Ok(By::Code),
        Some(other) => Err(format!("nobody pairs by \"{other}\"")),
    }
}

fn time(text: &str) -> Result<DateTime<FixedOffset>, String> {
    DateTime::parse_from_rfc3339(text).map_err(|_| format!("\"at\" is no time with an offset: {text}"))
}

/// The keys of an object that are still to be read.
struct Keys(Map<String, Value>);

impl Keys {
    fn of(value: Value, what: &str) -> Result<Self, String> {
        match value {
            Value::Object(keys) => Ok(Self(keys)),
            _ => Err(format!("{what} is no object")),
        }
    }

    fn take(&mut self, key: &str) -> Option<Value> {
        self.0.remove(key)
    }

    fn text(&mut self, key: &str) -> Result<Option<String>, String> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(format!("\"{key}\" is no text")),
        }
    }

    fn name(&mut self, key: &str) -> Result<String, String> {
        self.text(key)?.filter(|name| !name.is_empty()).ok_or_else(|| format!("\"{key}\" is missing"))
    }

    fn texts(&mut self, key: &str) -> Result<Option<Vec<String>>, String> {
        let Some(value) = self.take(key) else { return Ok(None) };
        serde_json::from_value(value).map(Some).map_err(|_| format!("\"{key}\" is no list of texts"))
    }

    fn flag(&mut self, key: &str) -> Result<bool, String> {
        match self.take(key) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(_) => Err(format!("\"{key}\" is neither true nor false")),
        }
    }

    fn two(&mut self, key: &str) -> Result<Two, String> {
        let [a, b]: [String; 2] = self
            .texts(key)?
            .and_then(|names| names.try_into().ok())
            .filter(|[a, b]: &[String; 2]| a != b)
            .ok_or_else(|| format!("\"{key}\" does not name two phones"))?;
        Ok(Two(a, b))
    }

    fn done(self) -> Result<(), String> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(key) => Err(format!("\"{key}\" means nothing here")),
        }
    }
}
