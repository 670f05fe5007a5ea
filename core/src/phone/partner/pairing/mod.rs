//! Pairing: one phone shows an offer, the other takes it, both compare a number and confirm.

mod course;
mod watch;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

pub(super) use course::PairingCourse;
use course::PairingMachine;
use watch::PairingWatch;

use super::Partner;
use super::bond::{Bond, Unsettled};
use super::meeting::MEETING_PATIENCE;
use crate::journal::Audience;
use crate::link::{DIAL_TIMEOUT, Driver, LinkLimits, TcpListenerLink, Transport, dial};
use crate::phone::PhoneError;
use crate::sync::{Address, Identity, Intent, Invitation, Offer, Paired, Pairing, PairingError, Purpose};

/// An offer to pair, as shown to the partner.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OfferShown {
    /// The text for the QR code.
    pub qr: String,
    /// The code to type instead.
    pub code: String,
    /// Where this phone listens.
    pub port: u16,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Partner {
    /// Shows an offer to pair, for 5 minutes. `candidates` are the addresses of this phone that go into the
    /// QR text. Fails with `Busy` where a partner is paired already.
    pub fn offer(&self, on: IpAddr, candidates: &[IpAddr]) -> Result<OfferShown, PhoneError> {
        self.offer_for(Purpose::New, on, candidates)
    }

    /// Shows an offer to make all keys of the pairing new, because a phone was stolen that may have been open:
    /// its own person does this from a backup, or the partner does. Otherwise as [`Self::offer`]; the other
    /// phone takes it with [`Self::join_replacement`]. The shared logs go on, and the stolen phone's keys are
    /// refused from then on.
    ///
    /// Until both have confirmed, and where it fails, the pairing stays as it is. Where the connection breaks
    /// in the last moment, one phone may have gone over already: it is made again then. Fails with `NotPaired`.
    pub fn offer_replacement(&self, on: IpAddr, candidates: &[IpAddr]) -> Result<OfferShown, PhoneError> {
        self.offer_for(Purpose::Replace, on, candidates)
    }

    /// Takes an offer: its QR text, or its typed code with the addresses at which the other phone listens
    /// (for a QR text they may be empty). Fails with `BadCode`, `TooNew`, `Busy`, `Interrupted`, `OtherPurpose`
    /// where it is one to replace the keys of a pairing, or `OfferOver` where a number of this offer could have
    /// been seen already. What a typed code is for shows only when the other phone has answered.
    pub fn join(&self, offer: &str, addresses: &[SocketAddr]) -> Result<(), PhoneError> {
        self.join_for(Purpose::New, offer, addresses)
    }

    /// Takes an offer of [`Self::offer_replacement`]: this person agrees to make all keys of the pairing new.
    /// Fails as [`Self::join`] does, or with `NotPaired`.
    ///
    /// The number is compared and confirmed as always. Where the other phone turns out to be another person's,
    /// [`Self::pairing_outcome`] fails with `NotYours`, and nothing has changed.
    pub fn join_replacement(&self, offer: &str, addresses: &[SocketAddr]) -> Result<(), PhoneError> {
        self.join_for(Purpose::Replace, offer, addresses)
    }

    /// The number that both screens show; waits for the other phone. Fails with the reason for which
    /// there will be none.
    pub fn pairing_number(&self) -> Result<String, PhoneError> {
        let number = self.company.wait(MEETING_PATIENCE, |state| match (&state.pairing.number, &state.pairing.over) {
            (Some(number), _) => Some(Ok(number.clone())),
            (None, Some(Err(error))) => Some(Err(*error)),
            _ => None,
        });
        number.unwrap_or(Err(PhoneError::Interrupted))
    }

    /// This person says that both numbers are the same. The phones are paired once both have said so.
    pub fn confirm_pairing(&self) -> Result<(), PhoneError> {
        self.tell_pairing(|machine, now| machine.confirm(now))?;
        self.company.change(|state| state.pairing.confirmed = true);
        Ok(())
    }

    /// This person says that the numbers differ, or has thought better of it. The offer is over.
    pub fn cancel_pairing(&self) -> Result<(), PhoneError> {
        let told = self.tell_pairing(|machine, now| machine.cancel(now));
        let offer = self.company.change(|state| {
            state.pairing.over.get_or_insert(Err(PhoneError::OfferOver));
            state.pairing.offer.take()
        });
        if let Some((offer, listener)) = offer {
            offer.withdraw();
            drop(listener);
            return Ok(());
        }
        told
    }

    /// What came of the pairing: waits a moment for it after one's own confirmation. Fails with the reason for
    /// which the phones are not paired, or not anew; `Interrupted` also where nothing came of it yet.
    pub fn pairing_outcome(&self) -> Result<(), PhoneError> {
        let patience = if self.company.lock().pairing.confirmed { MEETING_PATIENCE } else { Duration::ZERO };
        self.company.wait(patience, |state| state.pairing.over).unwrap_or(Err(PhoneError::Interrupted))
    }
}

