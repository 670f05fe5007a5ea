//! What is noted of an item.

use super::Noted;
use crate::journal::{Body, LocalTime};

/// The kinds of items of which something is noted. Who adds one here adds a migration that clears the notes.
pub(super) const NOTED_KINDS: &[&str] = &["alone", "check_in", "exercise", "moment", "return", "round_reflect"];

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) what: Noted,
    /// When it was: as a rule, when the item was first written.
    pub(super) at: LocalTime,
    pub(super) word: Option<String>,
    pub(super) before: Option<u8>,
    pub(super) after: Option<u8>,
}

/// What is noted of an item that says this and was first written then.
pub(super) fn notes_of(body: &Body, written: LocalTime) -> Vec<Note> {
    let bare = |what| Note { what, at: written, word: None, before: None, after: None };
    let said = |what, said: &str| {
        // Words count as one whatever their case.
        let word = said.trim().to_lowercase();
        if word.is_empty() { None } else { Some(Note { word: Some(word), ..bare(what) }) }
    };
    let maybe = |what, text: &Option<String>| text.as_deref().and_then(|text| said(what, text));
    match body {
        Body::CheckIn(check_in) => {
            let state = Note { word: Some(check_in.state.name().to_owned()), ..bare(Noted::State) };
            let activation = Note { before: Some(check_in.activation), ..bare(Noted::Activation) };
            let cues = check_in.cues.iter().filter_map(|cue| said(Noted::Cue, cue));
            let words = check_in.words.iter().filter_map(|word| said(Noted::Word, word));
            [state, activation].into_iter().chain(cues).chain(words).collect()
        }
        Body::Moment(moment) => {
            let parts = [
                maybe(Noted::Cue, &moment.cue),
                maybe(Noted::Situation, &moment.situation),
                maybe(Noted::Word, &moment.emotion),
            ];
            parts.into_iter().flatten().collect()
        }
        Body::RoundReflect(reflect) => {
            [maybe(Noted::Cue, &reflect.cue), maybe(Noted::Word, &reflect.word)].into_iter().flatten().collect()
        }
        Body::Exercise(exercise) => {
            let noted = Note {
                word: Some(exercise.exercise.clone()),
                before: exercise.activation_before,
                after: exercise.activation_after,
                ..bare(Noted::Exercise)
            };
            vec![noted]
        }
        Body::Alone(alone) => {
            let which = if alone.pledge.is_some() { "with_return" } else { "without" };
            let noted = Note {
                at: alone.began.unwrap_or(written),
                word: Some(which.to_owned()),
                before: alone.calm_before,
                after: alone.calm_after,
                ..bare(Noted::Alone)
            };
            vec![noted]
        }
        Body::Return(_) => vec![bare(Noted::Return)],
        _ => Vec::new(),
    }
}
