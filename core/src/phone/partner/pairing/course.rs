//! How far a pairing is on this phone, and the machine of one of its connections.

use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::link::{DriverHandle, Machine, TcpListenerLink};
use crate::phone::PhoneError;
use crate::sync::{Invitation, Offer, Pairing, PairingError};

/// How far a pairing is, on this phone.
#[derive(Default)]
pub(in crate::phone::partner) struct PairingCourse {
    /// Shown and listened for, until it is used, cancelled or over.
    pub(super) offer: Option<(Arc<Offer>, TcpListenerLink)>,
    /// The connection on which the numbers are compared.
    pub(super) comparing: Option<u64>,
    pub(super) handles: Vec<(u64, DriverHandle<PairingMachine>)>,
    pub(super) number: Option<String>,
    pub(super) confirmed: bool,
    pub(super) over: Option<Result<(), PhoneError>>,
    /// The number of the last connection; those up to `before` are of earlier courses.
    pub(super) last: u64,
    pub(super) before: u64,
    /// The invitation that was last read, so that reading it again does not make it good for another number.
    pub(super) invited: Option<(Zeroizing<String>, Invitation)>,
}

impl PairingCourse {
    /// Whether this phone shows an offer.
    pub(in crate::phone::partner) fn is_offered(&self) -> bool {
        self.offer.is_some()
    }

    /// Begins anew. What is left of the course before is returned, to be dropped without the lock.
    pub(super) fn begin(&mut self) -> Self {
        let invited = self.invited.take();
        let anew = Self { last: self.last, before: self.last, invited, ..Self::default() };
        std::mem::replace(self, anew)
    }

    /// The invitation in a text: the same one where it was read before.
    pub(super) fn invitation(&mut self, text: &str) -> Result<Invitation, PairingError> {
        let text = text.trim();
        if let Some((before, invitation)) = &self.invited
            && before.as_str() == text
        {
            return Ok(invitation.clone());
        }
        let invitation = if text.to_ascii_lowercase().starts_with("attune:") {
            Invitation::from_qr_text(text)?
        } else {
            Invitation::from_typed_code(text)?
        };
        self.invited = Some((Zeroizing::new(text.to_owned()), invitation.clone()));
        Ok(invitation)
    }
}

/// A pairing, on the phone's monotonic clock: the offer's life is counted on it.
pub(in crate::phone::partner) struct PairingMachine {
    pub(super) pairing: Pairing,
    pub(super) base: Duration,
}

impl PairingMachine {
    pub(super) fn confirm(&mut self, now: Duration) -> Result<(), PairingError> {
        self.pairing.confirm(self.base + now)
    }

    pub(super) fn cancel(&mut self, now: Duration) -> Result<(), PairingError> {
        self.pairing.cancel(self.base + now)
    }
}

impl Machine for PairingMachine {
    fn handle_input(&mut self, now: Duration, bytes: &[u8]) {
        self.pairing.handle_input(self.base + now, bytes);
    }

    fn handle_timeout(&mut self, now: Duration) {
        self.pairing.handle_timeout(self.base + now);
    }

    fn handle_closed(&mut self, now: Duration) {
        self.pairing.handle_end(self.base + now);
    }

    fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.pairing.poll_transmit()
    }

    fn next_timeout(&self) -> Option<Duration> {
        self.pairing.next_timeout().map(|at| at.saturating_sub(self.base))
    }

    fn is_finished(&self) -> bool {
        self.pairing.end_reason().is_some()
    }
}
