//! The words of the catalogue against what entries hold and what the rules count: the catalogue knows
//! neither, so it is compared here.

use attune_core::catalogue::{self, Word};
use attune_core::journal::{FeltState, Path, RoundKind, WeeklyLine, item_kinds};
use attune_core::practice::programme::{actions_of, last_step};

fn ids(words: &[Word]) -> Vec<&'static str> {
    words.iter().map(|word| word.id).collect()
}

#[test]
fn every_felt_state_has_its_words() {
    let worded: Vec<_> = catalogue::states().iter().map(|state| state.id).collect();
    assert_eq!(worded, FeltState::ALL.map(FeltState::name));
}

#[test]
fn every_kind_of_round_has_its_words() {
    let kinds = [
        RoundKind::SitQuietly,
        RoundKind::BreatheTogether,
        RoundKind::HandOnBack,
        RoundKind::Tea,
        RoundKind::Walk,
        RoundKind::Free,
    ];
    let stored: Vec<_> = kinds.into_iter().map(|kind| serde_json::to_value(kind).unwrap()).collect();
    let worded: Vec<_> = catalogue::round_kinds().iter().map(|kind| kind.id).collect();
    assert_eq!(worded, stored);
}

#[test]
fn every_kind_that_a_person_writes_has_a_name() {
    let named = ids(catalogue::kinds());
    let lines = WeeklyLine::ALL.into_iter().map(WeeklyLine::name);
    let unnamed: Vec<_> = item_kinds().chain(lines).filter(|kind| !named.contains(kind)).collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
}

#[test]
fn the_steps_and_their_actions_are_those_that_the_rules_tick() {
    for path in [Path::Distance, Path::Closeness] {
        let steps = catalogue::programme(path);
        assert!(steps.iter().map(|step| step.number).eq(1..=last_step(path)));
        for step in steps {
            let worded = step.actions.iter().map(|action| action.id);
            let ticked = actions_of(path, step.number).iter().map(|action| action.id);
            assert!(worded.eq(ticked), "{path:?} {}", step.number);
        }
    }
}

#[test]
fn the_urges_and_cues_of_the_rules_have_their_words() {
    let urges: Vec<_> = catalogue::urges().iter().map(|urge| urge.id).collect();
    assert_eq!(urges, ["withdraw", "intellectualise", "task_focus", "text_again", "fix", "protest", "other"]);
    let cues = ids(catalogue::cues());
    for cue in ["jaw_tension", "impatience", "restlessness", "tight_chest", "heat", "numbness"] {
        assert!(cues.contains(&cue), "{cue}");
    }
}
