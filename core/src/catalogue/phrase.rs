//! Messages with something in them: a day, a time, a length, a count.
//!
//! Days arrive in the files as plain numbers (`$weekday` from Monday, `$day`, `$month`, `$year`), and the
//! files hold the names and their order: so a translator decides how a day reads, and nothing depends on
//! tables of locales in some library. Times of day read alike in all our languages: 20:00.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use super::message::{Message, MessageId};

/// A text with values in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Phrase {
    /// A day by its name, as a heading.
    Day(NaiveDate),
    /// A day of the week by its name.
    Weekday(Weekday),
    /// A length, from seconds.
    Length(u32),
    /// "The phones last met on …"
    LastMet(NaiveDate),
    /// "As of …", for what was learned from the other phone (P12).
    AsOf(NaiveDate),
    /// The longest that an invitation offers, from seconds.
    RoundAtMost(u32),
    /// Until when an invitation stands.
    RoundOpenUntil(NaiveTime),
    /// Both accepted: the length, from seconds.
    RoundReady(u32),
    /// Until when somebody takes space.
    PledgeUntil(NaiveDate, NaiveTime),
    /// Returns that happened.
    Returns(u32),
    /// Moments of a week.
    Moments(u32),
    /// Entries that a search found.
    Found(u32),
    /// Entries that came from the other phone at this meeting.
    Received(u32),
    /// Entries that went to it.
    Sent(u32),
    /// The days that a report covers.
    Period(NaiveDate, NaiveDate),
}

impl From<Phrase> for Message {
    fn from(phrase: Phrase) -> Self {
        match phrase {
            Phrase::Day(day) => on(day, "date-day"),
            Phrase::Weekday(day) => plain("date-weekday").with("weekday", day.number_from_monday()),
            Phrase::Length(seconds) => lasting(seconds, "duration"),
            Phrase::LastMet(day) => on(day, "partner-last_met"),
            Phrase::AsOf(day) => on(day, "partner-as_of"),
            Phrase::RoundAtMost(seconds) => lasting(seconds, "partner-round_at_most"),
            Phrase::RoundOpenUntil(time) => plain("partner-round_open_until").with("time", clock(time)),
            Phrase::RoundReady(seconds) => lasting(seconds, "partner-round_ready"),
            Phrase::PledgeUntil(day, time) => on(day, "partner-pledge_until").with("time", clock(time)),
            Phrase::Returns(count) => plain("count-returns").with("count", count),
            Phrase::Moments(count) => plain("count-moments").with("count", count),
            Phrase::Found(count) => plain("count-found").with("count", count),
            Phrase::Received(count) => plain("count-received").with("count", count),
            Phrase::Sent(count) => plain("count-sent").with("count", count),
            Phrase::Period(from, to) => {
                plain("export-period").with("from", on(from, "date-day")).with("to", on(to, "date-day"))
            }
        }
    }
}

fn plain(id: &'static str) -> Message {
    MessageId::of(id).into()
}

fn on(day: NaiveDate, id: &'static str) -> Message {
    plain(id)
        .with("weekday", day.weekday().number_from_monday())
        .with("day", day.day())
        .with("month", day.month())
        .with("year", day.year())
}

fn lasting(seconds: u32, id: &'static str) -> Message {
    plain(id).with("minutes", seconds / 60).with("seconds", seconds % 60)
}

/// A time of day as it reads in all our languages.
pub(crate) fn clock(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// One of each, for the tests and for the list of every message.
pub(super) fn samples() -> Vec<Phrase> {
    let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default();
    let (time, next) = (NaiveTime::MIN, day.succ_opt().unwrap_or_default());
    vec![
        Phrase::Day(day),
        Phrase::Length(90),
        Phrase::LastMet(day),
        Phrase::AsOf(day),
        Phrase::RoundAtMost(90),
        Phrase::RoundOpenUntil(time),
        Phrase::RoundReady(90),
        Phrase::PledgeUntil(day, time),
        Phrase::Returns(2),
        Phrase::Moments(2),
        Phrase::Found(2),
        Phrase::Received(2),
        Phrase::Sent(2),
        Phrase::Period(day, next),
    ]
}