impl Partner {
    fn offer_for(&self, purpose: Purpose, on: IpAddr, candidates: &[IpAddr]) -> Result<OfferShown, PhoneError> {
        let (identity, intent) = self.begin_course(purpose)?;
        let partner = self.clone();
        let answer = move |transport: Transport| partner.answer_pairing(transport);
        let listener = TcpListenerLink::bind(SocketAddr::new(on, 0), self.company.gate.clone(), answer)
            .map_err(|_| PhoneError::StorageFailed)?;
        let port = listener.port();
        let addresses = candidates.iter().map(|host| Address { host: host.to_string(), port }).collect();
        let environment = &self.keeping.environment;
        let clock_ms = environment.clock.wall().unix_ms();
        let now = environment.clock.monotonic();
        let offer = Offer::new(now, clock_ms, identity, intent, addresses, environment.randomness.clone());
        let shown = OfferShown { qr: offer.qr_text(), code: offer.typed_code(), port };
        self.company.change(|state| state.pairing.offer = Some((Arc::new(offer), listener)));
        Ok(shown)
    }

    fn join_for(&self, purpose: Purpose, offer: &str, addresses: &[SocketAddr]) -> Result<(), PhoneError> {
        self.join_on(purpose, offer, |invitation| {
            let mut candidates = addresses.to_vec();
            let named = invitation.addresses().iter();
            candidates
                .extend(named.filter_map(|address| Some(SocketAddr::new(address.host.parse().ok()?, address.port))));
            candidates.dedup();
            dial(&candidates, DIAL_TIMEOUT).map_err(|_| PhoneError::Interrupted)
        })
    }

    /// Takes an offer over the connection that `connect` makes to whoever shows it.
    pub(super) fn join_on(
        &self,
        purpose: Purpose,
        offer: &str,
        connect: impl FnOnce(&Invitation) -> Result<Transport, PhoneError>,
    ) -> Result<(), PhoneError> {
        let invitation = self.company.change(|state| state.pairing.invitation(offer)).map_err(bad_code)?;
        if invitation.purpose().is_some_and(|named| named != purpose) {
            return Err(PhoneError::OtherPurpose);
        }
        let (identity, intent) = self.begin_course(purpose)?;
        let transport = connect(&invitation)?;
        let environment = &self.keeping.environment;
        let now = environment.clock.monotonic();
        let machine = invitation.join(now, identity, intent, environment.randomness.clone()).map_err(bad_code)?;
        self.run_pairing(transport, machine, now, true)
    }

    /// After one's own confirmation, waits a moment for the partner's.
    pub(super) fn await_pairing(&self) {
        if self.company.lock().pairing.confirmed {
            self.company.wait(MEETING_PATIENCE, |state| state.pairing.over.map(|_| ()));
        }
    }

    fn tell_pairing(
        &self,
        act: impl FnOnce(&mut PairingMachine, Duration) -> Result<(), PairingError> + Send + 'static,
    ) -> Result<(), PhoneError> {
        self.company.change(|state| {
            let course = &state.pairing;
            let handle = course.handles.iter().find(|(number, _)| Some(*number) == course.comparing);
            let (_, handle) = handle.ok_or(PhoneError::OfferOver)?;
            // What the machine refuses, it says by ending.
            match handle.run(|machine, now| _ = act(machine, now)) {
                true => Ok(()),
                false => Err(PhoneError::OfferOver),
            }
        })
    }

