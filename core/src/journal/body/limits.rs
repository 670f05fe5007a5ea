//! What a person lets come: invitations a day, and the own limit (spec §4, §4.1).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{RoundKind, within};
use crate::journal::OutOfRange;

/// What the owner lets the partner send. An entry of the owner's log, so that nobody else can set it (P3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Cap {
    /// Invitations a day to oneself, 0 to 100.
    pub invites_per_day: u8,
    /// The kinds of round that may be proposed; all where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub kinds: Option<BTreeSet<RoundKind>>,
}

impl Cap {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        within(self.invites_per_day, 0, 100, "invites_per_day")
    }
}

/// The bounds of the own limit and of every length of contact, in seconds (D).
pub struct Limit;

impl Limit {
    /// The shortest, in seconds.
    pub const SHORTEST_S: u32 = 30;
    /// The longest, in seconds.
    pub const LONGEST_S: u32 = 1200;

    /// Fails unless the length lies within the bounds.
    pub fn check(seconds: u32, field: &'static str) -> Result<(), OutOfRange> {
        within(seconds, i64::from(Self::SHORTEST_S), i64::from(Self::LONGEST_S), field)
    }
}

/// How the own limit came to be what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum LimitStep {
    /// Its first value, chosen once, alone.
    Begin,
    /// Lowered by hand.
    Lower,
    /// An offer taken.
    TakeOffer,
}

/// The own limit, set or changed by its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct LimitChange {
    /// What its owner did.
    pub how: LimitStep,
    /// Seconds, 30 to 1200.
    pub to_s: u32,
}

impl LimitChange {
    pub(super) fn check(&self) -> Result<(), OutOfRange> {
        Limit::check(self.to_s, "to_s")
    }
}
