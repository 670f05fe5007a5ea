//! Pledges: space with a way back (spec §5). Only their maker acts, and only the maker's phone knows
//! whether one was kept (P4).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Act, policy};
use crate::journal::{
    Audience, Body, Entry, EntryId, LocalTime, PledgeCheckIn, PledgeMake, PledgeMove, PledgeWithdraw, Snapshot,
    TogetherValue, Whose,
};

/// A pledge, folded from its maker's entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pledge {
    /// The entry that made it.
    pub id: EntryId,
    /// Who made it.
    pub whose: Whose,
    /// Who knows of it: its acts are for the same.
    pub audience: Audience,
    /// When it was made.
    pub made: LocalTime,
    /// The last time that was named.
    pub due: LocalTime,
    /// In which way contact will happen.
    pub how: String,
    /// The reassuring sentence.
    pub sentence: Option<String>,
    /// How often it was moved.
    pub moves: u32,
    /// When its maker checked in.
    pub checked_in: Option<LocalTime>,
    /// Whether its maker took it back.
    pub withdrawn: bool,
}

/// Where a pledge stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum PledgeState {
    /// It stands, also past its time.
    Active,
    /// Its maker checked in: final.
    CheckedIn,
    /// Its maker took it back.
    Withdrawn,
    /// Put away, a day after its last time; its maker may still check in or take it back.
    Archived,
}

/// How a pledge came out; for its maker only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Outcome {
    /// At most 5 minutes after the time first named.
    Kept,
    /// At most 5 minutes after a time that was named later.
    MovedThenKept,
    /// Later than that.
    Late,
}

/// Why an act of a pledge is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PledgeRefused {
    /// Only its maker acts.
    NotOwner,
    /// It is over.
    PledgeClosed,
    /// That time has passed.
    InThePast,
}

/// How many of the own pledges came out how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcomes {
    /// [`Outcome::Kept`].
    pub kept: u32,
    /// [`Outcome::MovedThenKept`].
    pub moved_then_kept: u32,
    /// [`Outcome::Late`]; never part of what is shared (P4).
    pub late: u32,
}

/// The pledges that these entries of both logs tell of; order and repetition do not matter. Acts of
/// anyone but a pledge's maker are left aside (P9).
pub fn fold_pledges<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeMap<EntryId, Pledge> {
    let entries: BTreeMap<EntryId, &Entry> = entries.into_iter().map(|entry| (entry.id, entry)).collect();
    let made = entries.values().filter_map(|entry| match &entry.body {
        Body::PledgeMake(make) => Some((entry.id, Pledge::new(entry, make))),
        _ => None,
    });
    let mut pledges: BTreeMap<EntryId, Pledge> = made.collect();
    // In order of ids, which is the maker's own order of writing.
    for entry in entries.values() {
        let (Body::PledgeMove(PledgeMove { pledge, .. })
        | Body::PledgeCheckIn(PledgeCheckIn { pledge })
        | Body::PledgeWithdraw(PledgeWithdraw { pledge })) = &entry.body
        else {
            continue;
        };
        if let Some(pledge) = pledges.get_mut(pledge).filter(|pledge| pledge.whose == entry.whose) {
            pledge.take(entry);
        }
    }
    pledges
}

/// Whether `whose` has an active pledge, which holds invitations back (spec §4).
pub fn has_active(whose: Whose, pledges: &BTreeMap<EntryId, Pledge>, now: LocalTime) -> bool {
    pledges.values().any(|pledge| pledge.whose == whose && pledge.state(now) == PledgeState::Active)
}

/// How the own pledges came out that were made from `from` to `to`, both included, by the local dates of
/// their making. Those without an outcome are not counted: there is no "of how many" (P7).
pub fn outcomes(pledges: &BTreeMap<EntryId, Pledge>, from: NaiveDate, to: NaiveDate) -> Outcomes {
    let mut outcomes = Outcomes::default();
    for pledge in pledges.values().filter(|pledge| (from..=to).contains(&pledge.made.local_date())) {
        match pledge.outcome() {
            Some(Outcome::Kept) => outcomes.kept += 1,
            Some(Outcome::MovedThenKept) => outcomes.moved_then_kept += 1,
            Some(Outcome::Late) => outcomes.late += 1,
            None => {}
        }
    }
    outcomes
}

/// A line of the summary that a maker may share. There is none for what was late (P4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum SummaryLine {
    /// How many were kept.
    Kept,
    /// How many were moved and then kept.
    MovedThenKept,
}

