//! Looking entries up in the read model.

use std::fmt::Write as _;

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::rows::{Stored, find_entry};
use super::tables::{PRIVATE, SHARED, Tables};
use super::{Store, StoreError};
use crate::journal::{Audience, Entry, EntryId, Whose};

/// Which entries; newest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct EntryQuery<'a> {
    /// Only this person's.
    pub whose: Option<Whose>,
    /// Only those for this audience.
    pub audience: Option<Audience>,
    /// Only of these kinds; of every kind where empty.
    pub kinds: &'a [&'a str],
    /// Only first forms: no edits.
    pub firsts_only: bool,
    /// From this local date on, counted in days since 0001-01-01.
    pub from_day: Option<i32>,
    /// Up to and with this local date.
    pub to_day: Option<i32>,
    /// Only older than this one.
    pub before: Option<EntryId>,
    /// At most so many.
    pub limit: Option<u32>,
}

impl Store {
    /// The entry with this id.
    pub fn entry(&self, id: EntryId) -> Result<Option<Entry>, StoreError> {
        for tables in [PRIVATE, SHARED] {
            if let Some(stored) = find_entry(&self.connection, tables, id)? {
                return Ok(Some(stored.to_entry(tables.audience)));
            }
        }
        Ok(None)
    }

    /// Entries, newest first.
    pub fn entries(&self, query: &EntryQuery<'_>) -> Result<Vec<Entry>, StoreError> {
        let mut found = Vec::new();
        for tables in [PRIVATE, SHARED] {
            if query.audience.is_some_and(|audience| audience != tables.audience) {
                continue;
            }
            // By kind one at a time, so that each runs along its index and stops at the limit.
            match query.kinds {
                [] => self.select(tables, None, query, &mut found)?,
                kinds => kinds.iter().try_for_each(|kind| self.select(tables, Some(kind), query, &mut found))?,
            }
        }
        found.sort_by_key(|entry: &Entry| std::cmp::Reverse(entry.id));
        found.truncate(query.limit.map_or(usize::MAX, |limit| limit as usize));
        Ok(found)
    }

    /// The entries that refer to this one or supersede it, oldest first.
    pub fn referring_to(&self, id: EntryId) -> Result<Vec<Entry>, StoreError> {
        let mut found = Vec::new();
        for tables in [PRIVATE, SHARED] {
            let mut statement = self.connection.prepare_cached(tables.references_to)?;
            for stored in statement.query_map([id], Stored::read)? {
                found.push(stored?.to_entry(tables.audience));
            }
        }
        found.sort_by_key(|entry| entry.id);
        Ok(found)
    }

    fn select(
        &self,
        tables: &Tables,
        kind: Option<&str>,
        query: &EntryQuery<'_>,
        found: &mut Vec<Entry>,
    ) -> Result<(), StoreError> {
        let mut sql = format!("{} WHERE 1", tables.select_entries);
        let mut values: Vec<Value> = Vec::new();
        let mut also = |condition: &str, value: Value| {
            values.push(value);
            let _ = write!(sql, " AND {condition} ?{}", values.len());
        };
        if let Some(kind) = kind {
            also("kind =", kind.to_owned().into());
        }
        if let Some(whose) = query.whose {
            also("whose =", i64::from(whose == Whose::Theirs).into());
        }
        if query.firsts_only {
            also("edit =", 0_i64.into());
        }
        if let Some(day) = query.from_day {
            also("day >=", day.into());
        }
        if let Some(day) = query.to_day {
            also("day <=", day.into());
        }
        if let Some(before) = query.before {
            also("id <", before.as_bytes().to_vec().into());
        }
        also_limit(&mut sql, query.limit);
        let mut statement = self.connection.prepare_cached(&sql)?;
        for stored in statement.query_map(params_from_iter(values), Stored::read)? {
            found.push(stored?.to_entry(tables.audience));
        }
        Ok(())
    }
}

fn also_limit(sql: &mut String, limit: Option<u32>) {
    let limit = limit.map_or(-1, i64::from);
    let _ = write!(sql, " ORDER BY id DESC LIMIT {limit}");
}
