//! The trigger map (spec §10): one's own moments of withdrawal and of pursuit, side by side, week by week.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::policy;
use super::standing::own_items;
use crate::journal::{Body, Entry, Moment};

/// The own moments of one week, Monday to Sunday by the entries' local dates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TriggerMap {
    /// How many.
    pub count: u32,
    /// Whether to ask "look for the pattern?".
    pub look_for_the_pattern: bool,
    /// How many by situation. Words count as one whatever their case, and are shown as first written.
    pub by_situation: BTreeMap<String, u32>,
    /// How many by body cue.
    pub by_cue: BTreeMap<String, u32>,
    /// How many by the hour on the wall, 0 to 23.
    pub by_hour: BTreeMap<u32, u32>,
    /// How many by urge.
    pub by_urge: BTreeMap<String, u32>,
}

/// The Monday of the week that a date lies in.
pub fn monday_of(date: NaiveDate) -> NaiveDate {
    let days = TimeDelta::days(i64::from(date.weekday().num_days_from_monday()));
    date.checked_sub_signed(days).unwrap_or(date)
}

/// The trigger map of the week that `week_of` lies in. An edited moment counts once, as it says now, on
/// the day on which it was first written.
pub fn trigger_map<'a>(entries: impl IntoIterator<Item = &'a Entry>, week_of: NaiveDate) -> TriggerMap {
    let items = own_items(entries);
    let moments: Vec<_> = items
        .values()
        .filter(|item| monday_of(item.written.local_date()) == monday_of(week_of))
        .filter_map(|item| match item.body {
            Body::Moment(moment) => Some((item.written, moment)),
            _ => None,
        })
        .collect();
    let by = |word: fn(&Moment) -> Option<&str>| by_word(moments.iter().filter_map(|(_, moment)| word(moment)));
    let mut by_hour = BTreeMap::new();
    for (written, _) in &moments {
        *by_hour.entry(written.local_hour()).or_default() += 1;
    }
    TriggerMap {
        count: u32::try_from(moments.len()).unwrap_or(u32::MAX),
        look_for_the_pattern: moments.len() >= policy::MOMENTS_FOR_A_PATTERN,
        by_situation: by(|moment| moment.situation.as_deref()),
        by_cue: by(|moment| moment.cue.as_deref()),
        by_hour,
        by_urge: by(|moment| Some(&moment.urge)),
    }
}

fn by_word<'a>(words: impl Iterator<Item = &'a str>) -> BTreeMap<String, u32> {
    let mut counts: BTreeMap<String, (&str, u32)> = BTreeMap::new();
    for word in words.map(str::trim).filter(|word| !word.is_empty()) {
        counts.entry(word.to_lowercase()).or_insert((word, 0)).1 += 1;
    }
    counts.into_values().map(|(word, count)| (word.to_owned(), count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(monday_of(day("2026-03-02")), day("2026-03-02"));
        assert_eq!(monday_of(day("2026-03-08")), day("2026-03-02"));
        assert_eq!(monday_of(day("2026-03-09")), day("2026-03-09"));
    }

    #[test]
    fn words_count_as_one_whatever_their_case() {
        let counts = by_word(["Work", " work", "", "family"].into_iter());
        assert_eq!(counts, BTreeMap::from([("Work".to_owned(), 2), ("family".to_owned(), 1)]));
    }
}
