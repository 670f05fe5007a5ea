//! What a channel has ready for its owner: bytes, messages, events.

use std::collections::VecDeque;

use super::counters::count;
use super::frame::{HEADER, write_frame};
use super::{ChannelEvent, CloseReason, Counters};

/// The queues of a channel.
#[derive(Default)]
pub(super) struct Io {
    pub(super) outgoing: Vec<u8>,
    pub(super) messages: VecDeque<Vec<u8>>,
    pub(super) events: VecDeque<ChannelEvent>,
    pub(super) counters: Counters,
}

impl Io {
    /// Queues a frame.
    pub(super) fn send_frame(&mut self, body: &[u8]) -> Result<(), CloseReason> {
        if write_frame(&mut self.outgoing, body) { Ok(()) } else { Err(CloseReason::Failed) }
    }

    /// Queues a frame of a handshake.
    pub(super) fn send_handshake(&mut self, message: &[u8]) -> Result<(), CloseReason> {
        self.counters.handshake_out += count(HEADER + message.len());
        self.send_frame(message)
    }
}
