//! The two logs, private and shared. Their tables are alike and differ in their names alone.

use crate::journal::Audience;

/// The tables of one log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Log {
    /// Entries that never leave this phone.
    Private,
    /// Entries for both, own ones and the partner's.
    Shared,
}

impl Log {
    pub(super) const BOTH: [Self; 2] = [Self::Private, Self::Shared];

    /// The log that entries of this audience stand in.
    pub(super) fn of(audience: Audience) -> Self {
        match audience {
            Audience::OnlyMe => Self::Private,
            Audience::Both => Self::Shared,
        }
    }

    pub(super) fn audience(self) -> Audience {
        match self {
            Self::Private => Audience::OnlyMe,
            Self::Shared => Audience::Both,
        }
    }
}

/// SQL on the tables of one log, put together at compile time: `LOG` stands for its name.
macro_rules! sql {
    ($log:expr, $($part:tt),+ $(,)?) => {
        match $log {
            $crate::store::log::Log::Private => concat!($($crate::store::log::part!("private", $part)),+),
            $crate::store::log::Log::Shared => concat!($($crate::store::log::part!("shared", $part)),+),
        }
    };
}

macro_rules! part {
    ($name:literal, LOG) => {
        $name
    };
    ($name:literal, $text:literal) => {
        $text
    };
}

pub(super) use {part, sql};
