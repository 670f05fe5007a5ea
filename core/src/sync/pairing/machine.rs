//! A pairing as its owner drives it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::comparing::Comparing;
use super::message::MAX_MESSAGE;
use super::opening::{Joiner, Opening, Shower, Step};
use super::{Identity, PairingEnd, PairingError, PairingNumber, Purpose};
use crate::random::Randomness;
use crate::sync::channel::HANDSHAKE_LIMIT;
use crate::sync::channel::frame::FrameReader;
use crate::sync::channel::noise::TAG;
use crate::sync::keys::{CoupleSecret, Credentials, DeviceKey, Pinned};

/// What a pairing leaves on a phone, to be kept durably.
#[derive(Clone, Debug)]
pub struct Paired {
    /// The secret of the couple: equal on both phones.
    pub couple: CoupleSecret,
    /// The partner's person and phone.
    pub partner: Pinned,
    /// This phone's key for this pairing, made for it.
    pub device: DeviceKey,
    /// What the pairing was for.
    pub purpose: Purpose,
}

impl Paired {
    /// What this phone brings to meetings under this pairing. `identity` is the one it paired with.
    pub fn credentials(&self, identity: &Identity) -> Credentials {
        let Self { couple, partner, device, .. } = self.clone();
        Credentials::new(&identity.seed, device, identity.device_id, couple, partner)
    }
}

/// Something that happened in a pairing.
#[derive(Clone, Debug)]
pub enum PairingEvent {
    /// Both screens show this number; each person confirms or cancels.
    Number {
        /// The number to compare.
        number: PairingNumber,
        /// What the pairing is for, as the phone that shows the offer says.
        purpose: Purpose,
    },
    /// Both have confirmed, and each knows it of the other.
    Paired(Box<Paired>),
    /// Both have confirmed, but the connection died before this phone knew that the other one knows. The
    /// other may hold this pairing, and then it comes to a meeting with it; or it may not.
    PerhapsPaired(Box<Paired>),
    /// The end; nothing follows.
    Ended(PairingEnd),
}

/// One connection of a pairing, on either side: from [`Offer::accept`](super::Offer::accept) or
/// [`Invitation::join`](super::Invitation::join).
///
/// After every `handle_*`, [`Self::confirm`] and [`Self::cancel`], the owner drains
/// [`Self::poll_event`] and [`Self::poll_transmit`], and asks [`Self::next_timeout`] when to call
/// [`Self::handle_timeout`]. When the pipe under it ends, the owner calls [`Self::handle_end`]. When
/// [`Self::end_reason`] says so, the owner sends what `poll_transmit` still gives and closes the pipe.
/// The phones then meet over a new connection, as a [`Channel`](crate::sync::Channel).
pub struct Pairing {
    state: State,
    started: Duration,
    randomness: Arc<dyn Randomness>,
    frames: FrameReader,
    outgoing: Vec<u8>,
    events: VecDeque<PairingEvent>,
}

enum State {
    Opening(Opening),
    Comparing(Box<Comparing>),
    Ended(PairingEnd),
}

impl Pairing {
    pub(super) fn shower(now: Duration, shower: Arc<Shower>, randomness: Arc<dyn Randomness>) -> Self {
        Self::new(now, State::Opening(Opening::Listening(shower)), randomness, Vec::new())
    }

    pub(super) fn joiner(now: Duration, joiner: Joiner, randomness: Arc<dyn Randomness>) -> Self {
        let mut outgoing = Vec::new();
        match Opening::ask(joiner, &randomness, &mut outgoing) {
            Ok(opening) => Self::new(now, State::Opening(opening), randomness, outgoing),
            Err(end) => {
                let mut failed = Self::new(now, State::Ended(end), randomness, Vec::new());
                failed.events.push_back(PairingEvent::Ended(end));
                failed
            }
        }
    }

    fn new(started: Duration, state: State, randomness: Arc<dyn Randomness>, outgoing: Vec<u8>) -> Self {
        Self { state, started, randomness, frames: FrameReader::default(), outgoing, events: VecDeque::new() }
    }

    /// Takes bytes as they arrived, in whatever pieces. After the end they are ignored.
    pub fn handle_input(&mut self, now: Duration, bytes: &[u8]) {
        if matches!(self.state, State::Opening(_)) {
            // A phone that was frozen may come late to both, the clock and the bytes.
            self.handle_timeout(now);
        }
        if self.end_reason().is_some() {
            return;
        }
        self.frames.push(bytes);
        while self.end_reason().is_none() {
            let refused = match (&self.state, self.frames.announced()) {
                (State::Opening(opening), Some(len)) if len != opening.awaited_len() => Some(opening.refusal()),
                (State::Comparing(_), Some(len)) if len > MAX_MESSAGE + TAG => Some(PairingEnd::Tampered),
                _ => None,
            };
            if let Some(end) = refused {
                self.end(end);
                return;
            }
            let Some(frame) = self.frames.next() else { return };
            if let Err(end) = self.handle_frame(now, &frame) {
                self.end(end);
            }
        }
    }

