//! The secure channel: whole messages between two phones that are paired, over any ordered bytes.
//!
//! [`Channel`] is a machine without sockets, clock or randomness of its own. Bytes that arrive go into
//! [`Channel::handle_input`] in whatever pieces they come, bytes to be sent come out of
//! [`Channel::poll_transmit`]. Between the two stands a Noise handshake with the keys that the pairing
//! pinned; a stranger gets no byte and no word. See `docs/adr/0003-pairing-and-channel.md`.
//!
//! On the wire there are only frames: a length of two bytes, big-endian, and so many bytes of a
//! handshake or of ciphertext. Inside the ciphertext, records follow each other, padded so that the
//! lengths of frames say little ([`padded_len`]).

mod close_reason;
mod context;
mod counters;
mod event;
mod first_messages;
pub(in crate::sync) mod frame;
#[cfg(feature = "fuzzing")]
pub(in crate::sync) mod fuzzing;
mod hello;
mod io;
mod machine;
pub(in crate::sync) mod noise;
mod open;
mod opening;
mod padding;
mod record;
mod rekey;
#[cfg(test)]
mod tests;
mod x25519;

pub use close_reason::{ChannelError, CloseReason};
pub use counters::Counters;
pub use event::{CLOCKS_DIFFER_MS, ChannelEvent, Established};
pub use first_messages::{FirstMessages, FirstMessagesFailed};
pub use hello::{Hello, Terms};
pub use machine::Channel;
pub use opening::HANDSHAKE_LIMIT;
pub use padding::{MINIMUM_FLIGHT, SESSION_MINIMUM, padded_len};
pub use record::MAX_MESSAGE;
pub use rekey::{REKEY_AFTER, REKEY_AFTER_BYTES};
