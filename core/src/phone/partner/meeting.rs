//! Meeting: listening, dialling, catching up, parting.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Partner;
use super::conversation::{Conversation, Remembered, Watch};
use crate::link::{Contender, DIAL_TIMEOUT, Driver, LinkLimits, TcpListenerLink, Transport, dial};
use crate::phone::PhoneError;
use crate::sync::{Channel, Credentials, ExchangeConfig, Limits, Session, Terms};

/// How long a call waits for the partner's phone to answer.
pub const MEETING_PATIENCE: Duration = Duration::from_secs(30);

/// The version of the exchange that this app speaks, and the only one.
const VERSION: u16 = 1;

/// What a meeting has moved so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    /// Own entries that went.
    pub sent: u64,
    /// The partner's entries that came.
    pub received: u64,
    /// All bytes on the socket, out.
    pub bytes_out: u64,
    /// All bytes on the socket, in.
    pub bytes_in: u64,
    /// Padding within `bytes_out`.
    pub padding_out: u64,
    /// Padding within `bytes_in`.
    pub padding_in: u64,
    /// How often this phone had to wait for an answer before it could go on.
    pub round_trips: u32,
}

impl Partner {
    /// Listens for the partner's phone, and returns the port. Asking again returns the same one.
    ///
    /// Fails with `NotPaired`; with `Interrupted` while meeting is paused; `StorageFailed` where no port
    /// is to be had.
    pub fn listen(&self, on: IpAddr) -> Result<u16, PhoneError> {
        self.must_be_willing()?;
        if let Some(port) = self.company.lock().listener.as_ref().map(TcpListenerLink::port) {
            return Ok(port);
        }
        let partner = self.clone();
        let answer = move |transport: Transport| {
            // A connection that cannot be served is dropped, which closes it.
            let _ = partner.converse(transport, false);
        };
        let listener = TcpListenerLink::bind(SocketAddr::new(on, 0), self.company.gate.clone(), answer)
            .map_err(|_| PhoneError::StorageFailed)?;
        let port = listener.port();
        self.company.change(|state| state.listener = Some(listener));
        Ok(port)
    }

    /// Dials the partner's phone at all of these addresses at once, and waits until it has answered.
    ///
    /// Fails with `NotPaired`, `NotYours` where somebody else's phone answered, `VersionTooOld`,
    /// `VersionTooNew`, or `Interrupted` for everything that looks like not having met.
    pub fn dial(&self, addresses: &[SocketAddr]) -> Result<(), PhoneError> {
        self.must_be_willing()?;
        let transport = dial(addresses, DIAL_TIMEOUT).map_err(|_| PhoneError::Interrupted)?;
        let number = self.converse(transport, true)?;
        let answered = self.company.wait(MEETING_PATIENCE, |state| match state.meetings.get(&number) {
            Some(meeting) => meeting.established.then_some(Ok(())),
            // Where another connection was kept, the phones are together all the same.
            None if state.meetings.values().any(|meeting| meeting.ready) => Some(Ok(())),
            None => Some(Err(match state.last_end {
                Some((last, reason)) if last == number => reason,
                _ => PhoneError::Interrupted,
            })),
        });
        answered.unwrap_or(Err(PhoneError::Interrupted))
    }

    /// Waits until both phones have everything that was written before this call. Fails with
    /// `Interrupted`, or with the reason for which the meeting ended.
    pub fn settle(&self) -> Result<Settled, PhoneError> {
        let live = self.company.wait(MEETING_PATIENCE, |state| {
            let live = state.meetings.iter().find(|(_, meeting)| meeting.established && meeting.handle.is_some());
            match live {
                Some((number, meeting)) => Some(Ok((*number, meeting.settled, meeting.handle.clone()))),
                None if state.meetings.is_empty() && state.listener.is_none() => {
                    Some(Err(state.last_end.map_or(PhoneError::Interrupted, |(_, reason)| reason)))
                }
                None => None,
            }
        });
        let (number, before, handle) = live.unwrap_or(Err(PhoneError::Interrupted))?;
        if let Some(handle) = handle {
            handle.run(Conversation::settle);
        }
        let settled = self.company.wait(MEETING_PATIENCE, |state| match state.meetings.get(&number) {
            Some(meeting) => (meeting.settled > before).then_some(Ok(meeting.report)),
            None => Some(Err(match state.last_end {
                Some((last, reason)) if last == number => reason,
                _ => PhoneError::Interrupted,
            })),
        });
        settled.unwrap_or(Err(PhoneError::Interrupted))
    }

