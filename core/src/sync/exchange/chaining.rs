//! Chains that the shelf does not keep: over the beginning of a document, or without what is erased.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::limits::CHAINING_BYTES;
use crate::journal::{Body, Chain, DocumentName, EntryId, Envelope, Record, Whose};
use crate::sync::{Shelf, ShelfError};

/// Goes through the entries of a document in order, a bounded part of it in memory at a time.
pub(super) fn each_record(
    shelf: &mut dyn Shelf,
    whose: Whose,
    name: DocumentName,
    mut each: impl FnMut(Record) -> ControlFlow<()>,
) -> Result<(), ShelfError> {
    let mut after = None;
    loop {
        let records = shelf.records(whose, name, after, CHAINING_BYTES)?;
        let Some(last) = records.last().map(|record| record.id) else {
            return Ok(());
        };
        after = Some(last);
        for record in records {
            if each(record).is_break() {
                return Ok(());
            }
        }
    }
}

/// The chain over a document up to and with `last`.
pub(super) fn chain_up_to(
    shelf: &mut dyn Shelf,
    name: DocumentName,
    last: Option<EntryId>,
) -> Result<Chain, ShelfError> {
    let mut chain = Chain::EMPTY;
    if last.is_some() {
        each_record(shelf, Whose::Mine, name, |record| {
            if Some(record.id) > last {
                return ControlFlow::Break(());
            }
            chain = chain.then(&record);
            ControlFlow::Continue(())
        })?;
    }
    Ok(chain)
}

/// The last entry and the chain of a document of the partner without these entries.
pub(super) fn chain_without(
    shelf: &mut dyn Shelf,
    name: DocumentName,
    erased: &BTreeSet<EntryId>,
) -> Result<(Option<EntryId>, Chain), ShelfError> {
    let (mut last, mut chain) = (None, Chain::EMPTY);
    each_record(shelf, Whose::Theirs, name, |record| {
        if !erased.contains(&record.id) {
            last = Some(record.id);
            chain = chain.then(&record);
        }
        ControlFlow::Continue(())
    })?;
    Ok((last, chain))
}

/// The ids that an entry of an erasures document erases; none for an entry of a newer version.
pub(super) fn erased_by(record: &Record) -> Vec<EntryId> {
    match Envelope::read(&record.value).body {
        Body::Erase(erase) => erase.ids,
        _ => Vec::new(),
    }
}
