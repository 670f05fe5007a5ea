//! What helped: activation around exercises, calm around time alone, the own limit.

use std::collections::BTreeMap;

use super::{Range, Series, count, series};
use crate::journal::{Body, Entry};
use crate::practice::alone::times_alone;
use crate::practice::limit::OwnLimit;
use crate::practice::own_items;

pub(super) fn of(entries: &[&Entry], range: Range) -> Vec<Series> {
    let (before, after) = activation(entries, range);
    let alone = times_alone(entries.iter().copied());
    let alone: Vec<_> = alone.iter().filter(|time| range.holds(time.began.local_date())).collect();
    let calm = alone.iter().filter_map(|time| Some((time.began.to_string(), f64::from(time.calm_gained?))));
    let with_return = alone.iter().filter(|time| time.with_return).count();
    let pauses = [("with_return", with_return), ("without", alone.len() - with_return)];
    let limit = OwnLimit::history(entries.iter().copied());
    let limit = limit.into_iter().filter(|(at, _)| range.holds(at.local_date()));
    vec![
        series("activation_by_exercise.before", before),
        series("activation_by_exercise.after", after),
        series("alone_calm", calm),
        series("pauses", pauses.map(|(which, times)| (which.to_owned(), count(times)))),
        series("limit", limit.map(|(at, seconds)| (at.to_string(), f64::from(seconds)))),
    ]
}

/// Points by exercise.
type ByExercise = Vec<(String, f64)>;

/// The mean activation before and after each exercise, where both were noted.
fn activation(entries: &[&Entry], range: Range) -> (ByExercise, ByExercise) {
    let items = own_items(entries.iter().copied());
    let mut sums: BTreeMap<&str, (u32, u32, u32)> = BTreeMap::new();
    for item in items.values().filter(|item| range.holds(item.written.local_date())) {
        if let Body::Exercise(exercise) = item.body
            && let (Some(before), Some(after)) = (exercise.activation_before, exercise.activation_after)
        {
            let sum = sums.entry(&exercise.exercise).or_default();
            *sum = (sum.0 + 1, sum.1 + u32::from(before), sum.2 + u32::from(after));
        }
    }
    let mean = |sum: u32, times: u32| f64::from(sum) / f64::from(times);
    let before = sums.iter().map(|(name, (times, before, _))| ((*name).to_owned(), mean(*before, *times)));
    let after = sums.iter().map(|(name, (times, _, after))| ((*name).to_owned(), mean(*after, *times)));
    (before.collect(), after.collect())
}
