//! Meeting: listening, dialling, catching up, parting.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use super::conversation::{Conversation, Remembered, Standing, Watch};
use super::{CatchUp, Partner};
use crate::link::{DIAL_TIMEOUT, Driver, LinkLimits, TcpListenerLink, Transport, dial};
use crate::phone::PhoneError;
use crate::sync::{Channel, CoupleId, Credentials, ExchangeConfig, Limits, Role, Session, Terms};

/// How long a call waits for the partner's phone to answer.
pub const MEETING_PATIENCE: Duration = Duration::from_secs(30);

/// How long a connection that is open may take to answer before it counts as dead and is dialled anew.
const SIGN_OF_LIFE: Duration = Duration::from_secs(10);

/// The version of the exchange that this app speaks, and the only one.
const VERSION: u16 = 1;

/// What a meeting has moved so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
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

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Partner {
    /// Listens for the partner's phone, and returns the port. Asking again returns the same one.
    ///
    /// Fails with `NotPaired`; with `Interrupted` while meeting is paused; `StorageFailed` where no port
    /// is to be had.
    pub fn listen(&self, on: IpAddr) -> Result<u16, PhoneError> {
        self.must_be_willing()?;
        // A system may take a listener away, as iOS does from an app that it suspends.
        let listens = |listener: &&TcpListenerLink| listener.is_listening();
        if let Some(port) = self.company.lock().listener.as_ref().filter(listens).map(TcpListenerLink::port) {
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
        let before = self.company.change(|state| state.listener.replace(listener));
        drop(before);
        Ok(port)
    }

    /// Dials the partner's phone at all of these addresses at once, and waits until it has answered. Where
    /// the phones are together already and the connection still answers, that is all there is to do.
    ///
    /// Fails with `NotPaired`, `NotYours` where somebody else's phone answered, `VersionTooOld`,
    /// `VersionTooNew`, or `Interrupted` for everything that looks like not having met.
    pub fn dial(&self, addresses: &[SocketAddr]) -> Result<(), PhoneError> {
        self.must_be_willing()?;
        let _one_at_a_time = self.company.dialling.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_still_together() {
            return Ok(());
        }
        let transport = dial(addresses, DIAL_TIMEOUT).map_err(|_| PhoneError::Interrupted)?;
        let number = self.converse(transport, true)?;
        let answered = self.company.wait(MEETING_PATIENCE, |state| match state.meetings.get(&number) {
            Some(meeting) => meeting.established.then_some(Ok(())),
            // Where another connection was kept, the phones are together all the same.
            None if state.is_together() => Some(Ok(())),
            None => Some(Err(state.why_over(number))),
        });
        answered.unwrap_or(Err(PhoneError::Interrupted))
    }

    /// Waits until both phones have everything that was written before this call; as long as something
    /// comes or goes it is patient. Fails with the reason for which the phones are not together, or no longer.
    pub fn settle(&self) -> Result<Settled, PhoneError> {
        loop {
            let asked = self.company.wait(MEETING_PATIENCE, |state| match state.established() {
                Some((number, meeting)) => Some(Ok((number, meeting.settled, meeting.handle.clone()))),
                None if state.is_together() => None,
                None => Some(Err(state.why_apart())),
            });
            let (number, before, handle) = asked.unwrap_or(Err(PhoneError::Interrupted))?;
            if let Some(handle) = handle {
                handle.run(Conversation::settle);
            }
            if let Some(settled) = self.await_settled(number, before) {
                return settled;
            }
        }
    }

    /// Why the last meeting broke off, for whoever has not waited for it; `None` where one of the two said
    /// goodbye, and before the first.
    pub fn why_broken_off(&self) -> Option<PhoneError> {
        self.company.lock().last_end()
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
}

impl Partner {
    /// Waits until a connection has settled more often than `before`; `None` where another one took its place.
    fn await_settled(&self, number: u64, before: u64) -> Option<Result<Settled, PhoneError>> {
        let mut seen = CatchUp::default();
        loop {
            let waited = self.company.wait(MEETING_PATIENCE, |state| match state.meetings.get(&number) {
                Some(meeting) if meeting.settled > before => Some(Some(Ok(meeting.report))),
                Some(meeting) if meeting.progress != seen => {
                    seen = meeting.progress;
                    Some(None)
                }
                Some(_) => None,
                None => Some(Some(Err(state.why_over(number)))),
            });
            match waited {
                Some(None) => {}
                Some(Some(Err(_))) if self.company.is_together() => return None,
                Some(Some(settled)) => return Some(settled),
                None => return Some(Err(PhoneError::Interrupted)),
            }
        }
    }

    /// Whether a connection is open and the partner's phone answers on it. One that does not is closed.
    fn is_still_together(&self) -> bool {
        let established = self
            .company
            .lock()
            .established()
            .map(|(number, meeting)| (number, (meeting.settled, meeting.progress), meeting.handle.clone()));
        let Some((number, before, Some(handle))) = established else { return false };
        handle.run(Conversation::settle);
        let answered = self.company.wait(SIGN_OF_LIFE, |state| match state.meetings.get(&number) {
            // In the middle of a long catch-up there is something else to be heard.
            Some(meeting) => ((meeting.settled, meeting.progress) != before).then_some(true),
            None => Some(false),
        });
        if answered.is_none() {
            handle.close();
        }
        answered == Some(true)
    }

    /// Fails unless a partner is paired and meeting is not paused.
    pub(super) fn must_be_willing(&self) -> Result<(), PhoneError> {
        self.await_pairing();
        self.keeping.with(|open| match (open.is_paired()?, open.is_paused()?) {
            (false, _) => Err(PhoneError::NotPaired),
            (true, true) => Err(PhoneError::Interrupted),
            (true, false) => Ok(()),
        })
    }

    /// Begins a conversation over a connection; returns its number.
    pub(super) fn converse(&self, transport: Transport, dialled: bool) -> Result<u64, PhoneError> {
        let (session, is_lower, couple) = self.session(dialled)?;
        let standing = Standing::default();
        let contender = transport.contender(is_lower);
        let number = self.company.announce(contender, dialled, standing.clone());
        let watch = Watch {
            number,
            couple,
            company: Arc::downgrade(&self.company),
            keeping: self.keeping.clone(),
            admission: transport.admission(),
        };
        let role = if dialled { Role::Dialler } else { Role::Listener };
        let conversation = Conversation::new(session, self.keeping.clone(), standing.clone(), role);
        let Ok(handle) = Driver::start(conversation, transport, LinkLimits::default(), watch) else {
            self.company.renounce(number);
            return Err(PhoneError::StorageFailed);
        };
        // Where the keys were replaced since this connection took them, it is not among those sent away.
        if !self.keeping.with(|open| open.is_bond_of(couple))? {
            standing.lose();
            handle.close();
            self.company.renounce(number);
            return Err(PhoneError::Interrupted);
        }
        self.company.change(|state| {
            if let Some(meeting) = state.meetings.get_mut(&number) {
                meeting.handle = Some(Arc::new(handle));
            }
        });
        Ok(number)
    }

    /// A session for a connection that was dialled or came in, whether this person has the lower key of
    /// the two, and under whose secret it is.
    pub(super) fn session(&self, dialled: bool) -> Result<(Session, bool, CoupleId), PhoneError> {
        let (credentials, new_device, config) = self.keeping.with(|open| {
            let credentials = open.credentials()?.ok_or(PhoneError::NotPaired)?;
            let bond = open.bond()?.ok_or(PhoneError::NotPaired)?;
            let (new_device, log) = (bond.unsettled.new_device, bond.log);
            let seed = open.person_seed()?;
            let config = ExchangeConfig {
                pairing: log,
                me: seed.public(),
                partner: credentials.partner().person,
                seal_key: seed.seal_key(),
                limits: Limits::default(),
            };
            Ok((credentials, new_device, config))
        })?;
        let is_lower = config.me < config.partner;
        let couple = credentials.couple().id();
        Ok((Session::new(self.channel(credentials, dialled, new_device), config), is_lower, couple))
    }

    fn channel(&self, credentials: Credentials, dialled: bool, new_device: bool) -> Channel {
        let environment = &self.keeping.environment;
        let clock_ms = environment.clock.wall().unix_ms();
        let terms = Terms { oldest: VERSION, newest: VERSION, speaking: VERSION, clock_ms };
        let randomness = environment.randomness.clone();
        if dialled && new_device {
            Channel::dial_as_new_device(Duration::ZERO, credentials, terms, randomness)
        } else if dialled {
            Channel::dial(Duration::ZERO, credentials, terms, randomness)
        } else {
            let remembered = Box::new(Remembered(self.keeping.clone()));
            Channel::listen(Duration::ZERO, credentials, terms, randomness, remembered)
        }
    }
}
