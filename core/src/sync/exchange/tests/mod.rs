//! Two machines against each other, over a pipe that a test holds in its hands.

mod catching_up;
mod hostile;
pub(crate) mod laws;
mod recovering;

use std::collections::BTreeMap;
use std::time::Duration;

use super::*;
use crate::journal::{Body, DocumentName, EntryId, LocalTime, Record, Whose, Worry};
use crate::sync::{CoupleId, MemoryShelf, PersonSeed, Shelf};

/// The shelf of a phone that tests write on, back up and lose.
pub(crate) trait OwnShelf: Shelf {
    /// An empty one; everything random in it follows from `seed`.
    fn new(seed: u64) -> Self;

    /// Writes an own entry for both.
    fn write(&mut self, written: LocalTime, body: &Body) -> EntryId;

    /// Erases own entries, and writes that down.
    fn erase(&mut self, written: LocalTime, ids: &[EntryId]);

    /// All documents of a log with their entries, without empty ones.
    fn log(&mut self, whose: Whose) -> BTreeMap<DocumentName, Vec<Record>>;

    /// A copy of all that it holds.
    fn back_up(&mut self) -> Self;

    /// Randomness goes its own way from here on, as it does on a phone that was rolled back.
    fn reseed(&mut self, seed: u64);

    /// From here on everything is written under a new device, as after restoring a backup.
    fn become_another_device(&mut self);
}

impl OwnShelf for MemoryShelf {
    fn new(seed: u64) -> Self {
        Self::new(seed)
    }

    fn write(&mut self, written: LocalTime, body: &Body) -> EntryId {
        self.write(written, body)
    }

    fn erase(&mut self, written: LocalTime, ids: &[EntryId]) {
        self.erase(written, ids);
    }

    fn log(&mut self, whose: Whose) -> BTreeMap<DocumentName, Vec<Record>> {
        Self::log(self, whose)
    }

    fn back_up(&mut self) -> Self {
        self.clone()
    }

    fn reseed(&mut self, seed: u64) {
        self.reseed(seed);
    }

    fn become_another_device(&mut self) {
        self.become_another_device();
    }
}

/// A phone: its shelf, and the conversation that it is in.
pub(super) struct Phone<S = MemoryShelf> {
    pub shelf: S,
    pub exchange: Exchange,
    pub events: Vec<ExchangeEvent>,
    pub limits: Limits,
    seed: u8,
    partner: u8,
}

impl<S: OwnShelf> Phone<S> {
    fn new(seed: u8, partner: u8) -> Self {
        let exchange = Exchange::new(config(seed, partner));
        let shelf = S::new(u64::from(seed));
        Self { shelf, exchange, events: Vec::new(), limits: Limits::default(), seed, partner }
    }

    pub(super) fn write(&mut self, minute: i64, text: &str) -> EntryId {
        self.shelf.write(at(minute), &Body::from(Worry { text: text.into() }))
    }

    /// A new conversation.
    pub(super) fn restart(&mut self) {
        let config = ExchangeConfig { limits: self.limits, ..config(self.seed, self.partner) };
        self.exchange = Exchange::new(config);
        self.events.clear();
        self.exchange.start(Duration::ZERO, &mut self.shelf);
    }

    pub(super) fn poll(&mut self) -> Vec<Vec<u8>> {
        self.events.extend(std::iter::from_fn(|| self.exchange.poll_event()));
        std::iter::from_fn(|| self.exchange.poll_message()).collect()
    }

    pub(super) fn handle(&mut self, message: &[u8]) {
        self.exchange.handle_message(Duration::ZERO, message, &mut self.shelf);
    }

    pub(super) fn ended(&self) -> Option<Ended> {
        self.events.iter().find_map(|event| match event {
            ExchangeEvent::Ended(ended) => Some(*ended),
            _ => None,
        })
    }

    pub(super) fn is_caught_up(&self) -> bool {
        self.events.contains(&ExchangeEvent::CaughtUp)
    }
}

pub(super) fn config(me: u8, partner: u8) -> ExchangeConfig {
    let seed = |seed| PersonSeed::from_bytes([seed; 32]);
    ExchangeConfig {
        pairing: CoupleId::from_bytes([7; 16]),
        me: seed(me).public(),
        partner: seed(partner).public(),
        seal_key: seed(me).seal_key(),
        limits: Limits::default(),
    }
}

/// Minutes after an evening in March 2026.
pub(super) fn at(minute: i64) -> LocalTime {
    LocalTime::new(1_772_300_000_000 + minute * 60_000, 60).unwrap()
}

/// Two phones of a pair that never met.
pub(super) fn pair() -> (Phone, Phone) {
    pair_on()
}

/// The same, on shelves of any kind.
fn pair_on<S: OwnShelf>() -> (Phone<S>, Phone<S>) {
    (Phone::new(1, 2), Phone::new(2, 1))
}

/// Carries messages both ways until nobody has anything to say. Returns how many there were.
pub(super) fn talk<S: OwnShelf>(a: &mut Phone<S>, b: &mut Phone<S>) -> usize {
    let mut messages = 0;
    loop {
        let (from_a, from_b) = (a.poll(), b.poll());
        if from_a.is_empty() && from_b.is_empty() {
            return messages;
        }
        messages += from_a.len() + from_b.len();
        from_a.iter().for_each(|message| b.handle(message));
        from_b.iter().for_each(|message| a.handle(message));
    }
}

/// A whole meeting, without a cut.
pub(super) fn meet<S: OwnShelf>(a: &mut Phone<S>, b: &mut Phone<S>) {
    a.restart();
    b.restart();
    talk(a, b);
    assert_eq!((a.ended(), b.ended()), (None, None));
}

pub(super) fn assert_equal_logs<S: OwnShelf>(a: &mut Phone<S>, b: &mut Phone<S>) {
    assert_eq!(a.shelf.log(Whose::Mine), b.shelf.log(Whose::Theirs));
    assert_eq!(b.shelf.log(Whose::Mine), a.shelf.log(Whose::Theirs));
}
