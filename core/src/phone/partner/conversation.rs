//! One connection to the partner: a session over a link, with the store behind it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use super::company::{Company, Meeting};
use super::meeting::Settled;
use crate::link::{Admission, LinkEnd, Machine, Observer};
use crate::phone::PhoneError;
use crate::phone::keeping::Keeping;
use crate::sync::{
    CloseReason, CoupleId, Ended, ExchangeEvent, FirstMessages, FirstMessagesFailed, Objection, Paused, Readiness,
    Role, Session, SessionEvent, Shelf,
};

/// Whether a conversation may still touch the documents. Clones are one.
#[derive(Clone, Default)]
pub(super) struct Standing(Arc<AtomicBool>);

impl Standing {
    /// Another conversation takes the place of this one.
    pub(super) fn lose(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn is_lost(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// A session and the store that it works on.
pub(super) struct Conversation {
    session: Session,
    keeping: Arc<Keeping>,
    standing: Standing,
    role: Role,
    /// Whether both are ready for a repair; from the moment on when both phones know the same repairs.
    readiness: Option<Readiness>,
    handshake_hash: [u8; 32],
    /// Settling waits for the comparison that is under way.
    settling: bool,
}

impl Conversation {
    pub(super) fn new(session: Session, keeping: Arc<Keeping>, standing: Standing, role: Role) -> Self {
        Self { session, keeping, standing, role, readiness: None, handshake_hash: [0; 32], settling: false }
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// What happened next.
    pub(super) fn next_event(&mut self) -> Option<SessionEvent> {
        self.session.poll_event()
    }

    pub(super) fn local_change(&mut self, now: Duration) {
        self.with_shelf(now, |session, shelf| session.handle_local_change(now, shelf));
    }

    /// Asks for both phones to have everything, what comes of the next comparison among it.
    pub(super) fn settle(&mut self, now: Duration) {
        self.compare(now, Readiness::begin);
        self.with_shelf(now, |session, shelf| session.settle(now, shelf));
    }

    /// The phones have caught up: contact is possible, and readiness is compared.
    fn come_together(&mut self, now: Duration) {
        let _ = self.keeping.with(|open| {
            open.note_met()?;
            open.come_together()
        });
        if self.readiness.is_none() {
            let randomness = self.keeping.environment.randomness.clone();
            self.readiness = Some(Readiness::new(self.role, self.handshake_hash, randomness));
            self.compare(now, Readiness::begin);
        }
    }

    /// Takes a step in comparing, and says and does what comes of it.
    fn compare(&mut self, now: Duration, step: impl FnOnce(&mut Readiness, Duration, &[Paused])) {
        let Some(readiness) = &mut self.readiness else { return };
        let Ok(paused) = self.keeping.with(|open| open.paused_repairs()) else { return };
        step(readiness, now, &paused);
        while let Some((kind, bytes)) = readiness.poll_message() {
            self.session.send_other(kind, bytes);
        }
        while let Some(repair) = readiness.poll_both_ready() {
            // Where it cannot be written down, the next comparison says so again.
            let _ = self.keeping.with(|open| open.open_repair(repair));
        }
        if self.settling && !readiness.is_comparing() {
            self.settling = false;
            self.with_shelf(now, |session, shelf| session.settle(now, shelf));
        }
    }

    /// Both phones have what was there; whether that is all. What comes of a comparison is still to go.
    fn is_settled(&mut self) -> bool {
        self.settling = self.readiness.as_ref().is_some_and(Readiness::is_comparing);
        !self.settling
    }

    pub(super) fn end(&mut self, now: Duration) {
        self.session.end(now);
    }

    pub(super) fn start(&mut self, now: Duration) {
        self.with_shelf(now, |session, shelf| session.start(now, shelf));
    }

    pub(super) fn report(&self) -> Settled {
        let (channel, exchange) = self.session.counters();
        Settled {
            sent: exchange.entries_sent,
            received: exchange.entries_received,
            bytes_out: channel.bytes_out,
            bytes_in: channel.bytes_in,
            padding_out: channel.padding_out,
            padding_in: channel.padding_in,
            round_trips: exchange.round_trips,
        }
    }

    /// Lends the session the shared log. Without one (unlinked, closed, another connection took the place of
    /// this one) the conversation is over.
    fn with_shelf(&mut self, now: Duration, act: impl FnOnce(&mut Session, &mut dyn Shelf)) {
        let Self { session, keeping, standing, .. } = self;
        let lent = keeping.with(|open| {
            // Asked while nobody else has the documents: from here to the end of this call it stays so.
            if standing.is_lost() {
                return Err(PhoneError::Interrupted);
            }
            let before = session.counters().1.documents_taken_back;
            act(session, &mut open.store.shared_log()?);
            if session.counters().1.documents_taken_back > before {
                open.note_own_ids()?;
            }
            Ok(())
        });
        if lent.is_err() {
            session.handle_closed(now);
        }
    }
}

impl Machine for Conversation {
    fn handle_input(&mut self, now: Duration, bytes: &[u8]) {
        self.session.handle_input(now, bytes);
        self.with_shelf(now, |session, shelf| session.work(now, shelf));
    }

    fn handle_timeout(&mut self, now: Duration) {
        self.session.handle_timeout(now);
        self.with_shelf(now, |session, shelf| session.work(now, shelf));
        self.compare(now, |readiness, now, paused| {
            readiness.handle_timeout(now);
            if readiness.is_due(now) {
                readiness.begin(now, paused);
            }
        });
    }

    fn handle_closed(&mut self, now: Duration) {
        self.session.handle_closed(now);
    }

    fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.session.poll_transmit()
    }

    fn next_timeout(&self) -> Option<Duration> {
        let readiness = self.readiness.as_ref().map(Readiness::next_timeout);
        [self.session.next_timeout(), readiness].into_iter().flatten().min()
    }

    fn is_finished(&self) -> bool {
        self.session.is_closed()
    }
}

/// Tells the phone what happens on a connection.
pub(super) struct Watch {
    pub(super) number: u64,
    /// Under whose keys the connection is.
    pub(super) couple: CoupleId,
    pub(super) company: Weak<Company>,
    pub(super) keeping: Arc<Keeping>,
    pub(super) admission: Admission,
}

impl Observer<Conversation> for Watch {
    fn after(&mut self, conversation: &mut Conversation, now: Duration) {
        while let Some(event) = conversation.next_event() {
            self.tell(event, conversation, now);
        }
    }

    fn ended(&mut self, _: LinkEnd) {
        if let Some(company) = self.company.upgrade() {
            company.over(self.number);
            if !company.is_together() {
                let _ = self.keeping.with(|open| open.part());
            }
        }
    }
}

impl Watch {
    fn tell(&self, event: SessionEvent, conversation: &mut Conversation, now: Duration) {
        let Some(company) = self.company.upgrade() else { return conversation.end(now) };
        let change = |change: &dyn Fn(&mut Meeting)| {
            company.change(|state| _ = state.meetings.get_mut(&self.number).map(change));
        };
        match event {
            SessionEvent::PartnerHasNewDevice(partner) => {
                // Where it cannot be kept, the next meeting brings it again.
                let _ = self.keeping.with(|open| open.repin(self.couple, partner));
            }
            SessionEvent::Ready { handshake_hash } => {
                conversation.handshake_hash = handshake_hash;
                self.admission.admit();
                if company.admit(self.number) { conversation.start(now) } else { conversation.end(now) }
            }
            SessionEvent::Established(established) => {
                let _ = self.keeping.with(|open| open.note_greeting(self.couple, &established));
                change(&|meeting| meeting.established = true);
            }
            SessionEvent::Exchange(ExchangeEvent::CaughtUp) => conversation.come_together(now),
            SessionEvent::Exchange(ExchangeEvent::Received { .. }) => {
                let _ = self.keeping.with(|open| open.follow_contact());
            }
            SessionEvent::Exchange(ExchangeEvent::Other { kind, bytes }) => {
                conversation.compare(now, |readiness, now, paused| readiness.handle_message(now, kind, &bytes, paused));
            }
            SessionEvent::Exchange(ExchangeEvent::Settled) if conversation.is_settled() => {
                let _ = self.keeping.with(|open| open.note_met());
                let (report, progress) = (conversation.report(), conversation.catch_up());
                change(&|meeting| {
                    meeting.settled += 1;
                    (meeting.report, meeting.progress) = (report, progress);
                });
            }
            SessionEvent::Exchange(ExchangeEvent::Progress(_)) => {
                let progress = conversation.catch_up();
                change(&|meeting| meeting.progress = progress);
            }
            SessionEvent::Exchange(ExchangeEvent::Ended(ended)) => {
                change(&|meeting| {
                    meeting.parted = matches!(ended, Ended::Done | Ended::PartnerLeft);
                    meeting.reason = meeting.reason.or(why_ended(ended));
                });
            }
            SessionEvent::Exchange(_) => {}
            SessionEvent::Closed(reason) => change(&|meeting| meeting.reason = meeting.reason.or(why_closed(reason))),
        }
    }
}

fn why_ended(ended: Ended) -> Option<PhoneError> {
    match ended {
        Ended::Refused(_) => Some(PhoneError::PartnerMisbehaved),
        Ended::RefusedByPartner(Objection::StorageFull) => Some(PhoneError::PartnerStorageFull),
        Ended::RefusedByPartner(_) => Some(PhoneError::PartnerRefused),
        Ended::StorageFull => Some(PhoneError::StorageFull),
        Ended::StorageFailed => Some(PhoneError::StorageFailed),
        Ended::Unpaired => Some(PhoneError::NotPaired),
        Ended::Done | Ended::PartnerLeft | Ended::Interrupted | Ended::Silent => None,
    }
}

fn why_closed(reason: CloseReason) -> Option<PhoneError> {
    Some(match reason {
        CloseReason::NotYours => PhoneError::NotYours,
        CloseReason::VersionTooOld => PhoneError::VersionTooOld,
        CloseReason::VersionTooNew => PhoneError::VersionTooNew,
        CloseReason::Tampered | CloseReason::Misbehaved => PhoneError::PartnerMisbehaved,
        CloseReason::StorageFailed => PhoneError::StorageFailed,
        _ => return None,
    })
}

/// First messages, remembered in the store.
pub(super) struct Remembered(pub(super) Arc<Keeping>);

impl FirstMessages for Remembered {
    fn is_new(&mut self, tag: [u8; 16]) -> Result<bool, FirstMessagesFailed> {
        self.0.with(|open| Ok(open.store.remember_first_message(tag)?)).map_err(|_| FirstMessagesFailed)
    }
}