    /// Ends what is left of the last course, and begins another.
    fn begin_course(&self, purpose: Purpose) -> Result<(Identity, Intent), PhoneError> {
        let left = self.company.change(|state| state.pairing.begin());
        for (_, handle) in &left.handles {
            handle.close();
            // Where this person had confirmed, it is known after this whether the phones are paired.
            let _ = handle.join();
        }
        drop(left);
        self.identity(purpose)
    }

    fn identity(&self, purpose: Purpose) -> Result<(Identity, Intent), PhoneError> {
        self.keeping.with(|open| {
            let intent = match (purpose, open.bond()?) {
                (Purpose::New, None) => Intent::New,
                // Where the other phone perhaps knows nothing of a pairing, a new one may take its place.
                (Purpose::New, Some(bond)) if bond.unsettled.perhaps => Intent::New,
                (Purpose::New, Some(_)) => return Err(PhoneError::Busy),
                (Purpose::Replace, Some(bond)) => Intent::Replace { partner: bond.partner.person },
                (Purpose::Replace, None) => return Err(PhoneError::NotPaired),
            };
            Ok((Identity { seed: open.person_seed()?, device_id: open.store.shared_device() }, intent))
        })
    }

    pub(super) fn answer_pairing(&self, transport: Transport) {
        let offer = self.company.lock().pairing.offer.as_ref().map(|(offer, _)| offer.clone());
        let now = self.keeping.environment.clock.monotonic();
        if let Some(Ok(machine)) = offer.map(|offer| offer.accept(now)) {
            // A connection that cannot be served is dropped, which closes it.
            let _ = self.run_pairing(transport, machine, now, false);
        }
    }

    fn run_pairing(
        &self,
        transport: Transport,
        machine: Pairing,
        base: Duration,
        joins: bool,
    ) -> Result<(), PhoneError> {
        let number = self.company.change(|state| {
            state.pairing.last += 1;
            state.pairing.last
        });
        let watch = PairingWatch {
            number,
            joins,
            company: Arc::downgrade(&self.company),
            keeping: self.keeping.clone(),
            admission: transport.admission(),
        };
        let machine = PairingMachine { pairing: machine, base };
        let handle = Driver::start(machine, transport, LinkLimits::default(), watch);
        let handle = handle.map_err(|_| PhoneError::StorageFailed)?;
        self.company.change(|state| state.pairing.handles.push((number, handle)));
        Ok(())
    }
}

fn bad_code(error: PairingError) -> PhoneError {
    match error {
        PairingError::VersionTooNew => PhoneError::TooNew,
        PairingError::Spent | PairingError::Expired => PhoneError::OfferOver,
        _ => PhoneError::BadCode,
    }
}

impl crate::phone::keeping::Open {
    /// Keeps what a pairing led to.
    fn keep_paired(&mut self, paired: &Paired, perhaps: bool) -> Result<(), PhoneError> {
        match paired.purpose {
            Purpose::New => self.begin_bond(paired, perhaps),
            Purpose::Replace => self.replace_pairing(paired),
        }
    }

    /// Keeps a new pairing. The own cap is all that goes over into it (spec §3).
    pub(super) fn begin_bond(&mut self, paired: &Paired, perhaps: bool) -> Result<(), PhoneError> {
        self.begin_pairing(&Bond::new(paired, Unsettled { perhaps, ..Unsettled::default() }))?;
        // Where it is not certain yet, the first meeting brings it.
        if perhaps { Ok(()) } else { self.bring_own_cap() }
    }

    /// Tells a new partner the own limit.
    pub(super) fn bring_own_cap(&mut self) -> Result<(), PhoneError> {
        match self.own_cap()? {
            Some(cap) => self.write(Audience::Both, cap).map(drop),
            None => Ok(()),
        }
    }
}
