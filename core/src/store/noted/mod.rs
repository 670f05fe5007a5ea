//! What own items add to the series of insights (spec §16): a few words and numbers of each, in a table of
//! their own, so that a series over years is one question to SQL and no entry is read. And which own entries
//! show what somebody asks for among years of them ([`Sign`]).
//!
//! As the search index, it is made when idle and before it is asked, never on the way of a tap; it is made
//! anew with the read model, and what is erased leaves it at once. An item is noted as it stands: in its
//! newest form, on the day of its first (spec §3).

mod asking;
mod note;
mod signs;

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::log::{Log, sql};
use super::tail::{mark, set_mark};
use super::writing::Writing;
use super::{Store, StoreError};
use crate::journal::{EntryId, Envelope, LocalTime, Outline, Record, Sign, Whose};
pub use asking::NotedSeries;
use note::{NOTED_KINDS, notes_of};
use signs::{forget_signs, note_signs};

/// What is noted of an item; the numbers stand in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noted {
    /// A felt state, by its name.
    State = 1,
    /// A body cue.
    Cue = 2,
    /// A word for a feeling.
    Word = 3,
    /// A situation.
    Situation = 4,
    /// Activation, 0 to 10.
    Activation = 5,
    /// An exercise, with the activation before and after it.
    Exercise = 6,
    /// A time alone, with the calm before and after it, by whether it carried a pledge.
    Alone = 7,
    /// It came back.
    Return = 8,
}

/// The last row of a log that is noted.
pub(super) const MARK: &str = "noted";

/// Rows that are looked through in one transaction.
const SLICE: u32 = 1000;

impl Store {
    /// Notes every entry that is not noted yet.
    pub(super) fn note_all(&mut self) -> Result<(), StoreError> {
        while self.note_some(SLICE)? > 0 {}
        Ok(())
    }

    /// Looks through up to `most` entries of a log that has some that are not noted yet; how many it were.
    pub(super) fn note_some(&mut self, most: u32) -> Result<u32, StoreError> {
        for log in Log::BOTH {
            if mark(&self.connection, log, MARK)? + 1 < self.memory.tail(log).next() {
                let noted = self.write(|writing| writing.note(log, most))?;
                if noted > 0 {
                    return Ok(noted);
                }
            }
        }
        Ok(0)
    }
}

impl Writing<'_> {
    fn note(&mut self, log: Log, most: u32) -> Result<u32, StoreError> {
        self.settle(log)?;
        let to = &self.transaction;
        let mut statement = to.prepare_cached(sql!(
            log,
            "SELECT row, id, kind, edit, whose, value FROM ",
            LOG,
            "_entry WHERE row > ?1 ORDER BY row LIMIT ?2"
        ))?;
        let mut rows = statement.query(params![mark(to, log, MARK)?, most])?;
        let (mut seen, mut last, mut items) = (0, None, BTreeSet::new());
        while let Some(row) = rows.next()? {
            (seen, last) = (seen + 1, Some(row.get::<_, i64>(0)?));
            let (id, is_edit) = (row.get(1)?, row.get(3)?);
            let kind = row.get_ref(2)?.as_str().map_err(|_| StoreError::Damaged)?;
            let value = row.get_ref(5)?.as_blob().map_err(|_| StoreError::Damaged)?;
            if row.get::<_, Whose>(4)? == Whose::Mine {
                if Sign::KINDS.contains(&kind) {
                    note_signs(to, log, id, value)?;
                }
                if is_edit {
                    items.extend(Outline::read(value).supersedes);
                } else if NOTED_KINDS.contains(&kind) {
                    items.insert(id);
                }
            }
        }
        if log == Log::Private {
            items.into_iter().try_for_each(|item| note_item(to, item))?;
        }
        last.map_or(Ok(()), |last| set_mark(to, log, MARK, last))?;
        Ok(seen)
    }

    /// An entry was taken out of a log: what it showed goes, and where it was a form of an item, that is noted
    /// as it stands without it.
    pub(super) fn unnote(&self, log: Log, record: &Record, outline: &Outline) -> Result<(), StoreError> {
        let kind = outline.kind.as_str();
        if Sign::KINDS.contains(&kind) {
            forget_signs(&self.transaction, log, record)?;
        }
        match outline.supersedes {
            Some(first) if log == Log::Private => note_item(&self.transaction, first),
            None if log == Log::Private && NOTED_KINDS.contains(&kind) => note_item(&self.transaction, record.id),
            _ => Ok(()),
        }
    }
}

/// Forgets all notes of a log.
pub(super) fn clear(to: &Connection, log: Log) -> Result<(), StoreError> {
    to.execute(sql!(log, "DELETE FROM ", LOG, "_sign"), [])?;
    if log == Log::Private {
        to.execute("DELETE FROM private_noted", [])?;
    }
    set_mark(to, log, MARK, 0)
}

/// Notes an item as it stands, in the place of what was noted of it; nothing where no form of it is left.
/// The tail must have settled.
fn note_item(to: &Connection, item: EntryId) -> Result<(), StoreError> {
    to.prepare_cached("DELETE FROM private_noted WHERE item = ?1")?.execute([item])?;
    let sql = "SELECT id, written, offset_min, value FROM private_entry WHERE settled = 1 AND id = ?1
               UNION ALL
               SELECT e.id, e.written, e.offset_min, e.value FROM private_reference r
               JOIN private_entry e ON e.row = r.row WHERE r.target = ?1 AND e.edit = 1
               ORDER BY 1";
    let mut statement = to.prepare_cached(sql)?;
    let mut rows = statement.query([item])?;
    let (mut first, mut newest) = (None, None);
    while let Some(row) = rows.next()? {
        let form = Envelope::read(row.get_ref(3)?.as_blob().map_err(|_| StoreError::Damaged)?);
        if row.get::<_, EntryId>(0)? == item || form.supersedes == Some(item) {
            let written = LocalTime::new(row.get(1)?, row.get(2)?).map_err(|_| StoreError::Damaged)?;
            first.get_or_insert(written);
            newest = Some(form.body);
        }
    }
    let Some((first, newest)) = first.zip(newest) else { return Ok(()) };
    let sql = "INSERT INTO private_noted(what, day, item, place, at, offset_min, word, before, after)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let mut insert = to.prepare_cached(sql)?;
    for (note, place) in notes_of(&newest, first).into_iter().zip(0_i64..) {
        let (what, at) = (note.what as i64, note.at);
        insert.execute(params![
            what,
            at.local_day(),
            item,
            place,
            at.unix_ms(),
            at.offset_min(),
            note.word,
            note.before,
            note.after
        ])?;
    }
    Ok(())
}
