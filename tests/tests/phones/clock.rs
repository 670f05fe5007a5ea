//! A phone's clock that stands still until it is set.

use std::sync::Mutex;
use std::time::Duration;

use attune_core::journal::LocalTime;
use attune_core::phone::Clock;

pub(crate) struct Stopped(Mutex<LocalTime>);

impl Stopped {
    pub(crate) fn at(time: &str) -> Self {
        Self(Mutex::new(LocalTime::parse(time).unwrap()))
    }

    pub(crate) fn set(&self, time: &str) {
        *self.0.lock().unwrap() = LocalTime::parse(time).unwrap();
    }
}

impl Clock for Stopped {
    fn wall(&self) -> LocalTime {
        *self.0.lock().unwrap()
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}
