//! The empathy turn (spec §7).

use std::sync::Arc;

use crate::journal::{EntryId, TurnStep, Whose};
use crate::phone::keeping::{Keeping, Open};
use crate::phone::{PhoneError, Refusal};
use crate::practice::turn::{self, Turn, TurnRefused, TurnStage, Turns as Folded};

const KINDS: &[&str] = &["turn_begin", "turn_act"];
/// The turn that goes on is among so many newest entries.
const RECENT: u32 = 200;

/// Turns of speaking and listening.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Turns {
    pub(in crate::phone) keeping: Arc<Keeping>,
}

/// A turn as this phone shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TurnView {
    /// The entry that began it.
    pub id: EntryId,
    /// How far it has come.
    pub stage: TurnStage,
    /// Whether this person speaks.
    pub i_speak: bool,
    /// How often the listener has said back what was heard.
    pub tries: u32,
    /// Whether advice may be given.
    pub advice_open: bool,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Turns {
    /// Begins a turn as its listener, who names an own feeling; the feeling stays on this phone. Where a
    /// swapped turn waits for this listener's feeling, that turn goes on. Refused: `NotPaired`.
    pub fn begin(&self, own_feeling: String) -> Result<EntryId, PhoneError> {
        self.keeping.with(|open| {
            open.must_be_paired()?;
            let turns = Folded::fold(&open.newest(KINDS, Some(RECENT))?);
            let mut draft = open.draft();
            let turn = match turns.waiting_for_my_feeling() {
                Some(turn) => turn.id,
                None => {
                    let begin = turn::begin();
                    open.add(&mut draft, begin.audience, begin.body, None)?
                }
            };
            let feeling = turn::own_feeling(turn, own_feeling);
            open.add(&mut draft, feeling.audience, feeling.body, None)?;
            open.commit(&draft)?;
            Ok(turn)
        })
    }

    /// Does the next thing in a turn. Refused: `NotYours`, `AdviceLocked`, `WrongStage`,
    /// `NameOwnFeelingFirst`.
    pub fn act(&self, id: EntryId, step: TurnStep) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            let act = open.must_find_turn(id)?.act(step)?;
            open.perform(act).map(drop)
        })
    }

    /// Ends a turn and begins one with the parts exchanged, whose id is returned. Refused: `WrongStage`.
    pub fn swap(&self, id: EntryId) -> Result<EntryId, PhoneError> {
        self.keeping.with(|open| {
            let act = open.must_find_turn(id)?.swap()?;
            open.perform(act)
        })
    }

    /// One turn.
    pub fn view(&self, id: EntryId) -> Result<TurnView, PhoneError> {
        self.keeping.with(|open| {
            let turn = open.must_find_turn(id)?;
            Ok(TurnView {
                id: turn.id,
                stage: turn.stage(),
                i_speak: turn.speaker() == Whose::Mine,
                tries: u32::try_from(turn.tries()).unwrap_or(u32::MAX),
                advice_open: turn.advice_is_open(),
            })
        })
    }
}

impl From<TurnRefused> for Refusal {
    fn from(refused: TurnRefused) -> Self {
        match refused {
            TurnRefused::NotYours => Self::NotYours,
            TurnRefused::AdviceLocked => Self::AdviceLocked,
            TurnRefused::WrongStage => Self::WrongStage,
            TurnRefused::NameOwnFeelingFirst => Self::NameOwnFeelingFirst,
        }
    }
}

impl Open {
    fn must_find_turn(&self, id: EntryId) -> Result<Turn, PhoneError> {
        self.must_find(id)?;
        let recent = Folded::fold(&self.newest(KINDS, Some(RECENT))?);
        let found = match recent.get(id) {
            Some(turn) => Some(turn.clone()),
            None => Folded::fold(&self.all(KINDS)?).get(id).cloned(),
        };
        found.ok_or(PhoneError::UnknownId)
    }
}
