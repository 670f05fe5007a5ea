//! The journal: what a person writes down, as immutable entries.
//!
//! An [`Entry`] says who wrote it, when and where on the clock ([`LocalTime`]), for whom
//! ([`Audience`]) and what ([`Body`]). Nothing here knows storage, network or a clock. An entry is
//! carried, stored and hashed as a [`Record`]: its id, its time and its body as one CBOR value whose
//! bytes are never re-encoded, so that fields and kinds of a newer version survive untouched
//! (spec §3).

mod body;
mod chain;
mod document;
mod entry;
mod entry_id;
mod envelope;
mod item;
mod local_time;
mod record;

pub use body::{
    Alone, AloneKind, Answer, AnswerWith, Appreciation, Belief, Body, CalmPlace, Cap, CheckIn, Confirmation, Erase,
    Exercise, Expectation, FeltState, HelpWanted, Leaning, Limit, LimitChange, LimitStep, LoopHalf, Moment, Need,
    Newer, Path, PledgeCheckIn, PledgeMake, PledgeMove, PledgeWithdraw, ProgrammeAct, ProgrammeStep, RepairAct,
    RepairPause, RepairStep, Request, Return, RoundAccept, RoundAct, RoundInvite, RoundKind, RoundLog, RoundNotNow,
    RoundReflect, RoundStep, Savour, Sentence, SharedAs, Shorter, Sign, Snapshot, Strength, SupportPerson,
    TogetherField, TogetherSet, TogetherValue, TurnAct, TurnBegin, TurnStep, Weekly, WeeklyLine, WhoseStrength, Worry,
};
pub use chain::Chain;
pub use document::{DeviceId, DocumentName, Month};
pub use entry::{Audience, Entry, Whose};
pub use entry_id::{EntryId, EntryIds, MalformedId};
pub use envelope::{Envelope, FoldVersion, MAX_VALUE_BYTES, Outline};
pub use item::{can_be_shared, is_item, item_kinds};
pub use local_time::{LocalTime, MalformedTime};
pub use record::{MalformedRecord, Record};

/// A value that is off its scale, too long or one too many: nothing was written (spec §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{field}` is out of range")]
pub struct OutOfRange {
    /// The field of the body, as the spec names it.
    pub field: &'static str,
}
