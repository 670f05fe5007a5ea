//! Attune's core: what both apps share.
//!
//! Two partners practise calming down, apart and together. Each logs on an own phone without any
//! network; when the phones are together they catch up, with no server and no account.

pub mod backup;
pub mod catalogue;
pub mod export;
#[cfg(feature = "uniffi")]
mod ffi;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
pub mod insights;
pub mod journal;
pub mod link;
pub mod phone;
pub mod practice;
pub mod store;
pub mod sync;

mod random;

pub use random::{OsRandomness, Randomness, SeededRandomness, Stream};

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!("attune");
