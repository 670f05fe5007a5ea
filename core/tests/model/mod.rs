//! Insights counted by hand: item by item, in no clever way.

use std::collections::BTreeMap;

use attune_core::insights::Range;
use attune_core::journal::{Body, EntryId, LocalTime};
use chrono::{Datelike, NaiveDate, TimeDelta, Timelike};

/// An item as it stands.
pub(crate) struct Item {
    pub(crate) id: EntryId,
    pub(crate) written: LocalTime,
    pub(crate) body: Body,
}

/// A pledge as it stands.
pub(crate) struct Pledge {
    pub(crate) id: EntryId,
    pub(crate) made: LocalTime,
    pub(crate) due: LocalTime,
    pub(crate) moved: bool,
    pub(crate) checked_in: Option<LocalTime>,
    pub(crate) erased: bool,
}

/// What a person wrote down and did not erase.
#[derive(Default)]
pub(crate) struct Model {
    pub(crate) items: Vec<Item>,
    pub(crate) pledges: Vec<Pledge>,
    /// What the own limit was lowered to, and when.
    pub(crate) limits: Vec<(LocalTime, u32)>,
}

type Points = Vec<(String, f64)>;

impl Model {
    /// Every series, by its name.
    pub(crate) fn series(&self, range: Range) -> BTreeMap<String, Points> {
        let mut all = BTreeMap::new();
        let items: Vec<&Item> = self.items.iter().filter(|item| range.holds(day(item.written))).collect();
        self.states(&items, &mut all);
        let (cues, words, situations) = (said(&items, cues_of), said(&items, words_of), said(&items, situations_of));
        for (name, said) in [("cues", &cues), ("words", &words), ("situations", &situations)] {
            all.insert(name.to_owned(), most_often(said.iter().map(|(_, word)| word.clone())));
            let hours = said.iter().map(|(at, _)| i64::from(at.to_chrono().hour()));
            all.insert(format!("by_hour.{name}"), in_order(hours));
            let weekdays = said.iter().map(|(at, _)| i64::from(day(*at).weekday().number_from_monday()));
            all.insert(format!("by_weekday.{name}"), in_order(weekdays));
        }
        all.insert("vocabulary".to_owned(), growth(&words));
        exercises(&items, &mut all);
        self.alone(range, &mut all);
        let mut returns: Vec<NaiveDate> =
            items.iter().filter(|item| matches!(item.body, Body::Return(_))).map(|item| day(item.written)).collect();
        returns.sort_unstable();
        let returns = returns.iter().zip(1_u32..).map(|(day, so_far)| (day.to_string(), f64::from(so_far)));
        all.insert("returns".to_owned(), returns.collect());
        self.pledges(range, &mut all);
        all.insert("limit".to_owned(), self.limit(range));
        all.insert("repair_time".to_owned(), Vec::new());
        all
    }

    fn states(&self, items: &[&Item], all: &mut BTreeMap<String, Points>) {
        let mut activation: Vec<(LocalTime, EntryId, u8)> = Vec::new();
        let mut days: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for state in ["settled", "activated", "shut_down", "mixed", "unsure"] {
            days.insert(format!("state.{state}"), Vec::new());
        }
        for item in items {
            if let Body::CheckIn(check_in) = &item.body {
                activation.push((item.written, item.id, check_in.activation));
                days.get_mut(&format!("state.{}", check_in.state.name())).unwrap().push(day(item.written).to_string());
            }
        }
        activation.sort_unstable();
        let points = activation.iter().map(|(at, _, value)| (at.to_string(), f64::from(*value)));
        all.insert("activation".to_owned(), points.collect());
        all.extend(days.into_iter().map(|(name, days)| (name, counted(days).into_iter().collect())));
    }

    /// By when it began, not by when it was written down.
    fn alone(&self, range: Range, all: &mut BTreeMap<String, Points>) {
        let mut times: Vec<(LocalTime, EntryId, Option<f64>, bool)> = Vec::new();
        for item in &self.items {
            if let Body::Alone(alone) = &item.body {
                let calm = alone.calm_before.zip(alone.calm_after);
                let gained = calm.map(|(before, after)| f64::from(after) - f64::from(before));
                times.push((alone.began.unwrap_or(item.written), item.id, gained, alone.pledge.is_some()));
            }
        }
        times.retain(|(began, ..)| range.holds(day(*began)));
        times.sort_by_key(|(began, id, ..)| (began.unix_ms(), *id));
        let gains = times.iter().filter_map(|(began, _, gained, _)| Some((began.to_string(), (*gained)?)));
        all.insert("alone_calm".to_owned(), gains.collect());
        let how_many = |with: bool| number(times.iter().filter(|time| time.3 == with).count());
        let pauses = vec![("with_return".to_owned(), how_many(true)), ("without".to_owned(), how_many(false))];
        all.insert("pauses".to_owned(), pauses);
    }

