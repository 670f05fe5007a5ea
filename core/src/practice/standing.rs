//! Items as they stand: an edited one once, in its newest form, under its first id and date (spec §3).

use std::collections::BTreeMap;

use crate::journal::{Body, Entry, EntryId, LocalTime, Whose};

/// An own item as it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Item<'a> {
    /// When its first form was written.
    pub(crate) written: LocalTime,
    /// What its newest form says.
    pub(crate) body: &'a Body,
}

/// The own items among these entries, oldest first; order and repetition do not matter. Entries that
/// are no items stand for themselves.
pub(crate) fn own_items<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeMap<EntryId, Item<'a>> {
    let own = entries.into_iter().filter(|entry| entry.whose == Whose::Mine);
    let own: BTreeMap<EntryId, &Entry> = own.map(|entry| (entry.id, entry)).collect();
    let mut items: BTreeMap<EntryId, Item<'a>> = BTreeMap::new();
    for (id, entry) in own {
        let item = items.entry(entry.supersedes.unwrap_or(id));
        let item = item.or_insert(Item { written: entry.written, body: &entry.body });
        item.body = &entry.body;
    }
    items
}
