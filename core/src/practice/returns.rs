//! Returns that happened (spec §5): a private list of own notes "it came back", counted up and out of
//! nothing (P7).

use chrono::NaiveDate;

use super::standing::own_items;
use crate::journal::{Body, Entry};

/// On which local dates it came back, newest first; one for each note.
pub fn returns<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<NaiveDate> {
    let items = own_items(entries);
    let notes = items.values().rev().filter(|item| matches!(item.body, Body::Return(_)));
    notes.map(|item| item.written.local_date()).collect()
}
