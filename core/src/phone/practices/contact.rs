//! The contact that this phone is in: measured by its own monotonic clock, ended by release, by time, by
//! losing the link or the app, and never extended (spec §4).

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::journal::{EntryId, LocalTime};
use crate::phone::PhoneError;
use crate::phone::keeping::Open;
use crate::practice::round::{Contact, Round, Rounds};

/// The setting with how the last contacts went.
const CONTACTS: &str = "contacts";
/// Of so many it is kept, for whoever reflects later.
const MOST: usize = 8;

/// The contact that goes on, and what it takes to begin one.
#[derive(Debug, Default)]
pub(in crate::phone) struct LiveContact {
    timer: Option<Timer>,
    /// While the phones are together: the rounds in which contact had begun before. Whoever learns of a
    /// contact afterwards only learns that it is over.
    together: Option<BTreeSet<EntryId>>,
}

#[derive(Debug, Clone, Copy)]
struct Timer {
    round: EntryId,
    length: Duration,
    /// On the monotonic clock.
    began: Duration,
}

/// A contact as kept in the file, so that a killed app knows that it ended.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Kept {
    round: EntryId,
    length_s: u32,
    began: LocalTime,
    /// Once it is over.
    lasted: Option<Lasted>,
}

/// How long a contact lasted, as this phone saw it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Lasted {
    /// In whole seconds; `None` where the app did not see its end.
    pub(super) seconds: Option<u32>,
    /// Whether it ran its full length.
    pub(super) full_length: bool,
}

impl Open {
    /// The contact that goes on now. One whose time is up ends here.
    pub(super) fn contact(&mut self) -> Result<Option<Contact>, PhoneError> {
        let now = self.environment.clock.monotonic();
        if self.contact.timer.is_some_and(|timer| now >= timer.began + timer.length) {
            self.end_contact()?;
        }
        Ok(self.contact.timer.map(|timer| Contact { round: timer.round }))
    }

    /// Whether the phones are together and know of each other what there is to know.
    pub(super) fn is_together(&self) -> bool {
        self.contact.together.is_some()
    }

    /// The phones have come together and caught up.
    pub(in crate::phone) fn come_together(&mut self) -> Result<(), PhoneError> {
        if self.contact.together.is_none() {
            let begun =
                self.recent_rounds()?.iter().filter(|round| round.began().is_some()).map(|round| round.id).collect();
            self.contact.together = Some(begun);
        }
        Ok(())
    }

    /// The link is lost, or was ended: so is the contact.
    pub(in crate::phone) fn part(&mut self) -> Result<(), PhoneError> {
        self.contact.together = None;
        self.end_contact()
    }

    /// The partner, or this person, has acted: contact may have begun or been released.
    pub(in crate::phone) fn follow_contact(&mut self) -> Result<(), PhoneError> {
        let Some(begun_before) = &self.contact.together else { return Ok(()) };
        let rounds = self.recent_rounds()?;
        match self.contact.timer {
            Some(timer) if rounds.get(timer.round).is_none_or(|round| round.released().is_some()) => self.end_contact(),
            Some(_) => Ok(()),
            None => {
                let begins = |round: &&Round| {
                    round.began().is_some() && round.released().is_none() && !begun_before.contains(&round.id)
                };
                match rounds.iter().rev().find(begins) {
                    Some(round) => self.begin_contact(&rounds, round.id),
                    None => Ok(()),
                }
            }
        }
    }

    fn begin_contact(&mut self, rounds: &Rounds, round: EntryId) -> Result<(), PhoneError> {
        let Some(length_s) = rounds.get(round).and_then(Round::length_s) else { return Ok(()) };
        let mut kept = self.kept_contacts()?;
        if kept.iter().any(|kept| kept.round == round) {
            return Ok(());
        }
        kept.push(Kept { round, length_s, began: self.environment.clock.wall(), lasted: None });
        kept.drain(..kept.len().saturating_sub(MOST));
        self.keep_contacts(&kept)?;
        let began = self.environment.clock.monotonic();
        self.contact.timer = Some(Timer { round, length: Duration::from_secs(length_s.into()), began });
        Ok(())
    }

    fn end_contact(&mut self) -> Result<(), PhoneError> {
        let Some(timer) = self.contact.timer.take() else { return Ok(()) };
        let elapsed = self.environment.clock.monotonic().saturating_sub(timer.began).min(timer.length);
        let seconds = u32::try_from(elapsed.as_secs()).ok();
        self.note_lasted(timer.round, Lasted { seconds, full_length: elapsed == timer.length })
    }

    /// On opening: a contact that the file holds as going on ended when the app did.
    pub(in crate::phone) fn end_killed_contact(&mut self) -> Result<(), PhoneError> {
        match self.kept_contacts()?.iter().find(|kept| kept.lasted.is_none()) {
            Some(kept) => self.note_lasted(kept.round, Lasted { seconds: None, full_length: false }),
            None => Ok(()),
        }
    }

    /// How long a contact lasted here. Of one that this phone took no part in nothing is known.
    pub(super) fn contact_lasted(&self, round: EntryId) -> Result<Lasted, PhoneError> {
        let kept = self.kept_contacts()?.into_iter().find(|kept| kept.round == round);
        Ok(kept.and_then(|kept| kept.lasted).unwrap_or(Lasted { seconds: None, full_length: false }))
    }

    fn note_lasted(&mut self, round: EntryId, lasted: Lasted) -> Result<(), PhoneError> {
        let mut kept = self.kept_contacts()?;
        kept.iter_mut().filter(|kept| kept.round == round).for_each(|kept| kept.lasted = Some(lasted));
        self.keep_contacts(&kept)
    }

    fn kept_contacts(&self) -> Result<Vec<Kept>, PhoneError> {
        let Some(bytes) = self.store.setting(CONTACTS)? else { return Ok(Vec::new()) };
        ciborium::from_reader(bytes.as_slice()).map_err(|_| PhoneError::Damaged)
    }

    fn keep_contacts(&mut self, kept: &[Kept]) -> Result<(), PhoneError> {
        let mut bytes = Vec::new();
        ciborium::into_writer(kept, &mut bytes).map_err(|_| PhoneError::StorageFailed)?;
        Ok(self.store.put_setting(CONTACTS, &bytes)?)
    }
}
