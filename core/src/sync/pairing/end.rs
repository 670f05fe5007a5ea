//! How a pairing ended.

/// How one connection of a pairing ended, as this phone sees it. Where a proof failed, the other side
/// is told nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PairingEnd {
    /// The phones are paired.
    #[error("paired")]
    Paired,
    /// Both confirmed, and the connection died before this phone knew that the other knew.
    #[error("perhaps paired")]
    PerhapsPaired,
    /// Cancelled on this phone.
    #[error("cancelled on this phone")]
    Cancelled,
    /// Cancelled on the other phone.
    #[error("cancelled on the other phone")]
    CancelledByPartner,
    /// Joiner only: whoever was reached does not have this offer, or has it no longer.
    #[error("the phone that was reached does not have this offer")]
    Refused,
    /// Joiner only: whoever was reached knows the code, but is not the phone that showed it.
    #[error("the phone that was reached is not the one that showed the code")]
    WrongPhone,
    /// Shower only: whoever called does not have the code. The offer stands.
    #[error("a stranger called")]
    Stranger,
    /// Another connection has used the offer up.
    #[error("the offer was used already")]
    Spent,
    /// The offer is older than it may get.
    #[error("the offer has expired")]
    Expired,
    /// The handshake, the comparison or the other's last word took too long.
    #[error("it took too long")]
    TimedOut,
    /// The bytes ended in the middle.
    #[error("interrupted")]
    Interrupted,
    /// The other app is too new for this one.
    #[error("the other phone's version is too new")]
    VersionTooNew,
    /// The other phone is one of the same person.
    #[error("the other phone belongs to the same person")]
    SamePerson,
    /// Joiner only: the two people asked for different things, one to begin and the other to replace.
    #[error("the two phones were asked for different things")]
    OtherPurpose,
    /// A replacement, and the other phone is not the partner's.
    #[error("the other phone is not the partner's")]
    AnotherPerson,
    /// A frame that is not the next one that the other phone sealed.
    #[error("a frame was tampered with")]
    Tampered,
    /// The other phone broke the rules, for example by revealing another number than it committed to.
    #[error("the other phone broke the protocol")]
    Misbehaved,
    /// The cryptography of this phone failed.
    #[error("the pairing failed")]
    Failed,
}
