//! A way in for fuzzers, and no part of the interface: every decoder and machine that a partner's or a
//! stranger's bytes reach, as a [`Target`] that takes any bytes at all.
//!
//! Only with the feature `fuzzing`. Private decoders have their target beside them, in a file
//! `fuzzing.rs` of their room, and stand in the list here. `fuzz/` runs the targets under libFuzzer;
//! `tests/tests/fuzz_corpus.rs` replays every saved input, and mutations of them, in each test run.

mod journal;

use crate::sync;

/// A decoder that takes any bytes, and the law that holds for whatever it takes.
pub struct Target {
    /// The name of the fuzz target and of the folder of its saved inputs.
    pub name: &'static str,
    /// Hands over the bytes; says whether they were taken. Panics where a law is broken.
    pub run: fn(&[u8]) -> bool,
    /// Small real encodings to begin with, each with a name. All of them are taken.
    pub seeds: fn() -> Vec<Seed>,
}

/// A real encoding, and a name for it.
pub type Seed = (&'static str, Vec<u8>);

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "envelope", run: journal::envelope, seeds: journal::envelope_seeds },
    Target { name: "record", run: journal::record, seeds: journal::record_seeds },
    Target { name: "certificate", run: sync::fuzzing::certificate, seeds: sync::fuzzing::certificate_seeds },
    Target { name: "hello", run: sync::fuzzing::hello, seeds: sync::fuzzing::hello_seeds },
    Target { name: "channel_records", run: sync::fuzzing::channel_records, seeds: sync::fuzzing::channel_record_seeds },
    Target { name: "channel_stranger", run: sync::fuzzing::channel_stranger, seeds: sync::fuzzing::stranger_seeds },
    Target { name: "channel_partner", run: sync::fuzzing::channel_partner, seeds: sync::fuzzing::stream_seeds },
];

/// Runs the target of this name: whether it took the bytes.
pub fn run(name: &str, data: &[u8]) -> bool {
    let target = TARGETS.iter().find(|target| target.name == name);
    assert!(target.is_some(), "there is no target `{name}`");
    target.is_some_and(|target| (target.run)(data))
}
