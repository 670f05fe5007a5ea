//! The programme: by example, and every short course of a step.

use std::collections::BTreeSet;

use attune_core::journal::{
    Alone, AloneKind, Appreciation, Body, CheckIn, Entry, Exercise, Expectation, FeltState, Moment, Need, Path,
    PledgeCheckIn, PledgeMake, ProgrammeAct, ProgrammeStep, RepairAct, RepairPause, RepairStep, Request, Return,
    RoundAct, RoundStep, Sentence, Snapshot,
};
use attune_core::practice::Act;
use attune_core::practice::programme::{
    ProgrammeRefused, Step, StepState, TICKING, actions_of, fold_programme, keep_ticks, last_step,
};

use crate::courses::{Course, explore, same};
use crate::world::{Who, World, at};
use Who::{A, B};

fn step(world: &World, path: Path, number: u8) -> Step {
    fold_programme(path, world.of(A), world.now).into_iter().find(|step| step.step == number).unwrap()
}

fn act(world: &mut World, path: Path, number: u8, act: ProgrammeStep) -> Result<(), ProgrammeRefused> {
    let act = step(world, path, number).act(path, act)?;
    world.write(A, act);
    Ok(())
}

fn done(world: &World, path: Path, number: u8) -> Vec<&'static str> {
    let actions = step(world, path, number).actions.into_iter();
    actions.filter(|(_, done)| *done).map(|(action, _)| action.id).collect()
}

fn moment(urge: &str, emotion: Option<&str>) -> Body {
    let emotion = emotion.map(ToOwned::to_owned);
    Moment { urge: urge.into(), situation: None, cue: None, emotion, need: None }.into()
}

fn check_in(words: &[&str]) -> Body {
    let words = words.iter().map(ToString::to_string).collect();
    CheckIn { state: FeltState::Mixed, words, cues: vec![], activation: 3, safety: None, note: None }.into()
}

fn pledge(sentence: Option<&str>) -> Body {
    let due = at("2026-03-02T20:00:00+01:00");
    PledgeMake { due, how: "tea".into(), sentence: sentence.map(ToOwned::to_owned), round: None }.into()
}

fn sentence() -> Body {
    Sentence { feeling: "sad".into(), need: "tea".into() }.into()
}

#[test]
fn every_action_is_ticked_by_its_entry_or_by_hand() {
    let world = World::at("2026-03-02T08:00:00+01:00");
    let pledge_id = world.clone().write(A, Act::shared(pledge(None)));
    let check_in_of_pledge = || Body::from(PledgeCheckIn { pledge: pledge_id });
    let ask = RepairAct { repair: pledge_id, step: RepairStep::Ask }.into();
    let said_aloud = Appreciation { text: "the tea".into(), said_aloud: true }.into();
    let shared_moment = Snapshot::of(&moment("withdraw", None)).into();
    let cases: Vec<(u8, Vec<Body>, &[&str])> = vec![
        (1, vec![moment("task_focus", None)], &["1.moment"]),
        (1, vec![moment("fix", Some("fear"))], &["1.emotion"]),
        (1, vec![sentence()], &["1.sentence"]),
        (2, vec![check_in(&["sad"])], &[]),
        (2, vec![check_in(&["sad", "tired"])], &["2.words"]),
        (3, vec![Need { text: "an hour".into() }.into()], &["3.need"]),
        (3, vec![Appreciation { text: "the tea".into(), said_aloud: false }.into()], &["3.appreciation"]),
        (4, vec![pledge(None)], &["4.phrase"]),
        (4, vec![check_in_of_pledge()], &["4.follow_through"]),
        (5, vec![RepairPause {}.into()], &["5.script"]),
        (5, vec![ask], &["5.ask_need"]),
        (6, vec![moment("other", None); 2], &[]),
        (6, vec![moment("other", None); 3], &["6.three_moments"]),
        (6, vec![shared_moment], &["6.share_trigger"]),
        (7, vec![check_in(&["sad"])], &["7.word"]),
        (7, vec![said_aloud], &["7.said_aloud"]),
        (7, vec![Request { text: "a hug".into() }.into()], &["7.request"]),
        (8, vec![pledge(None)], &["8.return_time"]),
        (8, vec![pledge(Some("soon")), check_in_of_pledge()], &["8.return_time", "8.sentence", "8.follow_through"]),
    ];
    for (number, bodies, ticked) in cases {
        let mut world = world.clone();
        act(&mut world, Path::Distance, number, ProgrammeStep::Start).unwrap();
        for body in bodies {
            assert!(TICKING.contains(&body.kind()), "{}", body.kind());
            world.pass(60);
            world.write(A, Act::private(body.clone()));
        }
        assert_eq!(done(&world, Path::Distance, number), ticked);
    }
    let mut world = world;
    act(&mut world, Path::Distance, 2, ProgrammeStep::Start).unwrap();
    act(&mut world, Path::Distance, 2, ProgrammeStep::Do("2.told".into())).unwrap();
    assert_eq!(done(&world, Path::Distance, 2), ["2.told"]);
}

