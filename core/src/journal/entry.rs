//! An entry, as read: immutable, signed off by its place in its author's log.

use serde::{Deserialize, Serialize};

use super::{Body, EntryId, FoldVersion, LocalTime};

/// Who may ever hold an entry. Private by default (P2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Audience {
    /// Never leaves this phone: not its content, not its count, not its timing (P16).
    OnlyMe,
    /// Goes to the partner at the next meeting.
    Both,
}

/// Whose log an entry or a document belongs to, seen from this phone. Only its owner writes it (P9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Whose {
    /// The person's whose phone this is.
    Mine,
    /// The partner's.
    Theirs,
}

/// One entry of a log.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Sorts by time of writing.
    pub id: EntryId,
    /// Its author.
    pub whose: Whose,
    /// Who may hold it.
    pub audience: Audience,
    /// When it was written, as its author's clock and place had it.
    pub written: LocalTime,
    /// The entry that this one replaces, where it is an edit; it keeps the first one's date.
    pub supersedes: Option<EntryId>,
    /// The fold version that a phone needs to act on it.
    pub needs: FoldVersion,
    /// What it says.
    pub body: Body,
}
