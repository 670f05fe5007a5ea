//! Repair after a rupture (spec §6): pause, both ready, impact, ask, answer, agree.
//!
//! A stage is what both have done, whatever order it came in. Nobody's readiness is in here but one's
//! own: that both are ready is told by an `open` act, which a phone writes when the private comparison of
//! readiness came out so.

use std::collections::{BTreeMap, BTreeSet};

use super::Act;
use crate::journal::{Body, Entry, EntryId, LocalTime, RepairAct, RepairPause, RepairStep, Whose};

/// A repair, folded from the acts of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The pause that began it.
    pub id: EntryId,
    /// Who asked for the pause.
    pub begun_by: Whose,
    /// When.
    pub begun: LocalTime,
    /// Whether this person is ready; known to this phone alone.
    pub i_am_ready: bool,
    /// What this person has put in.
    pub mine: Part,
    /// What the partner has put in.
    pub theirs: Part,
    parks: BTreeSet<EntryId>,
    reopened: BTreeSet<EntryId>,
}

/// What one of the two has put in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Part {
    /// What it did to you, as I understand it.
    pub impact: Option<String>,
    /// Whether "what do you need to feel okay?" was asked.
    pub asked: bool,
    /// What I need.
    pub need: Option<String>,
    /// Whether the agreement stands, from this side.
    pub agreed: bool,
    /// Whether this phone saw that both are ready.
    saw_both_ready: bool,
}

/// How far a repair has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum RepairStage {
    /// Each finds calm, apart.
    Paused,
    /// Each offers the impact.
    Impact,
    /// Each asks what the other needs.
    Ask,
    /// Each answers.
    Answer,
    /// Both agree.
    Agree,
    /// Done.
    Closed,
    /// Put aside, for now or for good.
    Parked,
}

/// Why an act of a repair is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RepairRefused {
    /// Each act has its stage, and is done once.
    WrongStage,
}

/// The repairs that these entries of both logs tell of; order and repetition do not matter.
pub fn fold_repairs<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeMap<EntryId, Repair> {
    let entries: BTreeMap<EntryId, &Entry> = entries.into_iter().map(|entry| (entry.id, entry)).collect();
    let begun = entries.values().filter(|entry| matches!(entry.body, Body::RepairPause(_)));
    let mut repairs: BTreeMap<EntryId, Repair> = begun.map(|entry| (entry.id, Repair::new(entry))).collect();
    for entry in entries.values() {
        if let Body::RepairAct(act) = &entry.body
            && let Some(repair) = repairs.get_mut(&act.repair)
        {
            repair.take(entry, &act.step);
        }
    }
    repairs
}

/// Begins a repair: a pause, of 20 minutes or more.
pub fn pause() -> Act {
    Act::shared(RepairPause {})
}

impl Repair {
    fn new(entry: &Entry) -> Self {
        Self {
            id: entry.id,
            begun_by: entry.whose,
            begun: entry.written,
            i_am_ready: false,
            mine: Part::default(),
            theirs: Part::default(),
            parks: BTreeSet::new(),
            reopened: BTreeSet::new(),
        }
    }

    fn take(&mut self, entry: &Entry, step: &RepairStep) {
        let part = match entry.whose {
            Whose::Mine => &mut self.mine,
            Whose::Theirs => &mut self.theirs,
        };
        // Where one wrote twice (on two devices), the first stands.
        match step {
            RepairStep::Ready => self.i_am_ready |= entry.whose == Whose::Mine,
            RepairStep::Open => part.saw_both_ready = true,
            RepairStep::Impact(text) => drop(part.impact.get_or_insert_with(|| text.clone())),
            RepairStep::Ask => part.asked = true,
            RepairStep::Need(text) => drop(part.need.get_or_insert_with(|| text.clone())),
            RepairStep::Agree => part.agreed = true,
            RepairStep::Park => drop(self.parks.insert(entry.id)),
            RepairStep::Reopen(parks) => self.reopened.extend(parks),
        }
    }

