//! Looking entries up in the read model.

use std::cmp::Reverse;

use rusqlite::params;

use super::log::{Log, sql};
use super::rows::{find_row, read_row};
use super::tail::TailRow;
use super::transaction::Reading;
use super::{Store, StoreError};
use crate::journal::{Audience, Entry, EntryId, Whose};

/// Which entries; newest first, by their ids.
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
    /// Of the shared ones, only those of the pairing in force.
    pub current_pairing: bool,
    /// From this local date on, counted in days since 0001-01-01.
    pub from_day: Option<i32>,
    /// Up to and with this local date.
    pub to_day: Option<i32>,
    /// Only older than this one: for the next page.
    pub before: Option<EntryId>,
    /// Only newer than this one.
    pub after: Option<EntryId>,
    /// At most so many.
    pub limit: Option<u32>,
}

/// Where an entry was found.
pub(super) type Found = (Reverse<EntryId>, Log, i64);

impl Store {
    /// The entry with this id.
    pub fn entry(&self, id: EntryId) -> Result<Option<Entry>, StoreError> {
        for log in Log::BOTH {
            if let Some(row) = find_row(&self.connection, log, self.memory.tail(log), id)? {
                return self.read(log, row).map(Some);
            }
        }
        Ok(None)
    }

    /// Entries, newest first.
    pub fn entries(&self, query: &EntryQuery<'_>) -> Result<Vec<Entry>, StoreError> {
        let _reading = Reading::begin(&self.connection)?;
        self.rows(query)?.into_iter().map(|(_, log, row)| self.read(log, row)).collect()
    }

    /// The rows of entries, newest first.
    pub(super) fn rows(&self, query: &EntryQuery<'_>) -> Result<Vec<Found>, StoreError> {
        let mut found = Vec::new();
        for log in Log::BOTH {
            let pairing = match log {
                Log::Shared if query.current_pairing => self.memory.pairing.map(Some),
                _ => Some(None),
            };
            let asked_for = query.audience.is_none_or(|audience| audience == log.audience());
            if let Some(pairing) = pairing.filter(|_| asked_for) {
                self.find(log, Bounds::of(query, pairing), query, &mut found)?;
            }
        }
        found.sort_unstable();
        found.truncate(query.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX)));
        Ok(found)
    }

    /// The entries that refer to this one or supersede it, oldest first. There may be some where the
    /// entry itself was erased.
    pub fn referring_to(&self, id: EntryId) -> Result<Vec<Entry>, StoreError> {
        let mut entries = Vec::new();
        for log in Log::BOTH {
            let sql = sql!(log, "SELECT row FROM ", LOG, "_reference WHERE target = ?1");
            let mut statement = self.connection.prepare_cached(sql)?;
            for row in statement.query_map([id], |row| row.get(0))? {
                entries.push(self.read(log, row?)?);
            }
            for waiting in self.memory.tail(log).rows().filter(|waiting| waiting.references.contains(&id)) {
                entries.push(self.read(log, waiting.row)?);
            }
        }
        entries.sort_by_key(|entry| entry.id);
        Ok(entries)
    }

    /// The newest ids that this person wrote: of shared entries, and of private ones. New ids come after
    /// them; they may have risen when entries came back from the partner's phone.
    pub fn last_own_ids(&self) -> Result<(Option<EntryId>, Option<EntryId>), StoreError> {
        // Ends of chains are few, and those that wait are own ones; among the shared entries the newest own one may stand behind many of the
        // partner's.
        let shared = "SELECT max(c.last) FROM shared_document d JOIN shared_chain c ON c.document = d.id
                      WHERE d.whose = 0";
        let shared: Option<_> = self.connection.prepare_cached(shared)?.query_row([], |row| row.get(0))?;
        let shared = shared.max(self.memory.tail(Log::Shared).last_own());
        let own = EntryQuery { audience: Some(Audience::OnlyMe), limit: Some(1), ..EntryQuery::default() };
        let private = self.rows(&own)?.pop().map(|(Reverse(id), ..)| id);
        Ok((shared, private))
    }

    fn read(&self, log: Log, row: i64) -> Result<Entry, StoreError> {
        Ok(read_row(&self.connection, log, row)?.to_entry(log.audience()))
    }

    fn find(
        &self,
        log: Log,
        mut bounds: Bounds,
        query: &EntryQuery<'_>,
        found: &mut Vec<Found>,
    ) -> Result<(), StoreError> {
        // Kind by kind, so that each runs along its index and stops at the limit.
        let (every_kind, one_kind) = (every_kind(log), one_kind(log));
        match query.kinds {
            [] => self.select(log, every_kind, "", &bounds, found)?,
            kinds => {
                for kind in kinds {
                    bounds.leave_out_what_is_too_many(query, found);
                    self.select(log, one_kind, kind, &bounds, found)?;
                }
            }
        }
        let waiting = self.memory.tail(log).rows();
        let fitting = waiting
            .filter(|row| bounds.hold(row) && (query.kinds.is_empty() || query.kinds.contains(&row.kind.as_str())));
        found.extend(fitting.map(|row| (Reverse(row.id), log, row.row)));
        Ok(())
    }

    fn select(
        &self,
        log: Log,
        sql: &str,
        kind: &str,
        bounds: &Bounds,
        found: &mut Vec<Found>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let Bounds { before, after, days, whose, pairing, edit, limit } = bounds;
        let bounds = params![kind, before, after, days.0, days.1, whose.0, whose.1, pairing.0, pairing.1, edit, limit];
        for row in statement.query_map(bounds, |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (id, row) = row?;
            found.push((Reverse(id), log, row));
        }
        Ok(())
    }
}

