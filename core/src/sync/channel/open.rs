//! A channel whose handshake is done: greetings, and messages both ways.

use std::time::Duration;

use super::context::Context;
use super::counters::count;
use super::hello::Fit;
use super::io::Io;
use super::noise::{MAX_PLAINTEXT, Transport};
use super::record::{Kind, Record, RecordReader, record_len, write_record};
use super::rekey::Rekey;
use super::{ChannelEvent, CloseReason, Established, Hello, MINIMUM_FLIGHT, SESSION_MINIMUM, padded_len};

/// How long the partner's greeting may take after the handshake. It can stand behind a long first
/// flight on a slow radio.
const GREETING_LIMIT: Duration = Duration::from_secs(30);

/// A first flight longer than this is not held back to be padded in one piece.
const HELD_BACK: usize = MAX_PLAINTEXT;

/// The state after the handshake.
pub(super) struct Open {
    pub(super) keys: Keys,
    pub(super) rekey: Rekey,
    handshake_hash: [u8; 32],
    opened: Duration,
    records: RecordReader,
    /// Records of the first flight, held back until the owner asks for bytes.
    first_flight: Option<Vec<u8>>,
    own: Hello,
    partner: Partner,
}

/// The keys in use. They are the same for both directions, except while new ones are being introduced.
pub(super) struct Keys {
    pub(super) current: Transport,
    /// Set between this side's last frame under the current keys and the partner's.
    pub(super) next_for_sending: Option<Transport>,
}

/// What is known of the partner's version.
enum Partner {
    Unknown,
    /// What comes was written in another version than the agreed one and is dropped.
    Switching(u16),
    Agreed,
}

impl Open {
    pub(super) fn new(
        context: &Context,
        io: &mut Io,
        now: Duration,
        transport: Transport,
        handshake_hash: [u8; 32],
    ) -> Result<Self, CloseReason> {
        let own = Hello::new(&context.terms, context.clock_ms(now));
        io.events.push_back(ChannelEvent::Ready { handshake_hash, speaking: own.speaking });
        let mut open = Self {
            keys: Keys { current: transport, next_for_sending: None },
            rekey: Rekey::new(now, handshake_hash),
            handshake_hash,
            opened: now,
            records: RecordReader::default(),
            first_flight: Some(Vec::new()),
            own,
            partner: Partner::Unknown,
        };
        open.send(io, Kind::Hello, &own.to_bytes())?;
        Ok(open)
    }

    /// Queues a record: into the first flight while that is open, else as a flight of its own.
    pub(super) fn send(&mut self, io: &mut Io, kind: Kind, body: &[u8]) -> Result<(), CloseReason> {
        let mut flight = Vec::with_capacity(padded_len(record_len(body.len())));
        if !write_record(self.first_flight.as_mut().unwrap_or(&mut flight), kind, body) {
            return Err(CloseReason::Failed);
        }
        match &self.first_flight {
            None => self.seal(io, flight, MINIMUM_FLIGHT),
            Some(held) if held.len() > HELD_BACK => self.end_first_flight(io),
            Some(_) => Ok(()),
        }
    }

    /// Seals what the first flight holds; what follows travels in flights of its own.
    pub(super) fn end_first_flight(&mut self, io: &mut Io) -> Result<(), CloseReason> {
        match self.first_flight.take() {
            Some(flight) => self.seal(io, flight, SESSION_MINIMUM),
            None => Ok(()),
        }
    }

    /// Pads a flight and queues it, frame by frame.
    fn seal(&mut self, io: &mut Io, mut flight: Vec<u8>, least: usize) -> Result<(), CloseReason> {
        let len = padded_len(flight.len().max(least));
        io.counters.padding_out += count(len - flight.len());
        flight.resize(len, 0);
        flight.chunks(MAX_PLAINTEXT).try_for_each(|plaintext| self.seal_frame(io, plaintext))
    }

    pub(super) fn seal_frame(&mut self, io: &mut Io, plaintext: &[u8]) -> Result<(), CloseReason> {
        let frame = self.keys.next_for_sending.as_mut().unwrap_or(&mut self.keys.current).seal(plaintext)?;
        self.rekey.bytes += count(frame.len());
        io.send_frame(&frame)
    }

    pub(super) fn handle_frame(
        &mut self,
        context: &Context,
        io: &mut Io,
        now: Duration,
        frame: &[u8],
    ) -> Result<(), CloseReason> {
        let plaintext = self.keys.current.open(frame).map_err(|_| CloseReason::Tampered)?;
        self.rekey.bytes += count(frame.len());
        self.records.push(&plaintext);
        while let Some(record) = self.records.next().map_err(|_| CloseReason::Misbehaved)? {
            self.handle_record(context, io, now, record)?;
        }
        io.counters.padding_in += count(self.records.take_padding());
        Ok(())
    }

    fn handle_record(
        &mut self,
        context: &Context,
        io: &mut Io,
        now: Duration,
        record: Record,
    ) -> Result<(), CloseReason> {
        match (&self.partner, record.kind) {
            (Partner::Unknown, Kind::Hello) => self.greet(context, io, now, &record.body),
            (Partner::Unknown, _) | (_, Kind::Hello) => Err(CloseReason::Misbehaved),
            (Partner::Agreed, Kind::Message) => {
                io.messages.push_back(record.body);
                Ok(())
            }
            (Partner::Switching(_), Kind::Message) => Ok(()),
            (Partner::Switching(version), Kind::Agreed) if record.body == version.to_be_bytes() => {
                self.partner = Partner::Agreed;
                Ok(())
            }
            (_, Kind::Agreed) => Err(CloseReason::Misbehaved),
            (_, Kind::Bye) => Err(CloseReason::ByPartner),
            (_, Kind::Rekey | Kind::RekeyAnswer | Kind::RekeyDone) => self.handle_rekey(context, io, now, &record),
        }
    }

    fn greet(&mut self, context: &Context, io: &mut Io, now: Duration, body: &[u8]) -> Result<(), CloseReason> {
        let partner = Hello::from_bytes(body).ok_or(CloseReason::Misbehaved)?;
        let version = match self.own.fit(&partner) {
            Fit::PartnerTooOld => return Err(CloseReason::VersionTooOld),
            Fit::PartnerTooNew => return Err(CloseReason::VersionTooNew),
            Fit::Agreed(version) => version,
        };
        self.partner = if partner.speaking == version { Partner::Agreed } else { Partner::Switching(version) };
        io.events.push_back(ChannelEvent::Established(Established {
            version,
            resend: self.own.speaking != version,
            partner_clock_ms: partner.clock_ms,
            clock_difference_ms: partner.clock_ms.saturating_sub(context.clock_ms(now)),
            handshake_hash: self.handshake_hash,
        }));
        Ok(())
    }

    /// When the partner's greeting is late, if it is still awaited.
    pub(super) fn greeting_deadline(&self) -> Option<Duration> {
        matches!(self.partner, Partner::Unknown).then(|| self.opened + GREETING_LIMIT)
    }
}
