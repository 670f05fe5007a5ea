//! The steps, their actions, and what ticks each (spec §11).

use std::collections::BTreeMap;

use crate::journal::{Body, Entry, Path, RepairStep};
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
    /// Any one entry like this.
    One(fn(&Body) -> bool),
    /// Three moments in one week, Monday to Sunday.
    MomentsInAWeek,
    /// Its owner's hand alone.
    ByHand,
}

impl Action {
    /// Whether its owner's hand alone ticks it.
    pub fn is_by_hand(&self) -> bool {
        matches!(self.ticked_by, Tick::ByHand)
    }

    /// Whether one of these own entries, written since the step was taken up, ticks it.
    pub(super) fn is_done_by<'a>(&self, mut entries: impl Iterator<Item = &'a Entry>) -> bool {
        match self.ticked_by {
            Tick::One(matches) => entries.any(|entry| matches(&entry.body)),
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

const fn one(id: &'static str, matches: fn(&Body) -> bool) -> Action {
    Action { id, ticked_by: Tick::One(matches) }
}

const fn by_hand(id: &'static str) -> Action {
    Action { id, ticked_by: Tick::ByHand }
}

const DISTANCE: &[&[Action]] = &[
    &[one("1.moment", is_withdrawal), one("1.emotion", names_emotion), one("1.sentence", is_sentence)],
    &[one("2.words", has_two_words), by_hand("2.told"), one("2.sentence", is_sentence)],
    &[one("3.appreciation", is_appreciation), one("3.need", is_need), one("3.sentence", is_sentence)],
    &[one("4.phrase", is_pledge), one("4.follow_through", is_pledge_check_in), one("4.sentence", is_sentence)],
    &[one("5.script", is_repair), one("5.ask_need", asks_need), one("5.sentence", is_sentence)],
    &[
        Action { id: "6.three_moments", ticked_by: Tick::MomentsInAWeek },
        one("6.emotion", names_emotion),
        one("6.share_trigger", is_shared_trigger),
    ],
    &[one("7.word", has_a_word), one("7.said_aloud", is_said_aloud), one("7.request", is_request)],
    &[
        one("8.return_time", is_pledge),
        one("8.sentence", is_reassuring_pledge),
        one("8.follow_through", is_pledge_check_in),
    ],
];

const CLOSENESS: &[&[Action]] = &[
    // Notice the urge.
    &[one("1.moment", is_pursuit), one("1.emotion", names_emotion), one("1.sentence", is_sentence)],
    // Self-soothe apart.
    &[one("2.exercise", is_exercise), one("2.alone", is_alone), one("2.sentence", is_sentence)],
    // Expect the return.
    &[one("3.expectation", is_expectation), by_hand("3.waited"), one("3.sentence", is_sentence)],
    // Receive it.
    &[one("4.return", is_return), one("4.appreciation", is_appreciation), one("4.sentence", is_sentence)],
    // Keep contact small.
    &[one("5.request", is_request), by_hand("5.short"), one("5.sentence", is_sentence)],
    // Let go first.
    &[one("6.release", is_release), by_hand("6.first"), one("6.sentence", is_sentence)],
];

fn is_withdrawal(body: &Body) -> bool {
    matches!(body, Body::Moment(moment) if ["withdraw", "intellectualise", "task_focus"].contains(&moment.urge.as_str()))
}

fn is_pursuit(body: &Body) -> bool {
    matches!(body, Body::Moment(moment) if ["text_again", "fix", "protest"].contains(&moment.urge.as_str()))
}

fn names_emotion(body: &Body) -> bool {
    matches!(body, Body::Moment(moment) if moment.emotion.is_some())
}

fn is_sentence(body: &Body) -> bool {
    matches!(body, Body::Sentence(_))
}

fn has_two_words(body: &Body) -> bool {
    matches!(body, Body::CheckIn(check_in) if check_in.words.len() == 2)
}

fn has_a_word(body: &Body) -> bool {
    matches!(body, Body::CheckIn(check_in) if !check_in.words.is_empty())
}

fn is_appreciation(body: &Body) -> bool {
    matches!(body, Body::Appreciation(_)) || matches!(body, Body::Weekly(weekly) if weekly.appreciation.is_some())
}

fn is_said_aloud(body: &Body) -> bool {
    matches!(body, Body::Appreciation(appreciation) if appreciation.said_aloud)
}

fn is_need(body: &Body) -> bool {
    matches!(body, Body::Need(_)) || matches!(body, Body::Weekly(weekly) if weekly.need.is_some())
}

fn is_request(body: &Body) -> bool {
    matches!(body, Body::Request(_)) || matches!(body, Body::Weekly(weekly) if weekly.request.is_some())
}

fn is_pledge(body: &Body) -> bool {
    matches!(body, Body::PledgeMake(_))
}

fn is_reassuring_pledge(body: &Body) -> bool {
    matches!(body, Body::PledgeMake(pledge) if pledge.sentence.is_some())
}

fn is_pledge_check_in(body: &Body) -> bool {
    matches!(body, Body::PledgeCheckIn(_))
}

fn is_repair(body: &Body) -> bool {
    matches!(body, Body::RepairPause(_))
}

fn asks_need(body: &Body) -> bool {
    matches!(body, Body::RepairAct(act) if act.step == RepairStep::Ask)
}

fn is_shared_trigger(body: &Body) -> bool {
    matches!(body, Body::Snapshot(copy) if copy.of == "moment" || copy.of == "trigger")
}

fn is_exercise(body: &Body) -> bool {
    matches!(body, Body::Exercise(_))
}

fn is_alone(body: &Body) -> bool {
    matches!(body, Body::Alone(_))
}

fn is_expectation(body: &Body) -> bool {
    matches!(body, Body::Expectation(_))
}

fn is_return(body: &Body) -> bool {
    matches!(body, Body::Return(_))
}

fn is_release(body: &Body) -> bool {
    matches!(body, Body::RoundAct(act) if act.step == crate::journal::RoundStep::Release)
}
