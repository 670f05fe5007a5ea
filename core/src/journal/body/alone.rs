//! What one does and finds alone: time alone, exercises, expectation and return, leaning.

use serde::{Deserialize, Serialize};

use super::{scale, within};
use crate::journal::{EntryId, LocalTime, OutOfRange};

/// What time alone was for; its owner chooses and the app never relabels (spec §14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum AloneKind {
    /// Means to come back; may carry a pledge.
    SelfRegulation,
    /// No plan needed.
    AloneTime,
}

/// Time alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Alone {
    /// What it was for.
    pub alone_kind: AloneKind,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub began: Option<LocalTime>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub ended: Option<LocalTime>,
    /// Calm before, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub calm_before: Option<u8>,
    /// Calm after, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub calm_after: Option<u8>,
    /// The pledge that it carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub pledge: Option<EntryId>,
}

impl Alone {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        scale(self.calm_before, "calm_before")?;
        scale(self.calm_after, "calm_after")?;
        match (self.began, self.ended) {
            (Some(began), Some(ended)) if ended.unix_ms() < began.unix_ms() => Err(OutOfRange { field: "ended" }),
            _ => Ok(()),
        }
    }
}

/// How sure one is that contact comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Expectation {
    /// 0 (not at all) to 10.
    pub sureness: u8,
}

impl Expectation {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        scale(Some(self.sureness), "sureness")
    }
}

/// It came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Return {
    /// The expectation that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub expectation: Option<EntryId>,
}

impl Return {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// An exercise of the toolkit, done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Exercise {
    /// Its id in the catalogue.
    pub exercise: String,
    /// How long, in seconds, up to a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub seconds: Option<u32>,
    /// Activation before, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub activation_before: Option<u8>,
    /// Activation after, 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub activation_after: Option<u8>,
}

impl Exercise {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        within(self.seconds.unwrap_or(0), 0, 86_400, "seconds")?;
        scale(self.activation_before, "activation_before")?;
        scale(self.activation_after, "activation_after")
    }
}

/// The leaning reflection: two lines from 1 to 7. Private, no label, not a validated test (spec §15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Leaning {
    /// Reaches for closeness, 1 to 7.
    pub closeness: u8,
    /// Reaches for space, 1 to 7.
    pub space: u8,
}

impl Leaning {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        within(self.closeness, 1, 7, "closeness")?;
        within(self.space, 1, 7, "space")
    }
}
