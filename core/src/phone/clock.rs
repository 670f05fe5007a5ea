//! Time, as a phone has it: a wall clock that people set, and a monotonic one that nobody sets.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::journal::LocalTime;

/// Where a phone takes its time from.
pub trait Clock: Send + Sync {
    /// The wall clock, with the offset from UTC of where the phone is.
    fn wall(&self) -> LocalTime;

    /// Time since some moment that stays the same while the process runs; never runs back. It measures
    /// what must not be stretched or shortened by setting a clock: a contact, an offer's life.
    fn monotonic(&self) -> Duration;
}

/// The clocks of the machine.
pub struct SystemClock {
    origin: Instant,
}

impl SystemClock {
    /// The machine's clocks; monotonic time counts from here.
    #[allow(clippy::new_without_default)] // Two of them have different origins: not interchangeable.
    pub fn new() -> Self {
        Self { origin: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn wall(&self) -> LocalTime {
        // A machine whose clock stands outside the years 0 to 9999 reads as 1970.
        LocalTime::try_from(chrono::Local::now().fixed_offset()).unwrap_or_default()
    }

    fn monotonic(&self) -> Duration {
        self.origin.elapsed()
    }
}

/// Clocks that stand still until they are moved: for tests and headless phones.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct ManualClock(Mutex<(LocalTime, Duration)>);

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl ManualClock {
    /// Clocks of which the one on the wall shows this time.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn new(wall: LocalTime) -> Self {
        Self(Mutex::new((wall, Duration::ZERO)))
    }

    /// Moves the wall clock there; the monotonic clock moves on by the difference, never back.
    pub fn move_to(&self, wall: LocalTime) {
        let mut clocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (before, monotonic) = *clocks;
        let passed = wall.since(before).to_std().unwrap_or(Duration::ZERO);
        *clocks = (wall, monotonic.saturating_add(passed));
    }
}

impl ManualClock {
    fn read(&self) -> (LocalTime, Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for ManualClock {
    fn wall(&self) -> LocalTime {
        self.read().0
    }

    fn monotonic(&self) -> Duration {
        self.read().1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> LocalTime {
        LocalTime::parse(text).unwrap()
    }

    #[test]
    fn the_monotonic_clock_follows_and_never_runs_back() {
        let clock = ManualClock::new(at("2026-03-02T08:00:00+01:00"));
        clock.move_to(at("2026-03-02T08:01:00+01:00"));
        assert_eq!(clock.monotonic(), Duration::from_secs(60));
        clock.move_to(at("2026-03-02T07:00:00+01:00"));
        assert_eq!(clock.monotonic(), Duration::from_secs(60));
        assert_eq!(clock.wall(), at("2026-03-02T07:00:00+01:00"));
        // A journey moves the offset, not the time.
        clock.move_to(at("2026-03-02T06:00:30Z"));
        assert_eq!(clock.monotonic(), Duration::from_secs(90));
        assert_eq!(clock.wall().offset_min(), 0);
    }
}
