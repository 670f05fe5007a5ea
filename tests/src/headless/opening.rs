//! Opening and closing the phone, and its clock.

use std::path::PathBuf;
use std::sync::Arc;

use attune_core::catalogue::Language;
use attune_core::journal::LocalTime;
use attune_core::phone::{Environment, ManualClock, Phone};

use super::answer::{Answer, Fault};
use super::arguments::Arguments;
use super::{Headless, done, epoch};

/// A phone that is open, and its clock.
pub(super) struct Opened {
    pub(super) phone: Phone,
    pub(super) clock: Arc<ManualClock>,
}

pub(super) const UNUSABLE: &str = "the folder cannot be used";

/// What a phone is opened with.
pub(super) struct Opening {
    pub(super) folder: PathBuf,
    pub(super) key: [u8; 32],
    now: LocalTime,
    seed: u64,
    pub(super) language: Language,
}

impl Opening {
    pub(super) fn read(arguments: &mut Arguments) -> Result<Self, Fault> {
        let folder = arguments.text("folder")?.into();
        let key = key(&arguments.text("key")?)?;
        let now = arguments.time("now")?;
        let seed = arguments.number("seed")?;
        let language = arguments.maybe_text("language")?.map_or_else(Language::default, |tag| Language::from_tag(&tag));
        Ok(Self { folder, key, now, seed, language })
    }

    /// The world around the phone; the same seed and epoch must never be used twice.
    pub(super) fn environment(&self, epoch: u64) -> (Arc<ManualClock>, Environment) {
        let clock = Arc::new(ManualClock::new(self.now));
        (clock.clone(), Environment::for_tests(clock, self.seed, epoch))
    }
}

impl Headless {
    pub(super) fn open(&mut self, mut arguments: Arguments) -> Answer {
        let opening = Opening::read(&mut arguments)?;
        arguments.done()?;
        self.must_be_closed()?;
        let epoch = epoch::next(&opening.folder).map_err(|_| Fault::error("StorageFailed", UNUSABLE))?;
        let (clock, environment) = opening.environment(epoch);
        let phone = Phone::open(&opening.folder, &opening.key, environment)?;
        phone.speak(opening.language);
        self.opened = Some(Opened { phone, clock });
        done()
    }

    pub(super) fn must_be_closed(&self) -> Result<(), Fault> {
        match self.opened {
            Some(_) => Err(Fault::error("Busy", "the phone is open")),
            None => Ok(()),
        }
    }

    pub(super) fn close(&mut self, arguments: Arguments) -> Answer {
        arguments.done()?;
        if let Some(opened) = self.opened.take() {
            opened.phone.close()?;
        }
        done()
    }
}

impl Opened {
    pub(super) fn now(&mut self, mut arguments: Arguments) -> Answer {
        let at = arguments.time("at")?;
        arguments.done()?;
        self.clock.move_to(at);
        done()
    }

    pub(super) fn setup(&mut self, mut arguments: Arguments) -> Answer {
        let begin_at_s = arguments.whole("begin_at_s")?;
        arguments.done()?;
        self.phone.limit().begin(begin_at_s)?;
        done()
    }
}

fn key(text: &str) -> Result<[u8; 32], Fault> {
    let bytes = hex::decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Fault::bad("\"key\" is not 64 hex digits"))
}
