//! Acts of a round: catch and release (spec §4).

use serde::{Deserialize, Serialize};

use super::{Limit, scale};
use crate::journal::{EntryId, LocalTime, OutOfRange};

/// What the two do in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RoundKind {
    /// Sit near, quietly.
    SitQuietly,
    /// Breathe together.
    BreatheTogether,
    /// A hand on the back.
    HandOnBack,
    /// Tea.
    Tea,
    /// A walk.
    Walk,
    /// Whatever the two find.
    Free,
}

/// An invitation to a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RoundInvite {
    /// The longest that the inviter offers, 30 to 1200 seconds.
    pub max_s: u32,
    /// Until when it stands.
    pub open_until: LocalTime,
    /// What is proposed.
    pub round_kind: RoundKind,
}

impl RoundInvite {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Limit::check(self.max_s, "max_s")
    }
}

/// Which of the two accepted less. All that is said of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Shorter {
    /// The one who accepts.
    Accepting,
    /// The other.
    Other,
    /// Both the same.
    Equal,
}

/// A round accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RoundAccept {
    /// The invitation.
    pub round: EntryId,
    /// The resulting length, 30 to 1200 seconds: the smaller of the two.
    pub length_s: u32,
    /// Whose it was.
    pub shorter: Shorter,
}

impl RoundAccept {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Limit::check(self.length_s, "length_s")
    }
}

/// An act of a round that both may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RoundAct {
    /// The invitation.
    pub round: EntryId,
    /// What was done.
    pub step: RoundStep,
}

impl RoundAct {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// The acts that need no more than a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RoundStep {
    /// The inviter takes it back.
    Withdraw,
    /// "Not now, I'm OK", in words.
    SayOk,
    /// Contact begins.
    Start,
    /// Contact ends; one act, no reason (P6).
    Release,
    /// One leaves the round.
    Leave,
}

/// "Not now", without a word: never sent (P5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RoundNotNow {
    /// The invitation.
    pub round: EntryId,
}

impl RoundNotNow {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// The private reflection after a round; all left out where it was skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RoundReflect {
    /// The invitation.
    pub round: EntryId,
    /// How safe it was, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub safety: Option<u8>,
    /// How stirred up, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub activation: Option<u8>,
    /// A body cue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub cue: Option<String>,
    /// One word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub word: Option<String>,
    /// How long contact lasted on this phone's own timer, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub actual_s: Option<u32>,
    /// Whether it lasted its full length, not ended early by oneself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub full_length: bool,
    /// Whether reflecting was skipped.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub skipped: bool,
}

impl RoundReflect {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        scale(self.safety, "safety")?;
        scale(self.activation, "activation")
    }
}

/// A round done without phones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RoundLog {
    /// How long, 30 to 1200 seconds.
    pub length_s: u32,
    /// What was done.
    pub round_kind: RoundKind,
}

impl RoundLog {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Limit::check(self.length_s, "length_s")
    }
}