/// A copy, to be shared, of how own pledges came out, with only the lines that their maker chose.
pub fn summary(outcomes: Outcomes, from: NaiveDate, to: NaiveDate, lines: &BTreeSet<SummaryLine>) -> Act {
    let text = |text: String| TogetherValue::Text(text);
    let mut fields = BTreeMap::from([
        ("of".to_owned(), text("pledges".to_owned())),
        ("from".to_owned(), text(from.to_string())),
        ("to".to_owned(), text(to.to_string())),
    ]);
    for line in lines {
        let (name, count) = match line {
            SummaryLine::Kept => ("kept", outcomes.kept),
            SummaryLine::MovedThenKept => ("moved_then_kept", outcomes.moved_then_kept),
        };
        fields.insert(name.to_owned(), TogetherValue::Int(count.into()));
    }
    Act::shared(Snapshot { of: "summary".to_owned(), body: TogetherValue::Map(fields) })
}

/// Makes a pledge, for `audience`: both, or only its maker where nobody is paired (spec §3).
pub fn make(pledge: PledgeMake, audience: Audience, now: LocalTime) -> Result<Act, PledgeRefused> {
    must_be_ahead(pledge.due, now)?;
    Ok(Act { audience, body: pledge.into() })
}

impl Pledge {
    fn new(entry: &Entry, make: &PledgeMake) -> Self {
        Self {
            id: entry.id,
            whose: entry.whose,
            audience: entry.audience,
            made: entry.written,
            due: make.due,
            how: make.how.clone(),
            sentence: make.sentence.clone(),
            moves: 0,
            checked_in: None,
            withdrawn: false,
        }
    }

    fn take(&mut self, entry: &Entry) {
        match &entry.body {
            // A check-in is final: a move that another device of the maker wrote afterwards gives way.
            Body::PledgeMove(act) if self.checked_in.is_none() && !self.withdrawn => {
                self.due = act.due;
                self.moves = self.moves.saturating_add(1);
            }
            Body::PledgeCheckIn(_) => drop(self.checked_in.get_or_insert(entry.written)),
            Body::PledgeWithdraw(_) => self.withdrawn = true,
            _ => {}
        }
    }

    /// Where it stands.
    pub fn state(&self, now: LocalTime) -> PledgeState {
        match (self.checked_in, self.withdrawn) {
            (Some(_), _) => PledgeState::CheckedIn,
            (None, true) => PledgeState::Withdrawn,
            (None, false) if now.since(self.due) >= policy::ARCHIVED_AFTER => PledgeState::Archived,
            (None, false) => PledgeState::Active,
        }
    }

    /// How it came out; `None` until its maker checked in, and always for the partner's (P4).
    pub fn outcome(&self) -> Option<Outcome> {
        let checked_in = self.checked_in.filter(|_| self.whose == Whose::Mine)?;
        Some(match (checked_in.since(self.due) <= policy::KEPT_WITHIN, self.moves) {
            (true, 0) => Outcome::Kept,
            (true, _) => Outcome::MovedThenKept,
            (false, _) => Outcome::Late,
        })
    }

    /// When its maker is still to be prompted: 10 minutes before it is due, and when it is. Nobody else
    /// is, and never again.
    pub fn prompts(&self, now: LocalTime) -> Vec<LocalTime> {
        if self.whose != Whose::Mine || self.state(now) != PledgeState::Active {
            return Vec::new();
        }
        let prompts = [self.due.plus(-policy::PROMPT_BEFORE_DUE), self.due];
        prompts.into_iter().filter(|at| at.unix_ms() > now.unix_ms()).collect()
    }

    /// Names a new time. An archived pledge is not moved: that would bring it back to the partner's eyes.
    pub fn move_to(&self, due: LocalTime, now: LocalTime) -> Result<Act, PledgeRefused> {
        self.must_be(&[PledgeState::Active], now)?;
        must_be_ahead(due, now)?;
        Ok(self.act(PledgeMove { pledge: self.id, due }))
    }

    /// Notes that contact happened in the way promised. Sends nothing by itself.
    pub fn check_in(&self, now: LocalTime) -> Result<Act, PledgeRefused> {
        self.must_be(&[PledgeState::Active, PledgeState::Archived], now)?;
        Ok(self.act(PledgeCheckIn { pledge: self.id }))
    }

    /// Takes the pledge back.
    pub fn withdraw(&self, now: LocalTime) -> Result<Act, PledgeRefused> {
        self.must_be(&[PledgeState::Active, PledgeState::Archived], now)?;
        Ok(self.act(PledgeWithdraw { pledge: self.id }))
    }

    fn act(&self, body: impl Into<Body>) -> Act {
        Act { audience: self.audience, body: body.into() }
    }

    fn must_be(&self, states: &[PledgeState], now: LocalTime) -> Result<(), PledgeRefused> {
        if self.whose != Whose::Mine {
            return Err(PledgeRefused::NotOwner);
        }
        if states.contains(&self.state(now)) { Ok(()) } else { Err(PledgeRefused::PledgeClosed) }
    }
}

fn must_be_ahead(due: LocalTime, now: LocalTime) -> Result<(), PledgeRefused> {
    if due.unix_ms() > now.unix_ms() { Ok(()) } else { Err(PledgeRefused::InThePast) }
}
