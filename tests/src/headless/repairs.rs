//! Repair.

use attune_core::practice::repair::Part;
use serde_json::{Value, json};

use super::answer::{Answer, id, word};
use super::arguments::Arguments;
use super::done;
use super::opening::Opened;

impl Opened {
    pub(super) fn repair_pause(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        id(self.phone.repairs().pause()?)
    }

    pub(super) fn repair_ready(&mut self, mut arguments: Arguments) -> Answer {
        let repair = arguments.only_id()?;
        self.phone.repairs().ready(repair)?;
        done()
    }

    pub(super) fn repair_impact(&mut self, mut arguments: Arguments) -> Answer {
        let (repair, text) = (arguments.id("id")?, arguments.text("text")?);
        arguments.done()?;
        self.phone.repairs().impact(repair, text)?;
        done()
    }

    pub(super) fn repair_ask(&mut self, mut arguments: Arguments) -> Answer {
        let repair = arguments.only_id()?;
        self.phone.repairs().ask(repair)?;
        done()
    }

    pub(super) fn repair_need(&mut self, mut arguments: Arguments) -> Answer {
        let (repair, text) = (arguments.id("id")?, arguments.text("text")?);
        arguments.done()?;
        self.phone.repairs().need(repair, text)?;
        done()
    }

    pub(super) fn repair_agree(&mut self, mut arguments: Arguments) -> Answer {
        let repair = arguments.only_id()?;
        self.phone.repairs().agree(repair)?;
        done()
    }

    pub(super) fn repair_park(&mut self, mut arguments: Arguments) -> Answer {
        let repair = arguments.only_id()?;
        self.phone.repairs().park(repair)?;
        done()
    }

    pub(super) fn repair_reopen(&mut self, mut arguments: Arguments) -> Answer {
        let repair = arguments.only_id()?;
        self.phone.repairs().reopen(repair)?;
        done()
    }

    pub(super) fn show_repair(&self, mut arguments: Arguments) -> Answer {
        let repair = self.phone.repairs().view(arguments.only_id()?)?;
        Ok(json!({
            "id": repair.id,
            "stage": word(repair.stage),
            "i_am_ready": repair.i_am_ready,
            "mine": part(&repair.mine),
            "theirs": part(&repair.theirs),
        }))
    }
}

fn part(part: &Part) -> Value {
    json!({"impact": part.impact, "asked": part.asked, "need": part.need, "agreed": part.agreed})
}
