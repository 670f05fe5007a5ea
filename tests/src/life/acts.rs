//! What follows from what: sharing, pledges, rounds, repairs, turns, answers and the eight steps.

use attune_core::journal::{
    Answer, AnswerWith, Audience, Body, Cap, Confirmation, EntryId, HelpWanted, LimitChange, LimitStep, LocalTime,
    Path, PledgeCheckIn, PledgeMake, PledgeMove, PledgeWithdraw, ProgrammeAct, ProgrammeStep, RepairAct, RepairPause,
    RepairStep, RoundAccept, RoundAct, RoundInvite, RoundKind, RoundLog, RoundNotNow, RoundReflect, RoundStep,
    SharedAs, Shorter, Snapshot, TogetherValue, TurnAct, TurnBegin, TurnStep, can_be_shared,
};
use chrono::{Datelike, TimeDelta, Weekday};

use super::dice::Dice;
use super::items::Pen;
use super::words::MOOD_WORDS;

/// Something that will be written, once its time has come.
pub(super) enum Plan {
    Item,
    Weekly,
    Cap,
    LimitChange,
    Programme,
    Pledge,
    Round,
    RoundLog,
    Pause,
    Turn,
    Share(EntryId, Box<Body>),
    NoteSharing(EntryId, EntryId),
    MovePledge(EntryId),
    EndPledge(EntryId),
    Accept(EntryId, u32),
    NotNow(EntryId),
    InRound(EntryId, RoundStep),
    Reflect(EntryId),
    InRepair(EntryId, u8),
    OwnFeeling(EntryId),
    Speak(EntryId),
    SayBack(EntryId),
    Confirm(EntryId),
    Help(EntryId),
    Presence(EntryId),
    Answer(EntryId),
}

/// What comes up by itself.
pub(super) fn new_plan(now: LocalTime, dice: &mut Dice) -> Plan {
    if now.local_date().weekday() == Weekday::Sun && dice.percent(9) {
        return Plan::Weekly;
    }
    match dice.below(1000) {
        0..25 => Plan::Pledge,
        25..45 => Plan::Round,
        45..55 => Plan::RoundLog,
        55..59 => Plan::Pause,
        59..64 => Plan::Turn,
        64..80 => Plan::Programme,
        80..82 => Plan::Cap,
        82..85 => Plan::LimitChange,
        _ => Plan::Item,
    }
}

impl Plan {
    /// The own entry that this copies.
    pub(super) fn copies(&self) -> Option<EntryId> {
        match self {
            Self::Share(source, _) => Some(*source),
            _ => None,
        }
    }

    /// Writes it.
    pub(super) fn carry_out(self, now: LocalTime, pen: &mut Pen<'_>) -> (Audience, Body) {
        let body = self.body(now, pen);
        let private_act = match &body {
            Body::RepairAct(act) => act.step == RepairStep::Ready,
            Body::TurnAct(act) => matches!(act.step, TurnStep::OwnFeeling(_)),
            _ => false,
        };
        (if private_act { Audience::OnlyMe } else { body.default_audience() }, body)
    }

