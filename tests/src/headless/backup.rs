//! Backup, and a phone that is made of one.

use std::path::Path;

use attune_core::phone::Phone;

use super::answer::{Answer, Fault};
use super::arguments::Arguments;
use super::opening::{Opened, Opening, UNUSABLE};
use super::{Headless, done, epoch};

impl Headless {
    /// In place of `open`.
    pub(super) fn restore(&mut self, mut arguments: Arguments) -> Answer {
        let (path, passphrase) = (arguments.text("path")?, arguments.text("passphrase")?);
        let opening = Opening::read(&mut arguments)?;
        arguments.done()?;
        self.must_be_closed()?;
        let path = Path::new(&path);
        let epoch = epoch::of_restoring(path).map_err(|_| Fault::error("NoSuchFile", "the backup cannot be read"))?;
        let (clock, environment) = opening.environment(epoch);
        let phone = Phone::restore(path, &passphrase, &opening.folder, &opening.key, environment)?;
        epoch::go_on_after(&opening.folder, epoch).map_err(|_| Fault::error("StorageFailed", UNUSABLE))?;
        phone.speak(opening.language);
        self.opened = Some(Opened { phone, clock });
        done()
    }
}

impl Opened {
    pub(super) fn back_up(&mut self, mut arguments: Arguments) -> Answer {
        let (path, passphrase) = (arguments.text("path")?, arguments.text("passphrase")?);
        arguments.done()?;
        self.phone.back_up(Path::new(&path), &passphrase)?;
        done()
    }
}
