//! The own limit (spec §4.1): how long a contact its owner takes, learned from the owner's own ratings.
//!
//! It never rises but by its owner's tap, and nothing that comes from the partner enters it (P3).

use std::collections::{BTreeMap, BTreeSet};

use super::{Act, policy};
use crate::journal::{Body, Entry, EntryId, Limit, LimitChange, LimitStep, LocalTime, RoundReflect, Whose};

/// The own limit as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnLimit {
    /// The longest contact that its owner accepts, 30 to 1200 seconds in steps of 5.
    pub seconds: u32,
    /// Rounds of ease in a row since it last changed.
    pub ease_run: u32,
    /// Since when it stands: when it last changed or, where it never did, when its owner first rated a
    /// round. `None` before either.
    pub since: Option<LocalTime>,
    /// Whether its owner chose a first value, or it changed in another way.
    pub is_set_up: bool,
}

impl Default for OwnLimit {
    fn default() -> Self {
        Self { seconds: policy::LIMIT_BEGINS_AT_S, ease_run: 0, since: None, is_set_up: false }
    }
}

/// How a rated round bears on the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rating {
    /// Too much.
    Strain,
    /// Well within, over the full length. A round that the partner ended early is none of ease: it did
    /// not show how the full length would have been.
    Ease,
    /// Anything else.
    Between,
}

/// Why the limit was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LimitRefused {
    /// Its first value was chosen already, or it is too late for that.
    AlreadySetUp,
    /// No longer limit is on offer.
    NoOffer,
    /// By hand it is only ever lowered.
    NotLower,
    /// Not a length of contact.
    OutOfRange,
}

