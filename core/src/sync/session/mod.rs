//! A meeting over one connection: the channel, and inside it the exchange.

#[cfg(feature = "fuzzing")]
pub(in crate::sync) mod fuzzing;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::time::Duration;

use super::{
    Channel, ChannelEvent, CloseReason, Counters, Established, Exchange, ExchangeConfig, ExchangeCounters,
    ExchangeEvent, Pinned, Progress, Shelf,
};

/// The exchange makes no more messages while this many bytes wait to be sent.
const ENOUGH_WAITING: usize = 256 * 1024;

/// Something that happened in a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionEvent {
    /// The partner came with a phone that is new to this one; to be pinned in place of the old.
    PartnerHasNewDevice(Pinned),
    /// The partner has proven to be there. The owner calls [`Session::start`] or closes.
    Ready {
        /// A value that only the two phones of this connection know.
        handshake_hash: [u8; 32],
    },
    /// The partner's greeting arrived and the versions fit.
    Established(Established),
    /// From the exchange.
    Exchange(ExchangeEvent),
    /// The channel is closed. Everything that the exchange had to say came before; nothing follows.
    Closed(CloseReason),
}

/// A meeting over one connection.
///
/// It does no input or output. After every `handle_input` and `handle_timeout` the owner calls
/// [`Self::work`]; after every call it drains [`Self::poll_event`], then [`Self::poll_transmit`], and is
/// back at [`Self::next_timeout`]. Once [`Self::is_closed`], what
/// `poll_transmit` still gives is sent and the connection closed.
pub struct Session {
    channel: Channel,
    exchange: Exchange,
    config: ExchangeConfig,
    started: bool,
    /// What was said so far is dropped by the partner's phone, and is to be said again.
    again: bool,
    /// How often [`Self::settle`] was called.
    asked: u32,
    now: Duration,
    events: VecDeque<SessionEvent>,
    closed: Option<CloseReason>,
    /// What still lies in the channel will not be worked on.
    abandoned: bool,
}

impl Session {
    /// A meeting over a channel that was just dialled or is being listened on.
    pub fn new(channel: Channel, config: ExchangeConfig) -> Self {
        Self {
            channel,
            exchange: Exchange::new(config.clone()),
            config,
            started: false,
            again: false,
            asked: 0,
            now: Duration::ZERO,
            events: VecDeque::new(),
            closed: None,
            abandoned: false,
        }
    }

    /// Begins to catch up; to be called after [`SessionEvent::Ready`], before the next `poll_transmit`,
    /// so that it travels with the greeting.
    pub fn start(&mut self, now: Duration, shelf: &mut dyn Shelf) {
        if !std::mem::replace(&mut self.started, true) {
            self.exchange.start(now, shelf);
            self.turn(now, shelf);
        }
    }

    /// Takes bytes as they arrived, in whatever pieces; [`Self::work`] does what they call for.
    pub fn handle_input(&mut self, now: Duration, bytes: &[u8]) {
        self.channel.handle_input(now, bytes);
        self.drain_events();
    }

    /// Does what is due; [`Self::work`] does what that calls for.
    pub fn handle_timeout(&mut self, now: Duration) {
        self.channel.handle_timeout(now);
        if self.started {
            self.exchange.handle_timeout(now);
        }
        self.drain_events();
    }

    /// Hands what came to the exchange. Apart from the calls that bring it, because these are answered
    /// without the documents, and may ask the owner's memory of first messages.
    pub fn work(&mut self, now: Duration, shelf: &mut dyn Shelf) {
        self.turn(now, shelf);
    }

    /// Own shared entries were written.
    pub fn handle_local_change(&mut self, now: Duration, shelf: &mut dyn Shelf) {
        if self.started {
            self.exchange.handle_local_change(now, shelf);
            self.turn(now, shelf);
        }
    }

    /// The connection is gone.
    pub fn handle_closed(&mut self, now: Duration) {
        self.channel.handle_end(now);
        self.abandoned = true;
        self.drain_events();
    }

    /// Asks for [`ExchangeEvent::Settled`].
    pub fn settle(&mut self, now: Duration, shelf: &mut dyn Shelf) {
        self.asked = self.asked.saturating_add(1);
        self.exchange.settle(now, shelf);
        self.turn(now, shelf);
    }