    fn body(self, now: LocalTime, pen: &mut Pen<'_>) -> Body {
        let in_round = |round, step| RoundAct { round, step }.into();
        let in_turn = |turn, step| TurnAct { turn, step }.into();
        match self {
            Self::Item => pen.item(now),
            Self::Weekly => pen.weekly().into(),
            Self::Cap => Cap { invites_per_day: pen.dice.scale(1, 5), kinds: None }.into(),
            Self::LimitChange => {
                LimitChange { how: LimitStep::TakeOffer, to_s: 30 + 5 * pen.dice.between(0, 100) }.into()
            }
            Self::Programme => programme(pen),
            Self::Pledge => pledge(now, pen),
            Self::Round => RoundInvite {
                max_s: 30 * pen.dice.between(2, 20),
                open_until: later(now, pen.dice),
                round_kind: round_kind(pen.dice),
            }
            .into(),
            Self::RoundLog => {
                RoundLog { length_s: 30 * pen.dice.between(2, 20), round_kind: round_kind(pen.dice) }.into()
            }
            Self::Pause => RepairPause {}.into(),
            Self::Turn => TurnBegin { listens: true, swapped_from: None }.into(),
            Self::Share(_, copy) => *copy,
            Self::NoteSharing(source, snapshot) => SharedAs { source, snapshot }.into(),
            Self::MovePledge(pledge) => PledgeMove { pledge, due: later(now, pen.dice) }.into(),
            Self::EndPledge(pledge) if pen.dice.percent(92) => PledgeCheckIn { pledge }.into(),
            Self::EndPledge(pledge) => PledgeWithdraw { pledge }.into(),
            Self::Accept(round, max_s) => {
                let own = 30 * pen.dice.between(2, 20);
                let shorter = match own.cmp(&max_s) {
                    std::cmp::Ordering::Less => Shorter::Accepting,
                    std::cmp::Ordering::Equal => Shorter::Equal,
                    std::cmp::Ordering::Greater => Shorter::Other,
                };
                RoundAccept { round, length_s: own.min(max_s), shorter }.into()
            }
            Self::NotNow(round) => RoundNotNow { round }.into(),
            Self::InRound(round, step) => in_round(round, step),
            Self::Reflect(round) => RoundReflect {
                round,
                safety: Some(pen.dice.scale(3, 10)),
                activation: Some(pen.dice.scale(0, 7)),
                cue: None,
                word: pen.dice.pick(&MOOD_WORDS).map(ToString::to_string),
                actual_s: Some(pen.dice.between(30, 600)),
                full_length: true,
                skipped: false,
            }
            .into(),
            Self::InRepair(repair, stage) => RepairAct { repair, step: repair_step(stage, pen) }.into(),
            Self::OwnFeeling(turn) => in_turn(turn, TurnStep::OwnFeeling(pen.tell("own_feeling", 1))),
            Self::Speak(turn) => {
                in_turn(turn, TurnStep::Speak { text: pen.tell("text", 4), feeling: pen.say("feeling") })
            }
            Self::SayBack(turn) => in_turn(turn, TurnStep::Reflect(pen.tell("heard", 2))),
            Self::Confirm(turn) => in_turn(turn, TurnStep::Confirm(Confirmation::Yes)),
            Self::Help(turn) => in_turn(turn, TurnStep::Help(HelpWanted::Listening)),
            Self::Presence(turn) => in_turn(turn, TurnStep::Presence("tea".into())),
            Self::Answer(request) => Answer { request, with: AnswerWith::Accept, text: Some(pen.say("answer")) }.into(),
        }
    }
}

