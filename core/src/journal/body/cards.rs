//! Cards (spec §13).

use serde::{Deserialize, Serialize};

use super::plain_text::{PlainText, plain_texts};
use super::scale;
use crate::journal::OutOfRange;

/// In whom a strength was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum WhoseStrength {
    /// In oneself.
    Mine,
    /// In the partner.
    Yours,
}

/// A strength seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Strength {
    /// In whom.
    pub whose: WhoseStrength,
    /// Own words.
    pub text: String,
}

impl Strength {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

plain_texts! {
    /// A card for hard days.
    Savour,
    /// One's own half of our loop; neither edits the other's.
    LoopHalf,
    /// A calm place.
    CalmPlace,
}

/// A person to turn to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SupportPerson {
    /// The name, which stays on this phone.
    pub name: String,
    /// How to reach them, or how they help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub how: Option<String>,
}

impl SupportPerson {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// The monthly belief ("needing others can be a strength").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Belief {
    /// 0 to 10.
    pub strength: u8,
}

impl Belief {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        scale(Some(self.strength), "strength")
    }
}
