//! What can go wrong, as an app would act on it.

use crate::journal::{MalformedId, OutOfRange};
use crate::practice::limit::LimitRefused;
use crate::practice::pledge::PledgeRefused;
use crate::practice::repair::RepairRefused;
use crate::practice::round::{InviteRefused, RoundRefused};
use crate::practice::turn::TurnRefused;
use crate::store::StoreError;

/// A practice rule said no. Nothing was changed (spec; each variant names its section).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
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
    /// Space with a way back: the partner has an active pledge (§4).
    #[error("your partner takes some space, and has said when it ends")]
    ActivePledge,
    /// One round at a time (§4).
    #[error("a round is open")]
    RoundOpen,
    /// The partner takes no more invitations today, or none of this kind (§4).
    #[error("enough for today")]
    Cap,
    /// Rest after a contact (§4).
    #[error("a rest comes first")]
    Resting,
    /// Only who was invited may (§4).
    #[error("this invitation is to your partner")]
    NotInvitee,
    /// Longer than the own limit (§4, P3).
    #[error("this is longer than your own limit")]
    AboveOwnLimit,
    /// The round is over (§4).
    #[error("this round is over")]
    RoundClosed,
    /// The round is not that far (§4).
    #[error("this comes later in a round")]
    NotReady,
    /// No longer limit is on offer (§4.1).
    #[error("there is no offer")]
    NoOffer,
    /// The own limit is raised by an offer alone (§4.1).
    #[error("by hand the limit can only be lowered")]
    NotLower,
    /// The pledge is over (§5).
    #[error("this pledge is over")]
    PledgeClosed,
    /// The time has passed (§5).
    #[error("this time has passed")]
    InThePast,
    /// Each act has its stage (§6, §7, §11).
    #[error("this belongs to another stage")]
    WrongStage,
    /// Advice waits until it is asked for (§7).
    #[error("advice waits until it is asked for")]
    AdviceLocked,
    /// It is the other one's part (§7).
    #[error("this is your partner's part")]
    NotYours,
    /// The listener first names an own feeling (§7).
    #[error("name a feeling of your own first")]
    NameOwnFeelingFirst,
}

/// Why a phone did not do what it was asked. Nothing was changed and nothing is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
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
    /// The passphrase does not open this backup.
    #[error("the passphrase does not open this backup")]
    WrongPassphrase,
    /// There is no such file or folder.
    #[error("there is no such file")]
    NoSuchFile,
    /// There is a phone in this folder already.
    #[error("there is a phone here already")]
    Occupied,
    /// Another process, or another call, has it open.
    #[error("busy")]
    Busy,
    /// The work was cancelled by its owner.
    #[error("cancelled")]
    Cancelled,
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
    /// One phone was asked for a new pairing, the other to replace the keys of one.
    #[error("the two phones were asked for different things")]
    OtherPurpose,
    /// The partner's phone sent what must not be; nothing of it was kept.
    #[error("the partner's phone sent something that cannot be accepted")]
    PartnerMisbehaved,
    /// No space left on the partner's phone; what it had acknowledged it has.
    #[error("the storage of the partner's phone is full")]
    PartnerStorageFull,
    /// The partner's phone could not take what this one sent.
    #[error("the partner's phone could not take what was sent")]
    PartnerRefused,
}

/// What the rules of each flow say, in the phone's words.
macro_rules! refusals_of_rules {
    ($($refused:ty),*) => {
        $(impl From<$refused> for PhoneError {
            fn from(refused: $refused) -> Self {
                Self::Refused(refused.into())
            }
        })*
    };
}

refusals_of_rules!(InviteRefused, RoundRefused, LimitRefused, PledgeRefused, RepairRefused, TurnRefused);

impl From<StoreError> for PhoneError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::WrongKey => Self::WrongKey,
            StoreError::Damaged => Self::Damaged,
            StoreError::TooNew => Self::TooNew,
            StoreError::Full => Self::StorageFull,
            StoreError::InUse => Self::Busy,
            StoreError::Occupied => Self::Occupied,
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
