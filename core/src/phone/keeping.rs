//! What a phone keeps: its store and the ids it gives out, behind one lock that no call holds while it
//! waits for anything but the disk.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::feed::{Change, Feed};
use super::housekeeping::Doorbell;
use super::practices::{Afraid, LiveContact};
use super::{Environment, PhoneError};
use crate::catalogue::{Catalogue, Language};
use crate::journal::{Audience, Body, Cap, EntryId, EntryIds, Envelope, FoldVersion, LocalTime, Record, Whose};
use crate::random::Stream;
use crate::store::{EntryQuery, Store};

/// A phone's store, clocks and randomness.
pub(super) struct Keeping {
    open: Mutex<Option<Open>>,
    /// Told, outside the lock, that a shared entry was written.
    on_shared: Box<dyn Fn() + Send + Sync>,
    feed: Arc<Feed>,
    catalogue: Mutex<Catalogue>,
    pub(super) afraid: Afraid,
    pub(super) environment: Environment,
}

/// What is there while the phone is open.
pub(super) struct Open {
    pub(super) store: Store,
    ids: EntryIds,
    pub(super) environment: Environment,
    /// Whether a shared entry was written that an open connection has not been told of.
    shared_written: bool,
    housekeeping: Doorbell,
    /// The contact that goes on.
    pub(super) contact: LiveContact,
}

impl Keeping {
    pub(super) fn open(
        folder: &Path,
        key: &[u8; 32],
        environment: Environment,
        on_shared: Box<dyn Fn() + Send + Sync>,
        feed: Arc<Feed>,
        housekeeping: Doorbell,
    ) -> Result<Self, PhoneError> {
        let store = Store::open(folder, key, environment.randomness.clone())?;
        let (shared, private) = store.last_own_ids()?;
        let ids = EntryIds::after(shared, private);
        let (contact, shared_written) = (LiveContact::default(), false);
        let mut open = Open { store, ids, environment: environment.clone(), shared_written, housekeeping, contact };
        open.end_killed_contact()?;
        let (catalogue, afraid) = (Mutex::default(), Afraid::default());
        Ok(Self { open: Mutex::new(Some(open)), on_shared, feed, catalogue, afraid, environment })
    }

    pub(super) fn close(&self) -> Result<(), PhoneError> {
        match self.lock().take() {
            Some(open) => Ok(open.store.close()?),
            None => Ok(()),
        }
    }

    /// Runs `work` on the open phone. What it looks at and what it writes belong together: nobody else
    /// comes in between.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Open) -> Result<T, PhoneError>) -> Result<T, PhoneError> {
        let (done, changed, shared_written) = {
            let mut open = self.lock();
            let open = open.as_mut().ok_or(PhoneError::Closed)?;
            let before = open.store.rows_changed();
            let done = work(open);
            if open.store.is_untidy() {
                open.housekeeping.ring();
            }
            (done, open.store.rows_changed() != before, std::mem::take(&mut open.shared_written))
        };
        if shared_written {
            (self.on_shared)();
        }
        if changed {
            self.feed.tell(Change::Kept);
        }
        done
    }

    /// The texts, in the language that this phone speaks.
    pub(super) fn catalogue(&self) -> Catalogue {
        *self.catalogue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn speak(&self, language: Language) {
        *self.catalogue.lock().unwrap_or_else(PoisonError::into_inner) = Catalogue::new(language);
    }

    /// Does one slice of what there is to tidy; returns whether there is more.
    pub(super) fn tidy(&self) -> Result<bool, PhoneError> {
        Ok(self.lock().as_mut().ok_or(PhoneError::Closed)?.store.tidy()?.more)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Open>> {
        // A thread that panicked left nothing half-done: every change of the store is a transaction.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Entries about to be written in one transaction, all dated alike.
pub(super) struct Draft {
    now: LocalTime,
    entries: Vec<(Audience, Record)>,
}

impl Open {
    /// Begins a draft, dated now.
    pub(super) fn draft(&self) -> Draft {
        Draft { now: self.environment.clock.wall(), entries: Vec::new() }
    }

    /// Adds an entry to the draft and returns its id. Fails where a value of the body is off its scale.
    pub(super) fn add(
        &mut self,
        draft: &mut Draft,
        audience: Audience,
        body: impl Into<Body>,
        supersedes: Option<EntryId>,
    ) -> Result<EntryId, PhoneError> {
        let value = Envelope { body: body.into(), supersedes, needs: FoldVersion::CURRENT }.write()?;
        let stream = match audience {
            Audience::OnlyMe => Stream::Private,
            Audience::Both => Stream::Shared,
        };
        let mut random = [0; 6];
        self.environment.randomness.fill(stream, &mut random);
        let id = self.ids.next(audience, draft.now.unix_ms(), random);
        draft.entries.push((audience, Record { id, written: draft.now, value }));
        Ok(id)
    }

    /// Writes the draft down: all of it durably, or nothing.
    pub(super) fn commit(&mut self, draft: &Draft) -> Result<(), PhoneError> {
        self.store.append(&draft.entries)?;
        self.shared_written |= draft.entries.iter().any(|(audience, _)| *audience == Audience::Both);
        Ok(())
    }

    /// Writes one entry down.
    pub(super) fn write(&mut self, audience: Audience, body: impl Into<Body>) -> Result<EntryId, PhoneError> {
        let mut draft = self.draft();
        let id = self.add(&mut draft, audience, body, None)?;
        self.commit(&draft)?;
        Ok(id)
    }

    /// Own entries came back from the partner's phone: new ids come after theirs.
    pub(super) fn note_own_ids(&mut self) -> Result<(), PhoneError> {
        let (shared, private) = self.store.last_own_ids()?;
        for (audience, last) in [(Audience::Both, shared), (Audience::OnlyMe, private)] {
            last.into_iter().for_each(|id| self.ids.note(audience, id));
        }
        Ok(())
    }

    /// The newest own cap.
    pub(super) fn own_cap(&self) -> Result<Option<Cap>, PhoneError> {
        let query = EntryQuery { whose: Some(Whose::Mine), kinds: &["cap"], limit: Some(1), ..EntryQuery::default() };
        let newest = self.store.entries(&query)?.pop();
        Ok(newest.and_then(|entry| if let Body::Cap(cap) = entry.body { Some(cap) } else { None }))
    }

    pub(super) fn is_paired(&self) -> Result<bool, PhoneError> {
        Ok(self.store.is_paired())
    }
}
