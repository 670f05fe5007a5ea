//! The practice rules, driven by two people: by example, over every short course of acts, and as laws.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod catching_and_releasing;
mod courses;
mod laws;
mod limits;
mod noticing;
mod pledges;
mod programme;
mod repairs;
mod rounds;
mod turns;
mod world;
