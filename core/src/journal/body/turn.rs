//! Acts of an empathy turn (spec §7).

use serde::{Deserialize, Serialize};

use crate::journal::{EntryId, OutOfRange};

/// A turn begins; its id is the turn's. The listener's own feeling stays on the listener's phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TurnBegin {
    /// Whether its writer listens; otherwise its writer speaks.
    pub listens: bool,
    /// The turn that was swapped, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub swapped_from: Option<EntryId>,
}

impl TurnBegin {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// An act of a turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TurnAct {
    /// The turn.
    pub turn: EntryId,
    /// What was done.
    pub step: TurnStep,
}

impl TurnAct {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// How well the listener understood, as the speaker says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Confirmation {
    /// Yes.
    Yes,
    /// Nearly.
    Nearly,
    /// Not quite.
    NotQuite,
}

/// What the speaker wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum HelpWanted {
    /// To be listened to.
    Listening,
    /// Help.
    Help,
}

/// The acts, in the order of the stages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum TurnStep {
    /// The listener's own feeling: always private.
    OwnFeeling(String),
    /// The speaker speaks.
    Speak {
        /// What was said.
        text: String,
        /// One feeling word.
        feeling: String,
    },
    /// The listener says back what was heard.
    Reflect(String),
    /// The speaker says how well.
    Confirm(Confirmation),
    /// Listening, or help?
    Help(HelpWanted),
    /// The listener is there, in one of the presets.
    Presence(String),
    /// Advice, once it was asked for.
    Advice(String),
    /// One leaves.
    Leave,
}
