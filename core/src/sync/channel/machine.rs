//! The channel as its owner drives it.

use std::sync::Arc;
use std::time::Duration;

use super::context::Context;
use super::counters::count;
use super::frame::{FrameReader, HEADER};
use super::io::Io;
use super::noise::Side;
use super::open::Open;
use super::opening::{HANDSHAKE_LIMIT, Opening, Step};
use super::record::Kind;
use super::{ChannelError, ChannelEvent, CloseReason, Counters, FirstMessages, MAX_MESSAGE, Terms};
use crate::random::Randomness;
use crate::sync::keys::Credentials;

/// One connection to the partner's phone.
///
/// After every `handle_*` and every [`Self::send`], the owner drains what there is, in this order:
/// [`Self::poll_event`], [`Self::poll_message`], then (having handed over what those called for)
/// [`Self::poll_transmit`], and asks [`Self::next_timeout`] when to call [`Self::handle_timeout`].
/// When the pipe under it ends, the owner calls [`Self::handle_end`]. When [`Self::close_reason`] says
/// so, the owner sends what `poll_transmit` still gives and closes the pipe.
///
/// `now` is the time since an arbitrary origin, by a clock that does not run backwards.
///
/// Messages that are handed over after `Ready` and before the first `poll_transmit` after it travel
/// with the greeting in one flight, padded to [`SESSION_MINIMUM`](super::SESSION_MINIMUM): so two
/// phones catch up in one round trip, and nobody sees from lengths whether there was anything to say.
pub struct Channel {
    context: Context,
    state: State,
    frames: FrameReader,
    io: Io,
}

enum State {
    Opening(Opening),
    Open(Box<Open>),
    Closed(CloseReason),
}

impl Channel {
    /// Calls the partner's phone, as the phone that it knows.
    pub fn dial(now: Duration, credentials: Credentials, terms: Terms, randomness: Arc<dyn Randomness>) -> Self {
        Self::begin(now, Side::Dialler, credentials, terms, randomness, Opening::dial)
    }

    /// Calls the partner's phone with a device key that it may not know: after a restore, until the
    /// first meeting succeeded.
    pub fn dial_as_new_device(
        now: Duration,
        credentials: Credentials,
        terms: Terms,
        randomness: Arc<dyn Randomness>,
    ) -> Self {
        Self::begin(now, Side::Dialler, credentials, terms, randomness, Opening::dial_as_new_device)
    }

    /// Answers a call: of the phone that is pinned, or of a new one that the same person certifies.
    /// Until the caller has proven itself, not a byte is sent.
    pub fn listen(
        now: Duration,
        credentials: Credentials,
        terms: Terms,
        randomness: Arc<dyn Randomness>,
        first_messages: Box<dyn FirstMessages>,
    ) -> Self {
        let opening = |_: &Context, _: &mut Io| Ok(Opening::Listening(first_messages));
        Self::begin(now, Side::Listener, credentials, terms, randomness, opening)
    }

    fn begin(
        started: Duration,
        side: Side,
        credentials: Credentials,
        terms: Terms,
        randomness: Arc<dyn Randomness>,
        opening: impl FnOnce(&Context, &mut Io) -> Result<Opening, CloseReason>,
    ) -> Self {
        let context = Context { side, credentials, terms, randomness, started };
        let mut io = Io::default();
        let (state, failed) = match opening(&context, &mut io) {
            Ok(opening) => (State::Opening(opening), None),
            Err(reason) => (State::Closed(reason), Some(ChannelEvent::Closed(reason))),
        };
        io.events.extend(failed);
        Self { context, state, frames: FrameReader::default(), io }
    }

    /// Takes bytes as they arrived, in whatever pieces. After the end they are ignored.
    pub fn handle_input(&mut self, now: Duration, bytes: &[u8]) {
        if matches!(self.state, State::Opening(_)) {
            // A phone that was frozen may come late to both, the clock and the bytes.
            self.handle_timeout(now);
        }
        if self.is_closed() {
            return;
        }
        self.io.counters.bytes_in += count(bytes.len());
        self.frames.push(bytes);
        while !self.is_closed() {
            let refused = match (&self.state, self.frames.announced()) {
                (State::Opening(opening), Some(len)) if len != opening.awaited_len() => Some(opening.refusal()),
                _ => None,
            };
            let handled = match refused {
                Some(reason) => Err(reason),
                None => match self.frames.next() {
                    Some(frame) => self.handle_frame(now, &frame),
                    None => return,
                },
            };
            self.settle(handled);
        }
    }

    /// The pipe ended: nothing can be sent any more, and nothing will come.
    pub fn handle_end(&mut self, _now: Duration) {
        match &self.state {
            State::Opening(opening) => self.end(opening.ended()),
            State::Open(_) => self.end(CloseReason::Interrupted),
            State::Closed(_) => {}
        }
    }

    /// When to call [`Self::handle_timeout`], if nothing else happens before.
    pub fn next_timeout(&self) -> Option<Duration> {
        match &self.state {
            State::Opening(_) => Some(self.context.started + HANDSHAKE_LIMIT),
            State::Open(open) => {
                let rekey = open.rekey.deadline(self.context.side);
                Some(open.greeting_deadline().map_or(rekey, |greeting| greeting.min(rekey)))
            }
            State::Closed(_) => None,
        }
    }

    /// Does what is due at `now`; calling it too early does no harm.
    pub fn handle_timeout(&mut self, now: Duration) {
        let Self { context, state, io, .. } = self;
        let handled = match state {
            State::Opening(_) if now >= context.started + HANDSHAKE_LIMIT => Err(CloseReason::TimedOut),
            State::Open(open) if open.greeting_deadline().is_some_and(|deadline| now >= deadline) => {
                Err(CloseReason::TimedOut)
            }
            State::Open(open) => open.rekey_if_due(context, io, now),
            State::Opening(_) | State::Closed(_) => Ok(()),
        };
        self.settle(handled);
    }

