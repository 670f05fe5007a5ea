//! The memory of first messages, against recordings that are played again.

/// Which first messages a phone has answered before. Kept durably by the owner: a recording that is
/// played to the listener years later must still be known, for as long as the keys are.
pub trait FirstMessages: Send {
    /// Whether this tag was never given before. It is remembered durably before this returns, so that
    /// the same tag is new only once, also after a kill.
    fn is_new(&mut self, tag: [u8; 16]) -> Result<bool, FirstMessagesFailed>;
}

/// The tag could not be looked up or kept; the caller is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the memory of first messages failed")]
pub struct FirstMessagesFailed;
