//! What is too much, and how much is sent at a time.

use std::time::Duration;

/// What a phone takes from its partner. Over a limit the partner is told and the conversation ends;
/// nothing is half-applied. There is no limit on the rate: it would block a first fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most documents of one log.
    pub documents: usize,
    /// The most entries of one log that are not erased.
    pub entries: u64,
    /// The most bytes that the values of one log may have.
    pub bytes: u64,
    /// How long to wait for an answer of the partner's phone before it counts as gone.
    pub patience: Duration,
}

impl Default for Limits {
    /// Room for two hundred years at ten entries a day, or for ten thousand new installations.
    fn default() -> Self {
        Self { documents: 10_000, entries: 750_000, bytes: 1 << 30, patience: Duration::from_secs(30) }
    }
}

/// The most bytes that a batch may inflate to.
pub(super) const BATCH_BYTES: usize = 1 << 20;
/// The most entries of one batch.
pub(super) const BATCH_ENTRIES: usize = 8192;
/// The bytes of values in the first batch: few, so that it is there soon.
pub(super) const FIRST_BATCH_BYTES: usize = 64 << 10;
/// The bytes that the newest month may take of a batch: it is what its reader looks at first, and goes whole where it can.
/// With twenty shared entries a day it has 180 KB.
pub(super) const NEWEST_MONTH_BYTES: usize = 256 << 10;
/// The bytes of values in a batch, once a few went well.
pub(super) const FULL_BATCH_BYTES: usize = 512 << 10;
/// The bytes of erasures in a batch. All that are to be sent go in one: some 40,000 ids.
pub(super) const ERASURES_BYTES: usize = 704 << 10;
/// Batches that are sent before one is acknowledged. Until the partner's own word has come it is one, so
/// that a meeting after a cut sends no more than one batch in vain.
pub(super) const WINDOW: usize = 4;
/// The bytes of values that are given back to their owner at a time.
pub(super) const RETURN_BYTES: usize = 256 << 10;
/// How many documents the owner asks for at a time.
pub(super) const WANTED_DOCUMENTS: usize = 64;
/// How often running a log may turn out not to fit before the conversation is given up.
pub(super) const RECONCILIATIONS: u8 = 3;
/// Counters for seals are reserved in blocks, so that a live entry need not wait for one.
pub(super) const COUNTERS: u32 = 64;
/// The bytes of a document that are read at a time in order to chain them.
pub(super) const CHAINING_BYTES: usize = 256 << 10;
