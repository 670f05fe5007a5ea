//! Looking through what one wrote.

use chrono::{Datelike as _, NaiveDate};

use super::sharing::{Answered, shared_item};
use super::{Journal, first_form, is_form_of};
use crate::journal::{Audience, Body, Entry, EntryId, LocalTime, TogetherValue, Whose, is_item, item_kinds};
use crate::phone::PhoneError;
use crate::phone::keeping::Open;
use crate::store::EntryQuery;

/// Which items to list.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct EntryFilter {
    /// Only of this kind.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub kind: Option<String>,
    /// One's own, where absent.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub whose: Option<Whose>,
    /// From this local date on.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub from: Option<NaiveDate>,
    /// Up to and with this local date.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub to: Option<NaiveDate>,
    /// Only older than this one: for the next page.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub before: Option<EntryId>,
    /// At most so many.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub limit: Option<u32>,
}

/// An item as listed: once, in its newest form, under its first id and date.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct JournalItem {
    /// The id of its first form.
    pub id: EntryId,
    /// Its kind.
    pub kind: String,
    /// Whose it is.
    pub whose: Whose,
    /// Whether a copy of it was shared.
    pub shared: bool,
    /// When it was first written.
    pub written: LocalTime,
    /// How often it was edited.
    pub edits: u32,
    /// What it says now.
    pub content: Content,
}

/// What an item says.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Content {
    /// In its own words.
    Own(Body),
    /// As it was shared, where the original is not on this phone: the partner's, or one's own after a
    /// restore.
    AsShared(TogetherValue),
    /// From a newer version of the app.
    Newer,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Journal {
    /// Items, newest first.
    pub fn items(&self, filter: &EntryFilter) -> Result<Vec<JournalItem>, PhoneError> {
        self.keeping.with(|open| match filter.whose.unwrap_or(Whose::Mine) {
            Whose::Mine => open.own_items(filter),
            Whose::Theirs => open.copies_of(Whose::Theirs, filter, None, |_| Ok(true)),
        })
    }

    /// Own items in which every word of `text` occurs, or a word that begins with it; newest first.
    pub fn search(&self, text: &str, limit: u32) -> Result<Vec<JournalItem>, PhoneError> {
        self.keeping.with(|open| {
            let mut found: Vec<JournalItem> = Vec::new();
            for id in open.store.search(text, Some(Audience::OnlyMe), limit)? {
                let Some(entry) = open.store.entry(id)? else { continue };
                if entry.whose == Whose::Mine && is_item(entry.body.kind()) {
                    let item = open.own_item(first_form(&entry))?;
                    found.extend(item.filter(|item| found.iter().all(|other| other.id != item.id)));
                }
            }
            Ok(found)
        })
    }
}

impl Open {
    fn own_items(&self, filter: &EntryFilter) -> Result<Vec<JournalItem>, PhoneError> {
        let kinds: Vec<&str> = match &filter.kind {
            Some(kind) => vec![kind],
            None => item_kinds().collect(),
        };
        let query = EntryQuery { firsts_only: true, kinds: &kinds, ..range(Whose::Mine, filter) };
        let mut items = Vec::new();
        for entry in self.store.entries(&query)? {
            if is_item(entry.body.kind()) || matches!(entry.body, Body::Newer(_)) {
                items.push(self.item_of(entry)?);
            }
        }
        // On a full page only copies from between its items have a place.
        let full = filter.limit.is_some_and(|limit| items.len() >= limit as usize);
        let after = items.last().filter(|_| full).map(|item| item.id);
        items.extend(self.copies_of(Whose::Mine, filter, after, |copy| Ok(self.source_of(copy)?.is_none()))?);
        items.sort_by_key(|item| std::cmp::Reverse(item.id));
        items.truncate(filter.limit.map_or(usize::MAX, |limit| limit as usize));
        Ok(items)
    }

    fn own_item(&self, first: EntryId) -> Result<Option<JournalItem>, PhoneError> {
        match self.store.entry(first)? {
            Some(entry) => self.item_of(entry).map(Some),
            // The first form was erased, and a later one may be left.
            None => self.item_from(first, Vec::new()),
        }
    }

    fn item_of(&self, first: Entry) -> Result<JournalItem, PhoneError> {
        self.item_from(first.id, vec![first])?.ok_or(PhoneError::UnknownId)
    }

    /// The item with this first id, of whose forms those are at hand that refer to no other.
    fn item_from(&self, first: EntryId, mut forms: Vec<Entry>) -> Result<Option<JournalItem>, PhoneError> {
        let mut shared = false;
        for entry in self.store.referring_to(first)? {
            shared |= matches!(&entry.body, Body::SharedAs(link) if link.source == first);
            if is_form_of(&entry, first) {
                forms.push(entry);
            }
        }
        forms.sort_by_key(|form| form.id);
        let edits = u32::try_from(forms.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let written = forms.first().map(|form| form.written);
        let (Some(newest), Some(written)) = (forms.pop(), written) else { return Ok(None) };
        let Entry { whose, body, .. } = newest;
        let kind = body.kind().to_owned();
        let content = if matches!(body, Body::Newer(_)) { Content::Newer } else { Content::Own(body) };
        Ok(Some(JournalItem { id: first, kind, whose, shared, written, edits, content }))
    }

    /// Copies as items, newest first: those after `after` for which `keep` holds, as many as the filter asks
    /// for.
    fn copies_of(
        &self,
        whose: Whose,
        filter: &EntryFilter,
        after: Option<EntryId>,
        keep: impl Fn(EntryId) -> Result<bool, PhoneError>,
    ) -> Result<Vec<JournalItem>, PhoneError> {
        let mut query = EntryQuery { kinds: &["snapshot"], after, ..range(whose, filter) };
        let wanted = filter.limit.map_or(usize::MAX, |limit| limit as usize);
        let mut items = Vec::new();
        // Page by page, for what the filter leaves out stands between what it does not.
        while items.len() < wanted {
            let page = self.store.entries(&query)?;
            let is_last = query.limit.is_none_or(|limit| page.len() < limit as usize);
            query.before = page.last().map(|entry| entry.id);
            for item in page.into_iter().map(|entry| copy_as_item(entry, whose)) {
                let is_asked_for = filter.kind.as_ref().is_none_or(|kind| *kind == item.kind);
                if items.len() < wanted && is_asked_for && keep(item.id)? {
                    items.push(item);
                }
            }
            if is_last {
                break;
            }
        }
        Ok(items)
    }
}

fn copy_as_item(entry: Entry, whose: Whose) -> JournalItem {
    let written = entry.written;
    let item = shared_item(entry.id, written, entry.body);
    let content = match item.content {
        Some(Answered::Copy(fields)) => Content::AsShared(fields),
        _ => Content::Newer,
    };
    JournalItem { id: item.id, kind: item.kind, whose, shared: true, written, edits: 0, content }
}

fn range(whose: Whose, filter: &EntryFilter) -> EntryQuery<'static> {
    EntryQuery {
        whose: Some(whose),
        from_day: filter.from.map(|date| date.num_days_from_ce()),
        to_day: filter.to.map(|date| date.num_days_from_ce()),
        before: filter.before,
        limit: filter.limit,
        ..EntryQuery::default()
    }
}
