//! The programme (spec §11): each partner's own steps, in any order, at any pace.
//!
//! Nothing expires, nobody but its owner advances, and a step once done stays done.

mod steps;

use std::collections::{BTreeMap, BTreeSet};

use super::{Act, policy};
use crate::journal::{Body, Entry, EntryId, LocalTime, Path, ProgrammeAct, ProgrammeStep, Whose};
pub use steps::{Action, Like, Witnesses, actions_of, last_step};

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum StepState {
    /// Not taken up.
    Available,
    /// In practice.
    Active,
    /// Called practised by its owner.
    Practised,
    /// Let rest.
    Resting,
}

/// Why an act of the programme is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProgrammeRefused {
    /// The step has no such action.
    UnknownAction,
    /// The step is not in practice; or, to be taken up, it is.
    WrongStage,
}

/// A step and what was done in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its number, from 1.
    pub step: u8,
    /// Where it stands.
    pub state: StepState,
    /// Its actions, and which of them were done.
    pub actions: Vec<(Action, bool)>,
    /// Whether to suggest moving on: every action done, and a week in practice.
    pub suggest_moving_on: bool,
}

/// What happened to one step, by its owner's acts.
#[derive(Debug, Clone, Default)]
struct Course {
    state: Option<StepState>,
    first_started: Option<(EntryId, LocalTime)>,
    by_hand: BTreeSet<String>,
}

/// The kinds of entries that tick an action, beside the programme's own acts. One entry of a kind, or some
/// in a week, is all that it takes: more of them change nothing.
pub const TICKING: &[&str] = &[
    "alone",
    "appreciation",
    "check_in",
    "exercise",
    "expectation",
    "moment",
    "need",
    "pledge_check_in",
    "pledge_make",
    "repair_act",
    "repair_pause",
    "request",
    "return",
    "round_act",
    "sentence",
    "snapshot",
    "weekly",
];

/// The steps of a path, as the owner's entries tell; order and repetition do not matter.
pub fn fold_programme<'a>(path: Path, entries: impl IntoIterator<Item = &'a Entry>, now: LocalTime) -> Vec<Step> {
    let own = entries.into_iter().filter(|entry| entry.whose == Whose::Mine);
    let own: BTreeMap<EntryId, &Entry> = own.map(|entry| (entry.id, entry)).collect();
    let mut courses: BTreeMap<u8, Course> = BTreeMap::new();
    for entry in own.values() {
        if let Body::ProgrammeAct(ProgrammeAct { path: of, step, act }) = &entry.body
            && *of == path
        {
            courses.entry(*step).or_default().take(entry, act);
        }
    }
    (1..=last_step(path))
        .map(|step| fold_step(path, step, courses.remove(&step).unwrap_or_default(), &own, now))
        .collect()
}

fn fold_step(path: Path, step: u8, course: Course, own: &BTreeMap<EntryId, &Entry>, now: LocalTime) -> Step {
    let since_start = || {
        let first = course.first_started.map(|(id, _)| id);
        own.iter().filter(move |(id, _)| first.is_some_and(|first| **id > first)).map(|(_, entry)| *entry)
    };
    let is_done = |action: &Action| course.by_hand.contains(action.id) || action.is_done_by(since_start());
    let actions: Vec<_> = actions_of(path, step).iter().map(|action| (*action, is_done(action))).collect();
    let all_done = actions.iter().all(|(_, done)| *done);
    let state = course.state.unwrap_or(StepState::Available);
    let lasted = course.first_started.is_some_and(|(_, at)| now.since(at) >= policy::STEP_LASTS);
    Step { step, state, actions, suggest_moving_on: state == StepState::Active && all_done && lasted }
}

impl Course {
    fn take(&mut self, entry: &Entry, act: &ProgrammeStep) {
        match act {
            ProgrammeStep::Start => {
                self.state = Some(StepState::Active);
                self.first_started.get_or_insert((entry.id, entry.written));
            }
            ProgrammeStep::Rest => self.state = Some(StepState::Resting),
            ProgrammeStep::Advance => self.state = Some(StepState::Practised),
            ProgrammeStep::Do(action) => drop(self.by_hand.insert(action.clone())),
        }
    }
}

impl Step {
    /// Which entries tell whether the actions are ticked that are not done, once the step was taken up.
    pub fn waits_for(&self) -> impl Iterator<Item = Witnesses> {
        let taken_up = self.state != StepState::Available;
        self.actions.iter().filter(move |(_, done)| taken_up && !done).map(|(action, _)| action.witnesses())
    }

    /// Does this with the step, if its owner may now: a step is taken up from anywhere, and everything
    /// else is done with one that is in practice.
    pub fn act(&self, path: Path, act: ProgrammeStep) -> Result<Act, ProgrammeRefused> {
        if let ProgrammeStep::Do(id) = &act
            && self.actions.iter().all(|(action, _)| action.id != id)
        {
            return Err(ProgrammeRefused::UnknownAction);
        }
        let starts = matches!(act, ProgrammeStep::Start);
        if starts == (self.state == StepState::Active) {
            return Err(ProgrammeRefused::WrongStage);
        }
        Ok(Act::private(ProgrammeAct { path, step: self.step, act }))
    }
}

/// What to write beside an erasing, so that actions stay ticked that the erased entries had ticked: an
/// act by hand for each. `before` and `after` are the entries with and without the erased ones.
pub fn keep_ticks<'a, B, A>(path: Path, before: B, after: A, now: LocalTime) -> Vec<Act>
where
    B: IntoIterator<Item = &'a Entry>,
    A: IntoIterator<Item = &'a Entry>,
{
    let lost = |(was, is): (Step, Step)| {
        let actions = was.actions.into_iter().zip(is.actions);
        let lost = actions.filter(|((_, was_done), (_, is_done))| *was_done && !is_done);
        let acts = lost.map(move |((action, _), _)| ProgrammeAct {
            path,
            step: was.step,
            act: ProgrammeStep::Do(action.id.to_owned()),
        });
        acts.map(Act::private).collect::<Vec<_>>()
    };
    let steps = fold_programme(path, before, now).into_iter().zip(fold_programme(path, after, now));
    steps.flat_map(lost).collect()
}
