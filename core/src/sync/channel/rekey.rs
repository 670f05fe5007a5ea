//! New keys for a channel that lives long: a fresh handshake, run inside it.
//!
//! The dialler begins. Each side's last frame under the old keys says so, and the stream is ordered, so
//! that nothing in flight is lost:
//!
//! ```text
//! dialler                                  listener
//!   Rekey        -- old keys -->
//!                <-- old keys --  RekeyAnswer, then sends under the new keys
//!   RekeyDone    -- old keys -->  then both directions are under the new keys
//! ```

use std::time::Duration;

use super::context::Context;
use super::counters::count;
use super::io::Io;
use super::noise::{Handshake, Side};
use super::open::Open;
use super::record::{Kind, Record, record_len};
use super::{ChannelEvent, CloseReason};

/// Keys are replaced when they are this old.
pub const REKEY_AFTER: Duration = Duration::from_secs(15 * 60);

/// Keys are replaced when this much went over them, both ways together, in bytes (64 MiB).
pub const REKEY_AFTER_BYTES: u64 = 64 * 1024 * 1024;

/// How long the listener may take to answer: the answer can stand behind long messages.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);

/// The listener does not begin, but it closes a channel whose dialler lets keys become so many times as
/// old or as used as they should.
const PATIENCE: u32 = 2;

/// The age of the keys in use, and the handshake for the next ones.
pub(super) struct Rekey {
    since: Duration,
    pub(super) bytes: u64,
    /// Hash of the handshake that made the keys in use: the next one is bound to it.
    hash: [u8; 32],
    state: State,
}

enum State {
    Idle,
    /// Dialler: begun at this time.
    Asked(Handshake, Duration),
    /// Listener: answered; the hash of the new handshake.
    Answered([u8; 32]),
}

impl Rekey {
    pub(super) fn new(now: Duration, hash: [u8; 32]) -> Self {
        Self { since: now, bytes: 0, hash, state: State::Idle }
    }

    /// When [`Open::rekey_if_due`] has something to do because of time.
    pub(super) fn deadline(&self, side: Side) -> Duration {
        match (&self.state, side) {
            (State::Asked(_, asked), _) => *asked + ANSWER_LIMIT,
            (_, Side::Dialler) => self.since + REKEY_AFTER,
            (_, Side::Listener) => self.since + REKEY_AFTER * PATIENCE,
        }
    }
}

impl Open {
    /// Begins a handshake for new keys where it is due, or gives up on one that takes too long.
    pub(super) fn rekey_if_due(&mut self, context: &Context, io: &mut Io, now: Duration) -> Result<(), CloseReason> {
        let late = now >= self.rekey.deadline(context.side);
        match (&self.rekey.state, context.side) {
            (State::Asked(..), _) if late => Err(CloseReason::TimedOut),
            (State::Asked(..), _) => Ok(()),
            (_, Side::Dialler) if late || self.rekey.bytes >= REKEY_AFTER_BYTES => {
                let mut handshake = context.known("rekey", &self.rekey.hash)?;
                let message = handshake.write(&[])?;
                self.rekey.state = State::Asked(handshake, now);
                self.send_rekey(io, Kind::Rekey, &message)
            }
            (_, Side::Listener) if late => Err(CloseReason::TimedOut),
            (_, Side::Listener) if self.rekey.bytes >= REKEY_AFTER_BYTES * u64::from(PATIENCE) => {
                Err(CloseReason::Misbehaved)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn handle_rekey(
        &mut self,
        context: &Context,
        io: &mut Io,
        now: Duration,
        record: &Record,
    ) -> Result<(), CloseReason> {
        io.counters.handshake_in += count(record_len(record.body.len()));
        let state = std::mem::replace(&mut self.rekey.state, State::Idle);
        match (state, record.kind, context.side) {
            (State::Idle, Kind::Rekey, Side::Listener) => {
                let mut handshake = context.known("rekey", &self.rekey.hash)?;
                handshake.read(&record.body).map_err(|_| CloseReason::Tampered)?;
                let message = handshake.write(&[])?;
                // Under the old keys still, and the last that is.
                self.send_rekey(io, Kind::RekeyAnswer, &message)?;
                let (transport, hash) = handshake.finish()?;
                self.keys.next_for_sending = Some(transport);
                self.rekey.state = State::Answered(hash);
                Ok(())
            }
            (State::Asked(mut handshake, _), Kind::RekeyAnswer, Side::Dialler) => {
                handshake.read(&record.body).map_err(|_| CloseReason::Tampered)?;
                self.send_rekey(io, Kind::RekeyDone, &[])?;
                let (transport, hash) = handshake.finish()?;
                self.keys.current = transport;
                self.rekeyed(io, now, hash);
                Ok(())
            }
            (State::Answered(hash), Kind::RekeyDone, Side::Listener) => {
                self.keys.current = self.keys.next_for_sending.take().ok_or(CloseReason::Failed)?;
                self.rekeyed(io, now, hash);
                Ok(())
            }
            _ => Err(CloseReason::Misbehaved),
        }
    }

    /// Sends a record of the handshake in a flight of its own.
    fn send_rekey(&mut self, io: &mut Io, kind: Kind, message: &[u8]) -> Result<(), CloseReason> {
        self.end_first_flight(io)?;
        io.counters.handshake_out += count(record_len(message.len()));
        self.send(io, kind, message)
    }

    fn rekeyed(&mut self, io: &mut Io, now: Duration, hash: [u8; 32]) {
        self.rekey = Rekey::new(now, hash);
        io.events.push_back(ChannelEvent::Rekeyed);
    }
}
