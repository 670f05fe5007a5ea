//! The empathy turn.

use attune_core::journal::TurnStep;
use serde_json::json;

use super::answer::{Answer, id, word};
use super::arguments::Arguments;
use super::done;
use super::opening::Opened;

impl Opened {
    pub(super) fn turn_begin(&mut self, mut arguments: Arguments) -> Answer {
        let own_feeling = arguments.text("own_feeling")?;
        arguments.done()?;
        id(self.phone.turns().begin(own_feeling)?)
    }

    pub(super) fn turn_speak(&mut self, mut arguments: Arguments) -> Answer {
        let (text, feeling) = (arguments.text("text")?, arguments.text("feeling")?);
        self.turn(arguments, TurnStep::Speak { text, feeling })
    }

    pub(super) fn turn_reflect(&mut self, mut arguments: Arguments) -> Answer {
        let text = arguments.text("text")?;
        self.turn(arguments, TurnStep::Reflect(text))
    }

    pub(super) fn turn_confirm(&mut self, mut arguments: Arguments) -> Answer {
        let how = arguments.word("how")?;
        self.turn(arguments, TurnStep::Confirm(how))
    }

    pub(super) fn turn_help(&mut self, mut arguments: Arguments) -> Answer {
        let wants = arguments.word("wants")?;
        self.turn(arguments, TurnStep::Help(wants))
    }

    pub(super) fn turn_presence(&mut self, mut arguments: Arguments) -> Answer {
        let preset = arguments.text("preset")?;
        self.turn(arguments, TurnStep::Presence(preset))
    }

    pub(super) fn turn_advice(&mut self, mut arguments: Arguments) -> Answer {
        let text = arguments.text("text")?;
        self.turn(arguments, TurnStep::Advice(text))
    }

    pub(super) fn turn_leave(&mut self, arguments: Arguments) -> Answer {
        self.turn(arguments, TurnStep::Leave)
    }

    pub(super) fn turn_swap(&mut self, mut arguments: Arguments) -> Answer {
        let turn = arguments.only_id()?;
        id(self.phone.turns().swap(turn)?)
    }

    pub(super) fn show_turn(&self, mut arguments: Arguments) -> Answer {
        let turn = self.phone.turns().view(arguments.only_id()?)?;
        Ok(json!({
            "id": turn.id,
            "stage": word(turn.stage),
            "i_speak": turn.i_speak,
            "tries": turn.tries,
            "advice_open": turn.advice_open,
        }))
    }

    fn turn(&self, mut arguments: Arguments, step: TurnStep) -> Answer {
        let turn = arguments.only_id()?;
        self.phone.turns().act(turn, step)?;
        done()
    }
}
