//! A partner's phone with an app of its own making: it is paired, it holds all the keys, and it lies.

use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

use attune_core::SeededRandomness;
use attune_core::journal::{Body, DeviceId, LocalTime, Record, Whose, Worry};
use attune_core::sync::{
    Channel, Credentials, Ended, Exchange, ExchangeConfig, ExchangeEvent, Identity, Intent, Invitation, Limits,
    MemoryShelf, Paired, PairingEvent, PersonSeed, Terms,
};

use crate::couple::{HERE, Owner};
use crate::line::{Line, connect};

const NOW: Duration = Duration::ZERO;

pub(crate) struct Liar {
    pub(crate) shelf: MemoryShelf,
    pub(crate) clock_ms: i64,
    identity: Identity,
    paired: Paired,
    randomness: Arc<SeededRandomness>,
    minute: i64,
}

/// How an exchange went, seen from the liar.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) ended: Option<Ended>,
    pub(crate) settled: bool,
    /// What the liar sent, before it was encrypted.
    pub(crate) sent: Vec<Vec<u8>>,
    /// What went over the wire.
    pub(crate) bytes: Vec<u8>,
}

impl Liar {
    /// Pairs with a phone as an honest one would.
    pub(crate) fn pair_with(owner: &Owner, seed: u64) -> Self {
        Self::pair_with_after(owner, seed, |_| ())
    }

    /// The same, after something was done to the port of the offer.
    pub(crate) fn pair_with_after(owner: &Owner, seed: u64, before: impl FnOnce(u16)) -> Self {
        let randomness = Arc::new(SeededRandomness::new(seed, 0));
        let identity = Identity { seed: PersonSeed::generate(&*randomness), device_id: DeviceId([0xaa; 16]) };
        let offer = owner.phone.partner().offer(HERE, &[HERE]).unwrap();
        let invitation = Invitation::from_qr_text(&offer.qr).unwrap();
        let mut pairing = invitation.join(NOW, identity.clone(), Intent::New, randomness.clone()).unwrap();
        before(offer.port);
        let mut stream = connect(offer.port);
        let mut confirmed = None;
        let paired = loop {
            if let Some(bytes) = pairing.poll_transmit() {
                stream.write_all(&bytes).unwrap();
            }
            match pairing.poll_event() {
                Some(PairingEvent::Number { .. }) => {
                    assert_eq!(
                        Some(owner.phone.partner().pairing_number().unwrap()),
                        pairing.number().map(|n| n.to_string())
                    );
                    pairing.confirm(NOW).unwrap();
                    owner.phone.partner().confirm_pairing().unwrap();
                }
                Some(PairingEvent::Paired(paired)) => confirmed = Some(*paired),
                Some(PairingEvent::Ended(_)) => break confirmed.unwrap(),
                Some(event) => panic!("{event:?}"),
                None => {
                    let mut buffer = [0; 4096];
                    let read = stream.read(&mut buffer).unwrap();
                    pairing.handle_input(NOW, &buffer[..read]);
                }
            }
        };
        // Whoever has confirmed waits here for the other.
        owner.listen();
        let clock_ms = LocalTime::parse("2026-03-02T08:00:00+01:00").unwrap().unix_ms();
        Self { shelf: MemoryShelf::new(seed), clock_ms, identity, paired, randomness, minute: 0 }
    }

    /// Writes an entry as an honest app would.
    pub(crate) fn write(&mut self, text: &str) {
        self.minute += 1;
        let at = LocalTime::new(self.clock_ms + self.minute * 60_000, 60).unwrap();
        self.shelf.write(at, &Body::from(Worry { text: text.into() }));
    }

    /// Everything that the liar has of one log.
    pub(crate) fn log(&self, whose: Whose) -> std::collections::BTreeSet<Record> {
        self.shelf.log(whose).into_values().flatten().collect()
    }

    pub(crate) fn exchange(&self) -> Exchange {
        let credentials = self.credentials();
        Exchange::new(ExchangeConfig {
            pairing: credentials.couple().id(),
            me: self.identity.seed.public(),
            partner: credentials.partner().person,
            seal_key: self.identity.seed.seal_key(),
            limits: Limits { patience: Duration::MAX, ..Limits::default() },
        })
    }

    /// A connection on which the two have proven themselves, and nothing was said yet.
    pub(crate) fn dial(&self, port: u16) -> Line {
        let line = Line::dial(port, self.channel(), None);
        assert!(line.channel.is_ready());
        line
    }

    pub(crate) fn channel(&self) -> Channel {
        let terms = Terms { oldest: 1, newest: 1, speaking: 1, clock_ms: self.clock_ms };
        Channel::dial(NOW, self.credentials(), terms, self.randomness.clone())
    }

    /// A meeting in which the liar does what an honest phone would, but for what it says: each message goes
    /// out as `lie` has it.
    pub(crate) fn meet(&mut self, port: u16, lie: impl FnMut(Vec<u8>) -> Vec<Vec<u8>>) -> Outcome {
        self.meet_on(self.dial(port), lie)
    }

    /// The same on a connection that is there already.
    pub(crate) fn meet_on(&mut self, mut line: Line, mut lie: impl FnMut(Vec<u8>) -> Vec<Vec<u8>>) -> Outcome {
        let mut exchange = self.exchange();
        exchange.start(NOW, &mut self.shelf);
        exchange.settle(NOW, &mut self.shelf);
        let mut outcome = Outcome::default();
        loop {
            while let Some(event) = exchange.poll_event() {
                match event {
                    ExchangeEvent::Settled => {
                        outcome.settled = true;
                        exchange.end();
                    }
                    ExchangeEvent::Ended(ended) => outcome.ended = Some(ended),
                    _ => {}
                }
            }
            while let Some(message) = exchange.poll_message() {
                for message in lie(message) {
                    line.send(&message);
                    outcome.sent.push(message);
                }
            }
            line.flush();
            // The answer may have come in one piece with the handshake.
            let more = line.channel.has_messages() || !line.is_over() && line.read() || line.channel.has_messages();
            if exchange.is_over() || !more {
                break;
            }
            while let Some(message) = line.channel.poll_message() {
                exchange.handle_message(NOW, &message, &mut self.shelf);
            }
        }
        while let Some(message) = line.channel.poll_message() {
            exchange.handle_message(NOW, &message, &mut self.shelf);
        }
        while let Some(event) = exchange.poll_event() {
            if let ExchangeEvent::Ended(ended) = event {
                outcome.ended = Some(ended);
            }
        }
        line.hang_up();
        outcome.bytes = line.sent;
        outcome
    }

    /// A meeting without a lie, after which both hold the same.
    pub(crate) fn meet_honestly(&mut self, owner: &Owner) -> Outcome {
        let outcome = self.meet(owner.listen(), |message| vec![message]);
        assert!(outcome.settled, "{:?}", outcome.ended);
        assert_eq!(owner.shared(Whose::Mine), self.log(Whose::Theirs));
        assert_eq!(owner.shared(Whose::Theirs), self.log(Whose::Mine));
        outcome
    }

    pub(crate) fn credentials(&self) -> Credentials {
        self.paired.credentials(&self.identity)
    }
}
