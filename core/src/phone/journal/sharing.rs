//! Sharing: an act, item by item, that makes a dated copy (P2).

use super::{Journal, first_form};
use crate::journal::{
    Answer, Audience, Body, EntryId, LocalTime, SharedAs, Snapshot, TogetherValue, Whose,
    can_be_shared as kind_can_be_shared,
};
use crate::phone::keeping::{Draft, Open};
use crate::phone::{PhoneError, Refusal};
use crate::store::EntryQuery;

/// Something that the partner shared, or an answer of the partner's.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SharedItem {
    /// Its id.
    pub id: EntryId,
    /// When it was shared: what it says may have changed since (P12).
    pub as_of: LocalTime,
    /// The kind of what was shared: an item's kind, a weekly line's name, `summary` or `answer`.
    pub kind: String,
    /// What it says; `None` where it is from a newer version of the app.
    pub content: Option<Answered>,
}

/// What the partner shared.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Answered {
    /// A copy: its fields, as they were.
    Copy(TogetherValue),
    /// An answer to a request.
    Answer(Answer),
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Journal {
    /// Shares a copy of an own item as it is now, and returns the copy's id. Later edits do not follow.
    ///
    /// Fails with `UnknownId`, `NotOwner`, `NotPaired`, and `BadArguments` for what cannot be shared.
    pub fn share(&self, id: EntryId) -> Result<EntryId, PhoneError> {
        self.keeping.with(|open| {
            let newest = open.newest_form(id)?;
            if !can_be_shared(&newest.body) {
                return Err(PhoneError::BadArguments);
            }
            if !open.is_paired()? {
                return Err(Refusal::NotPaired.into());
            }
            let mut draft = open.draft();
            let copy = open.add_copy(&mut draft, first_form(&newest), Snapshot::of(&newest.body))?;
            open.commit(&draft)?;
            Ok(copy)
        })
    }

    /// What the partner shared, newest first.
    pub fn shared_with_me(&self) -> Result<Vec<SharedItem>, PhoneError> {
        self.keeping.with(|open| {
            let query =
                EntryQuery { whose: Some(Whose::Theirs), kinds: &["snapshot", "answer"], ..EntryQuery::default() };
            let entries = open.store.entries(&query)?;
            Ok(entries.into_iter().map(|entry| shared_item(entry.id, entry.written, entry.body)).collect())
        })
    }
}

pub(super) fn shared_item(id: EntryId, as_of: LocalTime, body: Body) -> SharedItem {
    let (kind, content) = match body {
        Body::Snapshot(copy) => (copy.of, Some(Answered::Copy(copy.body))),
        Body::Answer(answer) => ("answer".to_owned(), Some(Answered::Answer(answer))),
        other => (other.kind().to_owned(), None),
    };
    SharedItem { id, as_of, kind, content }
}

pub(super) fn can_be_shared(body: &Body) -> bool {
    kind_can_be_shared(body.kind())
}

impl Open {
    /// Adds a copy for the partner, and the private note of where it came from.
    pub(super) fn add_copy(
        &mut self,
        draft: &mut Draft,
        source: EntryId,
        copy: Snapshot,
    ) -> Result<EntryId, PhoneError> {
        let snapshot = self.add(draft, Audience::Both, copy, None)?;
        self.add(draft, Audience::OnlyMe, SharedAs { source, snapshot }, None)?;
        Ok(snapshot)
    }
}
