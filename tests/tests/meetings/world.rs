//! Two phones, their connections, and the time between.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use attune_core::SeededRandomness;
use attune_core::journal::{Body, DeviceId, EntryId, Envelope, LocalTime, Record, Whose, Worry};
use attune_core::sync::{
    Channel, CoupleSecret, Credentials, DeviceKey, Ended, ExchangeConfig, ExchangeEvent, FirstMessages,
    FirstMessagesFailed, Limits, MemoryShelf, Objection, PersonSeed, Pinned, Session, SessionEvent, Terms,
};

use super::connection::{Connection, Sent, Who};
use super::dice::Dice;

/// What was seen.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) meetings: u64,
    pub(crate) caught_up: u64,
    pub(crate) interrupted: u64,
    pub(crate) silent: u64,
    pub(crate) full: u64,
    pub(crate) taken_back: u64,
    pub(crate) in_each_others_way: u64,
    pub(crate) entries: u64,
    pub(crate) bytes: u64,
    /// Over all bytes that were sent.
    pub(crate) checksum: u64,
}

/// Two phones.
pub(crate) struct World {
    dice: Dice,
    now: Duration,
    phones: [Phone; 2],
    connections: BTreeMap<u64, Connection>,
    /// What will happen, by time and then in order of planning.
    planned: BTreeMap<(Duration, u64), Happening>,
    plans: u64,
    /// Of each owner: everything that may not be lost.
    kept: [BTreeMap<EntryId, Record>; 2],
    tally: Tally,
}

struct Phone {
    shelf: MemoryShelf,
    backups: Vec<MemoryShelf>,
    heard: Heard,
    /// How far this phone's clock is off, in minutes.
    clock_off: i64,
}

enum Happening {
    Arrives(u64, Who, Vec<u8>),
    Closes(u64, Who),
    Timeout(u64, Who),
    Act,
}

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<BTreeSet<[u8; 16]>>>);

