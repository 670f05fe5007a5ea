//! Own pledges and how they came out, returns that happened, and the way from a rupture to its repair.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Range, Series, count, series};
use crate::journal::{Body, Entry, RepairStep};
use crate::practice::pledge::{Outcome, fold_pledges};
use crate::practice::repair::{RepairStage, fold_repairs};
use crate::practice::returns::returns;

pub(super) fn of(entries: &[&Entry], range: Range) -> Vec<Series> {
    let mut outcomes: BTreeMap<(&'static str, NaiveDate), usize> = BTreeMap::new();
    for pledge in fold_pledges(entries.iter().copied()).into_values() {
        let name = match pledge.outcome() {
            Some(Outcome::Kept) => "pledges_kept",
            Some(Outcome::MovedThenKept) => "pledges_moved",
            Some(Outcome::Late) => "pledges_after",
            None => continue,
        };
        *outcomes.entry((name, pledge.made.local_date())).or_default() += 1;
    }
    let pledges = ["pledges_kept", "pledges_moved", "pledges_after"].map(|name| {
        let own = outcomes.iter().filter(|((of, made), _)| *of == name && range.holds(*made));
        series(name, own.map(|((_, made), times)| (made.to_string(), count(*times))))
    });
    let mut came_back = returns(entries.iter().copied());
    came_back.sort_unstable();
    let came_back = came_back.into_iter().filter(|date| range.holds(*date)).zip(1_usize..);
    let mut all = Vec::from(pledges);
    all.push(series("returns", came_back.map(|(date, so_far)| (date.to_string(), count(so_far)))));
    all.push(series("repair_time", repair_hours(entries, range)));
    all
}

/// Of each repair that both closed: when it began, and the hours until the last one agreed.
fn repair_hours(entries: &[&Entry], range: Range) -> Vec<(String, f64)> {
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
    hours.collect()
}
