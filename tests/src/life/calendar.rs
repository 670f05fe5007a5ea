//! When people write: mornings, noons and above all evenings, on the clock of the place where they are.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

use attune_core::journal::LocalTime;

use super::dice::Dice;

/// The days of a year, counted from the first, on which a traveller is abroad.
const ABROAD: std::ops::RangeInclusive<u64> = 5..=8;
/// How much earlier the clocks stand there, in minutes.
const WEST_MIN: i16 = 360;

/// `count` times of one day, in rising order. Home is in Central Europe, with summer time; who travels is
/// six hours west for four days of every year, first from the sixth day on.
pub(super) fn times_of_day(date: NaiveDate, day: u64, travels: bool, count: u32, dice: &mut Dice) -> Vec<LocalTime> {
    let abroad = travels && ABROAD.contains(&(day % 365));
    let offset_min = if abroad { home_offset_min(date) - WEST_MIN } else { home_offset_min(date) };
    let mut times = std::collections::BTreeSet::new();
    while times.len() < count as usize {
        let second = second_of_day(dice);
        let ms = i64::from(second) * 1000 + i64::from(dice.below(1000));
        let local = NaiveDateTime::new(date, NaiveTime::MIN) + TimeDelta::milliseconds(ms);
        let utc = local.and_utc().timestamp_millis() - i64::from(offset_min) * 60_000;
        times.extend(LocalTime::new(utc, offset_min));
    }
    times.into_iter().collect()
}

fn second_of_day(dice: &mut Dice) -> u32 {
    let (from, to) = match dice.below(100) {
        0..30 => (390, 530),
        30..45 => (715, 810),
        45..58 => (530, 1080),
        _ => (1080, 1390),
    };
    dice.between(from * 60, to * 60 - 1)
}

/// Central European time: summer time from the last Sunday of March to the last of October. The change
/// itself is in the small hours, when nobody writes.
fn home_offset_min(date: NaiveDate) -> i16 {
    let summer = last_sunday(date.year(), 3) <= Some(date) && Some(date) < last_sunday(date.year(), 10);
    if summer { 120 } else { 60 }
}

fn last_sunday(year: i32, month: u32) -> Option<NaiveDate> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    last.checked_sub_days(Days::new(u64::from(last.weekday().days_since(Weekday::Sun))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn home_keeps_summer_time() {
        let offset = |date: &str| home_offset_min(date.parse().unwrap());
        assert_eq!((offset("2026-03-28"), offset("2026-03-29")), (60, 120));
        assert_eq!((offset("2026-10-24"), offset("2026-10-25")), (120, 60));
    }
}
