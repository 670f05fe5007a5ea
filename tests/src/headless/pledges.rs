//! Pledges.

use serde_json::{Map, Value, json};

use super::answer::{Answer, Fault, id, word};
use super::arguments::Arguments;
use super::done;
use super::opening::Opened;

impl Opened {
    pub(super) fn pledge_make(&mut self, mut arguments: Arguments) -> Answer {
        let (due, how) = (arguments.time("due")?, arguments.text("how")?);
        let sentence = arguments.maybe_text("sentence")?;
        arguments.done()?;
        id(self.phone.pledges().make(due, how, sentence)?)
    }

    pub(super) fn pledge_move(&mut self, mut arguments: Arguments) -> Answer {
        let (pledge, due) = (arguments.id("id")?, arguments.time("due")?);
        arguments.done()?;
        self.phone.pledges().move_to(pledge, due)?;
        done()
    }

    pub(super) fn pledge_check_in(&mut self, mut arguments: Arguments) -> Answer {
        let pledge = arguments.only_id()?;
        self.phone.pledges().check_in(pledge)?;
        done()
    }

    pub(super) fn pledge_withdraw(&mut self, mut arguments: Arguments) -> Answer {
        let pledge = arguments.only_id()?;
        self.phone.pledges().withdraw(pledge)?;
        done()
    }

    pub(super) fn share_summary(&mut self, mut arguments: Arguments) -> Answer {
        if arguments.text("of")? != "pledges" {
            return Err(Fault::bad("\"of\" is not \"pledges\""));
        }
        let (from, to) = (arguments.date("from")?, arguments.date("to")?);
        let lines = arguments.maybe_words("lines")?.unwrap_or_default();
        arguments.done()?;
        id(self.phone.pledges().share_summary(from, to, &lines)?)
    }

    pub(super) fn show_pledge(&self, mut arguments: Arguments) -> Answer {
        let pledge = self.phone.pledges().view(arguments.only_id()?)?;
        let mut view = Map::new();
        for (key, value) in [
            ("id", json!(pledge.id)),
            ("mine", json!(pledge.mine)),
            ("state", json!(word(pledge.state))),
            ("due", json!(pledge.due)),
            ("how", json!(pledge.how)),
            ("sentence", json!(pledge.sentence)),
            ("moves", json!(pledge.moves)),
        ] {
            view.insert(key.to_owned(), value);
        }
        let (key, value) = match pledge.mine {
            true => ("outcome", json!(pledge.outcome.map(word))),
            false => ("as_of", json!(pledge.as_of)),
        };
        view.insert(key.to_owned(), value);
        Ok(Value::Object(view))
    }
}
