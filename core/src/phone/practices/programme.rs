//! The programme of steps (spec §11).

use std::sync::Arc;

use crate::journal::{Path, ProgrammeStep, Whose};
use crate::phone::keeping::{Keeping, Open};
use crate::phone::{PhoneError, Refusal};
use crate::practice::programme::{KINDS, ProgrammeRefused, Step, StepState, fold_programme};
use crate::store::EntryQuery;

/// The eight steps, and the six of the mirrored path.
#[derive(Clone)]
pub struct Programme {
    pub(in crate::phone) keeping: Arc<Keeping>,
}

/// A step as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepView {
    /// Its number, from 1.
    pub step: u8,
    /// Where it stands.
    pub state: StepState,
    /// Its actions by their ids, and which of them were done.
    pub actions: Vec<(String, bool)>,
    /// Whether to suggest moving on.
    pub suggest_moving_on: bool,
}

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
            let view = |step: Step| StepView {
                step: step.step,
                state: step.state,
                actions: step.actions.iter().map(|(action, done)| (action.id.to_owned(), *done)).collect(),
                suggest_moving_on: step.suggest_moving_on,
            };
            Ok(open.programme(path)?.into_iter().map(view).collect())
        })
    }
}

impl Open {
    fn programme(&self, path: Path) -> Result<Vec<Step>, PhoneError> {
        let query = EntryQuery { whose: Some(Whose::Mine), kinds: KINDS, ..EntryQuery::default() };
        Ok(fold_programme(path, &self.store.entries(&query)?, self.now()))
    }
}
