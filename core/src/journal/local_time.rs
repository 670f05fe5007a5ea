//! An instant as its author saw it: with the offset from UTC that was in force there and then.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Offset, TimeDelta, TimeZone, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// An instant (milliseconds) and the UTC offset (minutes) of the place where it was noted.
///
/// The local date follows from the two and from nothing else, so a later journey never moves an
/// entry to another day (spec §3). Compared as an instant first; years 0 to 9999.
/// The default is 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LocalTime {
    unix_ms: i64,
    offset_min: i16,
}

/// Not a time: outside the years 0 to 9999, an offset of more than 18 hours, or not RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time with an offset")]
pub struct MalformedTime;

/// 0000-01-02T00:00Z: a day inside year 0, so that every offset still shows a year of four digits.
const FIRST_MS: i64 = -62_167_132_800_000;
/// 9999-12-31T00:00Z.
const LAST_MS: i64 = 253_402_214_400_000;
/// No place is farther from UTC, and Java takes nothing farther.
const FARTHEST_MIN: u16 = 18 * 60;

impl LocalTime {
    /// Builds a time from milliseconds since 1970 (UTC) and minutes east of UTC.
    pub fn new(unix_ms: i64, offset_min: i16) -> Result<Self, MalformedTime> {
        if (FIRST_MS..=LAST_MS).contains(&unix_ms) && offset_min.unsigned_abs() <= FARTHEST_MIN {
            Ok(Self { unix_ms, offset_min })
        } else {
            Err(MalformedTime)
        }
    }

    /// Reads RFC 3339 with an offset, such as `2026-03-02T08:00:00+01:00`.
    pub fn parse(text: &str) -> Result<Self, MalformedTime> {
        DateTime::parse_from_rfc3339(text).map_err(|_| MalformedTime)?.try_into()
    }

    /// Milliseconds since 1970 (UTC).
    pub fn unix_ms(self) -> i64 {
        self.unix_ms
    }

    /// Minutes east of UTC.
    pub fn offset_min(self) -> i16 {
        self.offset_min
    }

    /// The same instant and offset as chrono has it.
    pub fn to_chrono(self) -> DateTime<FixedOffset> {
        // Both were checked in `new`; the fallbacks are never taken.
        let utc = Utc.timestamp_millis_opt(self.unix_ms).single().unwrap_or(DateTime::UNIX_EPOCH);
        let offset = FixedOffset::east_opt(i32::from(self.offset_min) * 60);
        utc.with_timezone(&offset.unwrap_or_else(|| Utc.fix()))
    }

    /// The date on the wall where it was noted.
    pub fn local_date(self) -> NaiveDate {
        self.to_chrono().date_naive()
    }

    /// The hour on the wall where it was noted, 0 to 23.
    pub fn local_hour(self) -> u32 {
        self.to_chrono().hour()
    }

    /// The local date as a count of days since 0001-01-01, for tables and ranges.
    pub fn local_day(self) -> i32 {
        self.local_date().num_days_from_ce()
    }

    /// The time so many seconds later (or earlier), at the same offset; held within the years 0 to 9999.
    #[must_use]
    pub fn plus(self, delta: TimeDelta) -> Self {
        let unix_ms = self.unix_ms.saturating_add(delta.num_milliseconds()).clamp(FIRST_MS, LAST_MS);
        Self { unix_ms, ..self }
    }

    /// Time from `earlier` to this; negative where `earlier` is later.
    pub fn since(self, earlier: Self) -> TimeDelta {
        TimeDelta::milliseconds(self.unix_ms.saturating_sub(earlier.unix_ms))
    }
}

impl TryFrom<DateTime<FixedOffset>> for LocalTime {
    type Error = MalformedTime;

    fn try_from(time: DateTime<FixedOffset>) -> Result<Self, MalformedTime> {
        let minutes = i16::try_from(time.offset().local_minus_utc().div_euclid(60));
        Self::new(time.timestamp_millis(), minutes.map_err(|_| MalformedTime)?)
    }
}

impl std::fmt::Display for LocalTime {
    /// RFC 3339; fractions of a second only where there are some.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_chrono().to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false))
    }
}

impl std::fmt::Debug for LocalTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() { to.collect_str(self) } else { (self.unix_ms, self.offset_min).serialize(to) }
    }
}

impl<'de> Deserialize<'de> for LocalTime {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let read = if from.is_human_readable() {
            Self::parse(&String::deserialize(from)?)
        } else {
            let (unix_ms, offset_min) = <(i64, i16)>::deserialize(from)?;
            Self::new(unix_ms, offset_min)
        };
        read.map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_evening_keeps_its_local_date() {
        let t = LocalTime::parse("2026-03-28T23:30:00-05:00").unwrap();
        assert_eq!(t.local_date().to_string(), "2026-03-28");
        assert_eq!(t.local_hour(), 23);
        assert_eq!(t.to_string(), "2026-03-28T23:30:00-05:00");
    }

    #[test]
    fn times_outside_four_digit_years_are_refused() {
        assert!(LocalTime::new(i64::MAX, 0).is_err());
        assert!(LocalTime::new(0, 1081).is_err());
        assert!(LocalTime::parse("2026-03-02T08:00:00-18:01").is_err());
        for (ms, offset) in [(FIRST_MS, -1080), (LAST_MS, 1080)] {
            let t = LocalTime::new(ms, offset).unwrap();
            assert_eq!(LocalTime::parse(&t.to_string()).map(|t| t.unix_ms), Ok(ms));
        }
    }
}
