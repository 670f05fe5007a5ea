//! A round as one phone sees it.

use super::acting::Contact;
use super::fold::Round;
use crate::journal::{LocalTime, Whose};

/// Where a round stands, on this phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RoundState {
    /// Open; not everyone has accepted.
    Invited,
    /// Everyone has accepted.
    Ready,
    /// Contact.
    Connecting,
    /// Contact is over; this person has not reflected.
    Released,
    /// Over, for this person.
    Closed,
}

/// What an invitee chose to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Said {
    /// "Not now, I'm OK."
    Ok,
}

impl Round {
    /// Where the round stands on this phone. A contact that is not live here is over, whatever the log
    /// says: it is never taken up again (spec §4).
    ///
    /// Who leaves during contact ends it for both. It is closed for the one who left; the other one sees
    /// what a release would show.
    pub fn state(&self, now: LocalTime, contact: Option<Contact>) -> RoundState {
        if self.began().is_some() {
            return if self.reflected.is_some() || self.left.contains_key(&Whose::Mine) {
                RoundState::Closed
            } else if contact.is_some_and(|contact| contact.round == self.id) && self.released().is_none() {
                RoundState::Connecting
            } else {
                RoundState::Released
            };
        }
        let is_over = now.unix_ms() >= self.open_until.unix_ms();
        if is_over || self.is_called_off() || self.is_not_now() || self.reflected.is_some() {
            RoundState::Closed
        } else if self.is_accepted() {
            RoundState::Ready
        } else {
            RoundState::Invited
        }
    }

    /// Whether the round is open on this phone: invited, ready or connecting.
    pub fn is_open(&self, now: LocalTime, contact: Option<Contact>) -> bool {
        matches!(self.state(now, contact), RoundState::Invited | RoundState::Ready | RoundState::Connecting)
    }

    /// Whether this person said "not now" without a word and has not undone it: by accepting, or by
    /// reaching out as well.
    fn is_not_now(&self) -> bool {
        let accepted = self.accepted.get(&Whose::Mine).map(|accepted| accepted.entry);
        let invited = self.invited.get(&Whose::Mine).map(|invited| invited.entry);
        self.not_now.is_some() && self.not_now > accepted.max(invited)
    }

    /// The same round as if no "not now" without a word had been said.
    pub(super) fn without_not_now(&self) -> Self {
        Self { not_now: None, ..self.clone() }
    }
}