impl OwnLimit {
    /// The limit as these entries tell; their order and repetition do not matter, and what is not the
    /// owner's is left aside. Of two reflections on one round the first counts.
    pub fn fold<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        Self::follow(entries, |_, _, _| {})
    }

    /// Each value that the limit took, and when: first the one that it began at, when its owner chose it or,
    /// where nobody chose, with the first rating.
    pub fn history<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<(LocalTime, u32)> {
        let mut history: Vec<(LocalTime, u32)> = Vec::new();
        Self::follow(entries, |entry, before, after| {
            if after.since.is_none() {
                return;
            }
            let chose = matches!(entry.body, Body::LimitChange(LimitChange { how: LimitStep::Begin, .. }));
            if history.is_empty() && !chose {
                history.push((entry.written, before.seconds));
            }
            if history.last().is_none_or(|(_, last)| *last != after.seconds) {
                history.push((entry.written, after.seconds));
            }
        });
        history
    }

    /// Goes through the entries in order, and tells what stood before each and after.
    fn follow<'a>(entries: impl IntoIterator<Item = &'a Entry>, mut tell: impl FnMut(&Entry, &Self, &Self)) -> Self {
        let own = entries.into_iter().filter(|entry| entry.whose == Whose::Mine);
        let own: BTreeMap<EntryId, &Entry> = own.map(|entry| (entry.id, entry)).collect();
        let mut limit = Self::default();
        let mut rated = BTreeSet::new();
        for entry in own.values() {
            let before = limit;
            match &entry.body {
                Body::LimitChange(change) => limit.change(change, entry.written),
                Body::RoundReflect(reflect) if rated.insert(reflect.round) => limit.rate(reflect, entry.written),
                _ => continue,
            }
            tell(entry, &before, &limit);
        }
        limit
    }

    /// The longer limit that its owner may take now, in seconds: after three rounds of ease in a row and
    /// 72 hours of standing still. An offer that is not taken stays an offer.
    pub fn offer(&self, now: LocalTime) -> Option<u32> {
        let stood = self.since.is_some_and(|since| now.since(since) >= policy::OFFER_AFTER);
        if self.ease_run < policy::OFFER_AFTER_EASE || !stood {
            return None;
        }
        Some(self.grown()).filter(|offer| *offer > self.seconds)
    }

    /// Chooses the first value: once, alone, before pairing and before any round, which `is_early` says.
    pub fn begin(&self, to_s: u32, is_early: bool) -> Result<Act, LimitRefused> {
        if self.is_set_up || !is_early {
            return Err(LimitRefused::AlreadySetUp);
        }
        check(to_s)?;
        Ok(Act::private(LimitChange { how: LimitStep::Begin, to_s }))
    }

    /// Takes the offer that stands.
    pub fn take_offer(&self, now: LocalTime) -> Result<Act, LimitRefused> {
        let to_s = self.offer(now).ok_or(LimitRefused::NoOffer)?;
        Ok(Act::private(LimitChange { how: LimitStep::TakeOffer, to_s }))
    }

    /// Lowers the limit by hand: always allowed.
    pub fn lower(&self, to_s: u32) -> Result<Act, LimitRefused> {
        check(to_s)?;
        if in_steps(to_s) >= self.seconds {
            return Err(LimitRefused::NotLower);
        }
        Ok(Act::private(LimitChange { how: LimitStep::Lower, to_s }))
    }

    /// What to write beside an erasing that leaves `self`, so that erasing a strain does not raise the
    /// limit that stood `before`.
    pub fn held_at(&self, before: &Self) -> Option<Act> {
        let rose = self.seconds > before.seconds;
        rose.then(|| Act::private(LimitChange { how: LimitStep::Lower, to_s: before.seconds }))
    }

    fn grown(&self) -> u32 {
        in_steps((self.seconds * policy::OFFER_PERCENT / 100).min(self.seconds + policy::OFFER_ADDS_AT_MOST_S))
    }

    /// What the log says is taken within the rules, whatever wrote it: lowering lowers, and an offer taken
    /// raises no further than an offer could.
    fn change(&mut self, change: &LimitChange, written: LocalTime) {
        let to_s = in_steps(change.to_s);
        match change.how {
            LimitStep::Begin if !self.is_set_up => self.set(to_s, written),
            LimitStep::Lower if to_s < self.seconds => self.set(to_s, written),
            LimitStep::TakeOffer if to_s > self.seconds => self.set(to_s.min(self.grown()), written),
            _ => {}
        }
    }

    fn rate(&mut self, reflect: &RoundReflect, written: LocalTime) {
        let Some(rating) = rating(reflect) else { return };
        self.since.get_or_insert(written);
        match rating {
            Rating::Strain => {
                let halved = self.seconds / 2;
                let shorter = in_steps(reflect.actual_s.map_or(halved, |actual| actual.min(halved)));
                self.ease_run = 0;
                if shorter < self.seconds {
                    self.set(shorter, written);
                }
            }
            Rating::Ease => self.ease_run = self.ease_run.saturating_add(1),
            Rating::Between => self.ease_run = 0,
        }
    }

    fn set(&mut self, seconds: u32, written: LocalTime) {
        *self = Self { seconds, ease_run: 0, since: Some(written), is_set_up: true };
    }
}

/// How a reflection bears on the limit of the one who wrote it; `None` where it was skipped.
pub fn rating(reflect: &RoundReflect) -> Option<Rating> {
    if reflect.skipped {
        return None;
    }
    let strained = reflect.safety.is_some_and(|safety| safety <= policy::STRAIN_SAFETY)
        || reflect.activation.is_some_and(|activation| activation >= policy::STRAIN_ACTIVATION);
    let eased = reflect.safety.is_some_and(|safety| safety >= policy::EASE_SAFETY)
        && reflect.activation.is_some_and(|activation| activation <= policy::EASE_ACTIVATION)
        && reflect.full_length;
    Some(match (strained, eased) {
        (true, _) => Rating::Strain,
        (false, true) => Rating::Ease,
        (false, false) => Rating::Between,
    })
}

/// A length rounded down to the step, within the bounds.
pub fn in_steps(seconds: u32) -> u32 {
    let rounded = seconds / policy::LIMIT_STEP_S * policy::LIMIT_STEP_S;
    let (shortest, longest) = policy::LIMIT_BOUNDS_S;
    rounded.clamp(shortest, longest)
}

fn check(seconds: u32) -> Result<(), LimitRefused> {
    Limit::check(seconds, "to_s").map_err(|_| LimitRefused::OutOfRange)
}
