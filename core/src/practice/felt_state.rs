//! How each of the two said to feel (spec §12): what suggestions go by. Nothing is measured, and nothing
//! is known of the partner but what the partner shared.

use super::policy;
use super::standing::own_items;
use crate::journal::{Body, Entry, FeltState, LocalTime, TogetherValue, Whose};

/// A felt state, as a person said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Felt {
    /// The state.
    pub state: FeltState,
    /// When it was noted or, for the partner's, shared (P12).
    pub as_of: LocalTime,
}

/// The own state of the newest check-in, which counts for a day: it takes a tap to note another. Where
/// there is none, suggestions are those for "unsure": for oneself there are always some.
pub fn own_state<'a>(entries: impl IntoIterator<Item = &'a Entry>, now: LocalTime) -> Option<Felt> {
    let items = own_items(entries);
    let newest = items.values().rev().find_map(|item| match item.body {
        Body::CheckIn(check_in) => Some(Felt { state: check_in.state, as_of: item.written }),
        _ => None,
    });
    newest.filter(|felt| now.since(felt.as_of) < policy::OWN_STATE_LASTS)
}

/// The state that the partner shared last; `None` where none was, and then nothing is suggested. It stands
/// until another is shared, and says as of when: nobody is asked for a newer one (P1).
pub fn partners_state<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Option<Felt> {
    let theirs = entries.into_iter().filter(|entry| entry.whose == Whose::Theirs);
    let shared = theirs.filter_map(|entry| shared_state(&entry.body).map(|state| (entry, state)));
    let newest = shared.max_by_key(|(entry, _)| entry.id);
    newest.map(|(entry, state)| Felt { state, as_of: entry.written })
}

fn shared_state(body: &Body) -> Option<FeltState> {
    let Body::Snapshot(copy) = body else { return None };
    let TogetherValue::Map(fields) = &copy.body else { return None };
    let Some(TogetherValue::Text(state)) = fields.get("state").filter(|_| copy.of == "check_in") else { return None };
    FeltState::ALL.into_iter().find(|known| known.name() == state)
}