    fn pledges(&self, range: Range, all: &mut BTreeMap<String, Points>) {
        let mut days: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for pledge in self.pledges.iter().filter(|pledge| !pledge.erased && range.holds(day(pledge.made))) {
            let Some(at) = pledge.checked_in else { continue };
            let name = match (at.since(pledge.due) <= TimeDelta::minutes(5), pledge.moved) {
                (true, false) => "pledges_kept",
                (true, true) => "pledges_moved",
                (false, _) => "pledges_after",
            };
            days.entry(name).or_default().push(day(pledge.made).to_string());
        }
        for name in ["pledges_kept", "pledges_moved", "pledges_after"] {
            let days = days.remove(name).unwrap_or_default();
            all.insert(name.to_owned(), counted(days).into_iter().collect());
        }
    }

    fn limit(&self, range: Range) -> Points {
        let mut points = Vec::new();
        // It began at two minutes, and stood so until it was first lowered.
        let began = self.limits.first().map(|(at, _)| (*at, 120));
        for (at, seconds) in began.into_iter().chain(self.limits.iter().copied()) {
            if day(at) < range.from {
                points = vec![(range.from.to_string(), f64::from(seconds))];
            } else if range.holds(day(at)) {
                points.push((at.to_string(), f64::from(seconds)));
            }
        }
        points
    }
}

fn exercises(items: &[&Item], all: &mut BTreeMap<String, Points>) {
    let mut by_name: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for item in items {
        if let Body::Exercise(exercise) = &item.body
            && let (Some(before), Some(after)) = (exercise.activation_before, exercise.activation_after)
        {
            by_name.entry(&exercise.exercise).or_default().push((before.into(), after.into()));
        }
    }
    let mean = |part: fn(&(f64, f64)) -> f64| {
        let means = by_name
            .iter()
            .map(|(name, pairs)| ((*name).to_owned(), pairs.iter().map(part).sum::<f64>() / number(pairs.len())));
        means.collect::<Points>()
    };
    all.insert("activation_by_exercise.before".to_owned(), mean(|pair| pair.0));
    all.insert("activation_by_exercise.after".to_owned(), mean(|pair| pair.1));
}

fn cues_of(body: &Body) -> Vec<&str> {
    match body {
        Body::CheckIn(check_in) => check_in.cues.iter().map(String::as_str).collect(),
        Body::Moment(moment) => moment.cue.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

fn words_of(body: &Body) -> Vec<&str> {
    match body {
        Body::CheckIn(check_in) => check_in.words.iter().map(String::as_str).collect(),
        Body::Moment(moment) => moment.emotion.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

fn situations_of(body: &Body) -> Vec<&str> {
    match body {
        Body::Moment(moment) => moment.situation.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// What was said, and when.
fn said(items: &[&Item], of: fn(&Body) -> Vec<&str>) -> Vec<(LocalTime, String)> {
    let all = items.iter().flat_map(|item| of(&item.body).into_iter().map(|word| (item.written, word)));
    let all = all.map(|(at, word)| (at, word.trim().to_lowercase()));
    all.filter(|(_, word)| !word.is_empty()).collect()
}

/// How many words had been said for the first time, by the end of each day that brought one.
fn growth(words: &[(LocalTime, String)]) -> Points {
    let mut days: Vec<NaiveDate> = words.iter().map(|(at, _)| day(*at)).collect();
    days.sort_unstable();
    days.dedup();
    let mut points: Points = Vec::new();
    for end in days {
        let mut until: Vec<&String> = words.iter().filter(|(at, _)| day(*at) <= end).map(|(_, word)| word).collect();
        until.sort_unstable();
        until.dedup();
        let many = number(until.len());
        if points.last().is_none_or(|(_, before)| *before < many) {
            points.push((end.to_string(), many));
        }
    }
    points
}

fn counted<T: Ord>(of: impl IntoIterator<Item = T>) -> BTreeMap<T, f64> {
    let mut counts = BTreeMap::new();
    of.into_iter().for_each(|one| *counts.entry(one).or_insert(0.0) += 1.0);
    counts
}

fn in_order(of: impl Iterator<Item = i64>) -> Points {
    counted(of).into_iter().map(|(x, y)| (x.to_string(), y)).collect()
}

fn most_often(words: impl Iterator<Item = String>) -> Points {
    let mut counts: Points = counted(words).into_iter().collect();
    counts.sort_by(|a, b| b.1.total_cmp(&a.1));
    counts
}

fn day(at: LocalTime) -> NaiveDate {
    at.local_date()
}

fn number(of: usize) -> f64 {
    f64::from(u32::try_from(of).unwrap())
}
