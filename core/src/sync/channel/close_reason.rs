//! Why a channel ended, and why it cannot do what it was asked.

/// Why a channel is closed, as this phone sees it. Where a proof failed, the other side is told nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CloseReason {
    /// This phone closed it.
    #[error("closed by this phone")]
    ByUs,
    /// The partner closed it in good order.
    #[error("closed by the partner")]
    ByPartner,
    /// Dialler only: whoever answered is not the partner, or is not willing to be found.
    #[error("the phone that was reached is not the partner's")]
    NotYours,
    /// Listener only: whoever called could not prove to be the partner.
    #[error("a stranger called")]
    Stranger,
    /// Listener only: a first message that was heard before, played again.
    #[error("a recorded first message was played again")]
    Replayed,
    /// Listener only: the first message could not be remembered, so it was not answered.
    #[error("the first message could not be remembered")]
    StorageFailed,
    /// The other side took too long over the handshake, or over new keys.
    #[error("no answer in time")]
    TimedOut,
    /// The bytes ended in the middle.
    #[error("interrupted")]
    Interrupted,
    /// The partner's app speaks only versions that are too old for this one. Both phones are told.
    #[error("the partner's version is too old")]
    VersionTooOld,
    /// The partner's app speaks only versions that are newer than this one knows. Both phones are told.
    #[error("the partner's version is too new")]
    VersionTooNew,
    /// A frame that is not the next one that the partner sealed: damaged, lost, repeated or forged.
    #[error("a frame was tampered with")]
    Tampered,
    /// The partner's phone broke the rules of the channel.
    #[error("the partner's phone broke the protocol")]
    Misbehaved,
    /// The cryptography of this phone failed.
    #[error("the channel failed")]
    Failed,
}

impl CloseReason {
    /// Whether what was queued before may still be sent. After a failed proof nothing may be.
    pub(super) fn lets_the_queue_drain(self) -> bool {
        matches!(self, Self::ByUs | Self::VersionTooOld | Self::VersionTooNew)
    }
}

/// Why a message was not taken for sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChannelError {
    /// The handshake is not finished; wait for [`ChannelEvent::Ready`](super::ChannelEvent::Ready).
    #[error("the channel is not ready")]
    NotReady,
    /// The message is longer than [`MAX_MESSAGE`](super::MAX_MESSAGE).
    #[error("the message is too long")]
    TooLong,
    /// The channel is closed.
    #[error("the channel is closed: {0}")]
    Closed(CloseReason),
}
