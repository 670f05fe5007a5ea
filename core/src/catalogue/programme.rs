//! The words of the two paths (spec §11). What ticks an action is a rule of practice and not here.

use super::message::MessageId;
use crate::journal::Path;

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgrammeStep {
    /// Its number, from 1.
    pub number: u8,
    /// Its actions, in their order.
    pub actions: &'static [ProgrammeAction],
    message: &'static str,
}

impl ProgrammeStep {
    /// Its title.
    pub const fn title(&self) -> MessageId {
        MessageId::of(self.message)
    }

    /// What it is for.
    pub const fn purpose(&self) -> MessageId {
        MessageId::part(self.message, "purpose")
    }
}

/// An action of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgrammeAction {
    /// Its id: the number of its step, a point, and a word.
    pub id: &'static str,
    step: &'static str,
    word: &'static str,
}

impl ProgrammeAction {
    /// What to do.
    pub const fn text(&self) -> MessageId {
        MessageId::part(self.step, self.word)
    }
}

macro_rules! steps {
    ($prefix:literal; $($number:literal: $($word:ident)*;)*) => {
        &[$(ProgrammeStep {
            number: $number,
            message: concat!($prefix, stringify!($number)),
            actions: &[$(ProgrammeAction {
                id: concat!(stringify!($number), ".", stringify!($word)),
                step: concat!($prefix, stringify!($number)),
                word: stringify!($word),
            }),*],
        }),*]
    };
}

/// The steps of a path, in the order that is suggested.
pub fn programme(path: Path) -> &'static [ProgrammeStep] {
    match path {
        Path::Distance => steps!["step-distance-";
            1: moment emotion sentence;
            2: words told sentence;
            3: appreciation need sentence;
            4: phrase follow_through sentence;
            5: script ask_need sentence;
            6: three_moments emotion share_trigger;
            7: word said_aloud request;
            8: return_time sentence follow_through;
        ],
        Path::Closeness => steps!["step-closeness-";
            1: moment emotion sentence;
            2: exercise alone sentence;
            3: expectation waited sentence;
            4: return appreciation sentence;
            5: request short sentence;
            6: release first sentence;
        ],
    }
}
