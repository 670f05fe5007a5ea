//! Names across steps: phones that are there, ids and answers that were remembered before they are
//! used, and a time that only goes forward.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Scenario;
use super::step::{Act, Answer};

/// Of whose person a new phone is: the phone of the file whose name its own begins with.
pub(in crate::scenario) fn person_of<'a>(phones: &'a [String], new: &str) -> Option<&'a str> {
    let begins = phones.iter().filter(|phone| new.len() > phone.len() && new.starts_with(phone.as_str()));
    begins.max_by_key(|phone| phone.len()).map(String::as_str)
}

/// The name in `$name`. Any other text is a text, with whatever sign it begins.
pub(in crate::scenario) fn reference(text: &str) -> Option<&str> {
    let name = text.strip_prefix('$')?;
    let is_name = name.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    is_name.then_some(name)
}

/// Fails where a step uses what is not there yet.
pub(super) fn check(scenario: &Scenario) -> Result<(), String> {
    let every = scenario.every_phone();
    if let Some(unknown) = scenario.never.keys().find(|name| !every.contains(&name.as_str())) {
        return Err(format!("\"never\" names {unknown}, and there is no phone of that name"));
    }
    let mut there: BTreeSet<&str> = scenario.phones.iter().map(String::as_str).collect();
    let (mut ids, mut answers) = (BTreeSet::new(), BTreeSet::new());
    let mut now = None;
    for (step, number) in scenario.steps.iter().zip(1..) {
        let here = |error: String| format!("step {number}: {error}");
        if step.at.is_some() {
            if step.at < now {
                return Err(here("\"at\" is earlier than the step before".to_owned()));
            }
            now = step.at;
        }
        if let Act::NewPhone(name) = &step.act {
            if !there.insert(name) {
                return Err(here(format!("{name} is already there")));
            }
            if person_of(&scenario.phones, name).is_none() {
                return Err(here(format!("{name} begins with no phone's name, so it is no known person's")));
            }
        }
        if let Some(unknown) = step.act.phones().into_iter().find(|name| !there.contains(name)) {
            return Err(here(format!("there is no phone {unknown}")));
        }
        let Act::Ask { with, answer, .. } = &step.act else { continue };
        with.values().try_for_each(|value| known(value, &ids)).map_err(here)?;
        let Answer::Ok { id_as, look } = answer else { continue };
        look.is.iter().try_for_each(|value| known(value, &ids)).map_err(here)?;
        if let Some(name) = look.same_as.as_ref().filter(|name| !answers.contains(*name)) {
            return Err(here(format!("no answer was saved as \"{name}\"")));
        }
        ids.extend(id_as.clone());
        answers.extend(look.save.clone());
    }
    Ok(())
}

/// Fails at a `$name` that no step before remembered.
fn known(value: &Value, ids: &BTreeSet<String>) -> Result<(), String> {
    match value {
        Value::String(text) => match reference(text) {
            Some(name) if !ids.contains(name) => Err(format!("no id was saved for {text}")),
            _ => Ok(()),
        },
        Value::Array(values) => values.iter().try_for_each(|value| known(value, ids)),
        Value::Object(values) => values.values().try_for_each(|value| known(value, ids)),
        _ => Ok(()),
    }
}