    /// How far it has come.
    pub fn stage(&self) -> RepairStage {
        let unparked = self.stage_unless_parked();
        if unparked != RepairStage::Closed && self.standing_parks().next().is_some() {
            RepairStage::Parked
        } else {
            unparked
        }
    }

    fn standing_parks(&self) -> impl Iterator<Item = EntryId> {
        self.parks.difference(&self.reopened).copied()
    }

    fn stage_unless_parked(&self) -> RepairStage {
        let both = |done: fn(&Part) -> bool| done(&self.mine) && done(&self.theirs);
        if !self.has_opened() {
            RepairStage::Paused
        } else if !both(|part| part.impact.is_some()) {
            RepairStage::Impact
        } else if !both(|part| part.asked) {
            RepairStage::Ask
        } else if !both(|part| part.need.is_some()) {
            RepairStage::Answer
        } else if !both(|part| part.agreed) {
            RepairStage::Agree
        } else {
            RepairStage::Closed
        }
    }

    /// Whether both are ready: this phone saw it, or the partner's did and this person is (or has gone on
    /// since; a restored phone may have lost that it was). Nobody can open it for someone who is not ready.
    fn has_opened(&self) -> bool {
        let went_on = self.i_am_ready || self.mine.impact.is_some();
        self.mine.saw_both_ready || (self.theirs.saw_both_ready && went_on)
    }

    /// Whether this phone takes part in the private comparison of readiness: while the repair is paused,
    /// ready or not.
    pub fn is_compared(&self) -> bool {
        self.stage() == RepairStage::Paused
    }

    /// Says in private that one is ready. `None` where that was said.
    pub fn ready(&self) -> Result<Option<Act>, RepairRefused> {
        must(self.stage() == RepairStage::Paused)?;
        Ok((!self.i_am_ready).then(|| Act::private(RepairAct { repair: self.id, step: RepairStep::Ready })))
    }

    /// What a phone writes when the comparison came out as "both are ready".
    pub fn open(&self) -> Result<Act, RepairRefused> {
        must(self.stage() == RepairStage::Paused && self.i_am_ready)?;
        Ok(self.act(RepairStep::Open))
    }

    /// Offers the impact.
    pub fn impact(&self, text: String) -> Result<Act, RepairRefused> {
        must(self.stage() == RepairStage::Impact && self.mine.impact.is_none())?;
        Ok(self.act(RepairStep::Impact(text)))
    }

    /// Asks what the other needs to feel okay.
    pub fn ask(&self) -> Result<Act, RepairRefused> {
        must(self.stage() == RepairStage::Ask && !self.mine.asked)?;
        Ok(self.act(RepairStep::Ask))
    }

    /// Answers with a need.
    pub fn need(&self, text: String) -> Result<Act, RepairRefused> {
        must(self.stage() == RepairStage::Answer && self.mine.need.is_none())?;
        Ok(self.act(RepairStep::Need(text)))
    }

    /// Agrees.
    pub fn agree(&self) -> Result<Act, RepairRefused> {
        must(self.stage() == RepairStage::Agree && !self.mine.agreed)?;
        Ok(self.act(RepairStep::Agree))
    }

    /// Parks it, at any stage; no reason (P6).
    pub fn park(&self) -> Result<Act, RepairRefused> {
        must(!matches!(self.stage(), RepairStage::Parked | RepairStage::Closed))?;
        Ok(self.act(RepairStep::Park))
    }

    /// Takes it up again, at the stage it was parked in. It names the parks that it answers, so that one
    /// which the other phone wrote meanwhile still stands.
    pub fn reopen(&self) -> Result<Act, RepairRefused> {
        must(self.stage() == RepairStage::Parked)?;
        Ok(self.act(RepairStep::Reopen(self.standing_parks().collect())))
    }

    fn act(&self, step: RepairStep) -> Act {
        Act::shared(RepairAct { repair: self.id, step })
    }
}

fn must(allowed: bool) -> Result<(), RepairRefused> {
    if allowed { Ok(()) } else { Err(RepairRefused::WrongStage) }
}
