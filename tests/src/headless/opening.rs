//! Opening and closing the phone, and its clock.

use std::path::Path;
use std::sync::Arc;

use attune_core::SeededRandomness;
use attune_core::catalogue::Language;
use attune_core::phone::{Environment, Phone};
use data_encoding::HEXLOWER_PERMISSIVE;

use super::answer::{Answer, Fault};
use super::arguments::Arguments;
use super::clock::VirtualClock;
use super::{Headless, done, epoch};

/// A phone that is open, and its clock.
pub(super) struct Opened {
    pub(super) phone: Phone,
    pub(super) clock: Arc<VirtualClock>,
}

impl Headless {
    pub(super) fn open(&mut self, mut arguments: Arguments) -> Answer {
        let folder = arguments.text("folder")?;
        let key = key(&arguments.text("key")?)?;
        let now = arguments.time("now")?;
        let seed = arguments.number("seed")?;
        let language = arguments.maybe_text("language")?.map_or_else(Language::default, |tag| Language::from_tag(&tag));
        arguments.done()?;
        if self.opened.is_some() {
            return Err(Fault::error("Busy", "the phone is open"));
        }
        let folder = Path::new(&folder);
        let epoch = epoch::next(folder).map_err(|_| Fault::error("StorageFailed", "the folder cannot be used"))?;
        let clock = Arc::new(VirtualClock::new(now));
        let randomness = Arc::new(SeededRandomness::new(seed, epoch));
        let phone = Phone::open(folder, &key, Environment { clock: clock.clone(), randomness })?;
        phone.speak(language);
        self.opened = Some(Opened { phone, clock });
        done()
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
    let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Fault::bad("\"key\" is not 64 hex digits"))
}
