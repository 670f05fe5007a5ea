//! Two sessions, byte for byte, on a clock that stands still.

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::journal::{Body, DeviceId, LocalTime, Whose, Worry};
use crate::random::{Randomness, SeededRandomness};
use crate::sync::{
    CoupleSecret, Credentials, DeviceKey, Ended, FirstMessages, FirstMessagesFailed, Limits, MemoryShelf, PersonSeed,
    Terms,
};

const NOW: Duration = Duration::ZERO;

struct Forgetful;

impl FirstMessages for Forgetful {
    fn is_new(&mut self, _: [u8; 16]) -> Result<bool, FirstMessagesFailed> {
        Ok(true)
    }
}

struct End {
    session: Session,
    shelf: MemoryShelf,
    events: Vec<SessionEvent>,
}

impl End {
    /// Takes everything that came in at once, and does as an owner must.
    fn take(&mut self, bytes: &[u8]) {
        self.session.handle_input(NOW, bytes);
        self.session.work(NOW, &mut self.shelf);
        self.look();
    }

    fn look(&mut self) {
        while let Some(event) = self.session.poll_event() {
            if let SessionEvent::Ready { .. } = event {
                self.session.start(NOW, &mut self.shelf);
                self.session.settle(NOW, &mut self.shelf);
            }
            self.events.push(event);
        }
    }

    fn settled(&self) -> usize {
        self.events.iter().filter(|event| **event == SessionEvent::Exchange(ExchangeEvent::Settled)).count()
    }
}

/// A dialler and a listener who speak these versions, each with an entry to tell.
fn ends(versions: [(u16, u16); 2]) -> [End; 2] {
    let seeds = [1, 2].map(|name| PersonSeed::from_bytes([name; 32]));
    let devices = [3, 4].map(|name| DeviceKey::from_bytes([name; 32]));
    let couple = CoupleSecret::from_bytes([5; 32]);
    let pinned = |who: usize| super::super::Pinned {
        person: seeds[who].public(),
        device: devices[who].public(),
        device_id: DeviceId([who as u8; 16]),
    };
    [0, 1].map(|who| {
        let (own, other) = (devices[who].clone(), pinned(1 - who));
        let credentials = Credentials::new(&seeds[who], own, DeviceId([who as u8; 16]), couple.clone(), other);
        let (oldest, newest) = versions[who];
        let terms = Terms { oldest, newest, speaking: newest, clock_ms: 0 };
        let randomness: Arc<dyn Randomness> = Arc::new(SeededRandomness::new(who as u64, 0));
        let channel = match who {
            0 => Channel::dial(NOW, credentials, terms, randomness),
            _ => Channel::listen(NOW, credentials, terms, randomness, Box::new(Forgetful)),
        };
        let config = ExchangeConfig {
            pairing: couple.id(),
            me: seeds[who].public(),
            partner: seeds[1 - who].public(),
            seal_key: seeds[who].seal_key(),
            limits: Limits::default(),
        };
        let mut shelf = MemoryShelf::new(who as u64);
        let at = LocalTime::parse("2026-03-02T08:00:00+01:00").unwrap();
        shelf.write(at, &Body::from(Worry { text: "words".into() }));
        End { session: Session::new(channel, config), shelf, events: Vec::new() }
    })
}

/// Carries bytes until both are quiet.
fn talk([a, b]: &mut [End; 2]) {
    loop {
        let (from_a, from_b) = (a.session.poll_transmit(), b.session.poll_transmit());
        if from_a.is_none() && from_b.is_none() {
            return;
        }
        from_a.into_iter().for_each(|bytes| b.take(&bytes));
        from_b.into_iter().for_each(|bytes| a.take(&bytes));
    }
}

fn assert_level([a, b]: &[End; 2]) {
    assert_eq!(a.shelf.log(Whose::Mine), b.shelf.log(Whose::Theirs));
    assert_eq!(a.shelf.log(Whose::Theirs), b.shelf.log(Whose::Mine));
    assert_eq!(a.shelf.log(Whose::Mine).len(), 1);
}

#[test]
fn phones_of_different_age_catch_up_in_the_version_that_both_know() {
    for versions in [[(1, 1), (1, 2)], [(1, 2), (1, 1)], [(1, 3), (2, 2)], [(1, 2), (1, 2)]] {
        let mut ends = ends(versions);
        talk(&mut ends);
        assert_level(&ends);
        for end in &ends {
            assert_eq!(end.settled(), 1, "{versions:?}");
            assert!(!end.events.iter().any(|event| matches!(event, SessionEvent::Closed(_))));
        }
    }
}

#[test]
fn the_end_of_the_channel_is_told_after_everything_that_came_before_it() {
    let mut ends = ends([(1, 1), (1, 1)]);
    let [a, b] = &mut ends;
    // Both handshake messages, and then one piece with greeting, entries, goodbye and the channel's last word.
    b.take(&a.session.poll_transmit().unwrap());
    let answer = b.session.poll_transmit().unwrap();
    a.session.handle_input(NOW, &answer);
    a.session.work(NOW, &mut a.shelf);
    a.look();
    a.session.end(NOW);
    b.take(&a.session.poll_transmit().unwrap());
    let told: Vec<_> = b.events.iter().map(std::mem::discriminant).collect();
    let closed = SessionEvent::Closed(CloseReason::ByPartner);
    assert_eq!(told.iter().position(|kind| *kind == std::mem::discriminant(&closed)), Some(told.len() - 1));
    assert_eq!(
        b.events[b.events.len() - 2..],
        [SessionEvent::Exchange(ExchangeEvent::Ended(Ended::PartnerLeft)), closed]
    );
    assert!(b.events.iter().any(|event| matches!(event, SessionEvent::Exchange(ExchangeEvent::Received { .. }))));

    a.look();
    let last = [SessionEvent::Exchange(ExchangeEvent::Ended(Ended::Done)), SessionEvent::Closed(CloseReason::ByUs)];
    assert_eq!(a.events[a.events.len() - 2..], last);
}

#[test]
fn a_connection_that_dies_ends_the_exchange_and_then_the_channel() {
    let mut ends = ends([(1, 1), (1, 1)]);
    talk(&mut ends);
    let [a, _] = &mut ends;
    a.session.handle_closed(NOW);
    a.look();
    let last = [
        SessionEvent::Exchange(ExchangeEvent::Ended(Ended::Interrupted)),
        SessionEvent::Closed(CloseReason::Interrupted),
    ];
    assert_eq!(a.events[a.events.len() - 2..], last);
    assert_eq!(a.session.poll_event(), None);
}
