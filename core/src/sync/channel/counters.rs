//! What a channel cost in bytes.

/// Bytes as they went over the wire, in whole, and what of them was not content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// All bytes that arrived.
    pub bytes_in: u64,
    /// All bytes that were handed out for sending.
    pub bytes_out: u64,
    /// Padding within `bytes_in`.
    pub padding_in: u64,
    /// Padding within `bytes_out`.
    pub padding_out: u64,
    /// Handshakes within `bytes_in`: the first with its frames, later ones without their padding.
    pub handshake_in: u64,
    /// Handshakes within `bytes_out`.
    pub handshake_out: u64,
}

/// A length as the counters and the wire count it.
pub(super) fn count(len: usize) -> u64 {
    u64::try_from(len).unwrap_or(u64::MAX)
}
