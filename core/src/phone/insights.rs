//! Insights into one's own entries (spec §16): counts and means by SQL over what is noted of items, and folds
//! of the few acts that the range needs.

use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::Datelike;

use super::PhoneError;
use super::keeping::{Keeping, Open};
use crate::insights::{LIMIT_KINDS, Range, Series, limit, pledges, repair_time, series};
use crate::journal::{Entry, Whose};
use crate::store::Noted::{Activation, Alone, Cue, Exercise, Return, Situation, State, Word};
use crate::store::NotedSeries::{
    CountedUp, Days, Gains, Growth, Hours, MeansAfter, MeansBefore, MostOften, Values, Weekdays,
};
use crate::store::{EntryQuery, NotedSeries};

/// Insights into one's own entries.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Insights {
    pub(super) keeping: Arc<Keeping>,
}

/// How many days the local date of a later entry can lie before that of an earlier one: the world's
/// offsets span 26 hours, so an edit on a journey west may seem older than what it edits.
pub(super) const LONGEST_JOURNEY: i32 = 2;

/// The series that are counted over items, by their names.
const OF_ITEMS: &[(&str, NotedSeries<'_>)] = &[
    ("state.settled", Days(State, "settled")),
    ("state.activated", Days(State, "activated")),
    ("state.shut_down", Days(State, "shut_down")),
    ("state.mixed", Days(State, "mixed")),
    ("state.unsure", Days(State, "unsure")),
    ("activation", Values(Activation)),
    ("activation_by_exercise.before", MeansBefore(Exercise)),
    ("activation_by_exercise.after", MeansAfter(Exercise)),
    ("cues", MostOften(Cue)),
    ("words", MostOften(Word)),
    ("situations", MostOften(Situation)),
    ("by_hour.cues", Hours(Cue)),
    ("by_hour.words", Hours(Word)),
    ("by_hour.situations", Hours(Situation)),
    ("by_weekday.cues", Weekdays(Cue)),
    ("by_weekday.words", Weekdays(Word)),
    ("by_weekday.situations", Weekdays(Situation)),
    ("vocabulary", Growth(Word)),
    ("alone_calm", Gains(Alone)),
    ("returns", CountedUp(Return)),
];

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Insights {
    /// All series over a range of local dates. No document is loaded, and of items no entry is read.
    pub fn over(&self, range: Range) -> Result<Vec<Series>, PhoneError> {
        self.keeping.with(|open| open.insights(range))
    }
}

impl Open {
    pub(super) fn insights(&mut self, range: Range) -> Result<Vec<Series>, PhoneError> {
        let days = range.from.num_days_from_ce()..=range.to.num_days_from_ce();
        let mut all = Vec::new();
        for (name, asked) in OF_ITEMS {
            all.push(series(name, self.store.noted(*asked, &days)?));
        }
        let pauses = self.store.noted(MostOften(Alone), &days)?;
        let times = |which: &str| pauses.iter().find(|(word, _)| word == which).map_or(0.0, |(_, times)| *times);
        all.push(series("pauses", ["with_return", "without"].map(|which| (which.to_owned(), times(which)))));

        let mine = EntryQuery { whose: Some(Whose::Mine), ..EntryQuery::default() };
        // The limit rests on all of them, however old.
        all.push(limit(&self.store.entries(&EntryQuery { kinds: LIMIT_KINDS, ..mine })?, range));
        let made = EntryQuery { kinds: &["pledge_make"], ..mine };
        all.extend(pledges(&self.begun_in(&days, made)?, range));
        let paused = EntryQuery { kinds: &["repair_pause"], ..EntryQuery::default() };
        all.push(repair_time(&self.begun_in(&days, paused)?, range));
        Ok(all)
    }

    /// What began in a range of days, and everything that refers to it, however much later.
    fn begun_in(&self, days: &RangeInclusive<i32>, query: EntryQuery<'_>) -> Result<Vec<Entry>, PhoneError> {
        let days = EntryQuery { from_day: Some(*days.start()), to_day: Some(*days.end()), ..query };
        let mut entries = self.store.entries(&days)?;
        for first in 0..entries.len() {
            if let Some(id) = entries.get(first).map(|entry| entry.id) {
                entries.extend(self.store.referring_to(id)?);
            }
        }
        Ok(entries)
    }
}
