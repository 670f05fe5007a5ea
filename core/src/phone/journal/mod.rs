//! The journal as an app sees it: write down, edit, share, erase, look.

mod answering;
mod erasing;
mod items;
#[cfg(test)]
mod newer;
mod sharing;

use std::sync::Arc;

pub use items::{Content, EntryFilter, JournalItem};
pub use sharing::{Answered, SharedItem};

use super::keeping::{Keeping, Open};
use super::{PhoneError, Refusal};
use crate::journal::{Audience, Body, Entry, EntryId, SharedAs, Snapshot, Weekly, WeeklyLine, Whose, is_item};

/// What this person wrote down, and what the partner shared.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Journal {
    pub(super) keeping: Arc<Keeping>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Journal {
    /// Writes an item down, for its author alone; with `share` a copy goes to the partner as well.
    /// The lines that a weekly check-in names as shared go as copies of their own, with `share` or without; it
    /// is never shared as a whole (spec §8).
    ///
    /// Returns the id of the entry or, with `share`, that of the copy or of the first of its lines. Fails with `BadArguments` for what is no item
    /// or cannot be shared, `UnknownId` where it refers to what is not there, `OutOfRange` off a scale,
    /// and `NotPaired` where something is to be shared with nobody.
    pub fn log(&self, body: Body, share: bool) -> Result<EntryId, PhoneError> {
        self.keeping.with(|open| {
            open.must_be_item(&body)?;
            let lines = newly_shared_lines(None, &body);
            let as_a_whole = share && sharing::can_be_shared(&body);
            if share && !as_a_whole && lines.is_empty() {
                return Err(PhoneError::BadArguments);
            }
            open.references_must_exist(&body)?;
            if (share || !lines.is_empty()) && !open.is_paired()? {
                return Err(Refusal::NotPaired.into());
            }
            let mut draft = open.draft();
            let id = open.add(&mut draft, Audience::OnlyMe, body.clone(), None)?;
            let mut copies = Vec::new();
            if as_a_whole {
                copies.push(open.add_copy(&mut draft, id, Snapshot::of(&body))?);
            }
            for (line, text) in lines {
                copies.push(open.add_copy(&mut draft, id, Snapshot::of_weekly_line(line, text))?);
            }
            open.commit(&draft)?;
            Ok(copies.first().copied().filter(|_| share).unwrap_or(id))
        })
    }

    /// Replaces an own item by a new form, which keeps the first one's date; earlier forms are kept.
    /// Copies that were shared do not change (P2); lines of a weekly check-in that are shared now and
    /// were not before go as new copies.
    ///
    /// Fails with `UnknownId`, `NotOwner`, and `BadArguments` for another kind, or for what cannot be
    /// edited: acts, reflections and copies.
    pub fn edit(&self, id: EntryId, body: Body) -> Result<EntryId, PhoneError> {
        self.keeping.with(|open| {
            open.must_be_item(&body)?;
            let newest = open.newest_form(id)?;
            if newest.body.kind() != body.kind() {
                return Err(PhoneError::BadArguments);
            }
            open.references_must_exist(&body)?;
            let lines = newly_shared_lines(Some(&newest.body), &body);
            if !lines.is_empty() && !open.is_paired()? {
                return Err(Refusal::NotPaired.into());
            }
            let first = first_form(&newest);
            let mut draft = open.draft();
            let form = open.add(&mut draft, Audience::OnlyMe, body.clone(), Some(first))?;
            for (line, text) in lines {
                open.add_copy(&mut draft, first, Snapshot::of_weekly_line(line, text))?;
            }
            open.commit(&draft)?;
            Ok(form)
        })
    }
}

/// The id under which an entry is listed: its own, or that of the first form.
fn first_form(entry: &Entry) -> EntryId {
    entry.supersedes.unwrap_or(entry.id)
}

/// Whether an entry is a later form of the own item with this first id.
fn is_form_of(entry: &Entry, first: EntryId) -> bool {
    entry.supersedes == Some(first) && entry.whose == Whose::Mine
}

/// The lines of a weekly check-in that are shared and were not in the form before.
fn newly_shared_lines<'a>(before: Option<&Body>, after: &'a Body) -> Vec<(WeeklyLine, &'a str)> {
    let Body::Weekly(after) = after else { return Vec::new() };
    let was_shared =
        |line: &WeeklyLine| matches!(before, Some(Body::Weekly(Weekly { shared, .. })) if shared.contains(line));
    let new = after.shared.iter().filter(|line| !was_shared(line));
    new.filter_map(|line| Some((*line, after.line(*line)?))).collect()
}

impl Open {
    fn must_be_item(&self, body: &Body) -> Result<(), PhoneError> {
        if is_item(body.kind()) { Ok(()) } else { Err(PhoneError::BadArguments) }
    }

    fn references_must_exist(&self, body: &Body) -> Result<(), PhoneError> {
        body.refers_to().into_iter().try_for_each(|id| self.must_find(id).map(drop))
    }

    /// The entry with this id, whoever wrote it.
    pub(in crate::phone) fn must_find(&self, id: EntryId) -> Result<Entry, PhoneError> {
        self.store.entry(id)?.ok_or(PhoneError::UnknownId)
    }

    /// The entry with this id, which must be an own one.
    pub(in crate::phone) fn must_own(&self, id: EntryId) -> Result<Entry, PhoneError> {
        let entry = self.must_find(id)?;
        if entry.whose == Whose::Mine { Ok(entry) } else { Err(Refusal::NotOwner.into()) }
    }

    /// The newest form of the own item that has this id, or of which a form has it.
    fn newest_form(&self, id: EntryId) -> Result<Entry, PhoneError> {
        let entry = self.must_own(id)?;
        let first = first_form(&entry);
        let newest = self.forms(first)?.pop().unwrap_or(entry);
        if is_item(newest.body.kind()) { Ok(newest) } else { Err(PhoneError::BadArguments) }
    }

    /// Every form of an own entry that is still there, oldest first.
    fn forms(&self, first: EntryId) -> Result<Vec<Entry>, PhoneError> {
        let mut forms = self.store.referring_to(first)?;
        forms.retain(|entry| is_form_of(entry, first));
        forms.extend(self.store.entry(first)?);
        forms.sort_by_key(|entry| entry.id);
        Ok(forms)
    }

    /// The copies of an own item that are still there.
    fn copies(&self, first: EntryId) -> Result<Vec<(Entry, SharedAs)>, PhoneError> {
        let mut copies = Vec::new();
        for note in self.store.referring_to(first)? {
            match &note.body {
                Body::SharedAs(link) if link.source == first => copies.push((note.clone(), link.clone())),
                _ => {}
            }
        }
        Ok(copies)
    }
}
