//! Laws, for any entries in any order.

use attune_core::journal::{
    Alone, AloneKind, Appreciation, Audience, Body, Cap, CheckIn, Entry, EntryId, FeltState, FoldVersion, LimitChange,
    LimitStep, LocalTime, Moment, Path, PledgeCheckIn, PledgeMake, PledgeMove, PledgeWithdraw, ProgrammeAct,
    ProgrammeStep, RepairAct, RepairPause, RepairStep, Return, RoundAccept, RoundAct, RoundInvite, RoundKind,
    RoundNotNow, RoundReflect, RoundStep, Sentence, Shorter, TurnAct, TurnBegin, TurnStep, Whose,
};
use attune_core::practice::alone::times_alone;
use attune_core::practice::felt_state::{own_state, partners_state};
use attune_core::practice::help::is_help_offered;
use attune_core::practice::limit::OwnLimit;
use attune_core::practice::moments::trigger_map;
use attune_core::practice::pledge::{Outcome, fold_pledges};
use attune_core::practice::programme::fold_programme;
use attune_core::practice::repair::fold_repairs;
use attune_core::practice::returns::returns;
use attune_core::practice::round::{Round, Rounds, cap_of};
use attune_core::practice::turn::Turns;
use proptest::prelude::*;

const FIRST_MS: i64 = 1_772_000_000_000;

/// An id by its number; a few numbers, so that acts often meet what they refer to.
fn id(number: u8) -> EntryId {
    let mut bytes = [0; 16];
    bytes[0] = number;
    EntryId::from_bytes(bytes)
}

fn time() -> impl Strategy<Value = LocalTime> {
    (0..21_i64 * 24, -12_i16..12)
        .prop_map(|(hour, offset)| LocalTime::new(FIRST_MS + hour * 3_600_000, offset * 60).unwrap())
}

fn body() -> impl Strategy<Value = Body> {
    prop_oneof![of_rounds(), of_limit(), of_pledges(), of_repairs(), of_turns(), of_items(), of_programme()]
}

fn number() -> impl Strategy<Value = EntryId> {
    (0_u8..40).prop_map(id)
}

fn seconds() -> impl Strategy<Value = u32> {
    prop_oneof![Just(30), Just(40), Just(120), Just(600), Just(1200), 30_u32..=1200]
}

fn of_rounds() -> impl Strategy<Value = Body> {
    let step = prop::sample::select(vec![
        RoundStep::Withdraw,
        RoundStep::SayOk,
        RoundStep::Start,
        RoundStep::Start,
        RoundStep::Release,
        RoundStep::Leave,
    ]);
    let shorter = prop::sample::select(vec![Shorter::Accepting, Shorter::Other, Shorter::Equal]);
    prop_oneof![
        3 => (seconds(), time()).prop_map(|(max_s, open_until)| {
            RoundInvite { max_s, open_until, round_kind: RoundKind::Tea }.into()
        }),
        3 => (number(), seconds(), shorter).prop_map(|(round, length_s, shorter)| {
            RoundAccept { round, length_s, shorter }.into()
        }),
        3 => (number(), step).prop_map(|(round, step)| RoundAct { round, step }.into()),
        1 => number().prop_map(|round| RoundNotNow { round }.into()),
        1 => (0_u8..5).prop_map(|invites_per_day| Cap { invites_per_day, kinds: None }.into()),
    ]
}

fn of_limit() -> impl Strategy<Value = Body> {
    let rating = (number(), 0_u8..=10, 0_u8..=10, seconds(), any::<bool>(), prop::bool::weighted(0.1));
    let reflect = rating.prop_map(|(round, safety, activation, actual, full_length, skipped)| {
        Body::from(RoundReflect {
            round,
            safety: Some(safety),
            activation: Some(activation),
            cue: None,
            word: None,
            actual_s: Some(actual),
            full_length,
            skipped,
        })
    });
    prop_oneof![
        4 => reflect,
        1 => (number(), 7_u8..=10).prop_map(|(round, safety)| RoundReflect {
            round, safety: Some(safety), activation: Some(1), cue: None, word: None, actual_s: Some(120),
            full_length: true, skipped: false,
        }.into()),
        1 => seconds().prop_map(|to_s| LimitChange { how: LimitStep::Begin, to_s }.into()),
        1 => seconds().prop_map(|to_s| LimitChange { how: LimitStep::Lower, to_s }.into()),
        1 => seconds().prop_map(|to_s| LimitChange { how: LimitStep::TakeOffer, to_s }.into()),
    ]
}

