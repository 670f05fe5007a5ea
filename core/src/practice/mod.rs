//! The rules of what the two practise: pure, without storage, clock or network.
//!
//! Every flow is a fold over entries that gives the same state in whatever order they arrived, and
//! guards that say whether an act may be done now: with the [`Act`] to write, or with a typed refusal.
//! Each file names the section of the rules that it keeps; the numbers are all in [`policy`].
//!
//! What is not decided here: whether a partner is paired, and which entry an id names. The one who
//! calls knows that.

mod act;
pub mod alone;
pub mod felt_state;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;
pub mod help;
pub mod limit;
pub mod moments;
pub mod pledge;
pub mod policy;
pub mod programme;
pub mod repair;
pub mod returns;
pub mod round;
mod standing;
pub mod turn;

pub use act::Act;