    /// Sends a message that is the owner's own, of a kind from 0 to 31, after everything said before.
    pub fn send_other(&mut self, kind: u8, bytes: Vec<u8>) {
        if self.started {
            self.exchange.send_other(kind, bytes);
        }
    }

    /// Says goodbye and closes.
    pub fn end(&mut self, now: Duration) {
        if self.started {
            self.exchange.end();
            self.send_all(now);
        }
        self.channel.close(now);
        self.drain_events();
    }

    /// The next event.
    pub fn poll_event(&mut self) -> Option<SessionEvent> {
        self.drain_events();
        if self.events.is_empty() && self.closed.is_some() {
            // What came before the end has its turn first, and then the exchange its last word.
            if self.started && !self.abandoned && self.channel.has_messages() {
                return None;
            }
            if self.started {
                self.exchange.handle_closed();
                self.drain_events();
            }
            if self.events.is_empty() {
                return self.closed.take().map(SessionEvent::Closed);
            }
        }
        self.events.pop_front()
    }

    /// The next bytes to send.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.send_some(self.now);
        self.channel.poll_transmit()
    }

    /// When to call [`Self::handle_timeout`], if nothing else happens before.
    pub fn next_timeout(&self) -> Option<Duration> {
        let exchange = if self.started { self.exchange.next_timeout() } else { None };
        [self.channel.next_timeout(), exchange].into_iter().flatten().min()
    }

    /// Whether it is over.
    pub fn is_closed(&self) -> bool {
        self.channel.is_closed()
    }

    /// Bytes as they went over the wire.
    pub fn counters(&self) -> (Counters, ExchangeCounters) {
        (self.channel.counters(), self.exchange.counters())
    }

    /// How far catching up is.
    pub fn progress(&self) -> Progress {
        self.exchange.progress()
    }

    /// Hands over what came, and sends what that called for.
    fn turn(&mut self, now: Duration, shelf: &mut dyn Shelf) {
        self.now = now;
        self.drain_events();
        if std::mem::take(&mut self.again) {
            self.say_again(now, shelf);
        }
        // What came in one flight with the handshake waits until the owner has said to start.
        while self.started
            && let Some(message) = self.channel.poll_message()
        {
            self.exchange.handle_message(now, &message, shelf);
        }
        self.drain_events();
        if self.started && self.exchange.is_over() && !self.channel.is_closed() {
            self.send_all(now);
            self.channel.close(now);
            self.drain_events();
        }
    }

    /// Begins anew, in the version that was agreed on. Nothing has been received until then: the greeting
    /// comes before everything else.
    fn say_again(&mut self, now: Duration, shelf: &mut dyn Shelf) {
        self.exchange = Exchange::new(self.config.clone());
        self.exchange.start(now, shelf);
        (0..self.asked).for_each(|_| self.exchange.settle(now, shelf));
    }

    fn send_some(&mut self, now: Duration) {
        while self.started && self.channel.outgoing_len() < ENOUGH_WAITING && self.send_one(now) {}
    }

    fn send_all(&mut self, now: Duration) {
        while self.send_one(now) {}
    }

    fn send_one(&mut self, now: Duration) -> bool {
        match self.exchange.poll_message() {
            // Messages are far below the channel's limit, and one that is closed needs none.
            Some(message) => self.channel.send(now, &message).is_ok(),
            None => false,
        }
    }

    fn drain_events(&mut self) {
        while let Some(event) = self.channel.poll_event() {
            self.events.push_back(match event {
                ChannelEvent::PartnerHasNewDevice(pinned) => SessionEvent::PartnerHasNewDevice(pinned),
                ChannelEvent::Ready { handshake_hash, .. } => SessionEvent::Ready { handshake_hash },
                ChannelEvent::Established(established) => {
                    self.again = self.started && established.resend;
                    SessionEvent::Established(established)
                }
                ChannelEvent::Rekeyed => continue,
                ChannelEvent::Closed(reason) => {
                    self.closed = Some(reason);
                    continue;
                }
            });
        }
        while let Some(event) = self.exchange.poll_event() {
            self.events.push_back(SessionEvent::Exchange(event));
        }
    }
}
