//! The machine: one conversation between two phones about both their logs.

use std::collections::VecDeque;
use std::time::Duration;

use super::event::{Ended, ExchangeCounters, ExchangeEvent, Objection, Progress};
use super::incoming::Incoming;
use super::limits::Limits;
use super::manifest::{LogId, Point};
use super::message::{Message, Open, Unreadable};
use super::outgoing::{Next, Outgoing};
use super::recovery::Recovery;
use crate::sync::{CoupleId, PersonKey, Secret, Shelf};

/// What an [`Exchange`] must know of the two.
#[derive(Debug, Clone)]
pub struct ExchangeConfig {
    /// The pairing under which the logs are kept and sealed.
    pub pairing: CoupleId,
    /// The owner of this phone.
    pub me: PersonKey,
    /// The owner of the other phone.
    pub partner: PersonKey,
    /// What the own seals are made with.
    pub seal_key: Secret,
    /// What is too much.
    pub limits: Limits,
}

/// Brings two phones to the same two logs and keeps them there while they are together.
///
/// It does no input or output: [`Self::start`] first, then hand in what happens (`handle_*`,
/// [`Self::settle`], [`Self::end`]); after each call take out all that [`Self::poll_message`] and
/// [`Self::poll_event`] give, and be back at [`Self::next_timeout`]. Messages must arrive whole, in
/// order and authenticated, which the channel sees to. `now` is read from a clock that never runs
/// back, whatever it counts from. What is not on the shelf may be lost at any time: the next
/// conversation finds out.
pub struct Exchange {
    pub(super) outgoing: Outgoing,
    pub(super) incoming: Incoming,
    pub(super) phase: Phase,
    /// How often the own log had to be compared since something was last acknowledged.
    pub(super) recoveries: u8,
    pub(super) settling: Settling,
    /// Something that is given back waits to be polled, and nothing more is until then.
    pub(super) giving_back: bool,
    pub(super) counters: ExchangeCounters,
    pub(super) config: ExchangeConfig,
    progress: Progress,
    /// The progress of which the layer above knows.
    told: Progress,
    caught_up: bool,
    /// Since when an answer is awaited.
    waiting_since: Option<Duration>,
    messages: VecDeque<Vec<u8>>,
    events: VecDeque<ExchangeEvent>,
}

/// The most messages that may wait to be polled. An honest partner never causes more than a few.
const MOST_WAITING: usize = 1000;

/// Where the conversation about the own log is.
pub(super) enum Phase {
    /// Not started.
    New,
    /// The partner has not said what it holds. What it was told: what it acknowledged of the own log,
    /// and what is held of its own.
    Opening {
        confirmed: Point,
        held: Point,
    },
    /// The partner holds something else than was thought, and will say what.
    AwaitingHeld,
    /// The two logs are compared, and what was lost is taken back.
    Recovering(Box<Recovery>),
    /// New entries go out.
    Flowing,
    Over,
}

/// Who asked whom whether all is done.
#[derive(Default)]
pub(super) struct Settling {
    /// The last question.
    pub asked: u64,
    /// The last one that the partner answered.
    pub answered: u64,
    /// The last one of which the layer above knows.
    pub told: u64,
    /// The partner's question, which is answered when everything new was sent.
    pub to_answer: Option<u64>,
}

impl Exchange {
    /// A conversation that has not begun.
    pub fn new(config: ExchangeConfig) -> Self {
        let mine = LogId { pairing: config.pairing, owner: config.me };
        let theirs = LogId { pairing: config.pairing, owner: config.partner };
        Self {
            outgoing: Outgoing::new(mine, config.seal_key.clone()),
            incoming: Incoming::new(theirs, config.limits),
            phase: Phase::New,
            recoveries: 0,
            settling: Settling::default(),
            giving_back: false,
            counters: ExchangeCounters::default(),
            config,
            progress: Progress::default(),
            told: Progress::default(),
            caught_up: false,
            waiting_since: None,
            messages: VecDeque::new(),
            events: VecDeque::new(),
        }
    }

    /// Says where this phone stands and, in the same breath, what is new.
    pub fn start(&mut self, now: Duration, shelf: &mut dyn Shelf) {
        if matches!(self.phase, Phase::New) {
            let begun = self.begin(shelf);
            self.conclude(now, begun, shelf);
        }
    }

    /// Takes a message of the partner's phone.
    pub fn handle_message(&mut self, now: Duration, bytes: &[u8], shelf: &mut dyn Shelf) {
        if matches!(self.phase, Phase::New | Phase::Over) {
            return;
        }
        self.waiting_since = None;
        self.counters.bytes_received += bytes.len() as u64;
        let handled = match Message::read(bytes) {
            // A partner that asks on and on without reading the answers.
            _ if self.messages.len() > MOST_WAITING => Err(Objection::TooMuch.into()),
            Ok(message) => self.handle(message, shelf),
            Err(Unreadable::Unknown { ignorable: true }) => Ok(()),
            Err(_) => Err(Objection::Malformed.into()),
        };
        self.conclude(now, handled, shelf);
    }

    /// Own documents changed: what is new goes out at once, as far as there is room on the way.
    pub fn handle_local_change(&mut self, now: Duration, shelf: &mut dyn Shelf) {
        self.conclude(now, Ok(()), shelf);
    }

    /// Asks for [`ExchangeEvent::Settled`]: once all own entries are acknowledged and everything is
    /// kept that the partner's phone had when it read the question.
    pub fn settle(&mut self, now: Duration, shelf: &mut dyn Shelf) {
        self.settling.asked += 1;
        self.send(&Message::Settle(self.settling.asked));
        self.conclude(now, Ok(()), shelf);
    }

