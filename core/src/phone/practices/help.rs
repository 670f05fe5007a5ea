//! The help page, and when it is offered (spec §15). Nothing here writes anything anywhere.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::catalogue;
use crate::journal::Whose;
use crate::phone::PhoneError;
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
            // An edit may have been written later than the day that it is about.
            let from_day = Some(open.now().local_day() - policy::HELP_OF_DAYS + 1);
            entries.extend(open.store.entries(&EntryQuery { kinds: &["check_in", "exercise"], from_day, ..mine })?);
            Ok(is_help_offered(&entries, self.keeping.afraid.0.load(Ordering::Relaxed), open.now()))
        })
    }
}
