//! Time alone (spec §14). Its owner says what it was for; nothing here relabels, ranks or scores it.

use chrono::TimeDelta;

use super::standing::own_items;
use crate::journal::{Alone, AloneKind, Body, Entry, EntryId, LocalTime};

/// One time alone, with what follows from its owner's own notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeAlone {
    /// The note about it.
    pub id: EntryId,
    /// What its owner says it was for.
    pub kind: AloneKind,
    /// When it began or, where that was not noted, when the note was written.
    pub began: LocalTime,
    /// How long it lasted, where both ends were noted.
    pub lasted: Option<TimeDelta>,
    /// How much calmer it left its owner, -10 to 10, where both were noted.
    pub calm_gained: Option<i8>,
    /// Whether it carried a pledge.
    pub with_return: bool,
}

/// The own times alone, oldest first; order and repetition of entries do not matter.
pub fn times_alone<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<TimeAlone> {
    let items = own_items(entries);
    let notes = items.iter().filter_map(|(id, item)| match item.body {
        Body::Alone(alone) => Some(TimeAlone::of(*id, item.written, alone)),
        _ => None,
    });
    notes.collect()
}

/// Whether to offer "add a return?", once, when this was noted: only to who means to come back, as its
/// owner says, has said nothing of when, and is still away. Time alone needs no plan.
pub fn offers_return(alone: &Alone) -> bool {
    alone.alone_kind == AloneKind::SelfRegulation && alone.pledge.is_none() && alone.ended.is_none()
}

impl TimeAlone {
    fn of(id: EntryId, written: LocalTime, alone: &Alone) -> Self {
        let calm = |calm: Option<u8>| calm.and_then(|calm| i8::try_from(calm).ok());
        Self {
            id,
            kind: alone.alone_kind,
            began: alone.began.unwrap_or(written),
            lasted: alone.began.zip(alone.ended).map(|(began, ended)| ended.since(began)),
            calm_gained: calm(alone.calm_before).zip(calm(alone.calm_after)).map(|(before, after)| after - before),
            with_return: alone.pledge.is_some(),
        }
    }
}
