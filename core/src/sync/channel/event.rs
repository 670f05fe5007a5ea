//! What a channel tells its owner.

use super::CloseReason;
use crate::sync::keys::Pinned;

/// Clocks that differ by more than this are shown to the two, in milliseconds (2 minutes).
pub const CLOCKS_DIFFER_MS: i64 = 120_000;

/// Something that happened in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelEvent {
    /// The partner came with a phone that is new to this one, certified by the person who was pinned.
    /// The owner keeps the new [`Pinned`] durably in place of the old, and shows it. Comes before
    /// `Ready`, on whichever side knew another phone.
    PartnerHasNewDevice(Pinned),
    /// The handshake is done: the partner is there, and messages may be sent. What is sent before the
    /// next [`Channel::poll_transmit`](super::Channel::poll_transmit) travels in the first flight.
    Ready {
        /// A value that only the two phones of this connection know, as input for proofs.
        handshake_hash: [u8; 32],
        /// The version in which to write until `Established` says otherwise.
        speaking: u16,
    },
    /// The partner's greeting arrived and the versions fit.
    Established(Established),
    /// A fresh handshake replaced the keys; nothing else changed.
    Rekeyed,
    /// The end; nothing follows.
    Closed(CloseReason),
}

/// What the two greetings settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Established {
    /// The version in which both write from now on.
    pub version: u16,
    /// Whether what this side sent before polling this event was written in another version than
    /// `version`, so that the partner drops it and it must be sent again.
    pub resend: bool,
    /// The partner's clock when it greeted, in unix milliseconds.
    pub partner_clock_ms: i64,
    /// How far the partner's clock is ahead of this phone's, in milliseconds; some of it is travel time.
    pub clock_difference_ms: i64,
    /// As in [`ChannelEvent::Ready`].
    pub handshake_hash: [u8; 32],
}

impl Established {
    /// Whether the clocks differ so much that the two should know.
    pub fn clocks_differ(&self) -> bool {
        self.clock_difference_ms.unsigned_abs() > CLOCKS_DIFFER_MS.unsigned_abs()
    }
}
