//! Every series of insights is what one finds by going through one's own entries (spec §16), whatever was
//! edited, erased and written on journeys.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

mod model;

use std::sync::Arc;

use attune_core::insights::Range;
use attune_core::journal::{
    Alone, AloneKind, Body, CheckIn, EntryId, Exercise, FeltState, LocalTime, Moment, Return, Worry,
};
use attune_core::phone::{Environment, ManualClock, Phone};
use chrono::{Days, NaiveDate, TimeDelta};
use model::{Item, Model, Pledge};
use proptest::prelude::*;
use proptest::sample::Index;

/// What a person does.
#[derive(Debug, Clone)]
enum Act {
    Log(Body),
    Edit(Index, Body),
    Erase(Index),
    Pledge(i64),
    MovePledge(Index, i64),
    CheckIn(Index),
    ErasePledge(Index),
    LowerLimit(u32),
    Look(u64, u64),
}

const FIRST_DAY: &str = "2026-03-01T22:00:00+01:00";
const OFFSETS: &[i16] = &[-720, -570, 0, 60, 345, 840];

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["calm", "Calm", " lonely", "heat", "Ärger", "ärger", " ", "work"]).prop_map(String::from)
}

fn scale() -> impl Strategy<Value = Option<u8>> {
    prop::option::of(0_u8..=10)
}

fn body() -> impl Strategy<Value = Body> {
    let words = || prop::collection::vec(word(), 0..=2);
    let check_in = (prop::sample::select(&FeltState::ALL[..]), words(), words(), 0_u8..=10).prop_map(
        |(state, words, cues, activation)| {
            Body::from(CheckIn { state, words, cues, activation, safety: None, note: None })
        },
    );
    let moment = (prop::option::of(word()), prop::option::of(word()), prop::option::of(word())).prop_map(
        |(situation, cue, emotion)| Moment { urge: "fix".into(), situation, cue, emotion, need: None }.into(),
    );
    let exercise = (word(), scale(), scale()).prop_map(|(exercise, activation_before, activation_after)| {
        Exercise { exercise, seconds: Some(60), activation_before, activation_after }.into()
    });
    let alone = (scale(), scale(), prop::option::of(0_i64..4000)).prop_map(|(calm_before, calm_after, minutes)| {
        let began = minutes.map(|minutes| LocalTime::parse(FIRST_DAY).unwrap().plus(TimeDelta::minutes(minutes)));
        let alone_kind = AloneKind::AloneTime;
        Alone { alone_kind, began, ended: None, calm_before, calm_after, pledge: None }.into()
    });
    let returned = Just(Body::from(Return { expectation: None }));
    let none = Just(Body::from(Worry { text: "calm".into() }));
    prop_oneof![5 => check_in, 3 => moment, 2 => exercise, 2 => alone, 1 => returned, 1 => none]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        12 => body().prop_map(Act::Log),
        5 => (any::<Index>(), body()).prop_map(|(at, body)| Act::Edit(at, body)),
        3 => any::<Index>().prop_map(Act::Erase),
        2 => (1_i64..3000).prop_map(Act::Pledge),
        1 => (any::<Index>(), 1_i64..3000).prop_map(|(at, due)| Act::MovePledge(at, due)),
        2 => any::<Index>().prop_map(Act::CheckIn),
        1 => any::<Index>().prop_map(Act::ErasePledge),
        1 => (30_u32..120).prop_map(Act::LowerLimit),
        3 => (0_u64..20, 0_u64..20).prop_map(|(from, days)| Act::Look(from, days)),
    ]
}

/// A phone, and what one would count by hand.
struct Both {
    phone: Phone,
    model: Model,
    _folder: tempfile::TempDir,
}

