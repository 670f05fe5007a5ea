//! What a person sees on opening: today's state of every flow, insights, and a backup, with many years on
//! the phone.

use std::time::Duration;

use attune_core::insights::Range;
use attune_core::journal::Path as Steps;
use attune_core::phone::{For, Phone};
use chrono::{Days, NaiveDate};

use crate::bench::{Report, Row, Samples, Stage, open_phone, wall};

const TIMES: u32 = 9;

pub(crate) fn measure(report: &mut Report, stage: &Stage) {
    for years in super::AGES {
        let phone = open_phone(&stage.phone_of_years(years));
        let with_goal = |row: Row, goal: f64| if years == 10 { row.goal(goal) } else { row };
        let row = Row::millis(format!("today's state with {years} years"), median(|| today(&phone)));
        report.add(with_goal(row, 5.0));
        let last = phone.journal().items(&Default::default()).unwrap()[0].written.local_date();
        let year = Range { from: last - Days::new(365), to: last };
        let row = Row::millis(format!("insights over a year of {years}"), median(|| insights(&phone, year)));
        report.add(with_goal(row, 20.0));
        let ever = Range { from: NaiveDate::MIN, to: NaiveDate::MAX };
        let row = Row::millis(format!("insights over {years} years"), median(|| insights(&phone, ever)));
        report.add(with_goal(row, 150.0));
        phone.close().unwrap();
    }
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut samples = Samples::default();
    for _ in 0..TIMES {
        samples.push(wall(&mut work).0);
    }
    samples.median()
}

/// Everything that the first screen asks for.
fn today(phone: &Phone) {
    phone.rounds().list().unwrap();
    phone.rounds().may_invite().unwrap();
    phone.limit().view().unwrap();
    phone.pledges().active().unwrap();
    phone.repairs().open().unwrap();
    phone.programme().steps(Steps::Distance).unwrap();
    phone.toolkit().suggestions(For::Me).unwrap();
    phone.help().is_offered().unwrap();
    phone.partner().status().unwrap();
}

fn insights(phone: &Phone, range: Range) {
    assert!(!phone.insights().over(range).unwrap().is_empty());
}
