//! What happens on a connection of a pairing, and what it means for the phone.

use std::sync::{Arc, Weak};
use std::time::Duration;

use super::course::PairingMachine;
use crate::link::{Admission, LinkEnd, Observer};
use crate::phone::PhoneError;
use crate::phone::keeping::Keeping;
use crate::phone::partner::company::Company;
use crate::sync::{Paired, PairingEnd, PairingEvent};

/// Tells the phone what happens on a connection of a pairing.
pub(super) struct PairingWatch {
    pub(super) number: u64,
    pub(super) joins: bool,
    pub(super) company: Weak<Company>,
    pub(super) keeping: Arc<Keeping>,
    pub(super) admission: Admission,
}

impl Observer<PairingMachine> for PairingWatch {
    fn after(&mut self, machine: &mut PairingMachine, _: Duration) {
        while let Some(event) = machine.pairing.poll_event() {
            let Some(company) = self.company.upgrade() else { return };
            match event {
                PairingEvent::Number { number, .. } => {
                    self.admission.admit();
                    company.change(|state| {
                        if self.number > state.pairing.before {
                            state.pairing.comparing = Some(self.number);
                            state.pairing.number = Some(number.to_string());
                        }
                    });
                }
                PairingEvent::Paired(paired) => self.paired(&company, &paired, false),
                PairingEvent::PerhapsPaired(paired) => self.paired(&company, &paired, true),
                PairingEvent::Ended(end) => self.ended_with(&company, end),
            }
        }
    }

    fn ended(&mut self, _: LinkEnd) {
        if let Some(company) = self.company.upgrade() {
            let handles = company.change(|state| {
                let (gone, left) = std::mem::take(&mut state.pairing.handles)
                    .into_iter()
                    .partition::<Vec<_>, _>(|(number, _)| *number == self.number);
                state.pairing.handles = left;
                gone
            });
            drop(handles);
        }
    }
}

impl PairingWatch {
    fn paired(&self, company: &Company, paired: &Paired, perhaps: bool) {
        let kept = self.keeping.with(|open| open.keep_paired(paired, perhaps));
        // Whoever is here came in by the old keys.
        company.send_away();
        let offer = company.change(|state| {
            if self.number <= state.pairing.before {
                return None;
            }
            state.pairing.over = Some(kept);
            state.pairing.invited = None;
            state.pairing.offer.take()
        });
        drop(offer);
    }

    /// A stranger at the door leaves the offer as it is; only the joiner, and the connection on which
    /// numbers were compared, end it.
    fn ended_with(&self, company: &Company, end: PairingEnd) {
        company.change(|state| {
            let concerns = self.joins || state.pairing.comparing == Some(self.number);
            if concerns && self.number > state.pairing.before && state.pairing.over.is_none() {
                state.pairing.over = Some(Err(why(end)));
            }
        });
    }
}

fn why(end: PairingEnd) -> PhoneError {
    match end {
        PairingEnd::VersionTooNew => PhoneError::VersionTooNew,
        PairingEnd::Interrupted | PairingEnd::TimedOut => PhoneError::Interrupted,
        PairingEnd::OtherPurpose => PhoneError::OtherPurpose,
        PairingEnd::AnotherPerson => PhoneError::NotYours,
        PairingEnd::WrongPhone | PairingEnd::Refused => PhoneError::BadCode,
        PairingEnd::Tampered | PairingEnd::Misbehaved | PairingEnd::Failed => PhoneError::PartnerMisbehaved,
        _ => PhoneError::OfferOver,
    }
}
