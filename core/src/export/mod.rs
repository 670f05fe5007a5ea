//! Export: one's own entries, whole, in forms that other programs and other people can read (P15). What
//! the partner shared is in it only when that was ticked.

mod csv;
mod html;
mod json;
mod reading;

use std::collections::BTreeSet;

use crate::catalogue::Catalogue;
use crate::insights::{Range, Series};
use crate::journal::{Body, Entry, LocalTime};

/// What is exported.
#[derive(Debug)]
pub struct Material {
    /// The local dates that it covers.
    pub range: Range,
    /// When it is made.
    pub now: LocalTime,
    /// Own entries, oldest first, every form of each.
    pub entries: Vec<Entry>,
    /// What the partner shared, oldest first; `None` where that is not wanted.
    pub shared_with_me: Option<Vec<Entry>>,
    /// The charts.
    pub series: Vec<Series>,
    /// The only fields of entries that a report shows; all of them where absent.
    pub fields: Option<BTreeSet<String>>,
}

/// What a short report for a professional holds: what its owner chose, and nothing else. Names are those
/// that entries and series are stored under.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Chosen {
    /// Series, by the part of their names before a dot.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub series: BTreeSet<String>,
    /// Kinds of entries.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub kinds: BTreeSet<String>,
    /// Fields of those entries.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub fields: BTreeSet<String>,
}

impl Material {
    /// Only what was chosen; nothing of what the partner shared.
    pub fn only(mut self, chosen: &Chosen) -> Self {
        let head = |series: &Series| series.name.split('.').next().unwrap_or_default().to_owned();
        self.series.retain(|series| chosen.series.contains(&head(series)));
        self.entries.retain(|entry| chosen.kinds.contains(entry.body.kind()));
        Self { shared_with_me: None, fields: Some(chosen.fields.clone()), ..self }
    }
}

/// A file of an export: its name, and what is in it.
pub type ExportFile = (&'static str, String);

/// The files: a table, everything for programs, and a report for people.
pub fn files(material: &Material, catalogue: Catalogue) -> Vec<ExportFile> {
    vec![
        ("attune.csv", csv::write(material, catalogue)),
        ("attune.json", json::write(material)),
        ("attune.html", html::write(material, catalogue)),
    ]
}

/// A short report for a professional: a report of what was chosen.
pub fn short_report(material: Material, chosen: &Chosen, catalogue: Catalogue) -> ExportFile {
    ("attune-short.html", html::write(&material.only(chosen), catalogue))
}

/// The fields of a body, by their names as they are stored; none where it is from a newer version.
fn fields(entry: &Entry) -> serde_json::Map<String, serde_json::Value> {
    let known = Some(&entry.body).filter(|body| !matches!(body, Body::Newer(_)));
    match serde_json::to_value(known) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    }
}

/// The newest form of each item, oldest first, dated as it was first written.
fn newest_forms(entries: &[Entry]) -> Vec<Entry> {
    let mut items: std::collections::BTreeMap<_, Entry> = std::collections::BTreeMap::new();
    for entry in entries {
        let first = entry.supersedes.unwrap_or(entry.id);
        let written = items.get(&first).map_or(entry.written, |known| known.written);
        items.insert(first, Entry { written, ..entry.clone() });
    }
    items.into_values().collect()
}

/// A value in words: a text as it is, a list with commas.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        serde_json::Value::Object(fields) => {
            fields.iter().map(|(name, value)| format!("{name}: {}", plain(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
