//! Pairing and meeting over connections that a shell has made (BLE, Wi-Fi Aware, Network.framework): the same
//! machines as over TCP, on another wire.

use std::sync::Arc;

use super::Partner;
use super::meeting::MEETING_PATIENCE;
use crate::link::{Admission, BytePipe, PipeInput, STRANGERS_PATIENCE, Transport};
use crate::phone::PhoneError;
use crate::sync::Purpose;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Partner {
    /// Serves a connection that came in: as an answer to the offer that this phone shows, where it shows one, and
    /// otherwise as a meeting. What arrives is pushed into what is returned.
    ///
    /// Fails with `NotPaired`; with `Interrupted` while meeting is paused; with `Busy` where too many strangers are
    /// at the door.
    pub fn answer_pipe(&self, pipe: Arc<dyn BytePipe>) -> Result<PipeInput, PhoneError> {
        // An offer that both have said yes to is about to end.
        self.await_pairing();
        let shows_an_offer = self.company.lock().pairing.is_offered();
        if !shows_an_offer {
            self.must_be_willing()?;
        }
        let admission = self.company.gate.enter().ok_or(PhoneError::Busy)?;
        let (transport, input) = Transport::pipe(pipe, admission);
        if shows_an_offer {
            self.answer_pairing(transport);
        } else {
            self.converse(transport, false)?;
        }
        Ok(input)
    }

    /// Meets the partner's phone over a connection that this phone made. [`Self::await_answer`] tells what came of
    /// it. Fails with `NotPaired`, and with `Interrupted` while meeting is paused.
    pub fn meet_over(&self, pipe: Arc<dyn BytePipe>) -> Result<PipeInput, PhoneError> {
        self.must_be_willing()?;
        let (transport, input) = Transport::pipe(pipe, Admission::outgoing(STRANGERS_PATIENCE));
        self.converse(transport, true)?;
        Ok(input)
    }

    /// Takes an offer, as [`Self::join`] does, over a connection that this phone made.
    pub fn join_over(&self, offer: &str, pipe: Arc<dyn BytePipe>) -> Result<PipeInput, PhoneError> {
        let (transport, input) = Transport::pipe(pipe, Admission::outgoing(STRANGERS_PATIENCE));
        self.join_on(Purpose::New, offer, |_| Ok(transport))?;
        Ok(input)
    }

    /// Takes an offer, as [`Self::join_replacement`] does, over a connection that this phone made.
    pub fn join_replacement_over(&self, offer: &str, pipe: Arc<dyn BytePipe>) -> Result<PipeInput, PhoneError> {
        let (transport, input) = Transport::pipe(pipe, Admission::outgoing(STRANGERS_PATIENCE));
        self.join_on(Purpose::Replace, offer, |_| Ok(transport))?;
        Ok(input)
    }

    /// Waits until the partner's phone has answered on a connection. Fails with the reason why it did not.
    pub fn await_answer(&self) -> Result<(), PhoneError> {
        let answered = self.company.wait(MEETING_PATIENCE, |state| match state.established() {
            Some(_) => Some(Ok(())),
            None if state.meetings.is_empty() => Some(Err(state.why_apart())),
            None => None,
        });
        answered.unwrap_or(Err(PhoneError::Interrupted))
    }
}
