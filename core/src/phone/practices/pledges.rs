//! Pledges: space with a way back (spec §5).

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::journal::{Audience, EntryId, LocalTime, PledgeMake, Whose};
use crate::phone::keeping::{Keeping, Open};
use crate::phone::{PhoneError, Refusal};
use crate::practice::Act;
use crate::practice::pledge::{self, Outcome, Pledge, PledgeRefused, PledgeState, SummaryLine, fold_pledges, outcomes};
use crate::store::EntryQuery;

/// The kinds that pledges are folded from.
pub(super) const KINDS: &[&str] = &["pledge_make", "pledge_move", "pledge_check_in", "pledge_withdraw"];
/// What is not archived is among so many newest entries.
const RECENT: u32 = 120;

/// Pledges: space with a way back.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Pledges {
    pub(in crate::phone) keeping: Arc<Keeping>,
}

/// A pledge as this phone shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PledgeView {
    /// Its id.
    pub id: EntryId,
    /// Whether this person made it.
    pub mine: bool,
    /// Where it stands.
    pub state: PledgeState,
    /// The last time that was named.
    pub due: LocalTime,
    /// In which way contact will happen.
    pub how: String,
    /// The reassuring sentence.
    pub sentence: Option<String>,
    /// How often it was moved.
    pub moves: u32,
    /// How it came out; only for one's own, once checked in (P4).
    pub outcome: Option<Outcome>,
    /// When the phones last caught up; only for the partner's (P12).
    pub as_of: Option<LocalTime>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Pledges {
    /// Makes a pledge; private while nobody is paired. Refused: `InThePast`.
    pub fn make(&self, due: LocalTime, how: String, sentence: Option<String>) -> Result<EntryId, PhoneError> {
        self.keeping.with(|open| {
            let audience = if open.is_paired()? { Audience::Both } else { Audience::OnlyMe };
            let act = pledge::make(PledgeMake { due, how, sentence, round: None }, audience, open.now())?;
            open.perform(act)
        })
    }

    /// Names a new time. Refused: `NotOwner`, `PledgeClosed` (checked in, taken back or archived),
    /// `InThePast`.
    pub fn move_to(&self, id: EntryId, due: LocalTime) -> Result<(), PhoneError> {
        self.act(id, |pledge, now| pledge.move_to(due, now))
    }

    /// Notes that contact happened in the way promised; it sends nothing by itself. Final. Refused:
    /// `NotOwner`, `PledgeClosed`.
    pub fn check_in(&self, id: EntryId) -> Result<(), PhoneError> {
        self.act(id, Pledge::check_in)
    }

    /// Takes a pledge back. Refused: `NotOwner`, `PledgeClosed`.
    pub fn withdraw(&self, id: EntryId) -> Result<(), PhoneError> {
        self.act(id, Pledge::withdraw)
    }

    /// One pledge.
    pub fn view(&self, id: EntryId) -> Result<PledgeView, PhoneError> {
        self.keeping.with(|open| {
            let pledge = open.must_find_pledge(id)?;
            open.pledge_view(pledge)
        })
    }

    /// Shares how many own pledges made from one local date up to another, both included, were kept, and
    /// how many were moved and then kept: those of these lines that are chosen, and nothing else (P4).
    /// Returns the copy's id. Refused: `NotPaired`; `BadArguments` where no line is chosen.
    pub fn share_summary(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        lines: &BTreeSet<SummaryLine>,
    ) -> Result<EntryId, PhoneError> {
        self.keeping.with(|open| {
            if lines.is_empty() || from > to {
                return Err(PhoneError::BadArguments);
            }
            open.must_be_paired()?;
            let made = EntryQuery { whose: Some(Whose::Mine), kinds: KINDS, ..EntryQuery::default() };
            let outcomes = outcomes(&fold_pledges(&open.store.entries(&made)?), from, to);
            open.perform(pledge::summary(outcomes, from, to, lines))
        })
    }

    /// The pledges that stand, of both, newest first.
    pub fn active(&self) -> Result<Vec<PledgeView>, PhoneError> {
        self.keeping.with(|open| {
            let standing = open.standing_pledges()?.into_iter().rev();
            standing.map(|pledge| open.pledge_view(pledge)).collect()
        })
    }
}

impl Pledges {
    fn act(
        &self,
        id: EntryId,
        act: impl FnOnce(&Pledge, LocalTime) -> Result<Act, PledgeRefused>,
    ) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            let act = act(&open.must_find_pledge(id)?, open.now())?;
            open.perform(act).map(drop)
        })
    }
}

impl From<PledgeRefused> for Refusal {
    fn from(refused: PledgeRefused) -> Self {
        match refused {
            PledgeRefused::NotOwner => Self::NotOwner,
            PledgeRefused::PledgeClosed => Self::PledgeClosed,
            PledgeRefused::InThePast => Self::InThePast,
        }
    }
}

impl Open {
    /// The pledges that stand, of both, oldest first.
    pub(in crate::phone) fn standing_pledges(&self) -> Result<Vec<Pledge>, PhoneError> {
        let now = self.now();
        let pledges = fold_pledges(&self.newest(KINDS, Some(RECENT))?).into_values();
        Ok(pledges.filter(|pledge| pledge.state(now) == PledgeState::Active).collect())
    }

    fn must_find_pledge(&self, id: EntryId) -> Result<Pledge, PhoneError> {
        fold_pledges(&self.with_what_refers_to(id)?).remove(&id).ok_or(PhoneError::UnknownId)
    }

    fn pledge_view(&self, pledge: Pledge) -> Result<PledgeView, PhoneError> {
        let mine = pledge.whose == Whose::Mine;
        Ok(PledgeView {
            id: pledge.id,
            mine,
            state: pledge.state(self.now()),
            due: pledge.due,
            outcome: pledge.outcome(),
            as_of: if mine { None } else { self.last_met()? },
            how: pledge.how,
            sentence: pledge.sentence,
            moves: pledge.moves,
        })
    }
}
