//! Two phones that dial each other, over and over, through a network with delays of its own and losses without a
//! word: in the end both hold the same one connection.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::link::{Choice, Contender, DIAL_TIMEOUT, STRANGERS_PATIENCE, choose};

const LOWER: usize = 0;
const DIAL: u64 = DIAL_TIMEOUT.as_millis() as u64;
const HANDSHAKE: u64 = STRANGERS_PATIENCE.as_millis() as u64;
/// How long until a dead connection is noticed by itself.
const KEEPALIVE: u64 = 25_000;

#[derive(Debug, Clone, Copy)]
enum Event {
    Dial(usize),
    GiveUpDialling(usize, usize),
    Accept(usize),
    Authenticated(usize, usize),
    Closed(usize, usize),
    /// The phone loses the connection that it holds, and the other hears nothing.
    Lose(usize),
}

#[derive(Debug, Clone, Copy)]
struct Connection {
    dialler: usize,
    began: [u64; 2],
    closed: [bool; 2],
    lost: bool,
}

/// Both phones, the network between them, and their time in milliseconds.
struct World {
    now: u64,
    queue: BTreeMap<(u64, usize), Event>,
    scheduled: usize,
    connections: Vec<Connection>,
    held: [Option<usize>; 2],
    dialling: [Option<usize>; 2],
    delays: Vec<u64>,
    /// How far each phone's clock is ahead.
    skew: [u64; 2],
    origin: Instant,
}

impl World {
    fn delay(&mut self, most: u64) -> u64 {
        let nth = self.scheduled % self.delays.len();
        // Often short, sometimes all but everything that is allowed.
        let delay = self.delays[nth];
        if delay.is_multiple_of(3) { delay % 50 } else { delay % most }
    }

    fn schedule(&mut self, after: u64, event: Event) {
        self.scheduled += 1;
        self.queue.insert((self.now + after, self.scheduled), event);
    }

    fn contender(&self, phone: usize, id: usize) -> Contender {
        let connection = self.connections[id];
        let began = Duration::from_millis(connection.began[phone] + self.skew[phone]);
        Contender { dialled_by_lower: connection.dialler == LOWER, began: self.origin + began }
    }

    fn run(&mut self, until: u64) {
        while let Some((&(at, nth), &event)) = self.queue.first_key_value() {
            if at > until {
                break;
            }
            self.queue.remove(&(at, nth));
            self.now = at;
            self.happen(event);
        }
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Dial(phone) if self.held[phone].is_none() && self.dialling[phone].is_none() => {
                let id = self.connections.len();
                let began = [self.now; 2];
                self.connections.push(Connection { dialler: phone, began, closed: [false; 2], lost: false });
                self.dialling[phone] = Some(id);
                let delay = self.delay(DIAL);
                self.schedule(delay, Event::Accept(id));
                self.schedule(DIAL + HANDSHAKE, Event::GiveUpDialling(phone, id));
            }
            Event::Dial(_) => {}
            Event::GiveUpDialling(phone, id) => {
                if self.dialling[phone] == Some(id) {
                    self.close(phone, id);
                }
            }
            Event::Accept(id) => {
                let other = 1 - self.connections[id].dialler;
                self.connections[id].began[other] = self.now;
                for phone in [0, 1] {
                    let delay = self.delay(HANDSHAKE);
                    self.schedule(delay, Event::Authenticated(phone, id));
                }
            }
            Event::Authenticated(phone, id) if !self.connections[id].closed[phone] => self.authenticated(phone, id),
            Event::Authenticated(..) => {}
            Event::Closed(phone, id) => self.forget(phone, id),
            Event::Lose(phone) => {
                if let Some(id) = self.held[phone] {
                    self.connections[id].lost = true;
                    self.forget(phone, id);
                    self.schedule(KEEPALIVE, Event::Closed(1 - phone, id));
                }
            }
        }
    }

    fn authenticated(&mut self, phone: usize, id: usize) {
        if self.dialling[phone] == Some(id) {
            self.dialling[phone] = None;
        }
        let Some(held) = self.held[phone] else {
            self.held[phone] = Some(id);
            return;
        };
        match choose(&self.contender(phone, held), &self.contender(phone, id)) {
            Choice::Keep => self.close(phone, id),
            Choice::Replace => {
                self.held[phone] = Some(id);
                self.close(phone, held);
            }
        }
    }

    fn close(&mut self, phone: usize, id: usize) {
        self.forget(phone, id);
        if !self.connections[id].lost {
            let delay = self.delay(1000);
            self.schedule(delay, Event::Closed(1 - phone, id));
        }
    }

    /// The connection is gone for this phone, which dials again unless it has another.
    fn forget(&mut self, phone: usize, id: usize) {
        self.connections[id].closed[phone] = true;
        if self.held[phone] == Some(id) {
            self.held[phone] = None;
        }
        if self.dialling[phone] == Some(id) {
            self.dialling[phone] = None;
        }
        let pause = 200 + self.delay(2000);
        self.schedule(pause, Event::Dial(phone));
    }
}

fn world(delays: Vec<u64>, skew: [u64; 2]) -> World {
    World {
        now: 0,
        queue: BTreeMap::new(),
        scheduled: 0,
        connections: Vec::new(),
        held: [None; 2],
        dialling: [None; 2],
        delays,
        skew,
        origin: Instant::now(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn both_phones_end_up_with_the_same_living_connection(
        delays in prop::collection::vec(0_u64..100_000, 1..60),
        skew in [0_u64..1_000_000, 0_u64..1_000_000],
        dials in [0_u64..12_000, 0_u64..12_000],
        losses in prop::collection::vec((0_u64..120_000, 0_usize..2), 0..6),
    ) {
        let mut world = world(delays, skew);
        for phone in [0, 1] {
            world.schedule(dials[phone], Event::Dial(phone));
        }
        for (at, phone) in losses {
            world.schedule(at, Event::Lose(phone));
        }
        world.run(400_000);
        prop_assert!(world.held[0].is_some(), "nobody meets");
        prop_assert_eq!(world.held[0], world.held[1]);
        prop_assert_eq!(world.connections[world.held[0].unwrap()].closed, [false; 2]);
        prop_assert!(world.queue.is_empty(), "and there is peace");
    }

    #[test]
    fn two_dials_at_once_never_cost_both_connections(
        delays in prop::collection::vec(0_u64..100_000, 1..60),
        skew in [0_u64..1_000_000, 0_u64..1_000_000],
        apart in 0_u64..10_000,
        first in 0_usize..2,
    ) {
        let mut world = world(delays, skew);
        world.schedule(0, Event::Dial(first));
        world.schedule(apart, Event::Dial(1 - first));
        world.run(400_000);
        // The first dial of each phone, where both were made while neither phone had a connection yet.
        let both: Vec<_> = world.connections.iter().take(2).collect();
        if both.len() == 2 && both[0].dialler != both[1].dialler {
            let kept = both.iter().filter(|connection| connection.closed == [false; 2]).count();
            prop_assert_eq!(kept, 1, "of {:?}", both);
        }
    }
}
