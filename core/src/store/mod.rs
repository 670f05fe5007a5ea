//! One phone's file: Automerge documents in an encrypted SQLite database, and the read model beside them.
//!
//! The documents are what is kept; the read model (one row an entry, the references between them, the
//! search index) is made of them in the same transaction and can be dropped and rebuilt. Private and
//! shared entries live in different tables, and what the exchange may see ([`SharedLog`]) reads and
//! writes the shared ones alone (P16). An append is one durable transaction. Documents are loaded when
//! their month is written or merged, never to look something up.

mod append;
mod chunk;
mod document;
mod dump;
mod entries;
mod erase;
mod error;
mod first_messages;
mod open;
mod pairing;
mod rebuild;
mod rows;
mod schema;
mod search;
mod settings;
mod shelf;
mod tables;
mod tidy;
mod together;

use std::fs::File;

use rusqlite::Connection;

pub use dump::{Dump, DumpedDocument};
pub use entries::EntryQuery;
pub use error::StoreError;
pub use shelf::SharedLog;
pub use tidy::Tidied;
pub use together::TogetherState;

use crate::journal::DeviceId;
use document::Loaded;
use pairing::Pairing;

/// One phone's file, open. There is one at a time per file, and one writer.
pub struct Store {
    connection: Connection,
    /// Held while the file is open, so that no second process writes.
    lock: File,
    /// The actor of private documents, and that of shared ones.
    devices: [DeviceId; 2],
    pairing: Option<Pairing>,
    loaded: Loaded,
    randomness: std::sync::Arc<dyn crate::random::Randomness>,
}
