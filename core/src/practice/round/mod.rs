//! Rounds: catch and release (spec §4). Invite, free choice, short contact, release, and each reflects
//! in private.
//!
//! What a round is follows from the set of entries about it, in whatever order they came; what it looks
//! like is each phone's own view, since a "not now" without a word is known to one phone alone (P5).

mod acting;
mod fold;
mod inviting;
mod merge;
mod rest;
mod view;

pub use acting::{Contact, Reflection, RoundRefused};
pub use fold::{Acceptance, Round, Rounds};
pub use inviting::{InviteContext, InviteRefused, cap_of, invited_on, next_local_midnight};
pub use rest::Rest;
pub use view::{RoundState, Said};