    /// Parts: says goodbye, and stops listening. What was not settled waits for the next meeting.
    pub fn end(&self) -> Result<(), PhoneError> {
        let listener = self.company.change(|state| state.listener.take());
        drop(listener);
        if let Some(live) = self.company.live() {
            live.run(Conversation::end);
            let _ = live.join();
        }
        self.company.change(|state| state.meetings.clear());
        Ok(())
    }

    /// Pauses meeting: no listening, no dialling, until [`Self::resume`]. The partner is not told (P13).
    pub fn pause(&self) -> Result<(), PhoneError> {
        self.keeping.with(|open| open.set_paused(true))?;
        self.end()
    }

    /// Ends a pause.
    pub fn resume(&self) -> Result<(), PhoneError> {
        self.keeping.with(|open| open.set_paused(false))
    }

    /// Fails unless a partner is paired and meeting is not paused.
    fn must_be_willing(&self) -> Result<(), PhoneError> {
        self.await_pairing();
        self.keeping.with(|open| match (open.is_paired()?, open.is_paused()?) {
            (false, _) => Err(PhoneError::NotPaired),
            (true, true) => Err(PhoneError::Interrupted),
            (true, false) => Ok(()),
        })
    }

    /// Begins a conversation over a connection; returns its number.
    fn converse(&self, transport: Transport, dialled: bool) -> Result<u64, PhoneError> {
        let (session, dialled_by_lower) = self.session(dialled)?;
        let number = self.company.announce(Contender { dialled_by_lower, began: Instant::now() });
        let watch = Watch {
            number,
            company: Arc::downgrade(&self.company),
            keeping: self.keeping.clone(),
            admission: transport.admission(),
        };
        let conversation = Conversation::new(session, self.keeping.clone());
        let handle = Driver::start(conversation, transport, LinkLimits::default(), watch);
        let handle = handle.map_err(|_| PhoneError::StorageFailed)?;
        self.company.change(|state| {
            if let Some(meeting) = state.meetings.get_mut(&number) {
                meeting.handle = Some(Arc::new(handle));
            }
        });
        Ok(number)
    }

    /// A session for a connection that was dialled or came in, and whether the phone of the person with
    /// the lower key dialled it.
    pub(super) fn session(&self, dialled: bool) -> Result<(Session, bool), PhoneError> {
        let (credentials, config) = self.keeping.with(|open| {
            let credentials = open.credentials()?.ok_or(PhoneError::NotPaired)?;
            let seed = open.person_seed()?;
            let config = ExchangeConfig {
                pairing: credentials.couple().id(),
                me: seed.public(),
                partner: credentials.partner().person,
                seal_key: seed.seal_key(),
                limits: Limits::default(),
            };
            Ok((credentials, config))
        })?;
        let i_am_lower = config.me < config.partner;
        Ok((Session::new(self.channel(credentials, dialled), config), dialled == i_am_lower))
    }

    fn channel(&self, credentials: Credentials, dialled: bool) -> Channel {
        let environment = &self.keeping.environment;
        let clock_ms = environment.clock.wall().unix_ms();
        let terms = Terms { oldest: VERSION, newest: VERSION, speaking: VERSION, clock_ms };
        let randomness = environment.randomness.clone();
        if dialled {
            Channel::dial(Duration::ZERO, credentials, terms, randomness)
        } else {
            let remembered = Box::new(Remembered(self.keeping.clone()));
            Channel::listen(Duration::ZERO, credentials, terms, randomness, remembered)
        }
    }
}
