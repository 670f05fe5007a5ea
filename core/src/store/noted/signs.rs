//! Which own entries show what.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::MARK;
use crate::journal::{Entry, EntryId, Envelope, Record, Sign, Whose};
use crate::store::log::{Log, sql};
use crate::store::tail::mark;
use crate::store::{EntryQuery, Store, StoreError};

/// Notes what an own entry shows.
pub(super) fn note_signs(to: &Connection, log: Log, id: EntryId, value: &[u8]) -> Result<(), StoreError> {
    let sql = sql!(log, "INSERT OR IGNORE INTO ", LOG, "_sign(sign, id) VALUES (?1, ?2)");
    for sign in Envelope::read(value).body.signs() {
        to.prepare_cached(sql)?.execute(params![sign as i64, id])?;
    }
    Ok(())
}

/// Forgets what an entry showed.
pub(super) fn forget_signs(from: &Connection, log: Log, record: &Record) -> Result<(), StoreError> {
    let sql = sql!(log, "DELETE FROM ", LOG, "_sign WHERE sign = ?1 AND id = ?2");
    for sign in Envelope::read(&record.value).body.signs() {
        from.prepare_cached(sql)?.execute(params![sign as i64, record.id])?;
    }
    Ok(())
}

impl Store {
    /// For each of these signs the newest own entry of either log that shows it, where there is one. Writes
    /// nothing, and reads no others but those that were written since the last tidying.
    pub fn newest_showing(&self, signs: &[Sign]) -> Result<Vec<Entry>, StoreError> {
        let mut newest: BTreeMap<Sign, EntryId> = BTreeMap::new();
        for log in Log::BOTH {
            let noted = sql!(log, "SELECT max(id) FROM ", LOG, "_sign WHERE sign = ?1");
            for sign in signs {
                let id: Option<EntryId> = self
                    .connection
                    .prepare_cached(noted)?
                    .query_row([*sign as i64], |row| row.get(0))
                    .optional()?
                    .flatten();
                let known = newest.get(sign).copied();
                id.filter(|id| known < Some(*id)).map(|id| newest.insert(*sign, id));
            }
            let since = sql!(log, "SELECT id, kind, value FROM ", LOG, "_entry WHERE row > ?1 AND whose = 0");
            let mut statement = self.connection.prepare_cached(since)?;
            let mut rows = statement.query([mark(&self.connection, log, MARK)?])?;
            while let Some(row) = rows.next()? {
                let (id, kind) = (row.get(0)?, row.get_ref(1)?.as_str().map_err(|_| StoreError::Damaged)?);
                if Sign::KINDS.contains(&kind) {
                    let value = row.get_ref(2)?.as_blob().map_err(|_| StoreError::Damaged)?;
                    for sign in Envelope::read(value).body.signs().into_iter().filter(|sign| signs.contains(sign)) {
                        let known = newest.entry(sign).or_insert(id);
                        *known = id.max(*known);
                    }
                }
            }
        }
        newest.into_values().filter_map(|id| self.entry(id).transpose()).collect()
    }

    /// The newest own private entries of a kind of which so many, and no edits, have local dates in one week,
    /// Monday to Sunday; none where there never were. Reads no other entries.
    pub fn newest_in_a_week(&self, kind: &str, many: usize) -> Result<Vec<Entry>, StoreError> {
        let mut weeks: BTreeMap<i32, Vec<EntryId>> = BTreeMap::new();
        // The day 0001-01-01, which is 1, was a Monday.
        let mut fill = |id: EntryId, day: i32| {
            let week = weeks.entry((day - 1).div_euclid(7)).or_default();
            week.push(id);
            if week.len() >= many { Some(week.clone()) } else { None }
        };
        let mut found = None;
        let waiting = self.memory.tail(Log::Private).rows().rev();
        for row in waiting.filter(|row| row.kind == kind && !row.edit && row.whose == Whose::Mine) {
            found = found.or_else(|| fill(row.id, row.day));
        }
        let sql = "SELECT id, day FROM private_entry WHERE settled = 1 AND kind = ?1 AND whose = 0 AND edit = 0
                   ORDER BY id DESC";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([kind])?;
        while let (None, Some(row)) = (&found, rows.next()?) {
            found = fill(row.get(0)?, row.get(1)?);
        }
        found.unwrap_or_default().into_iter().filter_map(|id| self.entry(id).transpose()).collect()
    }

    /// The newest own entry of a kind, an edit too.
    pub fn newest_of(&self, kind: &str) -> Result<Option<Entry>, StoreError> {
        let query = EntryQuery { whose: Some(Whose::Mine), kinds: &[kind], limit: Some(1), ..EntryQuery::default() };
        Ok(self.entries(&query)?.pop())
    }
}