fn of_pledges() -> impl Strategy<Value = Body> {
    prop_oneof![
        2 => (time(), prop::option::weighted(0.2, number())).prop_map(|(due, round)| {
            PledgeMake { due, how: "tea".into(), sentence: Some("soon".into()), round }.into()
        }),
        1 => (number(), time()).prop_map(|(pledge, due)| PledgeMove { pledge, due }.into()),
        1 => number().prop_map(|pledge| PledgeCheckIn { pledge }.into()),
        1 => number().prop_map(|pledge| PledgeWithdraw { pledge }.into()),
    ]
}

fn of_repairs() -> impl Strategy<Value = Body> {
    let step = prop_oneof![
        Just(RepairStep::Ready),
        Just(RepairStep::Open),
        Just(RepairStep::Impact("alone".into())),
        Just(RepairStep::Ask),
        Just(RepairStep::Need("a word".into())),
        Just(RepairStep::Agree),
        Just(RepairStep::Park),
        prop::collection::vec(number(), 0..3).prop_map(RepairStep::Reopen),
    ];
    prop_oneof![
        1 => Just(Body::from(RepairPause {})),
        4 => (number(), step).prop_map(|(repair, step)| RepairAct { repair, step }.into()),
    ]
}

fn of_turns() -> impl Strategy<Value = Body> {
    let step = prop_oneof![
        Just(TurnStep::OwnFeeling("tense".into())),
        Just(TurnStep::Speak { text: "the visit".into(), feeling: "small".into() }),
        Just(TurnStep::Reflect("small".into())),
        Just(TurnStep::Leave),
    ];
    prop_oneof![
        1 => (any::<bool>(), prop::option::of(number())).prop_map(|(listens, swapped_from)| {
            TurnBegin { listens, swapped_from }.into()
        }),
        2 => (number(), step).prop_map(|(turn, step)| TurnAct { turn, step }.into()),
    ]
}

fn of_items() -> impl Strategy<Value = Body> {
    let urge = prop::sample::select(vec!["withdraw", "text_again", "other"]);
    prop_oneof![
        3 => urge.prop_map(|urge| Moment {
            urge: urge.into(), situation: Some("work".into()), cue: None, emotion: None, need: None,
        }.into()),
        2 => (0_u8..=10).prop_map(|activation| CheckIn {
            state: FeltState::Mixed, words: vec!["tired".into()], cues: vec![], activation, safety: None, note: None,
        }.into()),
        1 => Just(Return { expectation: None }.into()),
        1 => Just(Sentence { feeling: "sad".into(), need: "tea".into() }.into()),
        1 => Just(Appreciation { text: "the tea".into(), said_aloud: true }.into()),
        1 => Just(Alone {
            alone_kind: AloneKind::AloneTime, began: None, ended: None, calm_before: Some(2), calm_after: Some(7),
            pledge: None,
        }.into()),
    ]
}

fn of_programme() -> impl Strategy<Value = Body> {
    let act = prop::sample::select(vec![ProgrammeStep::Start, ProgrammeStep::Start, ProgrammeStep::Advance]);
    (1_u8..=8, act).prop_map(|(step, act)| ProgrammeAct { path: Path::Distance, step, act }.into())
}

/// Entries of both, each with an id of its own.
fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let entry = (any::<bool>(), time(), body());
    prop::collection::vec(entry, 0..40).prop_map(|all| {
        let numbered = (0_u8..).zip(all);
        numbered.map(|(number, (mine, written, body))| entry_of(number, mine, written, body)).collect()
    })
}

