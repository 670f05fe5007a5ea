//! What a phone says about the partner: when the two last met, and nothing that would tell on anybody.

use super::Partner;
use crate::catalogue::{AboutPartner, Message, Phrase};
use crate::journal::{LocalTime, Whose};
use crate::phone::PhoneError;

/// Whether the phones know each other, and when they last caught up. It changes only by meeting, so
/// that a paused or unlinked partner looks like one not met since (P13).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PartnerStatus {
    /// Paired or not, met or not.
    pub state: PartnerState,
    /// When the two phones last caught up.
    pub last_met: Option<LocalTime>,
    /// The same in words: names the day, and does not change by itself.
    pub text: String,
    /// Whether this person has paused meeting; the partner is not told.
    pub sync_paused: bool,
    /// By how many milliseconds the partner's clock was ahead of this phone's when they last met; only where
    /// it was more than two minutes either way. Entries stay dated as they were written.
    pub clock_difference_ms: Option<i64>,
    /// The newest phone that took the place of another, on either side.
    pub new_phone: Option<NewPhone>,
}

/// A phone that came in the place of another of the same person, from a backup. Both phones show it: where
/// nobody has a new phone, somebody has the backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct NewPhone {
    /// Whose it is.
    pub whose: Whose,
    /// When this phone learnt of it.
    pub since: LocalTime,
}

/// How far the two phones know each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum PartnerState {
    /// No partner is paired.
    NotPaired,
    /// Paired, and never caught up.
    NotMet,
    /// They have caught up.
    Met,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Partner {
    /// How things stand between the two phones.
    pub fn status(&self) -> Result<PartnerStatus, PhoneError> {
        self.keeping.with(|open| {
            let (paired, last_met) = (open.is_paired()?, open.last_met()?);
            let state = match (paired, last_met) {
                (false, _) => PartnerState::NotPaired,
                (true, None) => PartnerState::NotMet,
                (true, Some(_)) => PartnerState::Met,
            };
            let text = self.keeping.catalogue().text(words(state, last_met));
            let new_phone = open.new_phone()?.map(|(whose, since)| NewPhone { whose, since });
            Ok(PartnerStatus {
                state,
                last_met,
                text,
                sync_paused: open.is_paused()?,
                clock_difference_ms: open.clock_difference_ms()?,
                new_phone,
            })
        })
    }
}

/// In words, which name the day and do not change by themselves.
fn words(state: PartnerState, last_met: Option<LocalTime>) -> Message {
    match (state, last_met) {
        (PartnerState::NotPaired, _) => AboutPartner::NotPaired.into(),
        (_, None) => AboutPartner::NotMet.into(),
        (_, Some(met)) => Phrase::LastMet(met.local_date()).into(),
    }
}
