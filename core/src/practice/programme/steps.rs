//! The steps, their actions, and what ticks each (spec §11).

use std::collections::BTreeMap;

use crate::journal::{Body, Entry, Path, Sign};
use crate::practice::moments::monday_of;
use crate::practice::policy;

/// An action of a step.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// Its id: the number of its step, a point, and a word.
    pub id: &'static str,
    ticked_by: Tick,
}

impl PartialEq for Action {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Action {}

/// What ticks an action.
#[derive(Debug, Clone, Copy)]
enum Tick {
    /// Any one entry like one of these.
    One(&'static [Like]),
    /// Three moments in one week, Monday to Sunday.
    MomentsInAWeek,
    /// Its owner's hand alone.
    ByHand,
}

/// What an entry is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Like {
    /// It is of this kind.
    Kind(&'static str),
    /// It shows this.
    Sign(Sign),
}

impl Like {
    fn is(self, body: &Body) -> bool {
        match self {
            Self::Kind(kind) => body.kind() == kind,
            Self::Sign(sign) => body.signs().contains(&sign),
        }
    }
}

/// Which entries tell whether an action is ticked, however many there are: the newest of each will do, since
/// whatever was written after a step's start ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Witnesses {
    /// The newest entry like one of these.
    Newest(&'static [Like]),
    /// The newest moments of which so many lie in one week.
    MomentsInAWeek(usize),
    /// None: only its owner's hand ticks it.
    None,
}

impl Action {
    /// Which entries tell whether it is ticked.
    pub fn witnesses(&self) -> Witnesses {
        match self.ticked_by {
            Tick::One(like) => Witnesses::Newest(like),
            Tick::MomentsInAWeek => Witnesses::MomentsInAWeek(policy::MOMENTS_FOR_A_PATTERN),
            Tick::ByHand => Witnesses::None,
        }
    }

    /// Whether one of these own entries, written since the step was taken up, ticks it.
    pub(super) fn is_done_by<'a>(&self, mut entries: impl Iterator<Item = &'a Entry>) -> bool {
        match self.ticked_by {
            Tick::One(like) => entries.any(|entry| like.iter().any(|like| like.is(&entry.body))),
            Tick::MomentsInAWeek => {
                let mut weeks = BTreeMap::new();
                let moments =
                    entries.filter(|entry| matches!(entry.body, Body::Moment(_)) && entry.supersedes.is_none());
                moments.for_each(|moment| *weeks.entry(monday_of(moment.written.local_date())).or_insert(0_usize) += 1);
                weeks.values().any(|count| *count >= policy::MOMENTS_FOR_A_PATTERN)
            }
            Tick::ByHand => false,
        }
    }
}

/// The number of the last step of a path.
pub fn last_step(path: Path) -> u8 {
    match path {
        Path::Distance => 8,
        Path::Closeness => 6,
    }
}

/// The actions of a step; none for a number that is not there.
pub fn actions_of(path: Path, step: u8) -> &'static [Action] {
    let steps: &[&[Action]] = match path {
        Path::Distance => DISTANCE,
        Path::Closeness => CLOSENESS,
    };
    usize::from(step).checked_sub(1).and_then(|at| steps.get(at)).copied().unwrap_or_default()
}

const fn one(id: &'static str, like: &'static [Like]) -> Action {
    Action { id, ticked_by: Tick::One(like) }
}

const fn by_hand(id: &'static str) -> Action {
    Action { id, ticked_by: Tick::ByHand }
}

const DISTANCE: &[&[Action]] = &[
    &[one("1.moment", WITHDRAWAL), one("1.emotion", EMOTION), one("1.sentence", SENTENCE)],
    &[one("2.words", TWO_WORDS), by_hand("2.told"), one("2.sentence", SENTENCE)],
    &[one("3.appreciation", APPRECIATION), one("3.need", NEED), one("3.sentence", SENTENCE)],
    &[one("4.phrase", PLEDGE), one("4.follow_through", PLEDGE_CHECK_IN), one("4.sentence", SENTENCE)],
    &[one("5.script", REPAIR), one("5.ask_need", ASKED_FOR_NEED), one("5.sentence", SENTENCE)],
    &[
        Action { id: "6.three_moments", ticked_by: Tick::MomentsInAWeek },
        one("6.emotion", EMOTION),
        one("6.share_trigger", TRIGGER_SHARED),
    ],
    &[one("7.word", A_WORD), one("7.said_aloud", SAID_ALOUD), one("7.request", REQUEST)],
    &[one("8.return_time", PLEDGE), one("8.sentence", REASSURING_PLEDGE), one("8.follow_through", PLEDGE_CHECK_IN)],
];

const CLOSENESS: &[&[Action]] = &[
    // Notice the urge.
    &[one("1.moment", PURSUIT), one("1.emotion", EMOTION), one("1.sentence", SENTENCE)],
    // Self-soothe apart.
    &[one("2.exercise", EXERCISE), one("2.alone", ALONE), one("2.sentence", SENTENCE)],
    // Expect the return.
    &[one("3.expectation", EXPECTATION), by_hand("3.waited"), one("3.sentence", SENTENCE)],
    // Receive it.
    &[one("4.return", RETURN), one("4.appreciation", APPRECIATION), one("4.sentence", SENTENCE)],
    // Keep contact small.
    &[one("5.request", REQUEST), by_hand("5.short"), one("5.sentence", SENTENCE)],
    // Let go first.
    &[one("6.release", LETTING_GO), by_hand("6.first"), one("6.sentence", SENTENCE)],
];

const WITHDRAWAL: &[Like] = &[Like::Sign(Sign::Withdrawal)];
const PURSUIT: &[Like] = &[Like::Sign(Sign::Pursuit)];
const EMOTION: &[Like] = &[Like::Sign(Sign::Emotion)];
const SENTENCE: &[Like] = &[Like::Kind("sentence")];
const A_WORD: &[Like] = &[Like::Sign(Sign::OneWord)];
const TWO_WORDS: &[Like] = &[Like::Sign(Sign::TwoWords)];
const APPRECIATION: &[Like] = &[Like::Kind("appreciation"), Like::Sign(Sign::WeeklyAppreciation)];
const SAID_ALOUD: &[Like] = &[Like::Sign(Sign::SaidAloud)];
const NEED: &[Like] = &[Like::Kind("need"), Like::Sign(Sign::WeeklyNeed)];
const REQUEST: &[Like] = &[Like::Kind("request"), Like::Sign(Sign::WeeklyRequest)];
const PLEDGE: &[Like] = &[Like::Kind("pledge_make")];
const REASSURING_PLEDGE: &[Like] = &[Like::Sign(Sign::Reassurance)];
const PLEDGE_CHECK_IN: &[Like] = &[Like::Kind("pledge_check_in")];
const REPAIR: &[Like] = &[Like::Kind("repair_pause")];
const ASKED_FOR_NEED: &[Like] = &[Like::Sign(Sign::AskedForNeed)];
const TRIGGER_SHARED: &[Like] = &[Like::Sign(Sign::TriggerShared)];
const EXERCISE: &[Like] = &[Like::Kind("exercise")];
const ALONE: &[Like] = &[Like::Kind("alone")];
const EXPECTATION: &[Like] = &[Like::Kind("expectation")];
const RETURN: &[Like] = &[Like::Kind("return")];
const LETTING_GO: &[Like] = &[Like::Sign(Sign::LetGo)];