impl FirstMessages for Heard {
    fn is_new(&mut self, tag: [u8; 16]) -> Result<bool, FirstMessagesFailed> {
        Ok(self.0.lock().unwrap().insert(tag))
    }
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let phones = [0, 1].map(|_| {
            let shelf = MemoryShelf::new(dice.next());
            let clock_off = if dice.percent(20) { 525_600 * (dice.below(9) as i64 - 4) } else { 0 };
            Phone { backups: vec![shelf.clone()], shelf, heard: Heard::default(), clock_off }
        });
        Self {
            dice,
            now: Duration::ZERO,
            phones,
            connections: BTreeMap::new(),
            planned: BTreeMap::new(),
            plans: 0,
            kept: Default::default(),
            tally: Tally::default(),
        }
    }

    /// Lives through so many meetings, checks everything, and says what was seen.
    pub(crate) fn live(mut self, meetings: u64) -> Tally {
        self.plan(Duration::ZERO, Happening::Act);
        while self.tally.meetings < meetings {
            self.happen();
        }
        // Two meetings without faults: one to come together, one to see that nothing is left to do.
        for _ in 0..2 {
            self.connections.clear();
            self.planned.clear();
            for phone in &mut self.phones {
                (phone.shelf.room, phone.shelf.fails_after) = (None, None);
            }
            self.meet();
            let until = self.now + Duration::from_secs(60);
            while self.planned.first_key_value().is_some_and(|((time, _), _)| *time < until) {
                self.happen();
            }
        }
        self.check_the_end();
        self.tally
    }

    fn happen(&mut self) {
        let Some(((time, _), happening)) = self.planned.pop_first() else { panic!("time stands still") };
        self.now = time;
        match happening {
            Happening::Act => self.act(),
            Happening::Arrives(id, who, bytes) => self.with(id, who, |session, now, shelf| {
                session.handle_input(now, &bytes);
                session.work(now, shelf);
            }),
            Happening::Closes(id, who) => self.with(id, who, |session, now, _| session.handle_closed(now)),
            Happening::Timeout(id, who) => self.with(id, who, |session, now, shelf| {
                session.handle_timeout(now);
                session.work(now, shelf);
            }),
        }
    }

    fn plan(&mut self, wait: Duration, happening: Happening) {
        self.plan_at(self.now + wait, happening);
    }

    fn plan_at(&mut self, time: Duration, happening: Happening) {
        self.plans += 1;
        self.planned.insert((time.max(self.now), self.plans), happening);
    }

    /// Something that people or systems do.
    fn act(&mut self) {
        let who = self.dice.index(2);
        match self.dice.below(100) {
            0..34 => self.meet(),
            34..64 => self.write(who),
            64..72 => self.erase(who),
            72..76 => {
                let backup = self.phones[who].shelf.clone();
                self.phones[who].backups.push(backup);
            }
            76..80 => self.restore(who),
            80..83 => self.phones[who].shelf.room = Some(self.dice.below(2000)),
            83..86 => self.phones[who].shelf.fails_after = Some(self.dice.below(6) as u32),
            86..92 => (self.phones[who].shelf.room, self.phones[who].shelf.fails_after) = (None, None),
            92..96 => self.with_all(who, |session, now, shelf| session.settle(now, shelf)),
            _ => self.with_all(who, |session, now, _| session.end(now)),
        }
        let longest = [50_000, 3_000_000, 40_000_000][self.dice.index(3)];
        let wait = Duration::from_micros(self.dice.below(longest));
        self.plan(wait, Happening::Act);
    }

    fn meet(&mut self) {
        self.tally.meetings += 1;
        let id = self.tally.meetings;
        let dialler = self.dice.index(2);
        let sessions = [0, 1].map(|who| {
            let randomness = Arc::new(SeededRandomness::new(self.dice.next(), 0));
            let clock_ms = 1_790_000_000_000 + self.phones[who].clock_off * 60_000;
            let terms = Terms { oldest: 1, newest: 1, speaking: 1, clock_ms };
            let credentials = credentials(who);
            let channel = if who == dialler {
                Channel::dial(self.now, credentials, terms, randomness)
            } else {
                let heard = Box::new(self.phones[who].heard.clone());
                Channel::listen(self.now, credentials, terms, randomness, heard)
            };
            Session::new(channel, config(who))
        });
        let faultless = self.planned.is_empty();
        self.connections.insert(id, Connection::new(sessions, faultless, &mut self.dice));
        for who in [0, 1] {
            self.with(id, who, |_, _, _| {});
        }
    }

    fn write(&mut self, who: Who) {
        let longest = if self.dice.percent(11) { 9000 } else { 60 };
        let text = "w".repeat(self.dice.index(longest));
        for _ in 0..=self.dice.below(3) {
            let written = self.clock(who);
            self.phones[who].shelf.write(written, &Body::from(Worry { text: text.clone() }));
        }
        self.with_all(who, |session, now, shelf| session.handle_local_change(now, shelf));
    }

    fn erase(&mut self, who: Who) {
        let log = self.phones[who].shelf.log(Whose::Mine);
        let months = log.into_iter().filter(|(name, _)| !name.is_erasures());
        let ids: Vec<_> = months.flat_map(|(_, records)| records).map(|record| record.id).collect();
        if !ids.is_empty() {
            let written = self.clock(who);
            let id = ids[self.dice.index(ids.len())];
            self.phones[who].shelf.erase(written, &[id]);
            self.with_all(who, |session, now, shelf| session.handle_local_change(now, shelf));
        }
    }

    /// The app starts again on an older file: its connections are gone without a word.
    fn restore(&mut self, who: Who) {
        self.keep();
        let phone = &mut self.phones[who];
        phone.shelf = phone.backups[self.dice.index(phone.backups.len())].clone();
        phone.shelf.reseed(self.dice.next());
        if self.dice.percent(50) {
            phone.shelf.become_another_device();
        }
        for connection in self.connections.values_mut() {
            connection.sessions[who] = None;
        }
        self.kept = self.everything();
        self.forget_finished();
    }

    /// A day for every minute of the machines' clock, so that months go by.
    fn clock(&self, who: Who) -> LocalTime {
        let minutes = i64::try_from(self.now.as_secs()).unwrap() * 24 + self.phones[who].clock_off;
        LocalTime::new(1_772_300_000_000 + minutes * 60_000, 60).unwrap()
    }

    fn with_all(&mut self, who: Who, act: impl Fn(&mut Session, Duration, &mut MemoryShelf)) {
        for id in self.connections.keys().copied().collect::<Vec<_>>() {
            self.with(id, who, &act);
        }
    }

    /// Does something to a session, and everything that follows from it.
    fn with(&mut self, id: u64, who: Who, act: impl FnOnce(&mut Session, Duration, &mut MemoryShelf)) {
        let Some(connection) = self.connections.get_mut(&id) else { return };
        let Some(session) = &mut connection.sessions[who] else { return };
        let (now, shelf) = (self.now, &mut self.phones[who].shelf);
        act(session, now, shelf);
        let mut ended = false;
        while let Some(event) = session.poll_event() {
            match event {
                SessionEvent::Ready { .. } => session.start(now, shelf),
                SessionEvent::Exchange(ExchangeEvent::CaughtUp) => self.tally.caught_up += 1,
                SessionEvent::Exchange(ExchangeEvent::TakenBack { .. }) => self.tally.taken_back += 1,
                SessionEvent::Exchange(ExchangeEvent::Received { entries, .. }) => self.tally.entries += entries,
                SessionEvent::Exchange(ExchangeEvent::Ended(end)) => match end {
                    Ended::Silent => (ended, self.tally.silent) = (true, self.tally.silent + 1),
                    Ended::Interrupted => self.tally.interrupted += 1,
                    Ended::StorageFull | Ended::StorageFailed => self.tally.full += 1,
                    Ended::Done | Ended::PartnerLeft => {}
                    Ended::RefusedByPartner(Objection::StorageFull | Objection::StorageFailed) => {}
                    // Only where two connections live at once and get in each other's way.
                    Ended::Refused(Objection::DoesNotFit | Objection::NotSealed | Objection::OutOfTurn) => {
                        self.tally.in_each_others_way += 1;
                    }
                    Ended::RefusedByPartner(Objection::DoesNotFit | Objection::NotSealed | Objection::OutOfTurn) => {}
                    Ended::Refused(_) | Ended::RefusedByPartner(_) => panic!("two honest phones refuse: {end:?}"),
                    Ended::Unpaired => panic!("nobody unpaired"),
                },
                SessionEvent::Closed(_) => ended = true,
                _ => {}
            }
        }
        let mut sent = Vec::new();
        while let Some(bytes) = session.poll_transmit() {
            for byte in &bytes {
                self.tally.checksum = self.tally.checksum.rotate_left(5) ^ u64::from(*byte);
            }
            self.tally.bytes += bytes.len() as u64;
            sent.push(bytes);
        }
        ended |= session.is_closed();
        let timeout = session.next_timeout();
        let mut plans = Vec::new();
        for bytes in sent {
            for piece in connection.send(now, 1 - who, &bytes, &mut self.dice) {
                match piece {
                    Sent::Piece(time, piece) => plans.push((time, Happening::Arrives(id, 1 - who, piece))),
                    Sent::Lost => {}
                    Sent::Dead(told) => {
                        for (who, time) in told.into_iter().enumerate() {
                            plans.extend(time.map(|time| (time, Happening::Closes(id, who))));
                        }
                    }
                }
            }
        }
        if ended {
            connection.sessions[who] = None;
            let time = connection.arrival(now, 1 - who, &mut self.dice);
            plans.push((time, Happening::Closes(id, 1 - who)));
        } else if let Some(time) = timeout {
            plans.push((time, Happening::Timeout(id, who)));
        }
        for (time, happening) in plans {
            self.plan_at(time, happening);
        }
        self.forget_finished();
    }

    fn forget_finished(&mut self) {
        let before = self.connections.len();
        self.connections.retain(|_, connection| connection.sessions.iter().any(Option::is_some));
        if self.connections.len() < before {
            self.keep();
        }
    }

    /// Nothing that was anywhere may be gone, but for what was erased.
    fn keep(&mut self) {
        let everything = self.everything();
        for (kept, now) in self.kept.iter().zip(&everything) {
            let erased = erased(now);
            for (id, record) in kept {
                assert!(erased.contains(id) || now.get(id) == Some(record), "an entry is lost");
            }
        }
        self.kept = everything;
    }

    /// Of each owner, every entry that is on either phone.
    fn everything(&self) -> [BTreeMap<EntryId, Record>; 2] {
        [0, 1].map(|owner| {
            let mine = self.phones[owner].shelf.log(Whose::Mine);
            let copy = self.phones[1 - owner].shelf.log(Whose::Theirs);
            let records = mine.into_values().chain(copy.into_values()).flatten();
            records.map(|record| (record.id, record)).collect()
        })
    }

    fn check_the_end(&mut self) {
        self.keep();
        for owner in [0, 1] {
            let mine = self.phones[owner].shelf.log(Whose::Mine);
            assert_eq!(mine, self.phones[1 - owner].shelf.log(Whose::Theirs), "two logs are not the same");
            let erased = erased(&self.kept[owner]);
            assert!(mine.values().flatten().all(|record| !erased.contains(&record.id)), "an erased entry is back");
        }
    }
}

