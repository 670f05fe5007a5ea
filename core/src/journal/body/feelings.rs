//! How it is, what it was about, and the sentence that says so.

use serde::{Deserialize, Serialize};

use super::{scale, within};
use crate::journal::OutOfRange;

/// How a person feels, in plain words; set by its owner alone (spec §12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum FeltState {
    /// At ease.
    Settled,
    /// Stirred up.
    Activated,
    /// Closed and far away.
    ShutDown,
    /// Several of these at once.
    Mixed,
    /// Hard to say.
    Unsure,
}

impl FeltState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Settled, Self::Activated, Self::ShutDown, Self::Mixed, Self::Unsure];

    /// Its name, as stored and sent.
    pub fn name(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::Activated => "activated",
            Self::ShutDown => "shut_down",
            Self::Mixed => "mixed",
            Self::Unsure => "unsure",
        }
    }
}

/// How I am now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CheckIn {
    /// The felt state.
    pub state: FeltState,
    /// At most two emotion words, from the list or own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub words: Vec<String>,
    /// Body cues, from the list or own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub cues: Vec<String>,
    /// How stirred up, 0 to 10.
    pub activation: u8,
    /// How safe, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub safety: Option<u8>,
    /// Own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub note: Option<String>,
}

impl CheckIn {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        within(i64::try_from(self.words.len()).unwrap_or(i64::MAX), 0, 2, "words")?;
        scale(Some(self.activation), "activation")?;
        scale(self.safety, "safety")
    }
}

/// A moment of withdrawal or pursuit. Both have the same shape and standing (spec §10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Moment {
    /// What one was drawn to do: withdraw, intellectualise, task_focus, text_again, fix, protest, other
    /// or an own word.
    pub urge: String,
    /// Where and with what it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub situation: Option<String>,
    /// The body cue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub cue: Option<String>,
    /// The emotion underneath.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub emotion: Option<String>,
    /// The need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub need: Option<String>,
}

impl Moment {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// "I feel … and I need …".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Sentence {
    /// What I feel.
    pub feeling: String,
    /// What I need.
    pub need: String,
}

impl Sentence {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}
