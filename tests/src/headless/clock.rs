//! The clocks of a headless phone: they stand still until they are moved.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use attune_core::journal::LocalTime;
use attune_core::phone::Clock;

/// A wall clock that goes where it is told, and a monotonic one that moves on with it.
pub(super) struct VirtualClock(Mutex<(LocalTime, Duration)>);

impl VirtualClock {
    pub(super) fn new(wall: LocalTime) -> Self {
        Self(Mutex::new((wall, Duration::ZERO)))
    }

    /// Moves the wall clock there; the monotonic clock moves on by the difference, never back.
    pub(super) fn move_to(&self, wall: LocalTime) {
        let mut clocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (before, monotonic) = *clocks;
        let passed = wall.since(before).to_std().unwrap_or(Duration::ZERO);
        *clocks = (wall, monotonic.saturating_add(passed));
    }

    fn read(&self) -> (LocalTime, Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for VirtualClock {
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
        let clock = VirtualClock::new(at("2026-03-02T08:00:00+01:00"));
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
