//! Series, as SQL answers them.

use std::ops::RangeInclusive;

use rusqlite::params;

use super::Noted;
use crate::journal::LocalTime;
use crate::store::{Store, StoreError};

/// What can be asked of what is noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotedSeries<'a> {
    /// On which days a word was noted, and how often on each; by date.
    Days(Noted, &'a str),
    /// How often each word was noted; the most frequent first, and then by the alphabet.
    MostOften(Noted),
    /// How often something was noted, by the hour on the wall.
    Hours(Noted),
    /// How often something was noted, by the day of the week from 1 for Monday.
    Weekdays(Noted),
    /// How many different words there were by the end of each day that brought a new one.
    Growth(Noted),
    /// How often it was noted until each time, counted up; by date.
    CountedUp(Noted),
    /// Each value, by time.
    Values(Noted),
    /// How much more there was after than before, where both are there; by time.
    Gains(Noted),
    /// The mean before, where both are there; by word.
    MeansBefore(Noted),
    /// The mean after, where both are there; by word.
    MeansAfter(Noted),
}

/// How the first column of an answer reads.
#[derive(Clone, Copy)]
enum Along {
    /// A word or a number.
    Itself,
    /// A local date, as a count of days.
    Days,
    /// Milliseconds and, in the third column, an offset.
    Time,
}

impl Store {
    /// A series over local dates, counted in days since 0001-01-01, both included: points with a local date,
    /// an instant with its offset, a number or a word along it. Notes first what is not noted yet.
    pub fn noted(
        &mut self,
        series: NotedSeries<'_>,
        days: &RangeInclusive<i32>,
    ) -> Result<Vec<(String, f64)>, StoreError> {
        self.note_all()?;
        let (sql, along, what, word) = series.question();
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![what as i64, days.start(), days.end(), word])?;
        let mut points = Vec::new();
        while let Some(row) = rows.next()? {
            let x = match along {
                Along::Itself => row.get(0)?,
                Along::Days => date(row.get(0)?).ok_or(StoreError::Damaged)?,
                Along::Time => LocalTime::new(row.get(0)?, row.get(2)?).map_err(|_| StoreError::Damaged)?.to_string(),
            };
            points.push((x, row.get(1)?));
        }
        Ok(points)
    }
}

fn date(day: i32) -> Option<String> {
    chrono::NaiveDate::from_num_days_from_ce_opt(day).map(|date| date.to_string())
}

/// What is asked for, less what only some ask; the last parameter is used by few.
macro_rules! among {
    ($select:literal, $rest:literal) => {
        concat!($select, " FROM private_noted WHERE what = ?1 AND day BETWEEN ?2 AND ?3 AND ?4 = ?4 ", $rest)
    };
}

impl<'a> NotedSeries<'a> {
    /// The SQL, what is along it, and its first and last parameters.
    fn question(self) -> (&'static str, Along, Noted, &'a str) {
        match self {
            Self::Days(what, word) => (
                among!("SELECT day, CAST(count(*) AS REAL)", "AND word = ?4 GROUP BY day ORDER BY day"),
                Along::Days,
                what,
                word,
            ),
            Self::MostOften(what) => (
                among!("SELECT word, CAST(count(*) AS REAL)", "GROUP BY word ORDER BY count(*) DESC, word"),
                Along::Itself,
                what,
                "",
            ),
            Self::Hours(what) => (
                // 24 hours are added before the remainder is taken, for times before 1970.
                among!(
                    "SELECT CAST(hour AS TEXT), CAST(count(*) AS REAL) FROM (SELECT
                     ((at + offset_min * 60000) % 86400000 + 86400000) % 86400000 / 3600000 AS hour",
                    ") GROUP BY hour ORDER BY hour"
                ),
                Along::Itself,
                what,
                "",
            ),
            Self::Weekdays(what) => (
                // The day 0001-01-01, which is 1, was a Monday.
                among!(
                    "SELECT CAST(weekday AS TEXT), CAST(count(*) AS REAL) FROM (SELECT
                     ((day - 1) % 7 + 7) % 7 + 1 AS weekday",
                    ") GROUP BY weekday ORDER BY weekday"
                ),
                Along::Itself,
                what,
                "",
            ),
            Self::Growth(what) => (
                among!(
                    "SELECT first, CAST(sum(count(*)) OVER (ORDER BY first) AS REAL) FROM (SELECT min(day) AS first",
                    "GROUP BY word) GROUP BY first ORDER BY first"
                ),
                Along::Days,
                what,
                "",
            ),
            Self::CountedUp(what) => (
                among!("SELECT day, CAST(row_number() OVER (ORDER BY day) AS REAL)", "ORDER BY day, 2"),
                Along::Days,
                what,
                "",
            ),
            Self::Values(what) => (
                among!("SELECT at, CAST(before AS REAL), offset_min", "ORDER BY at, item, place"),
                Along::Time,
                what,
                "",
            ),
            Self::Gains(what) => (
                among!(
                    "SELECT at, CAST(after - before AS REAL), offset_min",
                    "AND before IS NOT NULL AND after IS NOT NULL ORDER BY at, item, place"
                ),
                Along::Time,
                what,
                "",
            ),
            Self::MeansBefore(what) => (
                among!(
                    "SELECT word, avg(before)",
                    "AND before IS NOT NULL AND after IS NOT NULL GROUP BY word ORDER BY word"
                ),
                Along::Itself,
                what,
                "",
            ),
            Self::MeansAfter(what) => (
                among!(
                    "SELECT word, avg(after)",
                    "AND before IS NOT NULL AND after IS NOT NULL GROUP BY word ORDER BY word"
                ),
                Along::Itself,
                what,
                "",
            ),
        }
    }
}