fn entry_of(number: u8, mine: bool, written: LocalTime, body: Body) -> Entry {
    Entry {
        id: id(number),
        whose: if mine { Whose::Mine } else { Whose::Theirs },
        audience: if mine { body.default_audience() } else { Audience::Both },
        written,
        supersedes: None,
        needs: FoldVersion::CURRENT,
        body,
    }
}

fn is_mine(entry: &&Entry) -> bool {
    entry.whose == Whose::Mine
}

fn now() -> LocalTime {
    LocalTime::new(FIRST_MS + 21 * 24 * 3_600_000, 60).unwrap()
}

/// Everything that any fold makes of some entries, as one text.
fn everything(entries: &[Entry]) -> String {
    let week = now().local_date() - chrono::TimeDelta::days(7);
    format!(
        "{:?}",
        (
            (Rounds::fold(entries), OwnLimit::fold(entries), fold_pledges(entries), fold_repairs(entries)),
            (Turns::fold(entries), fold_programme(Path::Distance, entries, now()), trigger_map(entries, week)),
            (returns(entries), times_alone(entries), own_state(entries, now()), is_help_offered(entries, false, now())),
            (cap_of(Whose::Mine, entries), cap_of(Whose::Theirs, entries), partners_state(entries)),
        )
    )
}

/// The same entries, as the partner's phone has them.
fn seen_from_the_other_side(entries: &[Entry]) -> Vec<Entry> {
    let other = |whose| if whose == Whose::Mine { Whose::Theirs } else { Whose::Mine };
    let shared = entries.iter().filter(|entry| entry.audience == Audience::Both);
    shared.map(|entry| Entry { whose: other(entry.whose), ..entry.clone() }).collect()
}

/// What both phones must agree on.
fn agreed(round: &Round, first: Whose, second: Whose) -> String {
    let of = |whose| (round.invited.get(&whose), round.accepted.get(&whose), round.rest(whose));
    let common =
        (round.id, round.open_until, round.kind, round.length_s(), round.began(), round.released(), round.said);
    format!("{:?} {:?} {:?}", common, of(first), of(second))
}

