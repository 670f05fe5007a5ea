//! A way in for fuzzers, and no part of the interface: every decoder and machine that a partner's or a
//! stranger's bytes reach, or those of a backup, as a [`Target`] that takes any bytes at all.
//!
//! Only with the feature `fuzzing`. Private decoders have their target beside them, in a file
//! `fuzzing.rs` of their room, and stand in the list here. `fuzz/` runs the targets under libFuzzer;
//! `tests/tests/fuzz_corpus.rs` replays every saved input, and mutations of them, in each test run.

mod journal;

use crate::backup::fuzzing as backup;
use crate::practice::fuzzing as practice;
use crate::store::fuzzing as store;
use crate::sync::fuzzing as sync;

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
    Target { name: "certificate", run: sync::certificate, seeds: sync::certificate_seeds },
    Target { name: "hello", run: sync::hello, seeds: sync::hello_seeds },
    Target { name: "channel_records", run: sync::channel_records, seeds: sync::channel_record_seeds },
    Target { name: "channel_stranger", run: sync::channel_stranger, seeds: sync::stranger_seeds },
    Target { name: "channel_partner", run: sync::channel_partner, seeds: sync::stream_seeds },
    Target { name: "qr_text", run: sync::qr_text, seeds: sync::qr_text_seeds },
    Target { name: "typed_code", run: sync::typed_code, seeds: sync::typed_code_seeds },
    Target { name: "pairing_message", run: sync::pairing_message, seeds: sync::pairing_message_seeds },
    Target { name: "pairing_stranger", run: sync::pairing_stranger, seeds: sync::pairing_stranger_seeds },
    Target { name: "pairing_partner", run: sync::pairing_partner, seeds: sync::pairing_partner_seeds },
    Target { name: "exchange_message", run: sync::exchange_message, seeds: sync::exchange_message_seeds },
    Target { name: "exchange_packed", run: sync::exchange_packed, seeds: sync::exchange_packed_seeds },
    Target { name: "exchange_columns", run: sync::exchange_columns, seeds: sync::exchange_column_seeds },
    Target { name: "exchange_partner", run: sync::exchange_partner, seeds: sync::exchange_partner_seeds },
    Target { name: "session_partner", run: sync::session_partner, seeds: sync::session_partner_seeds },
    Target { name: "readiness", run: sync::readiness, seeds: sync::readiness_seeds },
    Target { name: "words", run: store::words, seeds: store::words_seeds },
    Target { name: "flows", run: practice::flows, seeds: practice::flow_seeds },
    Target { name: "together", run: store::together, seeds: store::together_seeds },
    Target { name: "backup_header", run: backup::backup_header, seeds: backup::backup_header_seeds },
    Target { name: "backup_chunks", run: backup::backup_chunks, seeds: backup::backup_chunks_seeds },
    Target { name: "backup_items", run: backup::backup_items, seeds: backup::backup_items_seeds },
];

/// Runs the target of this name: whether it took the bytes.
pub fn run(name: &str, data: &[u8]) -> bool {
    let target = TARGETS.iter().find(|target| target.name == name);
    assert!(target.is_some(), "there is no target `{name}`");
    target.is_some_and(|target| (target.run)(data))
}
