//! Small things said, asked and answered, and the weekly check-in made of them (spec §8).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::plain_text::{PlainText, plain_texts};
use crate::journal::{EntryId, OutOfRange};

/// Something seen and valued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Appreciation {
    /// Own words.
    pub text: String,
    /// Whether it was said aloud.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub said_aloud: bool,
}

plain_texts! {
    /// A worry.
    Worry,
    /// A need, without apologising.
    Need,
    /// One small thing asked for.
    Request,
}

impl Appreciation {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// How a request is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum AnswerWith {
    /// Yes.
    Accept,
    /// Something else instead.
    Counter,
    /// Not now; without words it is never sent.
    NotNow,
}

/// An answer to a request that the partner shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Answer {
    /// The snapshot that holds the request.
    pub request: EntryId,
    /// The answer.
    pub with: AnswerWith,
    /// In words, if wished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub text: Option<String>,
}

impl Answer {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// A line of the weekly check-in, in the fixed order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum WeeklyLine {
    /// One appreciation.
    Appreciation,
    /// One worry.
    Worry,
    /// One need.
    Need,
    /// One small request.
    Request,
    /// One trigger.
    Trigger,
    /// One wish for the two of us.
    WishTogether,
    /// One wish for myself.
    WishAlone,
}

impl WeeklyLine {
    /// The fixed order.
    pub const ALL: [Self; 7] = [
        Self::Appreciation,
        Self::Worry,
        Self::Need,
        Self::Request,
        Self::Trigger,
        Self::WishTogether,
        Self::WishAlone,
    ];

    /// Its name, which is the kind under which the line is shared.
    pub fn name(self) -> &'static str {
        match self {
            Self::Appreciation => "appreciation",
            Self::Worry => "worry",
            Self::Need => "need",
            Self::Request => "request",
            Self::Trigger => "trigger",
            Self::WishTogether => "wish_together",
            Self::WishAlone => "wish_alone",
        }
    }
}

/// The weekly check-in: prepared alone, shared line by line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Weekly {
    /// One appreciation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub appreciation: Option<String>,
    /// One worry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub worry: Option<String>,
    /// One need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub need: Option<String>,
    /// One small request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub request: Option<String>,
    /// One trigger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub trigger: Option<String>,
    /// One wish for the two of us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub wish_together: Option<String>,
    /// One wish for myself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub wish_alone: Option<String>,
    /// The lines that are shared; each must hold a text.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub shared: BTreeSet<WeeklyLine>,
}

impl Weekly {
    /// The text of a line.
    pub fn line(&self, line: WeeklyLine) -> Option<&str> {
        match line {
            WeeklyLine::Appreciation => self.appreciation.as_deref(),
            WeeklyLine::Worry => self.worry.as_deref(),
            WeeklyLine::Need => self.need.as_deref(),
            WeeklyLine::Request => self.request.as_deref(),
            WeeklyLine::Trigger => self.trigger.as_deref(),
            WeeklyLine::WishTogether => self.wish_together.as_deref(),
            WeeklyLine::WishAlone => self.wish_alone.as_deref(),
        }
    }

    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        if self.shared.iter().all(|line| self.line(*line).is_some()) {
            Ok(())
        } else {
            Err(OutOfRange { field: "shared" })
        }
    }
}
