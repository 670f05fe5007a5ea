//! Refusals and failures in words that a person can read.

use super::{PhoneError, Refusal};
use crate::catalogue::Reason;

impl PhoneError {
    /// The reason, for [`Catalogue::text`](crate::catalogue::Catalogue::text).
    pub fn reason(self) -> Reason {
        match self {
            Self::Refused(refusal) => refusal.reason(),
            Self::WrongKey => Reason::WrongKey,
            Self::Damaged => Reason::Damaged,
            Self::TooNew => Reason::TooNew,
            Self::StorageFull => Reason::StorageFull,
            Self::StorageFailed => Reason::StorageFailed,
            Self::WrongPassphrase => Reason::WrongPassphrase,
            Self::NoSuchFile => Reason::NoSuchFile,
            Self::Occupied => Reason::Occupied,
            Self::Busy => Reason::Busy,
            Self::Cancelled => Reason::Cancelled,
            Self::Closed => Reason::Closed,
            Self::BadArguments => Reason::BadArguments,
            Self::UnknownId => Reason::UnknownId,
            Self::NotPaired => Reason::NotPaired,
            Self::NotYours => Reason::NotYourPartnersPhone,
            Self::Interrupted => Reason::Interrupted,
            Self::VersionTooOld => Reason::VersionTooOld,
            Self::VersionTooNew => Reason::VersionTooNew,
            Self::BadCode => Reason::BadCode,
            Self::OfferOver => Reason::OfferOver,
            Self::OtherPurpose => Reason::OtherPurpose,
            Self::PartnerMisbehaved => Reason::Unacceptable,
            Self::PartnerStorageFull => Reason::PartnerStorageFull,
            Self::PartnerRefused => Reason::PartnerRefused,
        }
    }
}

impl Refusal {
    /// The reason, for [`Catalogue::text`](crate::catalogue::Catalogue::text).
    pub fn reason(self) -> Reason {
        match self {
            Self::AlreadySetUp => Reason::AlreadySetUp,
            Self::NotPaired => Reason::NotPaired,
            Self::NotTogether => Reason::NotTogether,
            Self::OutOfRange => Reason::OutOfRange,
            Self::NotOwner => Reason::NotOwner,
            Self::ActivePledge => Reason::ActivePledge,
            Self::RoundOpen => Reason::RoundOpen,
            Self::Cap => Reason::Cap,
            Self::Resting => Reason::Resting,
            Self::NotInvitee => Reason::NotInvitee,
            Self::AboveOwnLimit => Reason::AboveOwnLimit,
            Self::RoundClosed => Reason::RoundClosed,
            Self::NotReady => Reason::NotReady,
            Self::NoOffer => Reason::NoOffer,
            Self::NotLower => Reason::NotLower,
            Self::PledgeClosed => Reason::PledgeClosed,
            Self::InThePast => Reason::InThePast,
            Self::WrongStage => Reason::WrongStage,
            Self::AdviceLocked => Reason::AdviceLocked,
            Self::NotYours => Reason::NotYoursToDo,
            Self::NameOwnFeelingFirst => Reason::NameOwnFeelingFirst,
        }
    }
}
