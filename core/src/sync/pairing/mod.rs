//! Pairing: two phones that never met become a couple's, with no server between them.
//!
//! One phone shows an [`Offer`], as a QR code and as a code to type; the other takes it as an
//! [`Invitation`]. Each connection is a [`Pairing`] on both sides. Once the handshake is done both
//! screens show the same [`PairingNumber`], and both people confirm it. See
//! `docs/adr/0003-pairing-and-channel.md`.
//!
//! ```text
//! joiner                                    shower
//!   XXpsk0 message 1: version          -->
//!                                      <--  XXpsk0 message 2: version, purpose, H(n_S)
//!   XXpsk0 message 3: n_J              -->
//!                                      <--  n_S          both show HKDF(h, n_J ‖ n_S)
//!   random bytes, person, device       <->  the same     each when its own person confirmed
//!   certificate                        <->  certificate  each when both had confirmed
//! ```
//!
//! **The purpose** stands in the offer and in message 2, so that the handshake's hash, the number and the
//! certificates are of one purpose. Each side brings the [`Intent`] of its own person; where the two differ,
//! the joiner ends it before there is a number. A replacement goes on only with the person who is pinned,
//! who proves it by the certificate: a person's key alone is no secret.
//!
//! **When the connection dies.** Before a side has the other's confirmation, nothing was paired. A side
//! that confirmed itself and has the other's confirmation, but not yet the certificate that follows it,
//! cannot know whether the other has what it needs: no protocol can close that gap. Such a side gets
//! [`PairingEvent::PerhapsPaired`] with everything that a meeting needs: both people did confirm, so
//! the phone may keep it aside and let the first meeting decide, until another pairing replaces it.
//! A replacement has no such state: without the certificate the partner has proven nothing, and the
//! pairing that is there stays in force. Where the other phone has gone over to the new one meanwhile, the
//! two do not know each other until they have made the replacement again.

mod address;
mod comparing;
mod end;
mod error;
#[cfg(feature = "fuzzing")]
pub(in crate::sync) mod fuzzing;
mod invitation;
mod machine;
mod message;
mod number;
mod offer;
mod opening;
mod purpose;
mod qr_text;
#[cfg(test)]
mod tests;
mod typed_code;
mod use_once;

pub use address::Address;
pub use comparing::COMPARISON_LIMIT;
pub use end::PairingEnd;
pub use error::PairingError;
pub use invitation::Invitation;
pub use machine::{Paired, Pairing, PairingEvent};
pub use number::PairingNumber;
pub use offer::{Identity, OFFER_LIFE, Offer, OfferState};
pub use purpose::{Intent, Purpose};

/// The version of offers and of what pairs by them.
const PAIRING_VERSION: u8 = 1;
