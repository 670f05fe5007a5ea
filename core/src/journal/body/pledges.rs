//! Acts of a pledge: space with a way back (spec §5).

use serde::{Deserialize, Serialize};

use crate::journal::{EntryId, LocalTime, OutOfRange};

/// "I need time, and I will check in at 20:00."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PledgeMake {
    /// When.
    pub due: LocalTime,
    /// How.
    pub how: String,
    /// A reassuring sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub sentence: Option<String>,
    /// The invitation that it answers ("later").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub round: Option<EntryId>,
}

impl PledgeMake {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// A new time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PledgeMove {
    /// The pledge.
    pub pledge: EntryId,
    /// The new time.
    pub due: LocalTime,
}

impl PledgeMove {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// Contact happened in the way promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PledgeCheckIn {
    /// The pledge.
    pub pledge: EntryId,
}

impl PledgeCheckIn {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// The pledge is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PledgeWithdraw {
    /// The pledge.
    pub pledge: EntryId,
}

impl PledgeWithdraw {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}