    /// Takes a message of at most [`MAX_MESSAGE`] bytes for the partner. It is encrypted at once (in the
    /// first flight: when that ends) and waits in memory: see [`Self::outgoing_len`].
    pub fn send(&mut self, now: Duration, message: &[u8]) -> Result<(), ChannelError> {
        if message.len() > MAX_MESSAGE {
            return Err(ChannelError::TooLong);
        }
        let Self { context, state, io, .. } = self;
        let sent = match state {
            State::Opening(_) => return Err(ChannelError::NotReady),
            State::Closed(reason) => return Err(ChannelError::Closed(*reason)),
            State::Open(open) => {
                open.send(io, Kind::Message, message).and_then(|()| open.rekey_if_due(context, io, now))
            }
        };
        self.settle(sent);
        sent.map_err(ChannelError::Closed)
    }

    /// Encrypts these bytes as they are, in one frame, whether they are records or not: what a partner's
    /// phone could send that keeps no rule but the handshake's.
    #[cfg(any(test, feature = "test-support"))]
    pub fn send_plaintext(&mut self, plaintext: &[u8]) -> Result<(), ChannelError> {
        let Self { state: State::Open(open), io, .. } = self else { return Err(ChannelError::NotReady) };
        open.end_first_flight(io).and_then(|()| open.seal_frame(io, plaintext)).map_err(ChannelError::Closed)
    }

    /// Closes in good order: what was sent before still goes out, with a last word to the partner.
    pub fn close(&mut self, _now: Duration) {
        if self.is_closed() {
            return;
        }
        if let State::Open(open) = &mut self.state {
            // A failure here leaves nothing to do but to close.
            let _ = open.send(&mut self.io, Kind::Bye, &[]);
        }
        self.end(CloseReason::ByUs);
    }

    /// The next event.
    pub fn poll_event(&mut self) -> Option<ChannelEvent> {
        let event = self.io.events.pop_front();
        if let (Some(ChannelEvent::Established(established)), State::Open(open)) = (&event, &mut self.state)
            && established.resend
        {
            // Only from here on does the owner know, and write in the agreed version.
            let switched = open.send(&mut self.io, Kind::Agreed, &established.version.to_be_bytes());
            self.settle(switched);
        }
        event
    }

    /// The next message from the partner, whole and in order.
    pub fn poll_message(&mut self) -> Option<Vec<u8>> {
        self.io.messages.pop_front()
    }

    /// Whether messages from the partner wait to be polled.
    pub fn has_messages(&self) -> bool {
        !self.io.messages.is_empty()
    }

    /// All bytes that are ready to be sent, if any.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        if let State::Open(open) = &mut self.state {
            let ended = open.end_first_flight(&mut self.io);
            self.settle(ended);
        }
        let bytes = std::mem::take(&mut self.io.outgoing);
        self.io.counters.bytes_out += count(bytes.len());
        (!bytes.is_empty()).then_some(bytes)
    }

    /// How many bytes wait to be polled. The owner sends no more messages while this is large.
    pub fn outgoing_len(&self) -> usize {
        self.io.outgoing.len()
    }

    /// Whether the partner is proven and messages can be sent: from `Ready` to the end.
    pub fn is_ready(&self) -> bool {
        matches!(self.state, State::Open(_))
    }

    /// Why the channel is closed, if it is.
    pub fn close_reason(&self) -> Option<CloseReason> {
        match self.state {
            State::Closed(reason) => Some(reason),
            _ => None,
        }
    }

    /// Whether the channel is closed.
    pub fn is_closed(&self) -> bool {
        self.close_reason().is_some()
    }

    /// What the channel cost so far.
    pub fn counters(&self) -> Counters {
        self.io.counters
    }

    fn handle_frame(&mut self, now: Duration, frame: &[u8]) -> Result<(), CloseReason> {
        let Self { context, state, io, .. } = self;
        // Left in place only where this returns early, and then the caller ends the channel.
        match std::mem::replace(state, State::Closed(CloseReason::Failed)) {
            State::Opening(opening) => {
                io.counters.handshake_in += count(HEADER + frame.len());
                let next = opening.handle_message(context, io, frame);
                *state = match next {
                    Ok(Step::Waiting(opening)) => State::Opening(opening),
                    Ok(Step::Done(transport, hash)) => {
                        State::Open(Box::new(Open::new(context, io, now, transport, hash)?))
                    }
                    Err(reason) => return Err(reason),
                };
                Ok(())
            }
            State::Open(mut open) => {
                let handled =
                    open.handle_frame(context, io, now, frame).and_then(|()| open.rekey_if_due(context, io, now));
                *state = State::Open(open);
                handled
            }
            closed @ State::Closed(_) => {
                *state = closed;
                Ok(())
            }
        }
    }

    fn end(&mut self, reason: CloseReason) {
        if reason.lets_the_queue_drain() {
            if let State::Open(open) = &mut self.state {
                // The greeting may still be in there, and it is what tells the partner of a version.
                let _ = open.end_first_flight(&mut self.io);
            }
        } else {
            self.io.outgoing.clear();
        }
        self.state = State::Closed(reason);
        self.io.events.push_back(ChannelEvent::Closed(reason));
    }

    fn settle(&mut self, handled: Result<(), CloseReason>) {
        if let Err(reason) = handled {
            self.end(reason);
        }
    }
}
