//! The help page, and when it is offered (spec §15). Nothing here writes anything anywhere.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::catalogue;
use crate::journal::Whose;
use crate::phone::PhoneError;
use crate::phone::insights::LONGEST_JOURNEY;
use crate::phone::keeping::Keeping;
use crate::practice::help::is_help_offered;
use crate::practice::policy;
use crate::store::EntryQuery;

/// The help page.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Help {
    pub(in crate::phone) keeping: Arc<Keeping>,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PagePart {
    /// Its heading.
    pub title: String,
    /// What it says.
    pub text: String,
}

/// That somebody said "I feel afraid": in memory alone, while the app runs.
#[derive(Debug, Default)]
pub(in crate::phone) struct Afraid(AtomicBool);

/// So many newest reflections hold the last rounds that were rated, unless most were skipped.
const REFLECTIONS: u32 = 30;

/// So many check-ins and exercises are looked at at a time.
const PAGE: u32 = 40;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Help {
    /// The page: offline, asks nothing, and leaves no trace of having been opened.
    pub fn page(&self) -> Vec<PagePart> {
        let catalogue = self.keeping.catalogue();
        let part = |card: &catalogue::Card| PagePart {
            title: catalogue.text(card.title()),
            text: catalogue.text(card.text()),
        };
        catalogue::help().iter().map(part).collect()
    }

    /// "I feel afraid." Help is offered while the app runs; nothing is kept.
    pub fn feel_afraid(&self) {
        self.keeping.afraid.0.store(true, Ordering::Relaxed);
    }

    /// Whether to offer the page now, to this person alone.
    pub fn is_offered(&self) -> Result<bool, PhoneError> {
        self.keeping.with(|open| {
            let mine = EntryQuery { whose: Some(Whose::Mine), ..EntryQuery::default() };
            let reflections = EntryQuery { kinds: &["round_reflect"], limit: Some(REFLECTIONS), ..mine };
            let mut entries = open.store.entries(&reflections)?;
            // An edit may have been written later than the day that it is about. Page by page from the newest: to
            // look through all of them for a date would be to look through years.
            let from_day = open.now().local_day() - policy::HELP_OF_DAYS + 1 - LONGEST_JOURNEY;
            let mut lately = EntryQuery { kinds: &["check_in", "exercise"], limit: Some(PAGE), ..mine };
            loop {
                let page = open.store.entries(&lately)?;
                lately.before = page.last().filter(|last| last.written.local_day() >= from_day).map(|last| last.id);
                entries.extend(page);
                if lately.before.is_none() {
                    break;
                }
            }
            Ok(is_help_offered(&entries, self.keeping.afraid.0.load(Ordering::Relaxed), open.now()))
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::journal::{CheckIn, FeltState, LocalTime};
    use crate::phone::{Clock as _, Environment, ManualClock, Phone};

    #[test]
    fn days_of_high_activation_are_seen_behind_many_calm_check_ins_and_not_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new(LocalTime::parse("2026-03-01T08:00:00+01:00").unwrap()));
        let phone = Phone::open(folder.path(), &[1; 32], Environment::for_tests(clock.clone(), 1, 0)).unwrap();
        let later = |days| clock.move_to(clock.wall().plus(TimeDelta::days(days)));
        for _ in 0..5 {
            assert!(!phone.help().is_offered().unwrap());
            for activation in std::iter::once(9).chain([1; 20]) {
                let (state, words, cues) = (FeltState::Mixed, vec![], vec![]);
                let check_in = CheckIn { state, words, cues, activation, safety: None, note: None };
                phone.journal().log(check_in.into(), false).unwrap();
            }
            later(1);
        }
        assert!(phone.help().is_offered().unwrap());
        later(8);
        assert!(phone.help().is_offered().unwrap(), "on the fourteenth day");
        later(1);
        assert!(!phone.help().is_offered().unwrap());
    }
}
