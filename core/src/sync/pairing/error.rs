//! Why a text is no offer, or a pairing cannot do what it was asked.

/// Why something about a pairing was refused on this phone. Nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PairingError {
    /// The text is something else altogether.
    #[error("not a pairing code of this app")]
    NotAnOffer,
    /// An offer of a newer app: this one needs an update.
    #[error("the other phone's version is too new")]
    VersionTooNew,
    /// An offer, but cut off or changed.
    #[error("the pairing code is damaged")]
    Damaged,
    /// The typed code has too few or too many symbols.
    #[error("the typed code does not have the right length")]
    WrongLength,
    /// The typed code holds a symbol that no code has.
    #[error("the typed code holds a symbol that no code has")]
    WrongSymbol,
    /// A symbol of the typed code is wrong, or two are swapped.
    #[error("the code was mistyped")]
    Mistyped,
    /// The offer was used or burned: it serves one comparison of numbers.
    #[error("the offer was used already")]
    Spent,
    /// The offer is older than it may get.
    #[error("the offer has expired")]
    Expired,
    /// There is no number to confirm yet.
    #[error("there is no number yet")]
    NoNumberYet,
    /// Both sides have confirmed; it can no longer be cancelled.
    #[error("both have confirmed")]
    TooLate,
    /// The pairing has ended.
    #[error("the pairing has ended")]
    Ended,
}
