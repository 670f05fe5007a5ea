//! One person's phone: the object that both apps hold.
//!
//! [`Phone`] ties the rooms together: it takes the time and the randomness, asks the journal and the
//! practice rules, keeps what comes of it in the store, and runs the machines of `sync` over the
//! transports of `link`. A tap's write returns when it is durable; whatever waits for the other phone
//! runs on threads of its own and never holds up a tap.

mod clock;
mod error;
mod journal;
mod keeping;
mod practices;
mod together;

use std::path::Path;
use std::sync::Arc;

pub use clock::{Clock, SystemClock};
pub use error::{PhoneError, Refusal};
pub use journal::{Answered, Content, EntryFilter, Journal, JournalItem, SharedItem};
pub use practices::Practices;
pub use together::{Together, TogetherView, Versions};

use crate::random::{OsRandomness, Randomness};
use keeping::Keeping;

/// What a phone takes from the world around it.
#[derive(Clone)]
pub struct Environment {
    /// Its clocks.
    pub clock: Arc<dyn Clock>,
    /// Its randomness.
    pub randomness: Arc<dyn Randomness>,
}

impl Environment {
    /// The machine's own clocks and randomness.
    pub fn of_this_machine() -> Self {
        Self { clock: Arc::new(SystemClock::new()), randomness: Arc::new(OsRandomness) }
    }
}

/// One person's phone, open. Cheap to clone; all clones are the same phone.
#[derive(Clone)]
pub struct Phone {
    keeping: Arc<Keeping>,
}

impl Phone {
    /// Opens the phone in `folder`, and makes it there where there is none yet.
    ///
    /// `key` is the 32 bytes that the shell keeps in Keychain or Keystore; it is never written, and a lost
    /// key is a lost phone. Fails with `WrongKey`, `Damaged`, `TooNew`, `Busy`, `StorageFull` or
    /// `StorageFailed`; the file is then as it was.
    pub fn open(folder: &Path, key: &[u8; 32], environment: Environment) -> Result<Self, PhoneError> {
        Ok(Self { keeping: Arc::new(Keeping::open(folder, key, environment)?) })
    }

    /// What this person wrote down, and what was shared.
    pub fn journal(&self) -> Journal {
        Journal { keeping: self.keeping.clone() }
    }

    /// The document that both write.
    pub fn together(&self) -> Together {
        Together { keeping: self.keeping.clone() }
    }

    /// The exercises.
    pub fn practices(&self) -> Practices {
        Practices { keeping: self.keeping.clone() }
    }

    /// Ends every connection and closes the file. Everything that was acknowledged is in it. Later calls
    /// fail with `Closed`; closing twice is no error.
    pub fn close(&self) -> Result<(), PhoneError> {
        self.keeping.close()
    }
}
