//! The programme of steps (spec §11).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::journal::{Path, ProgrammeStep, Whose};
use crate::phone::keeping::{Keeping, Open};
use crate::phone::{PhoneError, Refusal};
use crate::practice::programme::{Action, Like, ProgrammeRefused, Step, StepState, Witnesses, fold_programme};
use crate::store::EntryQuery;

/// The eight steps, and the six of the mirrored path.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Programme {
    pub(in crate::phone) keeping: Arc<Keeping>,
}

/// A step as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct StepView {
    /// Its number, from 1.
    pub step: u8,
    /// Where it stands.
    pub state: StepState,
    /// Its actions.
    pub actions: Vec<ActionView>,
    /// Whether to suggest moving on.
    pub suggest_moving_on: bool,
}

/// An action of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ActionView {
    /// Its id (spec §11).
    pub action: String,
    /// Whether it was done.
    pub done: bool,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Programme {
    /// Does something with a step. Refused: `WrongStage`; a step or an action that is not there is
    /// `BadArguments`.
    pub fn act(&self, path: Path, step: u8, act: ProgrammeStep) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            let steps = open.programme(path)?;
            let found = steps.iter().find(|found| found.step == step).ok_or(PhoneError::BadArguments)?;
            let act = found.act(path, act).map_err(|refused| match refused {
                ProgrammeRefused::WrongStage => PhoneError::from(Refusal::WrongStage),
                ProgrammeRefused::UnknownAction => PhoneError::BadArguments,
            })?;
            open.perform(act).map(drop)
        })
    }

    /// The steps of a path.
    pub fn steps(&self, path: Path) -> Result<Vec<StepView>, PhoneError> {
        self.keeping.with(|open| {
            let action = |(action, done): &(Action, bool)| ActionView { action: action.id.to_owned(), done: *done };
            let view = |step: Step| StepView {
                step: step.step,
                state: step.state,
                actions: step.actions.iter().map(action).collect(),
                suggest_moving_on: step.suggest_moving_on,
            };
            Ok(open.programme(path)?.into_iter().map(view).collect())
        })
    }
}

impl Open {
    /// The steps, from the acts and from those entries that can tick what is not ticked: a few, however many
    /// there are on the phone.
    fn programme(&self, path: Path) -> Result<Vec<Step>, PhoneError> {
        let query = EntryQuery { whose: Some(Whose::Mine), kinds: &["programme_act"], ..EntryQuery::default() };
        let mut entries = self.store.entries(&query)?;
        let steps = fold_programme(path, &entries, self.now());
        let (mut kinds, mut signs) = (BTreeSet::new(), BTreeSet::new());
        for witnesses in steps.iter().flat_map(Step::waits_for) {
            match witnesses {
                Witnesses::Newest(like) => like.iter().for_each(|like| match like {
                    Like::Kind(kind) => drop(kinds.insert(*kind)),
                    Like::Sign(sign) => drop(signs.insert(*sign)),
                }),
                Witnesses::MomentsInAWeek(many) => entries.extend(self.store.newest_in_a_week("moment", many)?),
                Witnesses::None => {}
            }
        }
        for kind in kinds {
            entries.extend(self.store.newest_of(kind)?);
        }
        entries.extend(self.store.newest_showing(&Vec::from_iter(signs))?);
        Ok(fold_programme(path, &entries, self.now()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::journal::{Appreciation, Body, CheckIn, FeltState, LocalTime, Moment, Need, Sentence};
    use crate::phone::{Clock as _, EntryFilter, Environment, ManualClock, Phone};

    fn check_in(words: &[&str]) -> CheckIn {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        CheckIn { state: FeltState::Mixed, words, cues: vec![], activation: 3, safety: None, note: None }
    }

    #[test]
    fn what_ticked_an_action_long_ago_is_found_behind_everything_since() {
        let folder = tempfile::tempdir().unwrap();
        let phone = Phone::open(folder.path(), &[1; 32], Environment::of_this_machine()).unwrap();
        phone.programme().act(Path::Distance, 2, ProgrammeStep::Start).unwrap();
        let is_done = || phone.programme().steps(Path::Distance).unwrap()[1].actions[0].done;
        assert!(!is_done());
        phone.journal().log(check_in(&["tired", "hopeful"]).into(), false).unwrap();
        assert!(is_done(), "not noted yet");
        for _ in 0..300 {
            phone.journal().log(check_in(&[]).into(), false).unwrap();
        }
        while phone.keeping.tidy().unwrap() {}
        assert!(is_done(), "noted");
    }

    /// Everything that ticks, in some order, with what does not between: the few entries that the phone looks
    /// at say the same as all of them.
    #[test]
    fn the_few_entries_that_are_looked_at_say_what_all_would() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new(LocalTime::parse("2026-03-01T08:00:00+01:00").unwrap()));
        let phone = Phone::open(folder.path(), &[1; 32], Environment::for_tests(clock.clone(), 1, 0)).unwrap();
        let agree = || {
            let query = EntryQuery { whose: Some(Whose::Mine), ..EntryQuery::default() };
            for path in [Path::Distance, Path::Closeness] {
                let found = phone.keeping.with(|open| open.programme(path)).unwrap();
                let all = phone.keeping.with(|open| Ok(open.store.entries(&query)?)).unwrap();
                assert_eq!(found, fold_programme(path, &all, clock.wall()));
            }
        };
        let mut seed = 7_u32;
        for n in 0_i64..400 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (roll, step) = (seed >> 16, u8::try_from(seed >> 28).unwrap());
            let offset = [-600, 60, 840][(seed >> 8) as usize % 3];
            clock.move_to(LocalTime::new(clock.wall().unix_ms() + n % 97 * 600_000, offset).unwrap());
            let log = |body: Body| {
                phone.journal().log(body, false).unwrap();
            };
            let text = || "x".to_owned();
            let moment =
                |urge: &str, emotion| Moment { urge: urge.into(), situation: None, cue: None, emotion, need: None };
            match roll % 14 {
                0 => log(check_in(&["a", "b"]).into()),
                1 => log(check_in(&["a"]).into()),
                2 => log(moment("withdraw", None).into()),
                3 => log(moment("fix", Some(text())).into()),
                4 => log(moment("other", None).into()),
                5 => log(Appreciation { text: text(), said_aloud: roll & 64 == 0 }.into()),
                6 => log(Sentence { feeling: text(), need: text() }.into()),
                7 => log(Need { text: text() }.into()),
                8 => {
                    let sentence = (roll & 64 == 0).then(text);
                    phone.pledges().make(clock.wall().plus(chrono::TimeDelta::hours(1)), text(), sentence).unwrap();
                }
                9 => {
                    let newest = phone.journal().items(&EntryFilter::default()).unwrap().into_iter().next();
                    newest.into_iter().for_each(|item| phone.journal().erase(&[item.id]).unwrap());
                }
                10 => while phone.keeping.tidy().unwrap() {},
                11 => log(check_in(&[]).into()),
                _ if step < 8 => drop(phone.programme().act(Path::Distance, step + 1, ProgrammeStep::Start)),
                _ => drop(phone.programme().act(Path::Closeness, step - 7, ProgrammeStep::Start)),
            }
            agree();
        }
    }
}
