//! How two phones talk: pure machines, without sockets, threads, clocks or storage of their own.
//!
//! Bytes and times go in, bytes and events come out; what is kept is asked of a [`Shelf`].

mod keys;
mod shelf;

pub use keys::{
    Certificate, CoupleId, CoupleSecret, Credentials, DeviceKey, DevicePublic, KeyError, PersonKey, PersonSeed, Pinned,
    Secret,
};
pub use shelf::{DocumentState, ManifestDigest, Received, ReceivedDocument, Seal, Shelf, ShelfError, Standing};
