//! What can go wrong, as an app would act on it.

use crate::journal::{MalformedId, OutOfRange};
use crate::store::StoreError;

/// A practice rule said no. Nothing was changed (spec; each variant names its section).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// The own limit's first value was chosen already (§4.1).
    #[error("this was set up already")]
    AlreadySetUp,
    /// It takes two, and no partner is paired (§3).
    #[error("no partner is paired")]
    NotPaired,
    /// It takes an open connection.
    #[error("the phones are not together")]
    NotTogether,
    /// A value is off its scale (§3).
    #[error("a value is out of its range")]
    OutOfRange,
    /// Only its owner may (§2 P9).
    #[error("this belongs to the partner")]
    NotOwner,
}

/// Why a phone did not do what it was asked. Nothing was changed and nothing is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PhoneError {
    /// A practice rule said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The key does not open this file.
    #[error("the key does not open this file")]
    WrongKey,
    /// The file is damaged; it was left as it is.
    #[error("the file is damaged")]
    Damaged,
    /// The file, or a code to pair by, is of a newer version of the app.
    #[error("this needs a newer version of the app")]
    TooNew,
    /// No space left on the phone.
    #[error("the storage is full")]
    StorageFull,
    /// The storage failed in another way.
    #[error("the storage failed")]
    StorageFailed,
    /// Another process, or another call, has it open.
    #[error("busy")]
    Busy,
    /// The phone was closed.
    #[error("the phone is closed")]
    Closed,
    /// Not something that can be asked.
    #[error("these arguments cannot be used")]
    BadArguments,
    /// There is no such entry.
    #[error("there is no such entry")]
    UnknownId,
    /// No partner is paired: there is nobody to meet.
    #[error("no partner is paired")]
    NotPaired,
    /// The phone that was dialled is not the partner's.
    #[error("that phone is not your partner's")]
    NotYours,
    /// The connection did not come about, or ended too early.
    #[error("the connection was interrupted")]
    Interrupted,
    /// The partner's app is too old.
    #[error("the partner's app is too old")]
    VersionTooOld,
    /// The partner's app is too new.
    #[error("the partner's app is newer: update this one")]
    VersionTooNew,
    /// The code to pair by cannot be read, or is not the one shown.
    #[error("this code cannot be used")]
    BadCode,
    /// The offer to pair ran out, was used, or was cancelled.
    #[error("the offer to pair is over")]
    OfferOver,
    /// The partner's phone sent what must not be; nothing of it was kept.
    #[error("the partner's phone sent something that cannot be accepted")]
    PartnerMisbehaved,
}

impl From<StoreError> for PhoneError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::WrongKey => Self::WrongKey,
            StoreError::Damaged => Self::Damaged,
            StoreError::TooNew => Self::TooNew,
            StoreError::Full => Self::StorageFull,
            StoreError::InUse => Self::Busy,
            StoreError::NotPaired => Self::Refused(Refusal::NotPaired),
            _ => Self::StorageFailed,
        }
    }
}

impl From<OutOfRange> for PhoneError {
    fn from(_: OutOfRange) -> Self {
        Self::Refused(Refusal::OutOfRange)
    }
}

impl From<MalformedId> for PhoneError {
    fn from(_: MalformedId) -> Self {
        Self::UnknownId
    }
}