/// What is asked for, as bounds that always hold: so the SQL is always the same.
struct Bounds {
    before: Vec<u8>,
    after: Vec<u8>,
    days: (i32, i32),
    whose: (i64, i64),
    pairing: (i64, i64),
    edit: bool,
    limit: i64,
}

impl Bounds {
    fn of(query: &EntryQuery<'_>, pairing: Option<i64>) -> Self {
        let whose = query.whose.map(|whose| i64::from(whose == Whose::Theirs));
        Self {
            // 17 bytes come after every id, none before.
            before: query.before.map_or_else(|| vec![0xff; 17], |id| id.as_bytes().to_vec()),
            after: query.after.map_or_else(Vec::new, |id| id.as_bytes().to_vec()),
            days: (query.from_day.unwrap_or(i32::MIN), query.to_day.unwrap_or(i32::MAX)),
            whose: whose.map_or((0, 1), |whose| (whose, whose)),
            pairing: pairing.map_or((0, i64::MAX), |pairing| (pairing, pairing)),
            edit: !query.firsts_only,
            limit: query.limit.map_or(-1, i64::from),
        }
    }

    /// Where as many are found as are asked for, only newer ones are of interest.
    fn leave_out_what_is_too_many(&mut self, query: &EntryQuery<'_>, found: &mut Vec<Found>) {
        let Some(limit) = query.limit.and_then(|limit| usize::try_from(limit).ok()) else { return };
        if found.len() >= limit && limit > 0 {
            found.sort_unstable();
            found.truncate(limit);
            if let Some((Reverse(oldest), ..)) = found.last() {
                self.after = self.after.as_slice().max(oldest.as_bytes()).to_vec();
            }
        }
    }

    fn hold(&self, row: &TailRow) -> bool {
        let id = row.id.as_bytes().as_slice();
        let whose = i64::from(row.whose == Whose::Theirs);
        id < self.before.as_slice()
            && id > self.after.as_slice()
            && (self.days.0..=self.days.1).contains(&row.day)
            && (self.whose.0..=self.whose.1).contains(&whose)
            && (self.pairing.0..=self.pairing.1).contains(&row.pairing)
            && row.edit <= self.edit
    }
}

/// Along the ids. The first parameter is not used.
fn every_kind(log: Log) -> &'static str {
    sql!(
        log,
        "SELECT id, row FROM ",
        LOG,
        "_entry WHERE settled = 1 AND id < ?2 AND id > ?3 AND day BETWEEN ?4 AND ?5 AND whose BETWEEN ?6 AND ?7",
        " AND pairing BETWEEN ?8 AND ?9 AND edit <= ?10 AND ?1 = '' ORDER BY id DESC LIMIT ?11"
    )
}

/// Along the ids of one kind; all that is asked of a row stands in the index.
pub(super) fn one_kind(log: Log) -> &'static str {
    sql!(
        log,
        "SELECT id, row FROM ",
        LOG,
        "_entry WHERE settled = 1 AND kind = ?1 AND id < ?2 AND id > ?3 AND day BETWEEN ?4 AND ?5",
        " AND whose BETWEEN ?6 AND ?7 AND pairing BETWEEN ?8 AND ?9 AND edit <= ?10 ORDER BY id DESC LIMIT ?11"
    )
}
