//! The rest after a contact (spec §4).

use chrono::TimeDelta;

use super::fold::Round;
use crate::journal::{LocalTime, Shorter, Whose};
use crate::practice::policy;

/// Until when someone rests after a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// From then on a new invitation may go out.
    pub until: LocalTime,
}

impl Round {
    /// The rest of `whom` after this round. The one who accepted less may invite at once; the other, or
    /// both where they accepted the same, after the length of the contact, or 20 minutes if that is
    /// longer. It runs from the release or, where none is known, from the end of the full length. `None`
    /// where contact has not begun.
    pub fn rest(&self, whom: Whose) -> Option<Rest> {
        let (began, length) = (self.began()?, TimeDelta::seconds(i64::from(self.length_s()?)));
        if self.accepted_less(whom) {
            return None;
        }
        let full = began.plus(length);
        let released = self.released().map_or(full, |released| released.min(full));
        Some(Rest { until: released.plus(length.max(policy::REST_AT_LEAST)) })
    }

    /// Whether `whom` accepted less than the other did.
    fn accepted_less(&self, whom: Whose) -> bool {
        let other = match whom {
            Whose::Mine => Whose::Theirs,
            Whose::Theirs => Whose::Mine,
        };
        self.took_the_length(whom) && !self.took_the_length(other)
    }

    /// Whether the length of the contact is what `whom` accepted or offered.
    fn took_the_length(&self, whom: Whose) -> bool {
        match self.accepted.get(&whom) {
            Some(own) => Some(own.length_s) == self.length_s() && own.shorter != Shorter::Other,
            // An inviter who had nothing to accept offered the length where the other says so.
            None => self.accepted.values().any(|other| other.shorter != Shorter::Accepting),
        }
    }
}
