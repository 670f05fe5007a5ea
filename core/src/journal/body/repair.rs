//! Acts of a repair (spec §6).

use serde::{Deserialize, Serialize};

use crate::journal::{EntryId, OutOfRange};

/// A repair begins with a pause; its id is the repair's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RepairPause {}

impl RepairPause {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// An act of a repair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RepairAct {
    /// The pause that began it.
    pub repair: EntryId,
    /// What was done.
    pub step: RepairStep,
}

impl RepairAct {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Ok(())
    }
}

/// The acts, in the order of the stages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RepairStep {
    /// "I am ready": always private.
    Ready,
    /// This phone saw that both are ready.
    Open,
    /// What it did to you, as I understand it.
    Impact(String),
    /// "What do you need to feel okay?"
    Ask,
    /// What I need.
    Need(String),
    /// We agree.
    Agree,
    /// Park it; no reason (P6).
    Park,
    /// Take it up again: these parks are over. A park that was not seen yet still stands.
    Reopen(Vec<EntryId>),
}
