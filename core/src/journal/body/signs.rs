//! What a body shows beyond its kind, where somebody asks for it among the entries of years.

use super::{Body, RepairStep, RoundStep};

/// Something that an entry shows. The newest entry that shows it is found without reading others; a number
/// stands in files and is never used for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// A moment of withdrawal (spec §11).
    Withdrawal = 1,
    /// A moment of pursuit.
    Pursuit = 2,
    /// A moment with the emotion underneath.
    Emotion = 3,
    /// A check-in with a word.
    OneWord = 4,
    /// A check-in with two words.
    TwoWords = 5,
    /// An appreciation said aloud.
    SaidAloud = 6,
    /// A weekly check-in with an appreciation.
    WeeklyAppreciation = 7,
    /// A weekly check-in with a need.
    WeeklyNeed = 8,
    /// A weekly check-in with a request.
    WeeklyRequest = 9,
    /// A pledge with a reassuring sentence.
    Reassurance = 10,
    /// "What do you need to feel okay?", asked in a repair.
    AskedForNeed = 11,
    /// A moment or a trigger, shared.
    TriggerShared = 12,
    /// Contact let go.
    LetGo = 13,
}

impl Sign {
    /// The kinds of entries that may show one.
    pub const KINDS: &[&str] =
        &["moment", "check_in", "appreciation", "weekly", "pledge_make", "repair_act", "snapshot", "round_act"];
}

impl Body {
    /// What it shows.
    pub fn signs(&self) -> Vec<Sign> {
        let shown: &[(Sign, bool)] = match self {
            Self::Moment(moment) => {
                let is_one_of = |urges: &[&str]| urges.contains(&moment.urge.as_str());
                &[
                    (Sign::Withdrawal, is_one_of(&["withdraw", "intellectualise", "task_focus"])),
                    (Sign::Pursuit, is_one_of(&["text_again", "fix", "protest"])),
                    (Sign::Emotion, moment.emotion.is_some()),
                ]
            }
            Self::CheckIn(check_in) => {
                &[(Sign::OneWord, !check_in.words.is_empty()), (Sign::TwoWords, check_in.words.len() == 2)]
            }
            Self::Appreciation(appreciation) => &[(Sign::SaidAloud, appreciation.said_aloud)],
            Self::Weekly(weekly) => &[
                (Sign::WeeklyAppreciation, weekly.appreciation.is_some()),
                (Sign::WeeklyNeed, weekly.need.is_some()),
                (Sign::WeeklyRequest, weekly.request.is_some()),
            ],
            Self::PledgeMake(pledge) => &[(Sign::Reassurance, pledge.sentence.is_some())],
            Self::RepairAct(act) => &[(Sign::AskedForNeed, act.step == RepairStep::Ask)],
            Self::Snapshot(copy) => &[(Sign::TriggerShared, copy.of == "moment" || copy.of == "trigger")],
            Self::RoundAct(act) => &[(Sign::LetGo, act.step == RoundStep::Release)],
            _ => &[],
        };
        shown.iter().filter(|(_, shows)| *shows).map(|(sign, _)| *sign).collect()
    }
}
