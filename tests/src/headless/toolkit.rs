//! Exercises and suggestions, the trigger map, returns, and the help page.

use attune_core::phone::{For, Helpful};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Fault};
use super::arguments::Arguments;
use super::done;
use super::opening::Opened;

impl Opened {
    pub(super) fn help_open(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        let page = self.phone.help().page();
        if page.is_empty() { Err(Fault::error("Damaged", "the help page is empty")) } else { done() }
    }

    pub(super) fn feel_afraid(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        self.phone.help().feel_afraid();
        done()
    }

    pub(super) fn show_help_offered(&self, arguments: Arguments) -> Answer {
        arguments.done()?;
        Ok(json!({"offered": self.phone.help().is_offered()?}))
    }

    pub(super) fn show_toolkit(&self, mut arguments: Arguments) -> Answer {
        let whom = whom(&mut arguments)?;
        arguments.done()?;
        Ok(self.phone.toolkit().exercises(whom)?.iter().map(helpful).collect())
    }

    pub(super) fn show_suggestions(&self, mut arguments: Arguments) -> Answer {
        let whom = whom(&mut arguments)?;
        arguments.done()?;
        Ok(self.phone.toolkit().suggestions(whom)?.iter().map(helpful).collect())
    }

    pub(super) fn show_moments(&self, mut arguments: Arguments) -> Answer {
        let day = arguments.date("week_of")?;
        arguments.done()?;
        let map = self.phone.moments().week(day)?;
        Ok(json!({
            "count": map.count,
            "look_for_the_pattern": map.look_for_the_pattern,
            "by_situation": map.by_situation,
            "by_cue": map.by_cue,
            "by_hour": map.by_hour.iter().map(|(hour, count)| (hour.to_string(), json!(count))).collect::<Map<_, _>>(),
            "by_urge": map.by_urge,
        }))
    }

    pub(super) fn show_returns(&self, arguments: Arguments) -> Answer {
        arguments.done()?;
        let dates = self.phone.moments().returns()?;
        Ok(json!({"count": dates.len(), "dates": dates.iter().map(NaiveDate::to_string).collect::<Vec<_>>()}))
    }
}

fn whom(arguments: &mut Arguments) -> Result<For, Fault> {
    match arguments.maybe_text("for")?.as_deref() {
        None | Some("me") => Ok(For::Me),
        Some("partner") => Ok(For::Partner),
        Some(_) => Err(Fault::bad("\"for\" is neither \"me\" nor \"partner\"")),
    }
}

fn helpful(helpful: &Helpful) -> Value {
    let mut view = Map::new();
    let key = if helpful.is_exercise { "exercise" } else { "card" };
    view.insert(key.to_owned(), json!(helpful.id));
    view.insert("why".to_owned(), json!(helpful.why));
    Value::Object(view)
}
