//! What a pairing is for, and with whom.

use super::PairingEnd;
use crate::sync::keys::PersonKey;

/// What a pairing is for, as it stands in an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Two people begin, with an empty shared log.
    New,
    /// A couple makes all its keys new, because a phone was stolen; the logs go on.
    Replace,
}

impl Purpose {
    pub(super) fn byte(self) -> u8 {
        match self {
            Self::New => 1,
            Self::Replace => 2,
        }
    }

    pub(super) fn of(byte: u8) -> Option<Self> {
        [Self::New, Self::Replace].into_iter().find(|purpose| purpose.byte() == byte)
    }
}

/// What this side's person asked for. Each side brings its own, and only two that ask for the same pair: an
/// offer cannot turn one into the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// To begin with somebody.
    New,
    /// To make the keys new with the partner who is pinned already: with that person and nobody else.
    Replace {
        /// The partner's person.
        partner: PersonKey,
    },
}

impl Intent {
    /// What that is called in an offer.
    pub fn purpose(self) -> Purpose {
        match self {
            Self::New => Purpose::New,
            Self::Replace { .. } => Purpose::Replace,
        }
    }

    /// Whether a pairing with this person is what was asked for; `me` is this side's own.
    pub(super) fn may_be_with(self, person: PersonKey, me: PersonKey) -> Result<(), PairingEnd> {
        match self {
            _ if person == me => Err(PairingEnd::SamePerson),
            Self::Replace { partner } if partner != person => Err(PairingEnd::AnotherPerson),
            Self::New | Self::Replace { .. } => Ok(()),
        }
    }
}
