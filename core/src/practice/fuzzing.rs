//! Fuzz target: acts of both, as a partner's phone with a hostile app may send them, in any order and at
//! any time.

use chrono::NaiveDate;

use super::limit::OwnLimit;
use super::round::{Contact, Rounds};
use super::turn::Turns;
use super::{alone, felt_state, help, moments, pledge, programme, repair, returns};
use crate::fuzzing::Seed;
use crate::journal::{
    Audience, Body, Cap, Confirmation, Entry, EntryId, FoldVersion, HelpWanted, LimitChange, LimitStep, LocalTime,
    Path, PledgeCheckIn, PledgeMake, PledgeMove, PledgeWithdraw, RepairAct, RepairPause, RepairStep, RoundAccept,
    RoundAct, RoundInvite, RoundKind, RoundNotNow, RoundReflect, RoundStep, Shorter, TurnAct, TurnBegin, TurnStep,
    Whose,
};

/// Entries of five bytes each: what is done, by whom and when, to which of the entries (by its number, also
/// one that comes later), and two for whatever else the act says. They make the same state in any order, and
/// everything that can be asked of it has an answer.
pub(crate) fn flows(data: &[u8]) -> bool {
    let mut entries: Vec<Entry> = Vec::new();
    for (number, act) in (1_u8..=255).zip(data.chunks_exact(5)) {
        let [kind, who_and_when, of, a, b] = *act else { return false };
        let Some(body) = body(kind, entry(of), a, b) else { continue };
        entries.push(Entry {
            id: entry(number),
            whose: if who_and_when & 1 == 0 { Whose::Mine } else { Whose::Theirs },
            audience: if who_and_when & 2 == 0 { Audience::Both } else { Audience::OnlyMe },
            written: time(who_and_when >> 2),
            supersedes: None,
            needs: FoldVersion::CURRENT,
            body,
        });
    }
    let backwards = || entries.iter().rev();
    let rounds = Rounds::fold(&entries);
    assert_eq!(rounds, Rounds::fold(backwards()), "rounds depend on the order");
    assert_eq!(Turns::fold(&entries), Turns::fold(backwards()), "turns depend on the order");
    assert_eq!(OwnLimit::fold(&entries), OwnLimit::fold(backwards()), "the limit depends on the order");
    assert_eq!(pledge::fold_pledges(&entries), pledge::fold_pledges(backwards()), "pledges depend on the order");
    assert_eq!(repair::fold_repairs(&entries), repair::fold_repairs(backwards()), "repairs depend on the order");
    for now in [0, 20, 40, 62, 63].map(time) {
        ask(&entries, &rounds, now);
    }
    !entries.is_empty()
}

/// Asks everything that a screen asks.
fn ask(entries: &[Entry], rounds: &Rounds, now: LocalTime) {
    for round in rounds.iter() {
        for contact in [None, Some(Contact { round: round.id })] {
            let _ = (round.state(now, contact), round.is_open(now, contact), round.length_s());
            let _ = (round.start(now, contact, true).is_ok(), round.release(now, contact).is_ok());
        }
        let _ = (round.rest(Whose::Mine), round.rest(Whose::Theirs), round.released(), round.both_reached_out());
    }
    for turn in Turns::fold(entries).iter() {
        let _ = (turn.stage(), turn.speaker(), turn.tries(), turn.advice_is_open(), turn.swap().is_ok());
    }
    let pledges = pledge::fold_pledges(entries);
    for pledge in pledges.values() {
        let _ = (pledge.state(now), pledge.outcome(), pledge.prompts(now), pledge.move_to(now, now).is_ok());
    }
    let _ = pledge::outcomes(&pledges, NaiveDate::MIN, NaiveDate::MAX);
    for repair in repair::fold_repairs(entries).values() {
        let _ = (repair.stage(), repair.is_compared(), repair.open().is_ok(), repair.agree().is_ok());
    }
    let limit = OwnLimit::fold(entries);
    let _ = (limit.offer(now), limit.take_offer(now).is_ok(), limit.begin(60, false).is_ok());
    for path in [Path::Distance, Path::Closeness] {
        let _ = programme::fold_programme(path, entries, now);
    }
    let _ = (moments::trigger_map(entries, now.local_date()), moments::monday_of(now.local_date()));
    let _ = (alone::times_alone(entries), returns::returns(entries), help::is_help_offered(entries, false, now));
    let _ = (felt_state::own_state(entries, now), felt_state::partners_state(entries));
}

