//! One phone's file: Automerge documents in an encrypted SQLite database, and the read model beside them.
//!
//! The documents are what is kept. The read model (a row for every entry, the references between them,
//! the ends of chains, the search index, the notes that series are made of) is made of them in the same
//! transaction, and can be dropped and rebuilt. The newest rows hold the changes of their documents until they
//! settle. Private and shared entries live in different tables, and what the exchange may see
//! ([`SharedLog`]) reads and writes the shared ones alone (P16).
//!
//! An append is one durable transaction, of one page as a rule. Documents are loaded when their month is written, never to look
//! something up.

mod append;
mod chain;
mod chunk;
mod columns;
mod document;
mod dump;
mod entries;
mod erase;
mod error;
mod file;
mod first_messages;
#[cfg(feature = "fuzzing")]
pub(crate) mod fuzzing;
mod loaded;
mod log;
mod noted;
mod open;
mod packing;
mod pairing;
mod rebuild;
mod receive;
mod rows;
mod schema;
mod search;
mod settings;
mod shelf;
mod tail;
mod take_back;
mod tidy;
mod tip;
mod together;
mod transaction;
mod unpacking;
mod waiting;
mod words;
mod writing;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use rusqlite::Connection;

pub use dump::{Dump, DumpedDocument};
pub use entries::EntryQuery;
pub use error::StoreError;
pub use noted::{Noted, NotedSeries};
pub use packing::{Packed, Packing};
pub use settings::SettingChange;
pub use shelf::SharedLog;
pub use tidy::Tidied;
pub use together::TogetherState;

use crate::random::Randomness;
use loaded::Loaded;
use tidy::Round;
use writing::Memory;

/// One phone's file, open. There is one at a time per file, and one writer.
pub struct Store {
    connection: Connection,
    memory: Memory,
    loaded: Loaded,
    /// The write-ahead log holds pages with what was destroyed since.
    must_empty_log: bool,
    untidy: bool,
    round: Round,
    randomness: Arc<dyn Randomness>,
    /// Held while the file is open, unless whoever made the store holds it; dropped after the connection.
    _lock: Option<file::Lock>,
}