#[test]
fn every_action_of_the_mirrored_path_is_ticked_by_its_entry() {
    let world = World::at("2026-03-02T08:00:00+01:00");
    let round = world.clone().write(A, Act::shared(pledge(None)));
    let exercise =
        Exercise { exercise: "slow_breathing".into(), seconds: None, activation_before: None, activation_after: None };
    let alone = Alone {
        alone_kind: AloneKind::AloneTime,
        began: None,
        ended: None,
        calm_before: None,
        calm_after: None,
        pledge: None,
    };
    let cases: [(u8, Body, &str); 8] = [
        (1, moment("protest", None), "1.moment"),
        (2, exercise.into(), "2.exercise"),
        (2, alone.into(), "2.alone"),
        (3, Expectation { sureness: 3 }.into(), "3.expectation"),
        (4, Return { expectation: None }.into(), "4.return"),
        (4, Appreciation { text: "the tea".into(), said_aloud: false }.into(), "4.appreciation"),
        (5, Request { text: "a hug".into() }.into(), "5.request"),
        (6, RoundAct { round, step: RoundStep::Release }.into(), "6.release"),
    ];
    for (number, body, ticked) in cases {
        assert!(TICKING.contains(&body.kind()), "{}", body.kind());
        let mut world = world.clone();
        act(&mut world, Path::Closeness, number, ProgrammeStep::Start).unwrap();
        world.write(A, Act::private(body));
        assert_eq!(done(&world, Path::Closeness, number), [ticked]);
    }
}

#[test]
fn what_was_logged_before_a_step_was_taken_up_or_by_the_partner_ticks_nothing() {
    let mut world = World::at("2026-03-02T08:00:00+01:00");
    world.write(A, Act::private(sentence()));
    act(&mut world, Path::Distance, 1, ProgrammeStep::Start).unwrap();
    world.write(B, Act::shared(sentence()));
    world.meet();
    assert!(done(&world, Path::Distance, 1).is_empty());
}

#[test]
fn three_moments_in_two_weeks_are_not_three_in_one() {
    let mut world = World::at("2026-03-07T08:00:00+01:00");
    act(&mut world, Path::Distance, 6, ProgrammeStep::Start).unwrap();
    for time in ["2026-03-07T09:00:00+01:00", "2026-03-08T23:59:00+01:00", "2026-03-09T00:01:00+01:00"] {
        world.set(time);
        world.write(A, Act::private(moment("withdraw", None)));
    }
    assert!(done(&world, Path::Distance, 6).is_empty());
}

#[test]
fn moving_on_is_suggested_after_a_week_and_only_its_owner_does() {
    let mut world = World::at("2026-03-02T08:00:00+01:00");
    act(&mut world, Path::Distance, 1, ProgrammeStep::Start).unwrap();
    world.write(A, Act::private(moment("withdraw", Some("fear"))));
    world.write(A, Act::private(sentence()));
    world.set("2026-03-09T07:59:59+01:00");
    assert!(!step(&world, Path::Distance, 1).suggest_moving_on);
    world.set("2026-03-09T08:00:00+01:00");
    assert!(step(&world, Path::Distance, 1).suggest_moving_on);
    world.set("2027-03-09T08:00:00+01:00");
    assert_eq!(step(&world, Path::Distance, 1).state, StepState::Active);
    act(&mut world, Path::Distance, 1, ProgrammeStep::Advance).unwrap();
    let step = step(&world, Path::Distance, 1);
    assert_eq!((step.state, step.suggest_moving_on), (StepState::Practised, false));
}