proptest! {
    #[test]
    fn order_and_repetition_of_entries_change_nothing(
        (entries, other) in entries().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        again in 0_usize..40,
    ) {
        let mut other = other;
        other.extend_from_within(..again.min(other.len()));
        prop_assert_eq!(everything(&entries), everything(&other));
    }

    #[test]
    fn two_phones_that_hold_the_same_show_the_same(entries in entries()) {
        let entries: Vec<Entry> = entries.into_iter().filter(|entry| entry.audience == Audience::Both).collect();
        let others = seen_from_the_other_side(&entries);
        let (mine, theirs) = (Rounds::fold(&entries), Rounds::fold(&others));
        prop_assert_eq!(mine.iter().count(), theirs.iter().count());
        for (mine, theirs) in mine.iter().zip(theirs.iter()) {
            prop_assert_eq!(agreed(mine, Whose::Mine, Whose::Theirs), agreed(theirs, Whose::Theirs, Whose::Mine));
        }
        for (mine, theirs) in fold_pledges(&entries).values().zip(fold_pledges(&others).values()) {
            prop_assert_eq!((mine.id, mine.state(now())), (theirs.id, theirs.state(now())));
            prop_assert_eq!(mine.outcome().and(theirs.outcome()), None::<Outcome>);
        }
        for (mine, theirs) in Turns::fold(&entries).iter().zip(Turns::fold(&others).iter()) {
            prop_assert_eq!((mine.id, mine.stage(), mine.tries()), (theirs.id, theirs.stage(), theirs.tries()));
        }
    }

    #[test]
    fn nothing_that_the_partner_writes_reaches_what_is_ones_own(entries in entries()) {
        let mine: Vec<Entry> = entries.iter().filter(is_mine).cloned().collect();
        let own = |entries: &[Entry]| {
            let pledges: Vec<_> = fold_pledges(entries).into_values().filter(|pledge| pledge.whose == Whose::Mine).collect();
            let week = now().local_date() - chrono::TimeDelta::days(7);
            (
                (OwnLimit::fold(entries), pledges, cap_of(Whose::Mine, entries), trigger_map(entries, week)),
                (fold_programme(Path::Distance, entries, now()), returns(entries), times_alone(entries)),
                (own_state(entries, now()), is_help_offered(entries, false, now())),
            )
        };
        prop_assert_eq!(own(&entries), own(&mine));
        let (all, alone) = (fold_repairs(&entries), fold_repairs(&mine));
        for (id, repair) in &alone {
            prop_assert_eq!((&repair.mine, repair.i_am_ready), (&all[id].mine, all[id].i_am_ready));
        }
    }

    #[test]
    fn contact_is_never_longer_than_either_offered_or_accepted(entries in entries()) {
        for round in Rounds::fold(&entries).iter() {
            let Some(length) = round.length_s() else { continue };
            prop_assert!(round.invited.values().all(|invited| length <= invited.max_s));
            prop_assert!(round.accepted.values().all(|accepted| length <= accepted.length_s));
        }
    }

    #[test]
    fn the_own_limit_never_rises_but_by_its_owners_tap(written in prop::collection::vec((time(), of_limit()), 0..60)) {
        let mut entries = Vec::new();
        let mut before = OwnLimit::default();
        for (number, (time, body)) in (0_u8..).zip(written) {
            entries.push(entry_of(number, true, time, body.clone()));
            let after = OwnLimit::fold(&entries);
            let tapped = matches!(body, Body::LimitChange(LimitChange { how: LimitStep::Begin | LimitStep::TakeOffer, .. }));
            prop_assert!(after.seconds <= before.seconds || tapped, "{before:?} {after:?} {body:?}");
            prop_assert!((30..=1200).contains(&after.seconds) && after.seconds.is_multiple_of(5));
            if let Body::LimitChange(LimitChange { how: LimitStep::TakeOffer, .. }) = body {
                prop_assert!(after.seconds <= before.seconds + 60 && after.seconds * 4 <= before.seconds * 5);
            }
            let offer = after.offer(now());
            prop_assert!(offer.is_none_or(|offer| offer > after.seconds && after.ease_run >= 3));
            before = after;
        }
    }

    #[test]
    fn erasing_never_raises_the_limit(
        written in prop::collection::vec((time(), of_limit()), 0..40), erased in prop::collection::vec(any::<bool>(), 40)
    ) {
        let entries: Vec<Entry> =
            (0_u8..).zip(written).map(|(number, (time, body))| entry_of(number, true, time, body)).collect();
        let mut left: Vec<Entry> = entries.iter().zip(&erased).filter(|(_, erased)| !**erased).map(|(e, _)| e.clone()).collect();
        let before = OwnLimit::fold(&entries);
        if let Some(act) = OwnLimit::fold(&left).held_at(&before) {
            left.push(entry_of(200, true, now(), act.body));
        }
        prop_assert!(OwnLimit::fold(&left).seconds <= before.seconds);
    }

    #[test]
    fn what_is_counted_only_goes_up(entries in entries()) {
        let mut before = (0, 0, 0, 0);
        for known in 0..=entries.len() {
            let known = &entries[..known];
            let week = now().local_date() - chrono::TimeDelta::days(7);
            let ticks = fold_programme(Path::Distance, known, now()).into_iter();
            let ticks = ticks.map(|step| step.actions.iter().filter(|(_, done)| *done).count()).sum();
            let after = (returns(known).len(), trigger_map(known, week).count, times_alone(known).len(), ticks);
            prop_assert!(before.0 <= after.0 && before.1 <= after.1 && before.2 <= after.2 && before.3 <= after.3);
            before = after;
        }
    }
}
