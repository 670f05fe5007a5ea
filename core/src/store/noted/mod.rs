//! What own items add to the series of insights (spec §16): a few words and numbers of each, in a table of
//! their own, so that a series over years is one question to SQL and no entry is read.
//!
//! As the search index, it is made when idle and before it is asked, never on the way of a tap; it is made
//! anew with the read model, and what is erased leaves it at once. An item is noted as it stands: in its
//! newest form, on the day of its first (spec §3).

mod asking;
mod note;

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::log::Log;
use super::tail::{mark, set_mark};
use super::writing::Writing;
use super::{Store, StoreError};
use crate::journal::{EntryId, Envelope, LocalTime, Outline};
pub use asking::NotedSeries;
use note::{NOTED_KINDS, notes_of};

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

/// The last row of the private log that is noted.
pub(super) const MARK: &str = "noted";

/// Rows that are looked through in one transaction.
const SLICE: u32 = 1000;

impl Store {
    /// Notes every entry that is not noted yet.
    pub(super) fn note_all(&mut self) -> Result<(), StoreError> {
        while self.note_some(SLICE)? > 0 {}
        Ok(())
    }

    /// Looks through up to `most` entries that are not noted yet; how many it were.
    pub(super) fn note_some(&mut self, most: u32) -> Result<u32, StoreError> {
        if mark(&self.connection, Log::Private, MARK)? + 1 < self.memory.tail(Log::Private).next() {
            self.write(|writing| writing.note(most))
        } else {
            Ok(0)
        }
    }
}

impl Writing<'_> {
    fn note(&mut self, most: u32) -> Result<u32, StoreError> {
        self.settle(Log::Private)?;
        let to = &self.transaction;
        let sql = "SELECT row, id, kind, edit, value FROM private_entry WHERE row > ?1 ORDER BY row LIMIT ?2";
        let mut statement = to.prepare_cached(sql)?;
        let mut rows = statement.query(params![mark(to, Log::Private, MARK)?, most])?;
        let (mut seen, mut last, mut items) = (0, None, BTreeSet::new());
        while let Some(row) = rows.next()? {
            (seen, last) = (seen + 1, Some(row.get::<_, i64>(0)?));
            let kind = row.get_ref(2)?.as_str().map_err(|_| StoreError::Damaged)?;
            if row.get(3)? {
                items.extend(Outline::read(row.get_ref(4)?.as_blob().map_err(|_| StoreError::Damaged)?).supersedes);
            } else if NOTED_KINDS.contains(&kind) {
                items.insert(row.get(1)?);
            }
        }
        items.into_iter().try_for_each(|item| note_item(to, item))?;
        last.map_or(Ok(()), |last| set_mark(to, Log::Private, MARK, last))?;
        Ok(seen)
    }

    /// A form of an item was taken out of the private log: it is noted as it stands without that.
    pub(super) fn unnote(&self, id: EntryId, outline: &Outline) -> Result<(), StoreError> {
        match outline.supersedes {
            Some(first) => note_item(&self.transaction, first),
            None if NOTED_KINDS.contains(&outline.kind.as_str()) => note_item(&self.transaction, id),
            None => Ok(()),
        }
    }
}

/// Forgets all notes.
pub(super) fn clear(to: &Connection) -> Result<(), StoreError> {
    to.execute("DELETE FROM private_noted", [])?;
    set_mark(to, Log::Private, MARK, 0)
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
