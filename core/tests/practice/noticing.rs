//! What a person notices alone: moments, states, returns, time alone, and when help is offered.

use std::collections::BTreeMap;

use attune_core::journal::{
    Alone, AloneKind, Body, CheckIn, EntryId, Exercise, FeltState, LocalTime, Moment, Return, RoundReflect, Snapshot,
};
use attune_core::practice::Act;
use attune_core::practice::alone::{offers_return, times_alone};
use attune_core::practice::felt_state::{Felt, own_state, partners_state};
use attune_core::practice::help::is_help_offered;
use attune_core::practice::moments::trigger_map;
use attune_core::practice::returns::returns;

use crate::world::{Who, World, at};
use Who::{A, B};

fn log(world: &mut World, time: &str, body: impl Into<Body>) -> EntryId {
    world.set(time);
    world.write(A, Act::private(body))
}

fn edit(world: &mut World, first: EntryId, body: impl Into<Body>) {
    world.write_edit(A, first, Act::private(body));
}

fn moment(urge: &str, situation: &str) -> Moment {
    Moment { urge: urge.into(), situation: Some(situation.into()), cue: None, emotion: None, need: None }
}

fn check_in(state: FeltState, activation: u8) -> CheckIn {
    CheckIn { state, words: vec![], cues: vec![], activation, safety: None, note: None }
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_week_of_moments_is_grouped_and_three_raise_the_question() {
    let mut world = World::at("2026-03-01T00:00:00+01:00");
    log(&mut world, "2026-03-01T23:59:00+01:00", moment("withdraw", "work"));
    log(&mut world, "2026-03-02T00:00:00+01:00", moment("withdraw", "work"));
    log(&mut world, "2026-03-04T09:30:00+01:00", moment("text_again", "Work"));
    assert!(!trigger_map(world.of(A), day("2026-03-02")).look_for_the_pattern);
    // Sunday evening where it was noted, Monday in Berlin.
    log(&mut world, "2026-03-08T23:30:00-05:00", moment("withdraw", "family"));
    for any_day in ["2026-03-02", "2026-03-05", "2026-03-08"] {
        let map = trigger_map(world.of(A), day(any_day));
        assert_eq!((map.count, map.look_for_the_pattern), (3, true));
        assert_eq!(map.by_situation, BTreeMap::from([("work".to_owned(), 2), ("family".to_owned(), 1)]));
        assert_eq!(map.by_urge, BTreeMap::from([("withdraw".to_owned(), 2), ("text_again".to_owned(), 1)]));
        assert_eq!(map.by_hour, BTreeMap::from([(0, 1), (9, 1), (23, 1)]));
        assert!(map.by_cue.is_empty());
    }
    assert_eq!(trigger_map(world.of(A), day("2026-03-09")).count, 0);
}

#[test]
fn an_edited_moment_counts_once_as_it_says_now_in_the_week_of_its_first_writing() {
    let mut world = World::at("2026-03-02T00:00:00+01:00");
    let first = log(&mut world, "2026-03-02T08:00:00+01:00", moment("withdraw", "work"));
    world.set("2026-03-10T08:00:00+01:00");
    edit(&mut world, first, moment("withdraw", "family"));
    let map = trigger_map(world.of(A), day("2026-03-02"));
    assert_eq!((map.count, map.by_situation), (1, BTreeMap::from([("family".to_owned(), 1)])));
    assert_eq!(trigger_map(world.of(A), day("2026-03-10")).count, 0);
}

#[test]
fn the_own_state_counts_for_a_day_and_the_partners_only_where_it_was_shared() {
    let mut world = World::at("2026-03-02T08:00:00+01:00");
    let activated = check_in(FeltState::Activated, 7);
    log(&mut world, "2026-03-02T08:00:00+01:00", activated.clone());
    let noted = at("2026-03-02T08:00:00+01:00");
    let felt = Felt { state: FeltState::Activated, as_of: noted };
    assert_eq!(own_state(world.of(A), at("2026-03-03T07:59:59+01:00")), Some(felt));
    assert_eq!(own_state(world.of(A), at("2026-03-03T08:00:00+01:00")), None);
    world.meet();
    assert_eq!(partners_state(world.of(B)), None);

    world.set("2026-03-02T09:00:00+01:00");
    world.write(A, Act::shared(Snapshot::of(&activated.into())));
    world.meet();
    assert_eq!(partners_state(world.of(B)), Some(Felt { state: FeltState::Activated, as_of: world.now }));
    assert_eq!((partners_state(world.of(A)), own_state(world.of(B), world.now)), (None, None));

    world.pass(60);
    world.write(A, Act::shared(Snapshot::of(&moment("withdraw", "work").into())));
    world.write(A, Act::shared(Snapshot::of(&check_in(FeltState::Settled, 2).into())));
    world.meet();
    assert_eq!(partners_state(world.of(B)).unwrap().state, FeltState::Settled);
}

#[test]
fn returns_are_listed_newest_first_and_out_of_nothing() {
    let mut world = World::at("2026-03-01T00:00:00+01:00");
    log(&mut world, "2026-03-02T23:30:00-05:00", Return { expectation: None });
    log(&mut world, "2026-03-05T08:00:00+01:00", Return { expectation: None });
    world.meet();
    assert_eq!(returns(world.of(A)), [day("2026-03-05"), day("2026-03-02")]);
    assert!(returns(world.of(B)).is_empty());
}

#[test]
fn time_alone_says_how_long_and_whether_it_helped_and_nothing_else() {
    let mut world = World::at("2026-03-01T00:00:00+01:00");
    let alone = Alone {
        alone_kind: AloneKind::AloneTime,
        began: Some(at("2026-03-02T08:00:00+01:00")),
        ended: Some(at("2026-03-02T09:30:00+01:00")),
        calm_before: Some(7),
        calm_after: Some(3),
        pledge: None,
    };
    log(&mut world, "2026-03-02T10:00:00+01:00", alone.clone());
    let times = times_alone(world.of(A));
    assert_eq!((times[0].lasted.unwrap().num_minutes(), times[0].calm_gained), (90, Some(-4)));
    assert_eq!((times[0].kind, times[0].with_return), (AloneKind::AloneTime, false));

    let away = Alone { alone_kind: AloneKind::SelfRegulation, ended: None, ..alone.clone() };
    assert!(offers_return(&away));
    assert!(!offers_return(&Alone { alone_kind: AloneKind::AloneTime, ..away.clone() }));
    assert!(!offers_return(&Alone { ended: alone.ended, ..away }));
}

fn reflect(world: &mut World, round: u8, safety: Option<u8>) {
    world.pass(3600);
    let round = EntryId::from_bytes([round; 16]);
    let skipped = safety.is_none();
    let (cue, word) = (None, None);
    let reflect =
        RoundReflect { round, safety, activation: None, cue, word, actual_s: None, full_length: true, skipped };
    world.write(A, Act::private(reflect));
}

fn is_offered(world: &World) -> bool {
    is_help_offered(world.of(A), false, world.now)
}

#[test]
fn help_is_offered_after_strain_in_three_of_the_last_five_rated_rounds() {
    let mut world = World::at("2026-03-01T00:00:00+01:00");
    for (round, safety) in [(1, Some(2)), (2, Some(8)), (3, Some(2)), (4, None), (5, Some(8))] {
        reflect(&mut world, round, safety);
        assert!(!is_offered(&world));
    }
    reflect(&mut world, 6, Some(3));
    assert!(is_offered(&world));
    reflect(&mut world, 7, Some(8));
    assert!(!is_offered(&world), "the first strain is the sixth from the end");
}

#[test]
fn help_is_offered_after_high_activation_on_five_of_fourteen_days() {
    let mut world = World::at("2026-03-01T00:00:00+01:00");
    let stirred = || check_in(FeltState::Activated, 8);
    for time in ["2026-03-01T08:00:00+01:00", "2026-03-03T08:00:00+01:00", "2026-03-03T20:00:00+01:00"] {
        log(&mut world, time, stirred());
    }
    let exercise = Exercise {
        exercise: "slow_breathing".into(),
        seconds: Some(60),
        activation_before: Some(9),
        activation_after: Some(4),
    };
    log(&mut world, "2026-03-05T08:00:00+01:00", exercise);
    log(&mut world, "2026-03-07T08:00:00+01:00", stirred());
    log(&mut world, "2026-03-08T08:00:00+01:00", check_in(FeltState::Activated, 7));
    log(&mut world, "2026-03-14T08:00:00+01:00", check_in(FeltState::Mixed, 7));
    assert!(!is_offered(&world), "four days");
    log(&mut world, "2026-03-14T09:00:00+01:00", stirred());
    assert!(is_offered(&world));
    let offered_at = |time: &str| is_help_offered(world.of(A), false, at(time));
    assert!(offered_at("2026-03-14T23:59:59+01:00"));
    assert!(!offered_at("2026-03-15T00:00:00+01:00"), "the first is fifteen days ago");
}

#[test]
fn help_is_offered_to_who_feels_afraid_and_to_nobody_else() {
    let world = World::at("2026-03-01T00:00:00+01:00");
    let now: LocalTime = world.now;
    assert!(is_help_offered(world.of(A), true, now));
    assert!(!is_help_offered(world.of(A), false, now) && !is_help_offered(world.of(B), false, now));
}