impl Both {
    fn does(&mut self, act: Act, now: LocalTime) {
        let (journal, model) = (self.phone.journal(), &mut self.model);
        match act {
            Act::Log(body) => {
                // A time alone may carry the newest pledge.
                let pledge = model.pledges.last().filter(|pledge| !pledge.erased).map(|pledge| pledge.id);
                let body = match body {
                    Body::Alone(alone) => Alone { pledge, ..alone }.into(),
                    other => other,
                };
                let id = journal.log(body.clone(), false).unwrap();
                model.items.push(Item { id, written: now, body });
            }
            Act::Edit(at, body) => {
                let kin = model.items.iter_mut().filter(|item| item.body.kind() == body.kind()).collect::<Vec<_>>();
                let many = kin.len();
                if let Some(item) = kin.into_iter().nth(if many == 0 { 0 } else { at.index(many) }) {
                    journal.edit(item.id, body.clone()).unwrap();
                    item.body = body;
                }
            }
            Act::Erase(at) if !model.items.is_empty() => {
                let item = model.items.remove(at.index(model.items.len()));
                journal.erase(&[item.id]).unwrap();
            }
            Act::Pledge(minutes) => {
                let due = now.plus(TimeDelta::minutes(minutes));
                let id = self.phone.pledges().make(due, "tea".into(), None).unwrap();
                model.pledges.push(Pledge { id, made: now, due, moved: false, checked_in: None, erased: false });
            }
            Act::MovePledge(at, minutes) => {
                let due = now.plus(TimeDelta::minutes(minutes));
                if let Some(pledge) = pick(&mut model.pledges, at)
                    && self.phone.pledges().move_to(pledge.id, due).is_ok()
                {
                    (pledge.due, pledge.moved) = (due, true);
                }
            }
            Act::CheckIn(at) => {
                if let Some(pledge) = pick(&mut model.pledges, at)
                    && self.phone.pledges().check_in(pledge.id).is_ok()
                {
                    pledge.checked_in = Some(now);
                }
            }
            Act::ErasePledge(at) => {
                if let Some(pledge) = pick(&mut model.pledges, at).filter(|pledge| !pledge.erased) {
                    journal.erase(&[pledge.id]).unwrap();
                    pledge.erased = true;
                }
            }
            Act::LowerLimit(seconds) => {
                if self.phone.limit().lower(seconds).is_ok() {
                    model.limits.push((now, seconds / 5 * 5));
                }
            }
            Act::Look(from, days) => {
                let from = first_day() + Days::new(from);
                self.agree_over(Range { from, to: from + Days::new(days) });
            }
            Act::Erase(_) => {}
        }
    }

    fn agree_over(&self, range: Range) {
        let series = self.phone.insights().over(range).unwrap();
        let points = |series: attune_core::insights::Series| {
            (series.name, series.points.into_iter().map(|point| (point.x, point.y)).collect::<Vec<_>>())
        };
        let found: Vec<_> = series.into_iter().map(points).collect();
        let expected = self.model.series(range);
        for (name, points) in &found {
            assert_eq!(Some(points), expected.get(name), "{name} over {range:?}");
        }
        assert_eq!(found.len(), expected.len());
    }
}

fn pick(pledges: &mut [Pledge], at: Index) -> Option<&mut Pledge> {
    if pledges.is_empty() { None } else { Some(at.get_mut(pledges)) }
}

fn first_day() -> NaiveDate {
    LocalTime::parse(FIRST_DAY).unwrap().local_date()
}

/// A folder in memory where there is one.
fn place() -> tempfile::TempDir {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_series_is_what_one_finds_by_hand(
        acts in prop::collection::vec((act(), 1_i64..900, prop::sample::select(OFFSETS)), 1..80),
        reopened in 0_usize..80,
    ) {
        let folder = place();
        let clock = Arc::new(ManualClock::new(LocalTime::parse(FIRST_DAY).unwrap()));
        let open = |epoch| Phone::open(folder.path(), &[7; 32], Environment::for_tests(clock.clone(), 1, epoch)).unwrap();
        let mut both = Both { phone: open(0), model: Model::default(), _folder: place() };
        let mut now = LocalTime::parse(FIRST_DAY).unwrap();
        for (n, (act, minutes, offset)) in acts.into_iter().enumerate() {
            if n == reopened {
                both.phone.close().unwrap();
                both.phone = open(1);
            }
            let later = now.plus(TimeDelta::minutes(minutes));
            now = LocalTime::new(later.unix_ms(), offset).unwrap();
            clock.move_to(now);
            both.does(act, now);
        }
        both.agree_over(Range { from: NaiveDate::MIN, to: NaiveDate::MAX });
        let from = first_day() + Days::new(3);
        both.agree_over(Range { from, to: from + Days::new(4) });
    }
}

#[test]
fn what_was_erased_leaves_every_series() {
    let folder = place();
    let clock = Arc::new(ManualClock::new(LocalTime::parse(FIRST_DAY).unwrap()));
    let phone = Phone::open(folder.path(), &[7; 32], Environment::for_tests(clock, 1, 0)).unwrap();
    let ever = Range { from: NaiveDate::MIN, to: NaiveDate::MAX };
    let untouched = phone.insights().over(ever).unwrap();
    let (words, cues) = (vec!["seen".to_owned()], vec!["heat".to_owned()]);
    let first = CheckIn { state: FeltState::Mixed, words, cues, activation: 4, safety: None, note: None };
    let ids: Vec<EntryId> = (0..3).map(|_| phone.journal().log(first.clone().into(), false).unwrap()).collect();
    phone.journal().edit(ids[1], CheckIn { activation: 9, ..first }.into()).unwrap();
    assert_ne!(phone.insights().over(ever).unwrap(), untouched);
    phone.journal().erase(&ids).unwrap();
    assert_eq!(phone.insights().over(ever).unwrap(), untouched);
}