#[test]
fn what_was_ticked_stays_ticked_when_the_entry_is_erased() {
    let mut world = World::at("2026-03-02T08:00:00+01:00");
    act(&mut world, Path::Closeness, 1, ProgrammeStep::Start).unwrap();
    let erased = world.write(A, Act::private(moment("text_again", Some("fear"))));
    assert_eq!(done(&world, Path::Closeness, 1), ["1.moment", "1.emotion"]);
    let after: Vec<&Entry> = world.of(A).iter().filter(|entry| entry.id != erased).collect();
    let kept = keep_ticks(Path::Closeness, world.of(A), after.clone(), world.now);
    let acts: Vec<Body> = kept.iter().map(|act| act.body.clone()).collect();
    let by_hand = |action: &str| {
        Body::from(ProgrammeAct { path: Path::Closeness, step: 1, act: ProgrammeStep::Do(action.into()) })
    };
    assert_eq!(acts, [by_hand("1.moment"), by_hand("1.emotion")]);
    assert!(keep_ticks(Path::Closeness, world.of(A), world.of(A), world.now).is_empty());
}

#[test]
fn ids_of_actions_are_unique_and_name_their_step() {
    for path in [Path::Distance, Path::Closeness] {
        let mut ids = BTreeSet::new();
        for number in 1..=last_step(path) {
            for action in actions_of(path, number) {
                assert!(action.id.starts_with(&format!("{number}.")) && ids.insert(action.id), "{}", action.id);
            }
        }
        assert!(actions_of(path, 0).is_empty() && actions_of(path, last_step(path) + 1).is_empty());
    }
}

/// One step, and what its owner does with it.
#[derive(Clone)]
struct OneStep {
    world: World,
    state: StepState,
    was_started: bool,
    done: BTreeSet<&'static str>,
}

#[derive(Debug, Clone, Copy)]
enum Move {
    Start,
    Rest,
    Advance,
    Do(&'static str),
    Log,
}

impl Course for OneStep {
    type Move = Move;

    fn moves(&self) -> Vec<Move> {
        vec![Move::Start, Move::Rest, Move::Advance, Move::Do("2.told"), Move::Do("1.moment"), Move::Log]
    }

    fn go(&mut self, what: Move) -> Result<bool, String> {
        self.world.pass(1);
        let step = match what {
            Move::Start => ProgrammeStep::Start,
            Move::Rest => ProgrammeStep::Rest,
            Move::Advance => ProgrammeStep::Advance,
            Move::Do(action) => ProgrammeStep::Do(action.into()),
            Move::Log => {
                self.world.write(A, Act::private(sentence()));
                if self.was_started {
                    self.done.insert("2.sentence");
                }
                return Ok(true);
            }
        };
        let rules = act(&mut self.world, Path::Distance, 2, step);
        let model = match (what, self.state) {
            (Move::Do("1.moment"), _) => Err(ProgrammeRefused::UnknownAction),
            (Move::Start, StepState::Active) => Err(ProgrammeRefused::WrongStage),
            (Move::Start, _) | (_, StepState::Active) => Ok(()),
            _ => Err(ProgrammeRefused::WrongStage),
        };
        same("the outcome", rules, model)?;
        if model.is_ok() {
            match what {
                Move::Start => self.state = StepState::Active,
                Move::Rest => self.state = StepState::Resting,
                Move::Advance => self.state = StepState::Practised,
                Move::Do(action) => drop(self.done.insert(action)),
                Move::Log => {}
            }
            self.was_started |= matches!(what, Move::Start);
        }
        Ok(model.is_ok())
    }

    fn check(&self) -> Result<(), String> {
        let shown = step(&self.world, Path::Distance, 2);
        same("the state", shown.state, self.state)?;
        same("what is done", done(&self.world, Path::Distance, 2).into_iter().collect(), self.done.clone())?;
        same("the partner's programme", fold_programme(Path::Distance, self.world.of(B), self.world.now), {
            fold_programme(Path::Distance, [], self.world.now)
        })
    }

    fn meet(&mut self) {
        self.world.meet();
    }
}

#[test]
fn every_short_course_of_a_step_goes_as_its_owners_list_says() {
    let world = World::at("2026-03-02T08:00:00+01:00");
    let start = OneStep { world, state: StepState::Available, was_started: false, done: BTreeSet::new() };
    assert!(explore(&start, 7, true) > 500);
}