fn erased(entries: &BTreeMap<EntryId, Record>) -> BTreeSet<EntryId> {
    let erased_by = |record: &Record| match Envelope::read(&record.value).body {
        Body::Erase(erase) => erase.ids,
        _ => Vec::new(),
    };
    entries.values().flat_map(erased_by).collect()
}

fn seed(who: Who) -> PersonSeed {
    PersonSeed::from_bytes([1 + who as u8; 32])
}

fn credentials(who: Who) -> Credentials {
    let device = |who: Who| DeviceKey::from_bytes([100 + who as u8; 32]);
    let device_id = |who: Who| DeviceId([who as u8; 16]);
    let partner = 1 - who;
    let pinned =
        Pinned { person: seed(partner).public(), device: device(partner).public(), device_id: device_id(partner) };
    Credentials::new(&seed(who), device(who), device_id(who), CoupleSecret::from_bytes([7; 32]), pinned)
}

fn config(who: Who) -> ExchangeConfig {
    ExchangeConfig {
        pairing: CoupleSecret::from_bytes([7; 32]).id(),
        me: seed(who).public(),
        partner: seed(1 - who).public(),
        seal_key: seed(who).seal_key(),
        limits: Limits::default(),
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.meetings += other.meetings;
        self.caught_up += other.caught_up;
        self.interrupted += other.interrupted;
        self.silent += other.silent;
        self.full += other.full;
        self.taken_back += other.taken_back;
        self.in_each_others_way += other.in_each_others_way;
        self.entries += other.entries;
        self.bytes += other.bytes;
        self.checksum ^= other.checksum;
    }
}
