//! One person's phone: the object that both apps hold.
//!
//! [`Phone`] ties the rooms together: it takes the time and the randomness, asks the journal and the
//! practice rules, keeps what comes of it in the store, and runs the machines of `sync` over the
//! transports of `link`. A tap's write returns when it is durable; whatever waits for the other phone
//! runs on threads of its own and never holds up a tap.

mod backup;
mod clock;
mod dumping;
mod error;
mod export_folder;
mod exporting;
mod feed;
mod housekeeping;
mod insights;
mod journal;
mod keeping;
mod partner;
mod practices;
mod telling;
mod together;
mod upcoming;
mod work;

use std::path::Path;
use std::sync::Arc;

pub use clock::{Clock, ManualClock, SystemClock};
pub use error::{PhoneError, Refusal};
pub use feed::{Change, Observation, Observer, ObserverFailed};
pub use insights::Insights;
pub use journal::{Answered, Content, EntryFilter, Journal, JournalItem, SharedItem};
pub use partner::{CatchUp, MEETING_PATIENCE, NewPhone, OfferShown, Partner, PartnerState, PartnerStatus, Settled};
pub use practices::{
    ActionView, Caps, For, Help, Helpful, Limit, LimitView, MayInvite, Moments, PagePart, PledgeView, Pledges,
    Programme, RepairView, Repairs, RoundView, Rounds, StepView, Toolkit, TurnView, Turns,
};
pub use together::{Together, TogetherView, Versions};
pub use upcoming::{About, Notice, Reminders, Upcoming};
pub use work::Work;

use crate::catalogue::{Catalogue, Language};
use crate::random::{OsRandomness, Randomness, SeededRandomness};
use crate::store::Dump;
use feed::Feed;
use housekeeping::Housekeeping;
use keeping::Keeping;
use partner::Company;

/// What a phone takes from the world around it.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Environment {
    /// Its clocks.
    pub clock: Arc<dyn Clock>,
    /// Its randomness.
    pub randomness: Arc<dyn Randomness>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Environment {
    /// The machine's own clocks and randomness.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn of_this_machine() -> Self {
        Self { clock: Arc::new(SystemClock::new()), randomness: Arc::new(OsRandomness) }
    }

    /// For tests and headless phones only: whoever knows the seed knows every key. The same seed and epoch must
    /// never be used twice.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn for_tests(clock: Arc<ManualClock>, seed: u64, epoch: u64) -> Self {
        Self { clock, randomness: Arc::new(SeededRandomness::new(seed, epoch)) }
    }
}

/// One person's phone, open. Cheap to clone; all clones are the same phone.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Phone {
    keeping: Arc<Keeping>,
    company: Arc<Company>,
    feed: Arc<Feed>,
}

impl Phone {
    /// Opens the phone in `folder`, and makes it there where there is none yet.
    ///
    /// `key` is the 32 bytes that the shell keeps in Keychain or Keystore; it is never written, and a lost
    /// key is a lost phone. Fails with `WrongKey`, `Damaged`, `TooNew`, `Busy`, `StorageFull` or
    /// `StorageFailed`; the file is then as it was.
    pub fn open(folder: &Path, key: &[u8; 32], environment: Environment) -> Result<Self, PhoneError> {
        let feed = Arc::<Feed>::default();
        let company = Arc::new(Company::new(feed.clone()));
        let told = Arc::downgrade(&company);
        let on_shared = Box::new(move || {
            if let Some(company) = told.upgrade() {
                company.local_change();
            }
        });
        let (doorbell, housekeeping) = Housekeeping::new();
        let keeping = Arc::new(Keeping::open(folder, key, environment, on_shared, feed.clone(), doorbell)?);
        housekeeping.begin(&keeping);
        Ok(Self { keeping, company, feed })
    }

    /// Everything that this phone holds, for tests and for the person whose it is. Loads every document.
    pub fn dump(&self) -> Result<Dump, PhoneError> {
        self.keeping.with(|open| Ok(open.store.dump()?))
    }

    /// Encrypts the whole file anew under another key. Until this has returned either key may be the
    /// file's: keep both, and after a crash try the new one first. A flash memory keeps copies of old pages
    /// for a while; under a new key those are of no use to anybody.
    pub fn change_key(&self, key: &[u8; 32]) -> Result<(), PhoneError> {
        self.keeping.with(|open| Ok(open.store.rekey(key)?))
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Phone {
    /// What this person wrote down, and what was shared.
    pub fn journal(&self) -> Journal {
        Journal { keeping: self.keeping.clone() }
    }

    /// The document that both write.
    pub fn together(&self) -> Together {
        Together { keeping: self.keeping.clone() }
    }

    /// Rounds: catch and release.
    pub fn rounds(&self) -> Rounds {
        Rounds { keeping: self.keeping.clone() }
    }

    /// The own limit.
    pub fn limit(&self) -> Limit {
        Limit { keeping: self.keeping.clone() }
    }

    /// Pledges: space with a way back.
    pub fn pledges(&self) -> Pledges {
        Pledges { keeping: self.keeping.clone() }
    }

    /// Repairs.
    pub fn repairs(&self) -> Repairs {
        Repairs { keeping: self.keeping.clone() }
    }

    /// Turns of speaking and listening.
    pub fn turns(&self) -> Turns {
        Turns { keeping: self.keeping.clone() }
    }

    /// The programme of steps.
    pub fn programme(&self) -> Programme {
        Programme { keeping: self.keeping.clone() }
    }

    /// One's own moments, and the returns that happened.
    pub fn moments(&self) -> Moments {
        Moments { keeping: self.keeping.clone() }
    }

    /// Exercises, and what suggests itself.
    pub fn toolkit(&self) -> Toolkit {
        Toolkit { keeping: self.keeping.clone() }
    }

    /// Insights into one's own entries.
    pub fn insights(&self) -> Insights {
        Insights { keeping: self.keeping.clone() }
    }

    /// The help page.
    pub fn help(&self) -> Help {
        Help { keeping: self.keeping.clone() }
    }

    /// What to notify the owner of.
    pub fn upcoming(&self) -> Upcoming {
        Upcoming { keeping: self.keeping.clone() }
    }

    /// Speaks this language from now on; English until then. Nothing that is stored depends on it.
    pub fn speak(&self, language: Language) {
        self.keeping.speak(language);
    }

    /// The texts, in the language that this phone speaks.
    pub fn catalogue(&self) -> Catalogue {
        self.keeping.catalogue()
    }

    /// The partner's phone: pairing and meeting.
    pub fn partner(&self) -> Partner {
        Partner { keeping: self.keeping.clone(), company: self.company.clone() }
    }

    /// Does one slice of what there is to tidy: compaction, search index, the write-ahead log; returns
    /// whether there is more. The phone does so by itself when nobody has written for a moment; this is for
    /// a shell that is given a little time in the background.
    pub fn tidy(&self) -> Result<bool, PhoneError> {
        self.keeping.tidy()
    }

    /// Ends every connection and closes the file. Everything that was acknowledged is in it. Later calls
    /// fail with `Closed`; closing twice is no error.
    pub fn close(&self) -> Result<(), PhoneError> {
        self.company.disperse();
        let closed = self.keeping.close();
        self.feed.tell(Change::Closed);
        closed
    }
}
