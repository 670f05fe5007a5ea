//! Time, as a phone has it: a wall clock that people set, and a monotonic one that nobody sets.

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
