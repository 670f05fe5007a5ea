//! Moments, and the trigger map of a week (spec §10); returns that happened (spec §5).

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::journal::Whose;
use crate::phone::PhoneError;
use crate::phone::keeping::{Keeping, Open};
use crate::practice::moments::{TriggerMap, monday_of, trigger_map};
use crate::practice::returns::returns;
use crate::store::EntryQuery;

/// One's own moments and returns.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Moments {
    pub(in crate::phone) keeping: Arc<Keeping>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Moments {
    /// The trigger map of the week that a day lies in, Monday to Sunday.
    pub fn week(&self, of: NaiveDate) -> Result<TriggerMap, PhoneError> {
        self.keeping.with(|open| {
            let monday = monday_of(of).num_days_from_ce();
            let (whose, kinds): (_, &[&str]) = (Some(Whose::Mine), &["moment"]);
            let (from_day, to_day) = (Some(monday), Some(monday + 6));
            let week = EntryQuery { whose, kinds, from_day, to_day, firsts_only: true, ..EntryQuery::default() };
            Ok(trigger_map(&open.with_later_forms(&week)?, of))
        })
    }

    /// On which local dates it came back, newest first.
    pub fn returns(&self) -> Result<Vec<NaiveDate>, PhoneError> {
        self.keeping.with(|open| {
            let query = EntryQuery { whose: Some(Whose::Mine), kinds: &["return"], ..EntryQuery::default() };
            Ok(returns(&open.store.entries(&query)?))
        })
    }
}

impl Open {
    /// Entries, and every form of them that was written since.
    fn with_later_forms(&self, query: &EntryQuery<'_>) -> Result<Vec<crate::journal::Entry>, PhoneError> {
        let mut entries = self.store.entries(query)?;
        for first in entries.clone() {
            entries.extend(
                self.store.referring_to(first.id)?.into_iter().filter(|form| form.supersedes == Some(first.id)),
            );
        }
        Ok(entries)
    }
}
