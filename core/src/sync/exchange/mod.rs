//! The exchange of documents: how two phones come to hold the same two logs.
//!
//! Each log has one owner, who alone writes it, and a holder, the partner's phone, which keeps a copy.
//! A conversation runs both ways at once. As owner, a phone sends the entries that the holder lacks in
//! small batches, each under a seal over the whole log as the holder then has it. As holder, it checks
//! each batch against the chains, commits it in one transaction, acknowledges it and remembers the
//! newest seal.
//!
//! Both remember where they stood, so that the first message can carry what is new and catching up
//! takes one round trip. Nothing depends on that memory being right: where the two disagree, the holder
//! says what it holds under which seal, the owner checks its own seal and compares, takes back what it
//! lost (a restored or lost phone), and goes on from there.
//!
//! The form of messages and batches, and why: `docs/adr/0004-form-of-the-exchange.md`.

mod chaining;
mod event;
#[cfg(feature = "fuzzing")]
pub(in crate::sync) mod fuzzing;
mod incoming;
mod limits;
#[cfg(any(test, feature = "test-support"))]
pub mod lying;
mod machine;
mod manifest;
mod message;
mod outgoing;
mod pack;
mod recovery;
mod talk;
mod wire;

pub use event::{Ended, ExchangeCounters, ExchangeEvent, Objection, Progress};
pub use limits::Limits;
pub use machine::{Exchange, ExchangeConfig};

#[cfg(test)]
pub(crate) mod tests;
