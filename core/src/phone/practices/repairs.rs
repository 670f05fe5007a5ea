//! Repair (spec §6).

use std::sync::Arc;

use crate::journal::EntryId;
use crate::phone::keeping::{Keeping, Open};
use crate::phone::{PhoneError, Refusal};
use crate::practice::Act;
use crate::practice::repair::{self, Part, Repair, RepairRefused, RepairStage, fold_repairs};

/// Repairs.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Repairs {
    pub(in crate::phone) keeping: Arc<Keeping>,
}

/// A repair as this phone shows it. Who was ready first is nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RepairView {
    /// The pause that began it.
    pub id: EntryId,
    /// How far it has come.
    pub stage: RepairStage,
    /// Whether this person is ready.
    pub i_am_ready: bool,
    /// What this person has put in.
    pub mine: Part,
    /// What the partner has put in.
    pub theirs: Part,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Repairs {
    /// Begins a repair with a pause. Refused: `NotPaired`.
    pub fn pause(&self) -> Result<EntryId, PhoneError> {
        self.keeping.with(|open| {
            open.must_be_paired()?;
            open.perform(repair::pause())
        })
    }

    /// "I am ready." It stays on this phone; when both are, the next meeting opens the repair. Refused,
    /// as all that follows: `WrongStage`.
    pub fn ready(&self, id: EntryId) -> Result<(), PhoneError> {
        self.keeping.with(|open| match open.must_find_repair(id)?.ready()? {
            Some(act) => open.perform(act).map(drop),
            None => Ok(()),
        })
    }

    /// What it did to the other one, as this person understands it.
    pub fn impact(&self, id: EntryId, text: String) -> Result<(), PhoneError> {
        self.act(id, |repair| repair.impact(text))
    }

    /// "What do you need to feel okay?"
    pub fn ask(&self, id: EntryId) -> Result<(), PhoneError> {
        self.act(id, Repair::ask)
    }

    /// What this person needs.
    pub fn need(&self, id: EntryId, text: String) -> Result<(), PhoneError> {
        self.act(id, |repair| repair.need(text))
    }

    /// Agrees; both must.
    pub fn agree(&self, id: EntryId) -> Result<(), PhoneError> {
        self.act(id, Repair::agree)
    }

    /// Puts it aside at any stage, without a reason (P6).
    pub fn park(&self, id: EntryId) -> Result<(), PhoneError> {
        self.act(id, Repair::park)
    }

    /// Takes it up again, at the stage in which it was parked.
    pub fn reopen(&self, id: EntryId) -> Result<(), PhoneError> {
        self.act(id, Repair::reopen)
    }

    /// One repair.
    pub fn view(&self, id: EntryId) -> Result<RepairView, PhoneError> {
        self.keeping.with(|open| Ok(RepairView::of(&open.must_find_repair(id)?)))
    }

    /// The repairs that are neither closed nor parked, newest first.
    pub fn open(&self) -> Result<Vec<RepairView>, PhoneError> {
        self.keeping.with(|open| {
            let repairs = open.recent_repairs()?;
            let is_open = |repair: &&Repair| !matches!(repair.stage(), RepairStage::Closed | RepairStage::Parked);
            Ok(repairs.iter().rev().filter(is_open).map(RepairView::of).collect())
        })
    }
}

impl Repairs {
    fn act(&self, id: EntryId, act: impl FnOnce(&Repair) -> Result<Act, RepairRefused>) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            let act = act(&open.must_find_repair(id)?)?;
            open.perform(act).map(drop)
        })
    }
}

impl RepairView {
    fn of(repair: &Repair) -> Self {
        Self {
            id: repair.id,
            stage: repair.stage(),
            i_am_ready: repair.i_am_ready,
            mine: repair.mine.clone(),
            theirs: repair.theirs.clone(),
        }
    }
}

impl From<RepairRefused> for Refusal {
    fn from(refused: RepairRefused) -> Self {
        match refused {
            RepairRefused::WrongStage => Self::WrongStage,
        }
    }
}

/// What is open is among so many newest entries.
const RECENT: u32 = 120;

impl Open {
    /// The repairs whose readiness is compared: those that are paused, whether this person is ready or not.
    pub(in crate::phone) fn paused_repairs(&self) -> Result<Vec<(EntryId, bool)>, PhoneError> {
        let repairs = self.recent_repairs()?;
        let paused = repairs.iter().rev().filter(|repair| repair.is_compared());
        Ok(paused.map(|repair| (repair.id, repair.i_am_ready)).collect())
    }

    /// Both are ready: the repair goes on.
    pub(in crate::phone) fn open_repair(&mut self, id: EntryId) -> Result<(), PhoneError> {
        let act = self.must_find_repair(id)?.open()?;
        self.perform(act).map(drop)
    }

    /// The repairs of late, oldest first.
    fn recent_repairs(&self) -> Result<Vec<Repair>, PhoneError> {
        Ok(fold_repairs(&self.newest(&["repair_pause", "repair_act"], Some(RECENT))?).into_values().collect())
    }

    fn must_find_repair(&self, id: EntryId) -> Result<Repair, PhoneError> {
        fold_repairs(&self.with_what_refers_to(id)?).remove(&id).ok_or(PhoneError::UnknownId)
    }
}
