//! Exporting one's own entries into a folder (P15).

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{Datelike, NaiveDate};

use super::export_folder::save;
use super::insights::LONGEST_JOURNEY;
use super::keeping::Open;
use super::{Phone, PhoneError};
use crate::export::{Chosen, Material, files, short_report};
use crate::insights::Range;
use crate::journal::{Entry, EntryId, LocalTime, Whose};
use crate::store::EntryQuery;

/// Notes of where copies came from, and what erasing left, say nothing to a reader.
const LEFT_OUT: &[&str] = &["shared_as", "erase"];

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Phone {
    /// Writes a table, a file for programs and a report for people into a folder, which is made where there
    /// is none, and returns their names. Own entries whole, of the local dates in `range`; what the partner
    /// shared only where `include_shared_with_me` (P15).
    ///
    /// All files are new, or none: `StorageFull` and `StorageFailed` leave what stood under their names before.
    pub fn export(&self, folder: &Path, range: Range, include_shared_with_me: bool) -> Result<Vec<String>, PhoneError> {
        let material = self.keeping.with(|open| open.material(range, include_shared_with_me))?;
        save(folder, files(&material, self.keeping.catalogue()))
    }

    /// Writes a short report for a professional into a folder, and returns its name: of the local dates in
    /// `range` the series, kinds and fields that were chosen, and nothing else.
    pub fn short_report(&self, folder: &Path, range: Range, chosen: &Chosen) -> Result<String, PhoneError> {
        let material = self.keeping.with(|open| open.material(range, false))?;
        let saved = save(folder, vec![short_report(material, chosen, self.keeping.catalogue())])?;
        saved.into_iter().next().ok_or(PhoneError::StorageFailed)
    }
}

/// What was first written in the range, in every form, whenever it was edited.
fn begun_in(range: Range, mut entries: Vec<Entry>) -> Vec<Entry> {
    let firsts = entries.iter().filter(|entry| entry.supersedes.is_none());
    let firsts = firsts.filter(|entry| range.holds(entry.written.local_date()));
    let ids: BTreeSet<EntryId> = firsts.map(|entry| entry.id).collect();
    entries.retain(|entry| ids.contains(&entry.supersedes.unwrap_or(entry.id)));
    entries
}

/// The range as a person would name it: all of time is from the first entry to today.
fn in_words(range: Range, entries: &[Entry], now: LocalTime) -> Range {
    let first = entries.first().map_or(now, |entry| entry.written).local_date();
    let from = if range.from == NaiveDate::MIN { first } else { range.from };
    let to = if range.to == NaiveDate::MAX { now.local_date().max(from) } else { range.to };
    Range { from, to }
}

impl Open {
    fn material(&mut self, range: Range, include_shared_with_me: bool) -> Result<Material, PhoneError> {
        // Without an end: an entry of the range may have been edited after it. On a journey west, before it.
        let from_day = Some(range.from.num_days_from_ce().saturating_sub(LONGEST_JOURNEY));
        let oldest_first = |query: EntryQuery<'_>| {
            let mut entries = self.store.entries(&EntryQuery { from_day, ..query })?;
            entries.retain(|entry: &Entry| !LEFT_OUT.contains(&entry.body.kind()));
            entries.reverse();
            Ok::<_, PhoneError>(begun_in(range, entries))
        };
        let own = EntryQuery { whose: Some(Whose::Mine), ..EntryQuery::default() };
        let shared = EntryQuery { whose: Some(Whose::Theirs), kinds: &["snapshot", "answer"], ..EntryQuery::default() };
        let (now, entries) = (self.environment.clock.wall(), oldest_first(own)?);
        let shared_with_me = if include_shared_with_me { Some(oldest_first(shared)?) } else { None };
        let series = self.insights(range)?;
        let range = in_words(range, &entries, now);
        Ok(Material { range, now, entries, shared_with_me, series, fields: None })
    }
}
