//! What may help in a felt state: for oneself always, for the partner only where the partner shared it
//! (spec §12). The one who asks knows whether it was shared; here is only what to say then.

use super::exercises::{Exercise, exercises};
use super::message::MessageId;
use crate::journal::FeltState;

/// Something that suggests itself, with its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tip {
    /// Its id.
    pub id: &'static str,
    message: &'static str,
}

impl Tip {
    /// What to do, in a few words.
    pub const fn title(&self) -> MessageId {
        MessageId::of(self.message)
    }

    /// Why, said modestly.
    pub const fn why(&self) -> MessageId {
        MessageId::part(self.message, "why")
    }
}

/// An exercise or a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suggestion {
    /// An exercise of the toolkit.
    Exercise(&'static Exercise),
    /// A card.
    Card(Tip),
}

impl Suggestion {
    /// The id of what is suggested.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Exercise(exercise) => exercise.id,
            Self::Card(tip) => tip.id,
        }
    }

    /// Its name.
    pub const fn title(&self) -> MessageId {
        match self {
            Self::Exercise(exercise) => exercise.name(),
            Self::Card(tip) => tip.title(),
        }
    }

    /// Why it may help.
    pub const fn why(&self) -> MessageId {
        match self {
            Self::Exercise(exercise) => exercise.why(),
            Self::Card(tip) => tip.why(),
        }
    }
}

macro_rules! tips {
    ($prefix:literal; $($id:ident)*) => {
        &[$(Tip { id: stringify!($id), message: concat!($prefix, stringify!($id)) }),*]
    };
}

/// What may help oneself in this state: cards first, then exercises for one.
pub fn for_me(state: FeltState) -> Vec<Suggestion> {
    let tips: &[Tip] = match state {
        FeltState::Settled => tips!["tip-"; keep_it round appreciation],
        FeltState::Activated => tips!["tip-"; few_words space_with_return tell_one_person],
        FeltState::ShutDown => tips!["tip-"; low_demand],
        FeltState::Mixed => tips!["tip-"; few_words wait_and_look],
        FeltState::Unsure => tips!["tip-"; wait_and_look],
    };
    let alone = exercises().iter().filter(|exercise| exercise.suits.contains(&state) && !exercise.for_two);
    tips.iter().copied().map(Suggestion::Card).chain(alone.map(Suggestion::Exercise)).collect()
}

/// What may be good for a partner who shared this state. All of it is about the partner (P14).
pub fn for_partner(state: FeltState) -> Vec<Suggestion> {
    let tips: &[Tip] = match state {
        FeltState::Settled => tips!["partner-card_"; enjoy appreciate small_round],
        FeltState::Activated => tips!["partner-card_"; few_words breathe give_space],
        FeltState::ShutDown => tips!["partner-card_"; warmth presence small_choice],
        FeltState::Mixed => tips!["partner-card_"; ask_which warmth few_words],
        FeltState::Unsure => tips!["partner-card_"; presence ask_which],
    };
    tips.iter().copied().map(Suggestion::Card).collect()
}
