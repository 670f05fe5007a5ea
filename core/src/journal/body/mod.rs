//! What an entry says: one typed body per kind (spec §3).
//!
//! The table in this file is the only list of kinds. Each body lives in the file of its subject and
//! checks its own values; every scale runs from 0 to 10 unless it says otherwise.

mod alone;
mod cards;
mod feelings;
mod limits;
mod plain_text;
mod pledges;
mod programme;
mod repair;
mod rounds;
mod shared;
mod signs;
mod small_things;
mod together;
mod turn;

use serde::{Deserialize, Deserializer, Serialize};

pub use alone::{Alone, AloneKind, Exercise, Expectation, Leaning, Return};
pub use cards::{Belief, CalmPlace, LoopHalf, Savour, Strength, SupportPerson, WhoseStrength};
pub use feelings::{CheckIn, FeltState, Moment, Sentence};
pub use limits::{Cap, Limit, LimitChange, LimitStep};
pub use pledges::{PledgeCheckIn, PledgeMake, PledgeMove, PledgeWithdraw};
pub use programme::{Path, ProgrammeAct, ProgrammeStep};
pub use repair::{RepairAct, RepairPause, RepairStep};
pub use rounds::{
    RoundAccept, RoundAct, RoundInvite, RoundKind, RoundLog, RoundNotNow, RoundReflect, RoundStep, Shorter,
};
pub use shared::{Erase, SharedAs, Snapshot};
pub use signs::Sign;
pub use small_things::{Answer, AnswerWith, Appreciation, Need, Request, Weekly, WeeklyLine, Worry};
pub use together::{TogetherField, TogetherSet, TogetherValue};
pub use turn::{Confirmation, HelpWanted, TurnAct, TurnBegin, TurnStep};

use super::{Audience, EntryId, OutOfRange};

/// An entry of a kind, or with values, that this version does not know: kept, sent on and shown as
/// "from a newer version".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Newer {
    /// Its kind, as its own version names it; empty where not even that can be read.
    pub kind: String,
}

impl Newer {
    fn check(&self) -> Result<(), OutOfRange> {
        Err(OutOfRange { field: "kind" })
    }
}

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident = $kind:literal for $audience:ident,)*) => {
        /// What an entry says, by kind.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
        pub enum Body {
            $($(#[$doc])* $name($name),)*
            /// From a newer version.
            Newer(Newer),
        }

        impl Body {
            /// Every kind that this version knows.
            pub const KINDS: &[&str] = &[$($kind),*];

            /// The kind, as stored and sent.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$name(_) => $kind,)*
                    Self::Newer(newer) => &newer.kind,
                }
            }

            /// Whom an entry of this kind is for unless it is shared (spec §3).
            pub fn default_audience(&self) -> Audience {
                match self {
                    $(Self::$name(_) => Audience::$audience,)*
                    Self::Newer(_) => Audience::OnlyMe,
                }
            }

            /// Checks every value against its scale.
            pub fn check(&self) -> Result<(), OutOfRange> {
                match self {
                    $(Self::$name(body) => body.check(),)*
                    Self::Newer(newer) => newer.check(),
                }
            }

            /// Reads the fields of a body of this kind; `None` where the kind is not known.
            pub fn from_fields<'de, D: Deserializer<'de>>(kind: &str, fields: D) -> Option<Result<Self, D::Error>> {
                match kind {
                    $($kind => Some($name::deserialize(fields).map(Self::$name)),)*
                    _ => None,
                }
            }
        }

        $(impl From<$name> for Body {
            fn from(body: $name) -> Self {
                Self::$name(body)
            }
        })*

        impl From<Newer> for Body {
            fn from(body: Newer) -> Self {
                Self::Newer(body)
            }
        }
    };
}

