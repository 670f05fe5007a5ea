//! The lists: their sizes, their ids, and that each state has something.

use std::collections::BTreeSet;

use crate::catalogue::{
    Suggestion, cues, emotions, exercises, for_me, for_partner, presence, round_kinds, situations, states,
};
use crate::journal::FeltState;

#[test]
fn there_are_about_a_hundred_words_for_feelings_in_groups() {
    let words: Vec<_> = emotions().iter().flat_map(|group| group.words).map(|word| word.id).collect();
    assert!(words.len() >= 100, "{}", words.len());
    assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "a word is there twice");
    assert!(emotions().len() >= 10);
    assert!(emotions().iter().all(|group| group.words.len() >= 5));
}

#[test]
fn the_lists_have_something_to_choose_from() {
    assert!(exercises().len() >= 20);
    assert!(cues().len() >= 12);
    assert!(situations().len() >= 15);
    assert!(presence().len() >= 6);
    assert_eq!(round_kinds().len(), 6);
}

#[test]
fn the_states_of_the_code_are_those_of_the_list() {
    let coded: Vec<_> = FeltState::ALL.iter().map(|state| state.name()).collect();
    let listed: Vec<_> = states().iter().map(|state| state.id).collect();
    assert_eq!(coded, listed);
}

#[test]
fn ids_of_exercises_are_not_used_twice_and_lengths_are_sensible() {
    let ids: BTreeSet<_> = exercises().iter().map(|exercise| exercise.id).collect();
    assert_eq!(ids.len(), exercises().len());
    for exercise in exercises() {
        assert!(!exercise.suits.is_empty() && !exercise.lengths_s.is_empty(), "{}", exercise.id);
        assert!(exercise.lengths_s.iter().all(|length| (30..=600).contains(length)), "{}", exercise.id);
        assert!((3..=4).contains(&exercise.steps().len()), "{}", exercise.id);
    }
}

#[test]
fn in_every_state_something_suggests_itself_for_oneself_and_for_the_other() {
    for state in FeltState::ALL {
        let mine = for_me(state);
        let exercises = mine.iter().filter(|one| matches!(one, Suggestion::Exercise(_))).count();
        assert!(exercises >= 2 && mine.len() > exercises, "{state:?}");
        assert!(!mine.iter().any(|one| matches!(one, Suggestion::Exercise(exercise) if exercise.for_two)));
        let theirs = for_partner(state);
        assert!(!theirs.is_empty(), "{state:?}");
        assert!(theirs.iter().all(|one| one.title().is_about_partner() && one.why().is_about_partner()));
    }
}

#[test]
fn what_is_activated_begins_with_slow_breathing_and_what_is_shut_down_with_warmth() {
    let first = |state| {
        let mut mine = for_me(state).into_iter();
        mine.find_map(|one| if let Suggestion::Exercise(exercise) = one { Some(exercise.id) } else { None })
    };
    assert_eq!(first(FeltState::Activated), Some("slow_breathing"));
    assert_eq!(first(FeltState::ShutDown), Some("warm_hands"));
    assert_eq!(first(FeltState::Settled), Some("name_it"));
}
