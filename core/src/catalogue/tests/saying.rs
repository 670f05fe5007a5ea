//! Messages put together: days, times, lengths, plural forms.

use chrono::{NaiveDate, NaiveTime};

use crate::catalogue::{AboutPartner, Catalogue, Label, Language, Phrase};

const EN: Catalogue = Catalogue::new(Language::English);
const ES: Catalogue = Catalogue::new(Language::Spanish);

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn a_label_reads_as_its_file_says() {
    assert_eq!(EN.text(Label::PlaceToday), "Today");
    assert_eq!(ES.text(Label::PlaceToday), "Hoy");
    assert_eq!(EN.text(AboutPartner::RoundClosed.id()), "Closed");
}

#[test]
fn the_day_of_the_last_meeting_is_named_in_full() {
    let met = Phrase::LastMet(day(2026, 11, 23));
    assert_eq!(EN.text(met), "The phones last met on Monday, 23 November 2026.");
    assert_eq!(ES.text(met), "Los teléfonos se encontraron por última vez el lunes, 23 de noviembre de 2026.");
}

#[test]
fn every_day_of_the_week_and_every_month_has_its_own_name() {
    for language in Language::ALL {
        let catalogue = Catalogue::new(*language);
        let names = |days: Vec<NaiveDate>| {
            let named: std::collections::BTreeSet<_> = days
                .iter()
                .map(|day| catalogue.text(Phrase::Day(*day)).replace(|c: char| c.is_numeric(), ""))
                .collect();
            named.len()
        };
        assert_eq!(names((1..=7).map(|number| day(2026, 11, number)).collect()), 7);
        // The first of a month falls on many weekdays; the same weekday in all twelve months does not.
        let mondays = (1..=12).map(|month| {
            (1..=7).map(|number| day(2026, month, number)).find(|day| day.format("%u").to_string() == "1").unwrap()
        });
        assert_eq!(names(mondays.collect()), 12);
    }
}

#[test]
fn no_invisible_marks_stand_around_values() {
    for language in Language::ALL {
        let text = Catalogue::new(*language).text(Phrase::LastMet(day(2026, 1, 2)));
        assert!(!text.contains(['\u{2068}', '\u{2069}']), "{text:?}");
    }
}

#[test]
fn one_and_many_differ() {
    assert_eq!(EN.text(Phrase::Returns(1)), "One return");
    assert_eq!(EN.text(Phrase::Returns(21)), "21 returns");
    assert_eq!(ES.text(Phrase::Returns(1)), "Un regreso");
    assert_eq!(ES.text(Phrase::Returns(1_000_000)), "1000000 regresos");
    assert_eq!(EN.text(Phrase::Returns(0)), "Here the returns will be listed.");
    for language in Language::ALL {
        for counted in [Phrase::Returns, Phrase::Moments, Phrase::Found, Phrase::Received, Phrase::Sent] {
            let say = |count| Catalogue::new(*language).text(counted(count));
            assert_ne!(say(1), say(2).replace('2', "1"), "{language:?}");
            assert!(say(21).contains("21"), "{language:?}");
        }
    }
}

#[test]
fn lengths_are_said_in_minutes_and_seconds_as_far_as_there_are_any() {
    assert_eq!(EN.text(Phrase::Length(30)), "30 seconds");
    assert_eq!(EN.text(Phrase::Length(60)), "1 minute");
    assert_eq!(EN.text(Phrase::Length(125)), "2 minutes 5 seconds");
    assert_eq!(EN.text(Phrase::Length(1200)), "20 minutes");
    assert_eq!(ES.text(Phrase::Length(61)), "1 minuto y 1 segundo");
}

#[test]
fn times_of_day_are_given_in_twenty_four_hours() {
    let time = NaiveTime::from_hms_opt(20, 5, 0).unwrap();
    assert_eq!(EN.text(Phrase::RoundOpenUntil(time)), "Open until 20:05");
}