pub(crate) fn flow_seeds() -> Vec<Seed> {
    vec![
        // Invited, accepted, both start, released, one reflects.
        ("round", vec![0, 0, 0, 9, 21, 1, 5, 1, 7, 0, 2, 8, 1, 2, 0, 2, 13, 1, 2, 0, 2, 28, 1, 3, 0, 4, 32, 1, 5, 5]),
        // Made, moved, checked in; another one withdrawn.
        ("pledge", vec![5, 0, 0, 30, 0, 6, 8, 1, 40, 0, 7, 80, 1, 0, 0, 5, 1, 0, 33, 0, 8, 5, 4, 0, 0]),
        (
            "repair",
            vec![9, 0, 0, 0, 0, 10, 4, 1, 0, 0, 10, 9, 1, 0, 0, 10, 12, 1, 1, 0, 10, 17, 1, 2, 0, 10, 20, 1, 6, 0],
        ),
        ("turn", vec![11, 0, 0, 1, 0, 12, 5, 1, 1, 0, 12, 8, 1, 2, 0, 12, 13, 1, 3, 2, 12, 20, 1, 4, 1]),
        ("limit", vec![13, 2, 0, 0, 90, 13, 10, 0, 1, 60, 14, 0, 0, 3, 0]),
    ]
}

fn body(kind: u8, of: EntryId, a: u8, b: u8) -> Option<Body> {
    let seconds = 30 + u32::from(a) * 4;
    let text = || "words".to_owned();
    Some(match kind % 15 {
        0 => RoundInvite { max_s: seconds, open_until: time(b), round_kind: RoundKind::Tea }.into(),
        1 => {
            let shorter = [Shorter::Accepting, Shorter::Other, Shorter::Equal].into_iter().nth(usize::from(b % 3))?;
            RoundAccept { round: of, length_s: seconds, shorter }.into()
        }
        2 => {
            use RoundStep::{Leave, Release, SayOk, Start, Withdraw};
            let step = [Withdraw, SayOk, Start, Release, Leave].into_iter().nth(usize::from(a % 5))?;
            RoundAct { round: of, step }.into()
        }
        3 => RoundNotNow { round: of }.into(),
        4 => {
            let (safety, activation) = (Some(a % 11), Some(b % 11));
            let (cue, word, actual_s) = (None, None, Some(u32::from(b) * 40));
            let (full_length, skipped) = (a & 1 == 0, b & 1 == 1);
            RoundReflect { round: of, safety, activation, cue, word, actual_s, full_length, skipped }.into()
        }
        5 => PledgeMake { due: time(a), how: text(), sentence: None, round: (b & 1 == 1).then_some(of) }.into(),
        6 => PledgeMove { pledge: of, due: time(a) }.into(),
        7 => PledgeCheckIn { pledge: of }.into(),
        8 => PledgeWithdraw { pledge: of }.into(),
        9 => RepairPause {}.into(),
        10 => {
            use RepairStep::{Agree, Ask, Impact, Need, Open, Park, Ready, Reopen};
            let steps = [Ready, Open, Impact(text()), Ask, Need(text()), Agree, Park, Reopen(vec![entry(b)])];
            RepairAct { repair: of, step: steps.into_iter().nth(usize::from(a % 8))? }.into()
        }
        11 => TurnBegin { listens: a & 1 == 1, swapped_from: (b & 1 == 1).then_some(of) }.into(),
        12 => {
            use TurnStep::{Advice, Confirm, Help, Leave, OwnFeeling, Presence, Reflect, Speak};
            let confirmed = [Confirmation::Yes, Confirmation::Nearly, Confirmation::NotQuite];
            let confirmed = confirmed.into_iter().nth(usize::from(b % 3))?;
            let help = if b & 1 == 0 { HelpWanted::Listening } else { HelpWanted::Help };
            let speak = Speak { text: text(), feeling: text() };
            let steps = [OwnFeeling(text()), speak, Reflect(text()), Confirm(confirmed), Help(help)];
            let steps = steps.into_iter().chain([Presence(text()), Advice(text()), Leave]);
            TurnAct { turn: of, step: steps.into_iter().nth(usize::from(a % 8))? }.into()
        }
        13 => {
            let how = match a % 3 {
                0 => LimitStep::Begin,
                1 => LimitStep::Lower,
                _ => LimitStep::TakeOffer,
            };
            LimitChange { how, to_s: 30 + u32::from(b) * 4 }.into()
        }
        _ => Cap { invites_per_day: a % 101, kinds: None }.into(),
    })
}

/// Times within three days and, at the ends, the first and the last that there are.
fn time(step: u8) -> LocalTime {
    match step {
        62 => LocalTime::parse("0000-01-01T00:00:00+00:00"),
        63 => LocalTime::parse("9999-12-31T23:59:59+00:00"),
        step => LocalTime::new(1_772_300_000_000 + i64::from(step) * 4_000_000, i16::from(step) * 10 - 300),
    }
    .unwrap_or_default()
}

fn entry(name: u8) -> EntryId {
    EntryId::from_bytes([name; 16])
}