    /// Ends the conversation, so that the partner's phone does not take it for an interruption.
    pub fn end(&mut self) {
        self.send(&Message::Goodbye);
        self.stop(Ended::Done);
    }

    /// The connection is gone.
    pub fn handle_closed(&mut self) {
        self.stop(Ended::Interrupted);
    }

    /// Sends a message of one of the layer's above own kinds, 0 to 31, after everything sent before.
    pub fn send_other(&mut self, kind: u8, bytes: Vec<u8>) {
        self.send(&Message::Other(kind, bytes));
    }

    /// Looks whether the partner's phone took too long.
    pub fn handle_timeout(&mut self, now: Duration) {
        if self.next_timeout().is_some_and(|timeout| timeout <= now) {
            self.stop(Ended::Silent);
        }
    }

    /// When [`Self::handle_timeout`] should be called.
    pub fn next_timeout(&self) -> Option<Duration> {
        self.waiting_since.map(|since| since.saturating_add(self.config.limits.patience))
    }

    /// The next message for the partner's phone. It should be asked for only while there is room for it
    /// on the way out; what waits here is bounded.
    pub fn poll_message(&mut self) -> Option<Vec<u8>> {
        let message = self.messages.pop_front();
        if self.messages.is_empty() {
            self.giving_back = false;
        }
        message
    }

    /// What happened next.
    pub fn poll_event(&mut self) -> Option<ExchangeEvent> {
        self.events.pop_front()
    }

    /// Whether it has ended.
    pub fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Over)
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// What went over the wire.
    pub fn counters(&self) -> ExchangeCounters {
        self.counters
    }

    fn begin(&mut self, shelf: &mut dyn Shelf) -> Result<(), Ended> {
        let confirmed = self.outgoing.load(shelf)?;
        let held = self.incoming.point(shelf)?;
        self.phase = Phase::Opening { confirmed, held };
        self.counters.round_trips = 1;
        self.send(&Message::Open(Open { confirmed, held, entries: self.outgoing.remaining() }));
        Ok(())
    }

    pub(super) fn send(&mut self, message: &Message) {
        if !matches!(self.phase, Phase::New | Phase::Over) {
            let bytes = message.write();
            self.counters.bytes_sent += bytes.len() as u64;
            self.messages.push_back(bytes);
        }
    }

    pub(super) fn tell(&mut self, event: ExchangeEvent) {
        match &event {
            ExchangeEvent::Received { entries, .. } => self.progress.received += entries,
            ExchangeEvent::TakenBack { entries, .. } => {
                self.progress.received += entries;
                self.counters.documents_taken_back += 1;
            }
            ExchangeEvent::Sent { entries } => self.progress.sent += entries,
            _ => {}
        }
        self.events.push_back(event);
    }

    pub(super) fn stop(&mut self, ended: Ended) {
        if self.is_over() {
            return;
        }
        if let Some(objection) = ended.told() {
            self.send(&Message::Refused(objection.code()));
        }
        self.phase = Phase::Over;
        self.waiting_since = None;
        self.events.push_back(ExchangeEvent::Ended(ended));
    }

    /// What follows every call: whatever can be sent is sent, and what has come about is told.
    fn conclude(&mut self, now: Duration, done: Result<(), Ended>, shelf: &mut dyn Shelf) {
        if matches!(self.phase, Phase::New | Phase::Over) {
            return;
        }
        if let Err(ended) = done.and_then(|()| self.flow(shelf)) {
            return self.stop(ended);
        }
        let waiting = !matches!(self.phase, Phase::Flowing)
            || self.outgoing.is_waiting()
            || self.incoming.is_reconciling()
            || self.settling.answered < self.settling.asked;
        self.waiting_since = waiting.then(|| self.waiting_since.unwrap_or(now));
    }

    fn flow(&mut self, shelf: &mut dyn Shelf) -> Result<(), Ended> {
        let mut all_sent = false;
        while matches!(self.phase, Phase::Opening { .. } | Phase::Flowing) {
            match self.outgoing.next_batch(shelf)? {
                Next::Batch(batch, entries) => {
                    self.counters.entries_sent += entries;
                    self.send(&Message::Batch(batch));
                }
                Next::Later => break,
                Next::Nothing => {
                    all_sent = matches!(self.phase, Phase::Flowing);
                    break;
                }
            }
        }
        let all_theirs = !self.incoming.is_reconciling();
        if let Some(number) = self.settling.to_answer.take_if(|_| all_sent && all_theirs) {
            self.send(&Message::Settled(number));
        }
        self.report();
        let all_acknowledged = all_sent && !self.outgoing.is_waiting();
        let caught_up = all_acknowledged && all_theirs && self.incoming.remaining == 0;
        if caught_up && !self.caught_up {
            self.tell(ExchangeEvent::CaughtUp);
        }
        self.caught_up = caught_up;
        if all_acknowledged && self.settling.told < self.settling.answered {
            self.settling.told = self.settling.answered;
            if self.settling.answered == self.settling.asked {
                self.tell(ExchangeEvent::Settled);
            }
        }
        Ok(())
    }

    fn report(&mut self) {
        let Progress { received, sent, total } = self.progress;
        let wanted = match &self.phase {
            Phase::Recovering(recovery) => recovery.wanted_entries(),
            _ => 0,
        };
        let open = [sent, self.outgoing.unacknowledged(), self.incoming.remaining, wanted];
        let known = open.into_iter().fold(received, u64::saturating_add);
        let progress = Progress { received, sent, total: total.max(known) };
        if self.told != progress {
            self.told = progress;
            self.events.push_back(ExchangeEvent::Progress(progress));
        }
        self.progress = progress;
    }
}
