//! A couple, and two channels between which a test carries the bytes.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::journal::DeviceId;
use crate::random::{Randomness, SeededRandomness};
use crate::sync::channel::{
    Channel, ChannelEvent, CloseReason, Established, FirstMessages, FirstMessagesFailed, Terms,
};
use crate::sync::keys::{CoupleSecret, Credentials, DeviceKey, PersonSeed, Pinned};

pub(super) const NOW: Duration = Duration::from_secs(1000);

/// One person with one phone.
pub(super) struct Person {
    pub(super) seed: PersonSeed,
    pub(super) device: DeviceKey,
    pub(super) device_id: DeviceId,
}

impl Person {
    pub(super) fn new(name: u8) -> Self {
        let device = DeviceKey::from_bytes([name + 100; 32]);
        Self { seed: PersonSeed::from_bytes([name; 32]), device, device_id: DeviceId([name; 16]) }
    }

    /// The same person after a restore on another phone.
    pub(super) fn restored(&self, name: u8) -> Self {
        Self { seed: self.seed.clone(), ..Self::new(name) }
    }

    pub(super) fn pinned(&self) -> Pinned {
        Pinned { person: self.seed.public(), device: self.device.public(), device_id: self.device_id }
    }

    pub(super) fn meeting(&self, partner: &Self) -> Credentials {
        self.meeting_under(7, partner)
    }

    pub(super) fn meeting_under(&self, couple: u8, partner: &Self) -> Credentials {
        let couple = CoupleSecret::from_bytes([couple; 32]);
        Credentials::new(&self.seed, self.device.clone(), self.device_id, couple, partner.pinned())
    }
}

pub(super) fn ada() -> Person {
    Person::new(1)
}

pub(super) fn bob() -> Person {
    Person::new(2)
}

pub(super) fn eve() -> Person {
    Person::new(3)
}

pub(super) fn terms() -> Terms {
    Terms { oldest: 1, newest: 1, speaking: 1, clock_ms: 1_790_000_000_000 }
}

pub(super) fn random(seed: u64) -> Arc<dyn Randomness> {
    Arc::new(SeededRandomness::new(seed, 0))
}

/// A memory of first messages that several listeners of one phone share.
#[derive(Clone, Default)]
pub(super) struct Heard(Arc<Mutex<BTreeSet<[u8; 16]>>>);

impl FirstMessages for Heard {
    fn is_new(&mut self, tag: [u8; 16]) -> Result<bool, FirstMessagesFailed> {
        Ok(self.0.lock().unwrap().insert(tag))
    }
}

/// A full disk.
pub(super) struct Forgetful;

impl FirstMessages for Forgetful {
    fn is_new(&mut self, _: [u8; 16]) -> Result<bool, FirstMessagesFailed> {
        Err(FirstMessagesFailed)
    }
}

pub(super) fn dialling(credentials: Credentials) -> Channel {
    Channel::dial(NOW, credentials, terms(), random(11))
}

pub(super) fn listening(credentials: Credentials) -> Channel {
    listening_with(credentials, Heard::default())
}

pub(super) fn listening_with(credentials: Credentials, heard: Heard) -> Channel {
    Channel::listen(NOW, credentials, terms(), random(22), Box::new(heard))
}

/// One end, and everything that came out of it.
pub(super) struct End {
    pub(super) channel: Channel,
    pub(super) events: Vec<ChannelEvent>,
    pub(super) received: Vec<Vec<u8>>,
    pub(super) sent: Vec<u8>,
    /// Handed over when the channel gets ready.
    pub(super) first: Vec<Vec<u8>>,
}

impl End {
    pub(super) fn new(channel: Channel) -> Self {
        Self { channel, events: vec![], received: vec![], sent: vec![], first: vec![] }
    }

    /// Drains in the documented order; gives the bytes to carry.
    pub(super) fn drain(&mut self, now: Duration) -> Vec<u8> {
        while let Some(event) = self.channel.poll_event() {
            if matches!(event, ChannelEvent::Ready { .. }) {
                for message in self.first.drain(..) {
                    // Where the versions did not fit, the channel is closed by now.
                    let sent = self.channel.send(now, &message);
                    assert!(sent.is_ok() || self.channel.is_closed());
                }
            }
            self.events.push(event);
        }
        self.received.extend(std::iter::from_fn(|| self.channel.poll_message()));
        let bytes = self.channel.poll_transmit().unwrap_or_default();
        self.sent.extend(&bytes);
        bytes
    }

    pub(super) fn established(&self) -> Option<Established> {
        self.events.iter().find_map(|event| match event {
            ChannelEvent::Established(established) => Some(*established),
            _ => None,
        })
    }

    pub(super) fn count(&self, event: ChannelEvent) -> usize {
        self.events.iter().filter(|seen| **seen == event).count()
    }

    pub(super) fn reason(&self) -> Option<CloseReason> {
        self.channel.close_reason()
    }
}

/// Two ends and the time they share.
pub(super) struct Pair {
    pub(super) dialler: End,
    pub(super) listener: End,
    pub(super) now: Duration,
    /// Into how long pieces the bytes are cut.
    pub(super) piece: usize,
}

impl Pair {
    pub(super) fn new(dialler: Channel, listener: Channel) -> Self {
        Self { dialler: End::new(dialler), listener: End::new(listener), now: NOW, piece: usize::MAX }
    }

    pub(super) fn ada_calls_bob() -> Self {
        Self::new(dialling(ada().meeting(&bob())), listening(bob().meeting(&ada())))
    }

    /// A pair whose greetings are done.
    pub(super) fn together() -> Self {
        let mut pair = Self::ada_calls_bob();
        pair.carry();
        assert!(pair.dialler.established().is_some() && pair.listener.established().is_some());
        pair
    }

    /// Carries bytes both ways until both are quiet; tells each end when the other closed.
    pub(super) fn carry(&mut self) {
        loop {
            let there = self.dialler.drain(self.now);
            deliver(&mut self.listener, self.now, &there, self.piece);
            let back = self.listener.drain(self.now);
            deliver(&mut self.dialler, self.now, &back, self.piece);
            if there.is_empty() && back.is_empty() {
                break;
            }
        }
        if self.dialler.channel.is_closed() {
            self.listener.channel.handle_end(self.now);
        }
        if self.listener.channel.is_closed() {
            self.dialler.channel.handle_end(self.now);
        }
        self.dialler.drain(self.now);
        self.listener.drain(self.now);
    }

    /// Lets time pass, as a phone does: wakes each end when it asks for it, and carries bytes.
    pub(super) fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        loop {
            let next = [&self.dialler, &self.listener].iter().filter_map(|end| end.channel.next_timeout()).min();
            match next.filter(|next| *next <= until) {
                Some(next) => {
                    self.now = self.now.max(next);
                    self.dialler.channel.handle_timeout(self.now);
                    self.listener.channel.handle_timeout(self.now);
                    self.carry();
                }
                None => break,
            }
        }
        self.now = until;
    }
}

pub(super) fn deliver(end: &mut End, now: Duration, bytes: &[u8], piece: usize) {
    for piece in bytes.chunks(piece) {
        end.channel.handle_input(now, piece);
    }
}
