//! Names of documents: a person's log is one document per device, audience and calendar month.

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::{Body, LocalTime};

/// A calendar month, counted from year 0: `12 * year + month - 1`. The local month of writing; or, past
/// all months, the place of a device's [`Month::ERASURES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month(pub u32);

impl Month {
    /// In place of a month: the document of a device that holds its [`super::Erase`] entries, and nothing
    /// else. Erasures stand apart because they are sent before everything else: an owner that has erased
    /// an entry can no longer vouch for a state with it, so no state in between may need one.
    pub const ERASURES: Self = Self(u32::MAX);

    /// The month on the calendar where `written` was noted.
    pub fn of(written: LocalTime) -> Self {
        let date = written.local_date();
        Self(u32::try_from(date.year()).unwrap_or(0) * 12 + date.month0())
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if *self == Self::ERASURES {
            return f.write_str("erasures");
        }
        write!(f, "{:04}-{:02}", self.0 / 12, self.0 % 12 + 1)
    }
}

/// One installation on one device: the Automerge actor of what it writes. Random, new for every
/// installation and every restore, because an actor that starts again from an older state can never
/// converge with its former self.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DeviceId(pub [u8; 16]);

/// Which document of one person's shared log under one pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentName {
    /// The device that writes it.
    pub device: DeviceId,
    /// The local month of writing, or [`Month::ERASURES`].
    pub month: Month,
}

impl DocumentName {
    /// The document in which `device` writes an entry.
    pub fn of(device: DeviceId, written: LocalTime, body: &Body) -> Self {
        Self::of_kind(device, written, body.kind())
    }

    /// The same for an entry of which only the kind is known.
    pub fn of_kind(device: DeviceId, written: LocalTime, kind: &str) -> Self {
        let month = if kind == "erase" { Month::ERASURES } else { Month::of(written) };
        Self { device, month }
    }

    /// Whether it holds the device's erasures.
    pub fn is_erasures(&self) -> bool {
        self.month == Month::ERASURES
    }
}
