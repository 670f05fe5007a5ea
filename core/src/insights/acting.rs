//! The own limit, own pledges and how they came out, and the way from a rupture to its repair: folded from
//! acts.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Range, Series, count, series};
use crate::journal::{Body, Entry, RepairStep};
use crate::practice::limit::OwnLimit;
use crate::practice::pledge::{Outcome, fold_pledges};
use crate::practice::repair::{RepairStage, fold_repairs};

/// The kinds that the own limit rests on: all of them that were ever written.
pub const LIMIT_KINDS: &[&str] = &["limit_change", "round_reflect"];

/// The own limit: what it was when the range began, and each value that it took in it, from these entries
/// of [`LIMIT_KINDS`].
pub fn limit<'a>(entries: impl IntoIterator<Item = &'a Entry>, range: Range) -> Series {
    let (mut at_first, mut changes) = (None, Vec::new());
    for (at, seconds) in OwnLimit::history(entries) {
        let day = at.local_date();
        if day < range.from && changes.is_empty() {
            at_first = Some((range.from.to_string(), f64::from(seconds)));
        } else if range.holds(day) {
            changes.push((at.to_string(), f64::from(seconds)));
        }
    }
    series("limit", at_first.into_iter().chain(changes))
}

/// How the own pledges came out that were made in the range, by the days of their making; from these pledges
/// and the acts that refer to them.
pub fn pledges<'a>(entries: impl IntoIterator<Item = &'a Entry>, range: Range) -> Vec<Series> {
    let mut outcomes: BTreeMap<(&'static str, NaiveDate), usize> = BTreeMap::new();
    for pledge in fold_pledges(entries).into_values() {
        let name = match pledge.outcome() {
            Some(Outcome::Kept) => "pledges_kept",
            Some(Outcome::MovedThenKept) => "pledges_moved",
            Some(Outcome::Late) => "pledges_after",
            None => continue,
        };
        *outcomes.entry((name, pledge.made.local_date())).or_default() += 1;
    }
    let named = |name| {
        let own = outcomes.iter().filter(|((of, made), _)| *of == name && range.holds(*made));
        series(name, own.map(|((_, made), times)| (made.to_string(), count(*times))).collect::<Vec<_>>())
    };
    ["pledges_kept", "pledges_moved", "pledges_after"].map(named).into()
}

/// Of each repair that began in the range and that both closed: when it began, and the hours until the last
/// one agreed; from these pauses and the acts that refer to them.
pub fn repair_time<'a>(entries: impl IntoIterator<Item = &'a Entry>, range: Range) -> Series {
    let entries: Vec<&Entry> = entries.into_iter().collect();
    let repairs = fold_repairs(entries.iter().copied());
    let mut agreed = BTreeMap::new();
    for entry in entries {
        if let Body::RepairAct(act) = &entry.body
            && act.step == RepairStep::Agree
        {
            let last = agreed.entry(act.repair).or_insert(entry.written);
            *last = (*last).max(entry.written);
        }
    }
    let closed = repairs.values().filter(|repair| repair.stage() == RepairStage::Closed);
    let hours = closed.filter(|repair| range.holds(repair.begun.local_date())).filter_map(|repair| {
        let minutes = u32::try_from(agreed.get(&repair.id)?.since(repair.begun).num_minutes()).ok()?;
        Some((repair.begun.to_string(), f64::from(minutes) / 60.0))
    });
    series("repair_time", hours)
}