/// What follows on an own entry, and after how many others.
pub(super) fn after(
    id: EntryId,
    audience: Audience,
    body: &Body,
    source: Option<EntryId>,
    all_shared: bool,
    dice: &mut Dice,
) -> Vec<(u32, Plan)> {
    match body {
        Body::Snapshot(_) => source.map(|source| (1, Plan::NoteSharing(source, id))).into_iter().collect(),
        Body::PledgeMake(_) if dice.percent(20) => {
            vec![(dice.between(2, 4), Plan::MovePledge(id)), (dice.between(6, 12), Plan::EndPledge(id))]
        }
        Body::PledgeMake(_) => vec![(dice.between(3, 10), Plan::EndPledge(id))],
        Body::RoundInvite(_) if dice.percent(15) => vec![(2, Plan::InRound(id, RoundStep::Withdraw))],
        Body::RepairPause(_) => (0..6).map(|stage| (3 + 2 * u32::from(stage), Plan::InRepair(id, stage))).collect(),
        Body::TurnBegin(_) => vec![(1, Plan::OwnFeeling(id))],
        Body::Weekly(weekly) if !all_shared => {
            let lines = weekly.shared.iter().filter_map(|line| {
                let text = TogetherValue::Text(weekly.line(*line)?.to_owned());
                let body = TogetherValue::Map([("text".to_owned(), text)].into());
                Some((2, Plan::Share(id, Box::new(Snapshot { of: line.name().to_owned(), body }.into()))))
            });
            lines.collect()
        }
        item if audience == Audience::OnlyMe && !all_shared && dice.percent(16) => {
            copy_of(item).map(|copy| (dice.between(1, 4), Plan::Share(id, Box::new(copy)))).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// What an entry of the partner's may bring about.
pub(super) fn answers_to(id: EntryId, body: &Body, dice: &mut Dice) -> Vec<(u32, Plan)> {
    let wait = dice.between(1, 6);
    match body {
        Body::Snapshot(snapshot) if snapshot.of == "request" => vec![(wait, Plan::Answer(id))],
        Body::RoundInvite(invite) if dice.percent(60) => vec![
            (wait, Plan::Accept(id, invite.max_s)),
            (wait + 1, Plan::InRound(id, RoundStep::Start)),
            (wait + 2, Plan::InRound(id, RoundStep::Release)),
            (wait + 3, Plan::Reflect(id)),
        ],
        Body::RoundInvite(_) => vec![(wait, Plan::NotNow(id))],
        Body::RoundAct(act) if act.step == RoundStep::Release => vec![(wait, Plan::Reflect(act.round))],
        Body::TurnBegin(_) => vec![(wait, Plan::Speak(id))],
        Body::TurnAct(TurnAct { turn, step }) => match step {
            TurnStep::Speak { .. } => vec![(1, Plan::SayBack(*turn))],
            TurnStep::Reflect(_) => vec![(1, Plan::Confirm(*turn)), (2, Plan::Help(*turn))],
            TurnStep::Help(_) => vec![(1, Plan::Presence(*turn))],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// A copy of an item as it would be shared; `None` for what is never shared.
pub(super) fn copy_of(item: &Body) -> Option<Body> {
    if !can_be_shared(item.kind()) {
        return None;
    }
    let fields = serde_json::to_value(item).ok()?;
    let body = serde_json::from_value(fields).ok()?;
    Some(Snapshot { of: item.kind().to_owned(), body }.into())
}

fn later(now: LocalTime, dice: &mut Dice) -> LocalTime {
    // People say "at eight" or "at half past": a time on a quarter of an hour.
    let at = now.unix_ms() + TimeDelta::minutes(i64::from(dice.between(20, 300))).num_milliseconds();
    LocalTime::new(at - at.rem_euclid(900_000), now.offset_min()).unwrap_or(now)
}

fn round_kind(dice: &mut Dice) -> RoundKind {
    use RoundKind::{BreatheTogether, Free, HandOnBack, SitQuietly, Tea, Walk};
    dice.pick(&[SitQuietly, BreatheTogether, HandOnBack, Tea, Walk, Free]).copied().unwrap_or(Free)
}

fn pledge(now: LocalTime, pen: &mut Pen<'_>) -> Body {
    let due = later(now, pen.dice);
    PledgeMake { due, how: pen.say("pledge_how"), sentence: pen.maybe(70, "reassure"), round: None }.into()
}

fn programme(pen: &mut Pen<'_>) -> Body {
    let (path, steps) = if pen.distant { (Path::Distance, 8) } else { (Path::Closeness, 6) };
    let step = pen.dice.scale(1, steps);
    let act = match pen.dice.below(10) {
        0..3 => ProgrammeStep::Start,
        3..5 => ProgrammeStep::Rest,
        5..8 => ProgrammeStep::Do("2.told".into()),
        _ => ProgrammeStep::Advance,
    };
    ProgrammeAct { path, step, act }.into()
}

fn repair_step(stage: u8, pen: &mut Pen<'_>) -> RepairStep {
    match stage {
        0 => RepairStep::Ready,
        1 => RepairStep::Open,
        2 => RepairStep::Impact(pen.tell("impact", 3)),
        3 => RepairStep::Ask,
        4 => RepairStep::Need(pen.tell("repair_need", 3)),
        _ if pen.dice.percent(80) => RepairStep::Agree,
        _ => RepairStep::Park,
    }
}
