//! Two machines against each other, over a pipe that a test holds in its hands.

mod catching_up;
mod hostile;
mod laws;
mod recovering;

use std::time::Duration;

use super::*;
use crate::journal::{Body, EntryId, LocalTime, Whose, Worry};
use crate::sync::{CoupleId, MemoryShelf, PersonSeed};

/// A phone: its shelf, and the conversation that it is in.
pub(super) struct Phone {
    pub shelf: MemoryShelf,
    pub exchange: Exchange,
    pub events: Vec<ExchangeEvent>,
    pub limits: Limits,
    seed: u8,
    partner: u8,
}

impl Phone {
    fn new(seed: u8, partner: u8) -> Self {
        let exchange = Exchange::new(config(seed, partner));
        Self {
            shelf: MemoryShelf::new(u64::from(seed)),
            exchange,
            events: Vec::new(),
            limits: Limits::default(),
            seed,
            partner,
        }
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
    (Phone::new(1, 2), Phone::new(2, 1))
}

/// Carries messages both ways until nobody has anything to say. Returns how many there were.
pub(super) fn talk(a: &mut Phone, b: &mut Phone) -> usize {
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
pub(super) fn meet(a: &mut Phone, b: &mut Phone) {
    a.restart();
    b.restart();
    talk(a, b);
    assert_eq!((a.ended(), b.ended()), (None, None));
}

pub(super) fn assert_equal_logs(a: &Phone, b: &Phone) {
    assert_eq!(a.shelf.log(Whose::Mine), b.shelf.log(Whose::Theirs));
    assert_eq!(b.shelf.log(Whose::Mine), a.shelf.log(Whose::Theirs));
}
