//! The report: a table for people, and one JSON line a row for machines.

use std::time::Duration;

use serde::Serialize;

/// One figure. Less is better in every row.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    name: String,
    value: f64,
    unit: &'static str,
    goal: Option<f64>,
    /// What it was compared to in the same run, in the unit in which that is told best.
    reference: Option<f64>,
}

impl Row {
    pub(crate) fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), value: rounded(value), unit, goal: None, reference: None }
    }

    pub(crate) fn micros(name: impl Into<String>, took: Duration) -> Self {
        Self::new(name, took.as_secs_f64() * 1e6, "µs")
    }

    pub(crate) fn millis(name: impl Into<String>, took: Duration) -> Self {
        Self::new(name, took.as_secs_f64() * 1e3, "ms")
    }

    pub(crate) fn seconds(name: impl Into<String>, took: Duration) -> Self {
        Self::new(name, took.as_secs_f64(), "s")
    }

    #[expect(clippy::cast_precision_loss)]
    pub(crate) fn megabytes(name: impl Into<String>, bytes: u64) -> Self {
        Self::new(name, bytes as f64 / 1e6, "MB")
    }

    #[expect(clippy::cast_precision_loss)]
    pub(crate) fn count(name: impl Into<String>, count: u64, unit: &'static str) -> Self {
        Self::new(name, count as f64, unit)
    }

    /// At most so much is promised.
    pub(crate) fn goal(mut self, goal: f64) -> Self {
        self.goal = Some(goal);
        self
    }

    pub(crate) fn reference(mut self, reference: f64) -> Self {
        self.reference = Some(rounded(reference));
        self
    }

    fn verdict(&self) -> &'static str {
        match self.goal {
            Some(goal) if self.value <= goal => "reached",
            Some(_) => "NOT REACHED",
            None => "",
        }
    }
}

/// Three significant digits say all that a run can tell.
fn rounded(value: f64) -> f64 {
    if value.abs() >= 1000.0 { value.round() } else { format!("{value:.3e}").parse().unwrap_or(value) }
}

/// All rows of a run.
pub(crate) struct Report {
    rows: Vec<Row>,
    talkative: bool,
}

impl Report {
    pub(crate) fn new(talkative: bool) -> Self {
        Self { rows: Vec::new(), talkative }
    }

    /// Says on standard error what is about to be measured.
    pub(crate) fn begin(&self, group: &str) {
        if self.talkative {
            eprintln!("measuring {group} …");
        }
    }

    pub(crate) fn add(&mut self, row: Row) {
        if self.talkative {
            eprintln!("    {:<52} {} {}", row.name, row.value, row.unit);
        }
        self.rows.push(row);
    }

    pub(crate) fn print(&self, json_only: bool) {
        if !json_only {
            println!("{:<54} {:>10} {:<8} {:>8} {:>11}  ", "less is better", "value", "unit", "goal", "reference");
            for row in &self.rows {
                let shown = |number: Option<f64>| number.map_or_else(|| "–".to_owned(), |number| number.to_string());
                println!(
                    "{:<54} {:>10} {:<8} {:>8} {:>11}  {}",
                    row.name,
                    row.value,
                    row.unit,
                    shown(row.goal),
                    shown(row.reference),
                    row.verdict()
                );
            }
            println!();
        }
        for row in &self.rows {
            println!("{}", serde_json::to_string(row).unwrap());
        }
    }
}
