//! The principles of the practices (spec §2), one module for each, over whole phones. Each test fails when
//! its principle is broken.
//!
//! - P1 Nobody is told about the partner's non-response.
//! - P2 Private by default; sharing makes a dated copy that later edits do not follow.
//! - P3 The smaller limit wins, and only its owner can change it.
//! - P4 Only the maker of a promise tracks it.
//! - P5 Silence, not-seen and not-now look the same to the one who asked.
//! - P6 Release, park, skip, leave: one act, no reason.
//! - P7 Count up only.
//! - P8 No couple score, verdict, blame or label exists in the schema.
//! - P9 Nobody changes what another has written.
//! - P10 Everything works offline, and the order of meetings never changes the result.
//! - P11 No network but the link; nothing is collected.
//! - P12 What was learned from the other phone says as of when.
//! - P13 Pausing and unlinking look like not having met.
//! - P14 Words that no text about the partner contains.
//! - P15 One's own data exports whole; the partner's only when ticked.
//! - P16 Private data never leaves the phone: not its content, not its count, not its timing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod p01;
mod p02;
mod p03;
mod p04;
mod p05;
mod p06;
mod p07;
mod p08;
mod p09;
mod p10;
mod p11;
mod p12;
mod p13;
mod p14;
mod p15;
mod p16;

mod keys;
mod people;
mod wire;

#[expect(dead_code, reason = "the other tests over sockets use all of it")]
#[path = "../phones/clock.rs"]
mod clock;
#[expect(dead_code, reason = "the other tests over sockets use all of it")]
#[path = "../phones/couple.rs"]
mod couple;
#[expect(dead_code, reason = "the other tests over sockets use all of it")]
#[path = "../phones/liar.rs"]
mod liar;
#[expect(dead_code, reason = "the other tests over sockets use all of it")]
#[path = "../phones/line.rs"]
mod line;
