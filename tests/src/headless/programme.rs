//! The programme of steps.

use attune_core::journal::{Path, ProgrammeStep};
use serde_json::{Value, json};

use super::answer::{Answer, word};
use super::arguments::Arguments;
use super::done;
use super::opening::Opened;

impl Opened {
    pub(super) fn programme_start(&mut self, arguments: Arguments) -> Answer {
        self.programme(arguments, ProgrammeStep::Start)
    }

    pub(super) fn programme_rest(&mut self, arguments: Arguments) -> Answer {
        self.programme(arguments, ProgrammeStep::Rest)
    }

    pub(super) fn programme_do(&mut self, mut arguments: Arguments) -> Answer {
        let action = arguments.text("action")?;
        self.programme(arguments, ProgrammeStep::Do(action))
    }

    pub(super) fn programme_advance(&mut self, arguments: Arguments) -> Answer {
        self.programme(arguments, ProgrammeStep::Advance)
    }

    pub(super) fn show_programme(&self, mut arguments: Arguments) -> Answer {
        let path = arguments.maybe_word("path")?.unwrap_or_default();
        arguments.done()?;
        let steps = self.phone.programme().steps(path)?;
        let view = steps.iter().map(|step| {
            let actions = step.actions.iter().map(|action| json!({"action": action.action, "done": action.done}));
            json!({
                "step": step.step,
                "state": word(step.state),
                "actions": actions.collect::<Value>(),
                "suggest_moving_on": step.suggest_moving_on,
            })
        });
        Ok(view.collect())
    }

    fn programme(&self, mut arguments: Arguments, act: ProgrammeStep) -> Answer {
        let step = u8::try_from(arguments.whole("step")?).unwrap_or(u8::MAX);
        let path: Path = arguments.maybe_word("path")?.unwrap_or_default();
        arguments.done()?;
        self.phone.programme().act(path, step, act)?;
        done()
    }
}
