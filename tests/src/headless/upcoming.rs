//! What the owner is to be notified of.

use attune_core::phone::{About, Notice};
use serde_json::{Value, json};

use super::answer::Answer;
use super::arguments::Arguments;
use super::opening::Opened;

impl Opened {
    pub(super) fn show_upcoming(&self, mut arguments: Arguments) -> Answer {
        let until = arguments.time("until")?;
        arguments.done()?;
        Ok(self.phone.upcoming().until(until)?.iter().map(notice).collect())
    }
}

fn notice(notice: &Notice) -> Value {
    let (about, id) = match notice.about {
        About::Pledge(pledge) => ("pledge", Some(pledge)),
        About::Reminder => ("reminder", None),
    };
    json!({"at": notice.at, "about": about, "id": id, "text": notice.text})
}
