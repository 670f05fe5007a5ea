//! Insights (spec §16): series that a chart can show, made of a person's own entries alone. They compare
//! nobody, score nothing, and count up only (P7, P8).
//!
//! What is counted of items is counted where it is kept; here is what acts tell.

mod acting;

use chrono::NaiveDate;

pub use acting::{LIMIT_KINDS, limit, pledges, repair_time};

/// A named series.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Series {
    /// Its name; the part before a dot is what the catalogue has a heading for.
    pub name: String,
    /// Its points, in order.
    pub points: Vec<Point>,
}

/// A point of a series.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Point {
    /// A local date, an instant with its offset, an hour, a weekday from 1 for Monday, or a word.
    pub x: String,
    /// How many, or how much.
    pub y: f64,
}

/// Local dates, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Range {
    /// The first one.
    pub from: NaiveDate,
    /// The last one.
    pub to: NaiveDate,
}

impl Range {
    /// Whether a local date lies in it.
    pub fn holds(&self, date: NaiveDate) -> bool {
        (self.from..=self.to).contains(&date)
    }
}

/// A series of these points.
pub(crate) fn series(name: &str, points: impl IntoIterator<Item = (String, f64)>) -> Series {
    Series { name: name.to_owned(), points: points.into_iter().map(|(x, y)| Point { x, y }).collect() }
}

/// A count, as a chart has it. Nobody has so many entries that this is not exact.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn count(of: usize) -> f64 {
    of as f64
}
