//! How two phones talk: pure machines, without sockets, threads, clocks or storage of their own.
//!
//! Bytes and times go in, bytes and events come out; what is kept is asked of a [`Shelf`].

mod channel;
mod exchange;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;
mod keys;
#[cfg(any(test, feature = "test-support"))]
mod memory_shelf;
mod pairing;
mod readiness;
mod session;
mod shelf;

pub use channel::{
    CLOCKS_DIFFER_MS, Channel, ChannelError, ChannelEvent, CloseReason, Counters, Established, FirstMessages,
    FirstMessagesFailed, HANDSHAKE_LIMIT, Hello, MAX_MESSAGE, MINIMUM_FLIGHT, REKEY_AFTER, REKEY_AFTER_BYTES,
    SESSION_MINIMUM, Terms, padded_len,
};
#[cfg(any(test, feature = "test-support"))]
pub use exchange::lying;
#[cfg(test)]
pub(crate) use exchange::tests as exchange_tests;
pub use exchange::{Ended, Exchange, ExchangeConfig, ExchangeCounters, ExchangeEvent, Limits, Objection, Progress};
pub use keys::{
    Certificate, CoupleId, CoupleSecret, Credentials, DeviceKey, DevicePublic, KeyError, PersonKey, PersonSeed, Pinned,
    Secret,
};
#[cfg(any(test, feature = "test-support"))]
pub use memory_shelf::MemoryShelf;
pub use pairing::{
    Address, COMPARISON_LIMIT, Identity, Intent, Invitation, OFFER_LIFE, Offer, OfferState, Paired, Pairing,
    PairingEnd, PairingError, PairingEvent, PairingNumber, Purpose,
};
pub use readiness::{Paused, Readiness, Role};
pub use session::{Session, SessionEvent};
pub use shelf::{DocumentState, ManifestDigest, Received, ReceivedDocument, Seal, Shelf, ShelfError, Standing};
