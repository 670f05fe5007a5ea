//! The exercises, as an app asks for them: each file one flow.
//!
//! What may be done, and what follows from it, is decided by the rules in [`crate::practice`]. Here the
//! entries that they look at are fetched, the act that they allow is written down, and what they say is
//! put into a view. No file holds a rule of its own.

mod contact;
mod erasing;
mod help;
mod limit;
mod moments;
mod pledges;
mod programme;
mod repairs;
mod rounds;
mod toolkit;
mod turns;

pub use help::{Help, PagePart};
pub use limit::{Limit, LimitView};
pub use moments::Moments;
pub use pledges::{PledgeView, Pledges};
pub use programme::{ActionView, Programme, StepView};
pub use repairs::{RepairView, Repairs};
pub use rounds::{Caps, MayInvite, RoundView, Rounds};
pub use toolkit::{For, Helpful, Toolkit};
pub use turns::{TurnView, Turns};

pub(super) use contact::LiveContact;
pub(super) use help::Afraid;

use super::PhoneError;
use super::keeping::Open;
use crate::journal::{Entry, EntryId};
use crate::practice::Act;
use crate::store::EntryQuery;

impl Open {
    /// Writes an act that a rule has allowed.
    fn perform(&mut self, act: Act) -> Result<EntryId, PhoneError> {
        self.write(act.audience, act.body)
    }

    /// Entries of these kinds of both logs of this pairing, and in private.
    fn all(&self, kinds: &[&str]) -> Result<Vec<Entry>, PhoneError> {
        self.newest(kinds, None)
    }

    /// The newest of them, at most so many in all.
    fn newest(&self, kinds: &[&str], limit: Option<u32>) -> Result<Vec<Entry>, PhoneError> {
        Ok(self.store.entries(&EntryQuery { kinds, limit, current_pairing: true, ..EntryQuery::default() })?)
    }

    /// An entry and everything that refers to it.
    fn with_what_refers_to(&self, id: EntryId) -> Result<Vec<Entry>, PhoneError> {
        let mut about = self.store.referring_to(id)?;
        about.push(self.must_find(id)?);
        Ok(about)
    }
}