    /// The pipe ended: nothing can be sent any more, and nothing will come.
    pub fn handle_end(&mut self, _now: Duration) {
        match &self.state {
            State::Opening(opening) => self.end(opening.ended()),
            State::Comparing(_) => self.end(PairingEnd::Interrupted),
            State::Ended(_) => {}
        }
    }

    /// When to call [`Self::handle_timeout`], if nothing else happens before.
    pub fn next_timeout(&self) -> Option<Duration> {
        match &self.state {
            State::Opening(_) => Some(self.started + HANDSHAKE_LIMIT),
            State::Comparing(comparing) => Some(comparing.deadline),
            State::Ended(_) => None,
        }
    }

    /// Gives up on what has taken too long; calling it too early does no harm.
    pub fn handle_timeout(&mut self, now: Duration) {
        if self.next_timeout().is_some_and(|deadline| now >= deadline) {
            self.end(PairingEnd::TimedOut);
        }
    }

    /// This phone's person says that both screens show the same number.
    pub fn confirm(&mut self, now: Duration) -> Result<(), PairingError> {
        let Self { state, randomness, outgoing, .. } = self;
        match state {
            State::Opening(_) => Err(PairingError::NoNumberYet),
            State::Ended(_) => Err(PairingError::Ended),
            State::Comparing(comparing) => {
                if let Err(end) = comparing.confirm(&**randomness, outgoing, now) {
                    self.end(end);
                }
                Ok(())
            }
        }
    }

    /// This phone's person says that the numbers differ, or has thought better of it. The other phone is
    /// told, and the offer is burned.
    pub fn cancel(&mut self, _now: Duration) -> Result<(), PairingError> {
        match &mut self.state {
            State::Opening(_) => {}
            State::Ended(_) => return Err(PairingError::Ended),
            State::Comparing(comparing) => comparing.cancel(&mut self.outgoing)?,
        }
        self.end(PairingEnd::Cancelled);
        Ok(())
    }

    /// The next event.
    pub fn poll_event(&mut self) -> Option<PairingEvent> {
        self.events.pop_front()
    }

    /// All bytes that are ready to be sent, if any.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        let bytes = std::mem::take(&mut self.outgoing);
        (!bytes.is_empty()).then_some(bytes)
    }

    /// The number to compare, while it is compared.
    pub fn number(&self) -> Option<PairingNumber> {
        match &self.state {
            State::Comparing(comparing) => Some(comparing.number),
            State::Opening(_) | State::Ended(_) => None,
        }
    }

    /// How the pairing ended, if it did.
    pub fn end_reason(&self) -> Option<PairingEnd> {
        match self.state {
            State::Ended(end) => Some(end),
            State::Opening(_) | State::Comparing(_) => None,
        }
    }

    fn handle_frame(&mut self, now: Duration, frame: &[u8]) -> Result<(), PairingEnd> {
        let Self { state, randomness, outgoing, events, .. } = self;
        // Left in place only where this returns early, and then the caller ends the pairing.
        match std::mem::replace(state, State::Ended(PairingEnd::Failed)) {
            State::Opening(opening) => match opening.handle_message(randomness, outgoing, now, frame)? {
                Step::Waiting(opening) => *state = State::Opening(opening),
                Step::Number(comparing) => {
                    let (number, purpose) = (comparing.number, comparing.purpose());
                    events.push_back(PairingEvent::Number { number, purpose });
                    *state = State::Comparing(comparing);
                }
            },
            State::Comparing(mut comparing) => {
                let handled = comparing.handle_frame(outgoing, now, frame);
                *state = State::Comparing(comparing);
                if let Some(paired) = handled? {
                    events.push_back(PairingEvent::Paired(paired));
                    self.end(PairingEnd::Paired);
                }
            }
            ended @ State::Ended(_) => *state = ended,
        }
        Ok(())
    }

    fn end(&mut self, end: PairingEnd) {
        let mut end = end;
        match &mut self.state {
            State::Comparing(comparing) => {
                comparing.settle(end);
                if let Some(paired) = comparing.perhaps(end) {
                    self.events.push_back(PairingEvent::PerhapsPaired(paired));
                    end = PairingEnd::PerhapsPaired;
                }
            }
            // What was not taken stays open, and what was taken without a number is spent as it is.
            State::Opening(_) | State::Ended(_) => {}
        }
        // After a failed proof not even what was queued goes out.
        if !matches!(end, PairingEnd::Paired | PairingEnd::Cancelled) {
            self.outgoing.clear();
        }
        self.state = State::Ended(end);
        self.events.push_back(PairingEvent::Ended(end));
    }
}
