//! Insights into one's own entries (spec §16), read from the rows of the kinds that they are made of.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::Datelike;

use super::PhoneError;
use super::keeping::{Keeping, Open};
use crate::insights::{KINDS, Range, Series, insights};
use crate::journal::{Entry, EntryId};
use crate::store::EntryQuery;

/// Insights into one's own entries.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Insights {
    pub(super) keeping: Arc<Keeping>,
}

/// What the own limit rests on: all of it, however old.
const SINCE_EVER: &[&str] = &["limit_change", "round_reflect"];

/// How many days the local date of a later entry can lie before that of an earlier one: the world's
/// offsets span 26 hours, so an edit on a journey west may seem older than what it edits.
pub(super) const LONGEST_JOURNEY: i32 = 2;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Insights {
    /// All series over a range of local dates. No document is loaded.
    pub fn over(&self, range: Range) -> Result<Vec<Series>, PhoneError> {
        self.keeping.with(|open| open.insights(range))
    }
}

impl Open {
    pub(super) fn insights(&self, range: Range) -> Result<Vec<Series>, PhoneError> {
        let lately: Vec<&str> = KINDS.iter().copied().filter(|kind| !SINCE_EVER.contains(kind)).collect();
        let from_day = Some(range.from.num_days_from_ce().saturating_sub(LONGEST_JOURNEY));
        // Without an end: what was written in the range may have been edited after it.
        let mut entries = self.store.entries(&EntryQuery { kinds: &lately, from_day, ..EntryQuery::default() })?;
        entries.extend(self.store.entries(&EntryQuery { kinds: SINCE_EVER, ..EntryQuery::default() })?);
        let ids: BTreeSet<EntryId> = entries.iter().map(|entry| entry.id).collect();
        let is_about_the_range = |entry: &Entry| entry.supersedes.is_none_or(|first| ids.contains(&first));
        Ok(insights(entries.iter().filter(|entry| is_about_the_range(entry)), range))
    }
}
