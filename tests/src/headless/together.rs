//! The document that both write.

use attune_core::journal::{TogetherField, TogetherValue};

use super::answer::{Answer, Fault};
use super::arguments::Arguments;
use super::done;
use super::opening::Opened;

impl Opened {
    pub(super) fn together_set(&mut self, arguments: Arguments) -> Answer {
        let (field, value) = read(arguments)?;
        self.phone.together().set(field, value)?;
        done()
    }

    pub(super) fn together_pick(&mut self, arguments: Arguments) -> Answer {
        let (field, value) = read(arguments)?;
        self.phone.together().pick(field, value)?;
        done()
    }
}

fn read(mut arguments: Arguments) -> Result<(TogetherField, TogetherValue), Fault> {
    let field = arguments.word("field")?;
    let value = serde_json::from_value(arguments.value("value")?)
        .map_err(|_| Fault::bad("\"value\" holds a number that is not whole, or too large"))?;
    arguments.done()?;
    Ok((field, value))
}
