//! Writing down, editing, sharing, erasing, answering.

use super::answer::{Answer, id};
use super::arguments::Arguments;
use super::opening::Opened;
use super::{body, done};

impl Opened {
    pub(super) fn log(&mut self, mut arguments: Arguments) -> Answer {
        let body = body::read(arguments.value("body")?)?;
        let share = arguments.flag("share")?;
        arguments.done()?;
        id(self.phone.journal().log(body, share)?)
    }

    pub(super) fn edit(&mut self, mut arguments: Arguments) -> Answer {
        let entry = arguments.id("id")?;
        let body = body::read(arguments.value("body")?)?;
        arguments.done()?;
        id(self.phone.journal().edit(entry, body)?)
    }

    pub(super) fn share(&mut self, mut arguments: Arguments) -> Answer {
        let entry = arguments.id("id")?;
        arguments.done()?;
        id(self.phone.journal().share(entry)?)
    }

    pub(super) fn erase(&mut self, mut arguments: Arguments) -> Answer {
        let ids = arguments.ids("ids")?;
        arguments.done()?;
        self.phone.journal().erase(&ids)?;
        done()
    }

    pub(super) fn answer_request(&mut self, mut arguments: Arguments) -> Answer {
        let request = arguments.id("id")?;
        let with = arguments.word("with")?;
        let text = arguments.maybe_text("text")?;
        arguments.done()?;
        id(self.phone.journal().answer(request, with, text)?)
    }
}