bodies! {
    /// How it is now (spec §8).
    CheckIn = "check_in" for OnlyMe,
    /// A moment of withdrawal or of pursuit (spec §10).
    Moment = "moment" for OnlyMe,
    /// "I feel … and I need …".
    Sentence = "sentence" for OnlyMe,
    /// Something seen and valued.
    Appreciation = "appreciation" for OnlyMe,
    /// A worry.
    Worry = "worry" for OnlyMe,
    /// A need.
    Need = "need" for OnlyMe,
    /// One small thing asked for.
    Request = "request" for OnlyMe,
    /// An answer to a request; in words it goes to the partner, a bare "not now" stays here.
    Answer = "answer" for Both,
    /// The weekly check-in (spec §8).
    Weekly = "weekly" for OnlyMe,
    /// Time alone (spec §14).
    Alone = "alone" for OnlyMe,
    /// How sure one is that contact comes back.
    Expectation = "expectation" for OnlyMe,
    /// It came back.
    Return = "return" for OnlyMe,
    /// An exercise of the toolkit, done.
    Exercise = "exercise" for OnlyMe,
    /// The leaning reflection (spec §15).
    Leaning = "leaning" for OnlyMe,
    /// A strength seen (spec §13).
    Strength = "strength" for OnlyMe,
    /// A card for hard days.
    Savour = "savour" for OnlyMe,
    /// One's own half of our loop.
    LoopHalf = "loop_half" for OnlyMe,
    /// A calm place.
    CalmPlace = "calm_place" for OnlyMe,
    /// A person to turn to; the name stays on this phone.
    SupportPerson = "support_person" for OnlyMe,
    /// The monthly belief.
    Belief = "belief" for OnlyMe,
    /// An act in the eight steps (spec §11).
    ProgrammeAct = "programme_act" for OnlyMe,
    /// What the owner lets the partner send (spec §4).
    Cap = "cap" for Both,
    /// The own limit's first value, or a change of it (spec §4.1).
    LimitChange = "limit_change" for OnlyMe,
    /// An invitation to a round (spec §4).
    RoundInvite = "round_invite" for Both,
    /// A round accepted.
    RoundAccept = "round_accept" for Both,
    /// Another act of a round that both may know.
    RoundAct = "round_act" for Both,
    /// "Not now", without a word.
    RoundNotNow = "round_not_now" for OnlyMe,
    /// The private reflection after a round, or its skipping.
    RoundReflect = "round_reflect" for OnlyMe,
    /// A round done without phones.
    RoundLog = "round_log" for Both,
    /// A pledge (spec §5).
    PledgeMake = "pledge_make" for Both,
    /// A new time for a pledge.
    PledgeMove = "pledge_move" for Both,
    /// The promised contact happened.
    PledgeCheckIn = "pledge_check_in" for Both,
    /// A pledge taken back.
    PledgeWithdraw = "pledge_withdraw" for Both,
    /// A repair begins with a pause (spec §6).
    RepairPause = "repair_pause" for Both,
    /// An act of a repair.
    RepairAct = "repair_act" for Both,
    /// A turn begins: the listener's own feeling, in private (spec §7).
    TurnBegin = "turn_begin" for Both,
    /// An act of a turn.
    TurnAct = "turn_act" for Both,
    /// A dated copy of one own item, as shared (P2).
    Snapshot = "snapshot" for Both,
    /// Which own item a snapshot was copied from; never leaves this phone.
    SharedAs = "shared_as" for OnlyMe,
    /// A field of the together document, set.
    TogetherSet = "together_set" for Both,
    /// Ids whose text is to be erased.
    Erase = "erase" for Both,
}

impl Body {
    /// The entries that this one is about. Acts are found by what they refer to; an edit's forerunner
    /// and the sets that a set of the together document had seen are not among them.
    pub fn refers_to(&self) -> Vec<EntryId> {
        match self {
            _ if !Self::may_refer(self.kind()) => Vec::new(),
            Self::Answer(body) => vec![body.request],
            Self::Alone(body) => body.pledge.into_iter().collect(),
            Self::Return(body) => body.expectation.into_iter().collect(),
            Self::RoundAccept(body) => vec![body.round],
            Self::RoundAct(body) => vec![body.round],
            Self::RoundNotNow(body) => vec![body.round],
            Self::RoundReflect(body) => vec![body.round],
            Self::PledgeMake(body) => body.round.into_iter().collect(),
            Self::PledgeMove(body) => vec![body.pledge],
            Self::PledgeCheckIn(body) => vec![body.pledge],
            Self::PledgeWithdraw(body) => vec![body.pledge],
            Self::RepairAct(body) => vec![body.repair],
            Self::TurnBegin(body) => body.swapped_from.into_iter().collect(),
            Self::TurnAct(body) => vec![body.turn],
            Self::SharedAs(body) => vec![body.source, body.snapshot],
            _ => Vec::new(),
        }
    }

    /// Whether an entry of this kind may refer to others: for the rest nobody needs to read the body in order
    /// to know.
    pub(super) fn may_refer(kind: &str) -> bool {
        const REFERRING: &[&str] = &[
            "answer",
            "alone",
            "return",
            "round_accept",
            "round_act",
            "round_not_now",
            "round_reflect",
            "pledge_make",
            "pledge_move",
            "pledge_check_in",
            "pledge_withdraw",
            "repair_act",
            "turn_begin",
            "turn_act",
            "shared_as",
        ];
        REFERRING.contains(&kind)
    }
}

/// Fails unless `value` lies within `low..=high`.
fn within(value: impl Into<i64>, low: i64, high: i64, field: &'static str) -> Result<(), OutOfRange> {
    if (low..=high).contains(&value.into()) { Ok(()) } else { Err(OutOfRange { field }) }
}

/// Fails unless the value, where there is one, lies on the scale 0 to 10.
fn scale(value: Option<u8>, field: &'static str) -> Result<(), OutOfRange> {
    within(value.unwrap_or(0), 0, 10, field)
}
