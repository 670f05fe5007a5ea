//! Thousands of meetings between two phones over a network that delays, cuts, swallows and lets old
//! connections linger, on a virtual clock and from a seed. Nothing that one phone had of the other is
//! ever lost, and in the end both hold the same.
//!
//! `ATTUNE_MEETINGS` sets how many, `ATTUNE_SEED` where to begin. A failure names its seed.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod connection;
mod dice;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};

use world::World;

/// Meetings in one life of two phones.
const MEETINGS_PER_WORLD: u64 = 50;

#[test]
fn meetings_over_a_faulty_network_lose_nothing() {
    let meetings = number("ATTUNE_MEETINGS").unwrap_or(10_000);
    let first = number("ATTUNE_SEED").unwrap_or(1);
    let mut total = world::Tally::default();
    for seed in first..first + meetings.div_ceil(MEETINGS_PER_WORLD) {
        let lived = catch_unwind(AssertUnwindSafe(|| World::new(seed).live(MEETINGS_PER_WORLD)));
        total += lived.unwrap_or_else(|_| panic!("ATTUNE_SEED={seed} ATTUNE_MEETINGS=1 shows this again"));
    }
    println!("{total:?}");
    assert!(total.meetings >= meetings);
    // A network without faults would prove nothing.
    let share = |of: u64| of * 20 > total.meetings;
    assert!(share(total.caught_up) && share(total.interrupted) && share(total.silent) && share(total.taken_back));
    assert!(!share(total.in_each_others_way), "two connections at once may disturb each other, but rarely");
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let life = || World::new(7).live(MEETINGS_PER_WORLD);
    assert_eq!(life(), life());
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}
