//! Insights and export.

use std::path::Path;

use attune_core::insights::Range;
use chrono::NaiveDate;
use serde_json::{Value, json};

use super::answer::{Answer, Fault};
use super::arguments::Arguments;
use super::opening::Opened;

impl Opened {
    pub(super) fn show_insights(&self, mut arguments: Arguments) -> Answer {
        let range = range(&mut arguments)?;
        arguments.done()?;
        let series = self.phone.insights().over(range)?;
        Ok(series
            .iter()
            .map(|series| {
                let points = series.points.iter().map(|point| json!({"x": point.x, "y": point.y}));
                json!({"series": series.name, "points": points.collect::<Value>()})
            })
            .collect())
    }

    pub(super) fn export(&mut self, mut arguments: Arguments) -> Answer {
        let folder = arguments.text("folder")?;
        let range = range(&mut arguments)?;
        let include_shared_with_me = arguments.flag("include_shared_with_me")?;
        arguments.done()?;
        Ok(json!({"files": self.phone.export(Path::new(&folder), range, include_shared_with_me)?}))
    }
}

/// Local dates; all of them where they are absent.
fn range(arguments: &mut Arguments) -> Result<Range, Fault> {
    let from = arguments.maybe_date("from")?.unwrap_or(NaiveDate::MIN);
    let to = arguments.maybe_date("to")?.unwrap_or(NaiveDate::MAX);
    if from > to { Err(Fault::bad("\"from\" is after \"to\"")) } else { Ok(Range { from, to }) }
}
