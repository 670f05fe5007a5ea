//! What a lying partner's phone changes in its messages, for tests. What is malformed can be made of bytes
//! alone; this is for lies that are well formed.

use super::message::Message;
use super::pack::{pack, unpack};
use crate::journal::{DocumentName, Record};

/// A message whose entries were changed; `None` where it carries none.
pub fn with_entries(message: &[u8], change: impl FnOnce(&mut Vec<(DocumentName, Vec<Record>)>)) -> Option<Vec<u8>> {
    let change = |packed: &[u8]| {
        let mut parts = unpack(packed).ok()?;
        change(&mut parts);
        Some(pack(&parts))
    };
    repack(message, change)
}

/// A message with other bytes in place of its packed entries; `None` where it carries none.
pub fn with_packed(message: &[u8], packed: Vec<u8>) -> Option<Vec<u8>> {
    repack(message, |_| Some(packed))
}

fn repack(message: &[u8], change: impl FnOnce(&[u8]) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
    match Message::read(message).ok()? {
        Message::Batch(mut batch) => {
            batch.packed = change(&batch.packed)?;
            Some(Message::Batch(batch).write())
        }
        Message::Returned(packed) => Some(Message::Returned(change(&packed)?).write()),
        _ => None,
    }
}
