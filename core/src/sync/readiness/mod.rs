//! Are both ready? Two phones find out whether both are, and nothing else (spec §6, P5).
//!
//! A private AND over ristretto255. Both hash the comparison to the same point `P`. Each draws a scalar
//! `s` and sends `X = s·P` if its person is ready, or `s·R` with a random point `R` if not: one uniform
//! point, either way. Each then sends the tag `H(role ‖ s·X_other)`. Where both used `P`, both hold
//! `s·s'·P` and the tags match; in every other case they are unrelated, so that
//!
//! * who is not ready learns nothing: any tag looks random;
//! * who is ready learns only that it is not yet both.
//!
//! It runs whenever a repair is paused, with the same bytes in the same order whether anybody is ready or
//! not. A negative result is kept nowhere. What it cannot do: a partner whose app was altered can play
//! "ready" and so learn the other's bit, or withhold the tag; the threat model says so.

mod comparison;
#[cfg(feature = "fuzzing")]
pub(in crate::sync) mod fuzzing;
mod talk;

pub use comparison::Role;
pub use talk::{Paused, Readiness};
