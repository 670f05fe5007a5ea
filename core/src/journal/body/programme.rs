//! Acts in the eight steps, or in the mirrored path of six (spec §11).

use serde::{Deserialize, Serialize};

use super::within;
use crate::journal::OutOfRange;

/// Which path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Path {
    /// Eight steps for the one who leans towards distance.
    #[default]
    Distance,
    /// Six steps for the one who leans towards closeness.
    Closeness,
}

/// What its owner did with a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ProgrammeStep {
    /// Took it up.
    Start,
    /// Lets it rest.
    Rest,
    /// Did an action by hand; its id, such as `2.told`.
    Do(String),
    /// Calls it practised.
    Advance,
}

/// An act of the programme; only its owner advances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ProgrammeAct {
    /// Which path.
    #[serde(default)]
    pub path: Path,
    /// The number of the step: 1 to 8, or 1 to 6.
    pub step: u8,
    /// What was done.
    pub act: ProgrammeStep,
}

impl ProgrammeAct {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        let last = match self.path {
            Path::Distance => 8,
            Path::Closeness => 6,
        };
        within(self.step, 1, last, "step")
    }
}
