//! What helps, by felt state (spec §12). Suggestions, in plain words; nothing is measured, and nothing is
//! said about the partner that the partner did not say.

use super::policy;
use super::standing::own_items;
use crate::journal::{Body, Entry, EntryId, FeltState, LocalTime, TogetherValue, Whose};

/// Something that may help now. The names are those of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Helpful {
    /// An exercise.
    Exercise(&'static str),
    /// A card.
    Card(&'static str),
}

/// A suggestion, and why it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggestion {
    /// What may help.
    pub helpful: Helpful,
    /// The felt state that it is good for, as the person said; `None` for what is good at any time.
    pub state: Option<FeltState>,
    /// When the state was noted or, for the partner's, shared (P12).
    pub as_of: Option<LocalTime>,
}

/// Suggestions for oneself: always some. The own state counts for a day from when it was noted; it takes a
/// tap to note another.
pub fn for_me<'a>(entries: impl IntoIterator<Item = &'a Entry>, now: LocalTime) -> Vec<Suggestion> {
    let items = own_items(entries);
    let newest = items.values().rev().find_map(|item| match item.body {
        Body::CheckIn(check_in) => Some((check_in.state, item.written)),
        _ => None,
    });
    match newest.filter(|(_, written)| now.since(*written) < policy::OWN_STATE_LASTS) {
        Some((state, written)) => suggest(helpful_for_me(state), Some(state), Some(written)),
        None => suggest(ANY_TIME, None, None),
    }
}

/// Suggestions for the partner: none unless the partner shared a state. The newest one stands until
/// another is shared, and says as of when: nobody is asked for a newer one (P1).
pub fn for_partner<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<Suggestion> {
    let theirs = entries.into_iter().filter(|entry| entry.whose == Whose::Theirs);
    let shared = theirs.filter_map(|entry| shared_state(&entry.body).map(|state| (entry.id, state, entry.written)));
    let newest = shared.max_by_key(|(id, ..): &(EntryId, _, _)| *id);
    newest
        .map(|(_, state, written)| suggest(helpful_for_partner(state), Some(state), Some(written)))
        .unwrap_or_default()
}

fn suggest(all: &[Helpful], state: Option<FeltState>, as_of: Option<LocalTime>) -> Vec<Suggestion> {
    all.iter().map(|helpful| Suggestion { helpful: *helpful, state, as_of }).collect()
}

fn shared_state(body: &Body) -> Option<FeltState> {
    let Body::Snapshot(copy) = body else { return None };
    let TogetherValue::Map(fields) = &copy.body else { return None };
    let Some(TogetherValue::Text(state)) = fields.get("state").filter(|_| copy.of == "check_in") else { return None };
    FeltState::ALL.into_iter().find(|known| known.name() == state)
}

use Helpful::{Card, Exercise};

const ANY_TIME: &[Helpful] = &[Exercise("cue_pause_breathe_word"), Exercise("breathe_six"), Card("savour")];

fn helpful_for_me(state: FeltState) -> &'static [Helpful] {
    match state {
        FeltState::Settled => {
            &[Card("name_it"), Card("savour"), Card("found_again"), Card("round"), Card("appreciate")]
        }
        FeltState::Activated => {
            &[Exercise("breathe_six"), Exercise("breathe_together"), Card("few_words"), Card("space_with_return")]
        }
        FeltState::ShutDown => &[Card("low_demand"), Card("warmth"), Card("presence"), Card("small_choices")],
        FeltState::Mixed | FeltState::Unsure => {
            &[Exercise("cue_pause_breathe_word"), Exercise("breathe_six"), Card("name_it")]
        }
    }
}

/// Towards the partner nothing that forces contact, asks, or repairs the other.
fn helpful_for_partner(state: FeltState) -> &'static [Helpful] {
    match state {
        FeltState::Settled => &[Card("round"), Card("appreciate")],
        FeltState::Activated => &[Exercise("breathe_together"), Card("few_words"), Card("space_with_return")],
        FeltState::ShutDown => &[Card("low_demand"), Card("warmth"), Card("presence"), Card("small_choices")],
        FeltState::Mixed | FeltState::Unsure => &[Card("presence"), Card("few_words")],
    }
}
