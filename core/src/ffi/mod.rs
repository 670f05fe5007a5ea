//! What crosses into Kotlin and Swift, and how.
//!
//! The objects, records and errors that apps hold are those of the other rooms: each says beside its
//! declaration that it crosses. Here are the conversions for types that UniFFI does not know, and the few
//! calls whose Rust form takes what only Rust has, such as a trait of one's own.

#![allow(unsafe_code)] // UniFFI's conversions are unsafe traits; each of ours hands over to one of UniFFI's own.

mod collections;
mod failures;
mod opening;
mod values;
