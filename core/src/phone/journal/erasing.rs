//! Erasing: text goes from this phone at once and from the partner's at the next meeting (spec §3).

use std::collections::BTreeSet;

use super::{Journal, first_form};
use crate::journal::{Audience, Body, EntryId, Erase, Whose};
use crate::phone::PhoneError;
use crate::phone::keeping::Open;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Journal {
    /// Erases own entries: with each its earlier forms and the copies that were shared of it. An id may
    /// be that of an entry, of any form of it, or of a copy.
    ///
    /// Fails with `UnknownId`, `NotOwner`, or `BadArguments` for an empty list; then nothing is erased.
    pub fn erase(&self, ids: &[EntryId]) -> Result<(), PhoneError> {
        if ids.is_empty() {
            return Err(PhoneError::BadArguments);
        }
        self.keeping.with(|open| {
            let mut all = BTreeSet::new();
            for id in ids {
                open.must_find(*id)?;
            }
            for id in ids {
                all.extend(open.everything_of(*id)?);
            }
            let kept = open.what_erasing_leaves(&all)?;
            let (shared, private) = open.split_by_reach(all)?;
            let mut draft = open.draft();
            for act in kept {
                open.add(&mut draft, act.audience, act.body, None)?;
            }
            for (audience, ids) in [(Audience::OnlyMe, private), (Audience::Both, shared)] {
                for part in ids.chunks(Erase::MOST) {
                    open.add(&mut draft, audience, Erase { ids: part.to_vec() }, None)?;
                }
            }
            open.commit(&draft)
        })
    }
}

impl Open {
    /// The entry, its forms, its copies and the notes about them.
    fn everything_of(&self, id: EntryId) -> Result<BTreeSet<EntryId>, PhoneError> {
        let entry = self.must_own(id)?;
        let first = match &entry.body {
            Body::Snapshot(_) => self.source_of(id)?.unwrap_or(id),
            _ => first_form(&entry),
        };
        let mut all = BTreeSet::from([id, first]);
        all.extend(self.forms(first)?.into_iter().map(|form| form.id));
        for (note, link) in self.copies(first)? {
            all.extend([note.id, link.snapshot]);
        }
        Ok(all)
    }

    /// The own item that a copy was made of, where it is on this phone.
    pub(super) fn source_of(&self, copy: EntryId) -> Result<Option<EntryId>, PhoneError> {
        let notes = self.store.referring_to(copy)?;
        Ok(notes.into_iter().find_map(|note| match note.body {
            Body::SharedAs(link) if link.snapshot == copy && note.whose == Whose::Mine => Some(link.source),
            _ => None,
        }))
    }

    /// Which of these the partner may hold, and which only this phone does.
    fn split_by_reach(&self, ids: BTreeSet<EntryId>) -> Result<(Vec<EntryId>, Vec<EntryId>), PhoneError> {
        let (mut shared, mut private) = (Vec::new(), Vec::new());
        for id in ids {
            if self.store.is_in_current_pairing(id)? { shared.push(id) } else { private.push(id) }
        }
        Ok((shared, private))
    }
}
