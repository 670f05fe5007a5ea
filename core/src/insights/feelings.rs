//! Felt states, cues, words and situations, by time and by hour.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{Range, Series, count, series};
use crate::journal::{Body, Entry, FeltState, LocalTime};
use crate::practice::own_items;

pub(super) fn series_of_state(state: FeltState) -> &'static str {
    match state {
        FeltState::Settled => "state.settled",
        FeltState::Activated => "state.activated",
        FeltState::ShutDown => "state.shut_down",
        FeltState::Mixed => "state.mixed",
        FeltState::Unsure => "state.unsure",
    }
}

pub(super) fn of(entries: &[&Entry], range: Range) -> Vec<Series> {
    let items = own_items(entries.iter().copied());
    let mut seen = Seen::default();
    for item in items.values().filter(|item| range.holds(item.written.local_date())) {
        seen.take(item.written, item.body);
    }
    seen.into_series()
}

/// What was seen so far.
#[derive(Default)]
struct Seen {
    states: BTreeMap<(&'static str, NaiveDate), usize>,
    activation: Vec<(String, f64)>,
    cues: BTreeMap<String, usize>,
    words: BTreeMap<String, usize>,
    situations: BTreeMap<String, usize>,
    by_hour: BTreeMap<u32, usize>,
    by_weekday: BTreeMap<u32, usize>,
    /// The day of each word's first use.
    vocabulary: BTreeMap<String, NaiveDate>,
}

impl Seen {
    fn take(&mut self, written: LocalTime, body: &Body) {
        let day = written.local_date();
        match body {
            Body::CheckIn(check_in) => {
                *self.states.entry((series_of_state(check_in.state), day)).or_default() += 1;
                self.activation.push((written.to_string(), f64::from(check_in.activation)));
                check_in.cues.iter().for_each(|cue| self.notice(cue, written));
                check_in.words.iter().for_each(|word| self.name(word, day));
            }
            Body::Moment(moment) => {
                if let Some(cue) = &moment.cue {
                    self.notice(cue, written);
                }
                if let Some(situation) = &moment.situation {
                    *self.situations.entry(situation.to_lowercase()).or_default() += 1;
                }
                if let Some(word) = &moment.emotion {
                    self.name(word, day);
                }
            }
            _ => {}
        }
    }

    /// A body cue.
    fn notice(&mut self, cue: &str, written: LocalTime) {
        *self.cues.entry(cue.to_lowercase()).or_default() += 1;
        *self.by_hour.entry(written.local_hour()).or_default() += 1;
        *self.by_weekday.entry(written.local_date().weekday().number_from_monday()).or_default() += 1;
    }

    /// A word for a feeling.
    fn name(&mut self, word: &str, day: NaiveDate) {
        let word = word.to_lowercase();
        *self.words.entry(word.clone()).or_default() += 1;
        // On a journey west, a later entry may have an earlier day.
        let first = self.vocabulary.entry(word).or_insert(day);
        *first = day.min(*first);
    }

    fn into_series(self) -> Vec<Series> {
        let mut states: BTreeMap<&'static str, Vec<(String, f64)>> = BTreeMap::new();
        for ((state, day), times) in self.states {
            states.entry(state).or_default().push((day.to_string(), count(times)));
        }
        let mut all: Vec<Series> = FeltState::ALL
            .into_iter()
            .map(series_of_state)
            .map(|state| series(state, states.remove(state).unwrap_or_default()))
            .collect();
        all.extend([
            series("activation", self.activation),
            series("cues", most_often(self.cues)),
            series("words", most_often(self.words)),
            series("situations", most_often(self.situations)),
            series("by_hour", self.by_hour.into_iter().map(|(hour, times)| (hour.to_string(), count(times)))),
            series("by_weekday", self.by_weekday.into_iter().map(|(day, times)| (day.to_string(), count(times)))),
            series("vocabulary", growth(self.vocabulary)),
        ]);
        all
    }
}

/// How many different words there were by the end of each day that brought a new one.
fn growth(vocabulary: BTreeMap<String, NaiveDate>) -> Vec<(String, f64)> {
    let mut new_by_day: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for day in vocabulary.into_values() {
        *new_by_day.entry(day).or_default() += 1;
    }
    let mut so_far = 0;
    let growing = new_by_day.into_iter().map(|(day, new)| {
        so_far += new;
        (day.to_string(), count(so_far))
    });
    growing.collect()
}

fn most_often(words: BTreeMap<String, usize>) -> Vec<(String, f64)> {
    let mut words: Vec<_> = words.into_iter().map(|(word, times)| (word, count(times))).collect();
    words.sort_by(|a, b| b.1.total_cmp(&a.1));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_only_grows_also_on_a_journey_west() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap_or_default();
        let mut seen = Seen::default();
        seen.name("calm", day(3));
        seen.name("Lonely", day(2));
        seen.name("calm", day(2));
        seen.name("glad", day(4));
        let grown = [("2026-03-02".to_owned(), 2.0), ("2026-03-04".to_owned(), 3.0)];
        assert_eq!(growth(seen.vocabulary), grown);
    }
}
