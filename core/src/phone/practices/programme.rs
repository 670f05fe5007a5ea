//! The programme of steps (spec §11).

use std::sync::Arc;

use crate::journal::{Path, ProgrammeStep, Whose};
use crate::phone::keeping::{Keeping, Open};
use crate::phone::{PhoneError, Refusal};
use crate::practice::programme::{Action, ProgrammeRefused, Step, StepState, TICKING, fold_programme};
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

/// So many newest entries of each kind are looked at first, and then more: what is done regularly was done
/// lately, and a tick needs one entry. With the last number it is all of them.
const DEPTHS: [u32; 3] = [8, 200, u32::MAX];

impl Open {
    fn programme(&self, path: Path) -> Result<Vec<Step>, PhoneError> {
        let mine = EntryQuery { whose: Some(Whose::Mine), ..EntryQuery::default() };
        let acts = self.store.entries(&EntryQuery { kinds: &["programme_act"], ..mine })?;
        let mut steps = fold_programme(path, &acts, self.now());
        // What was done before the first start ticks nothing.
        let Some(first) = acts.iter().map(|act| act.id).min() else { return Ok(steps) };
        for depth in DEPTHS {
            if !steps.iter().any(Step::waits_for_entries) {
                break;
            }
            let mut entries = acts.clone();
            for kind in TICKING {
                let newest = EntryQuery { kinds: &[kind], after: Some(first), limit: Some(depth), ..mine };
                entries.extend(self.store.entries(&newest)?);
            }
            steps = fold_programme(path, &entries, self.now());
        }
        Ok(steps)
    }
}

#[cfg(test)]
mod tests {
    use crate::journal::{CheckIn, FeltState, Path, ProgrammeStep};
    use crate::phone::{Environment, Phone};

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
        for _ in 0..300 {
            phone.journal().log(check_in(&[]).into(), false).unwrap();
        }
        assert!(is_done());
    }
}
