//! The own limit: every rating, and every short course of ratings and taps.

use attune_core::journal::{EntryId, LimitChange, LimitStep, LocalTime, RoundReflect};
use attune_core::practice::Act;
use attune_core::practice::limit::{LimitRefused, OwnLimit, Rating, rating};
use chrono::TimeDelta;

use crate::courses::{Course, explore, in_any_order, same};
use crate::world::{Who, World};
use Who::{A, B};

fn reflection(round: u8, safety: Option<u8>, activation: Option<u8>, actual_s: u32, full_length: bool) -> RoundReflect {
    RoundReflect {
        round: EntryId::from_bytes([round; 16]),
        safety,
        activation,
        cue: None,
        word: None,
        actual_s: Some(actual_s),
        full_length,
        skipped: safety.is_none() && activation.is_none(),
    }
}

#[test]
fn every_rating_is_strain_or_ease_or_in_between() {
    for (safety, activation) in (0..=10).flat_map(|safety| (0..=10).map(move |activation| (safety, activation))) {
        for full_length in [false, true] {
            let expected = match (safety, activation, full_length) {
                (0..=3, _, _) | (_, 7..=10, _) => Rating::Strain,
                (7..=10, 0..=3, true) => Rating::Ease,
                _ => Rating::Between,
            };
            let rated = rating(&reflection(1, Some(safety), Some(activation), 60, full_length));
            assert_eq!(rated, Some(expected), "{safety} {activation} {full_length}");
        }
    }
    assert_eq!(rating(&reflection(1, None, None, 60, true)), None);
    assert_eq!(rating(&reflection(1, Some(9), None, 60, true)), Some(Rating::Between));
    assert_eq!(rating(&reflection(1, None, Some(7), 60, true)), Some(Rating::Strain));
}

#[test]
fn an_offer_is_a_quarter_more_but_a_minute_at_most_rounded_down_to_five_seconds() {
    for (limit, offer) in
        [(30, Some(35)), (40, Some(50)), (120, Some(150)), (300, Some(360)), (1190, Some(1200)), (1200, None)]
    {
        let mut world = World::at("2026-03-02T08:00:00+01:00");
        world.write(A, Act::private(LimitChange { how: LimitStep::Begin, to_s: limit }));
        for round in 1..=3 {
            world.write(A, Act::private(reflection(round, Some(7), Some(3), limit, true)));
        }
        let limit = OwnLimit::fold(world.of(A));
        world.pass(72 * 3600 - 1);
        assert_eq!(limit.offer(world.now), None);
        world.pass(1);
        assert_eq!(limit.offer(world.now), offer);
        world.pass(365 * 24 * 3600);
        assert_eq!(OwnLimit::fold(world.of(A)), limit, "an ignored offer never applies itself");
    }
}

#[test]
fn without_a_first_value_the_limit_stands_since_the_first_rating() {
    let mut world = World::at("2026-03-02T08:00:00+01:00");
    for round in 1..=3 {
        world.write(A, Act::private(reflection(round, Some(8), Some(2), 120, true)));
        world.pass(3600);
    }
    assert_eq!(OwnLimit::fold(world.of(A)).offer(world.now), None);
    world.set("2026-03-05T08:00:00+01:00");
    assert_eq!(OwnLimit::fold(world.of(A)).offer(world.now), Some(150));
}

#[test]
fn the_first_value_is_chosen_once_and_early() {
    let limit = OwnLimit::default();
    assert_eq!(limit.begin(300, false), Err(LimitRefused::AlreadySetUp));
    assert_eq!(limit.begin(1205, true), Err(LimitRefused::OutOfRange));
    let mut world = World::at("2026-03-02T08:00:00+01:00");
    world.write(A, limit.begin(303, true).unwrap());
    let limit = OwnLimit::fold(world.of(A));
    assert_eq!((limit.seconds, limit.since), (300, Some(world.now)));
    assert_eq!(limit.begin(60, true), Err(LimitRefused::AlreadySetUp));
}

/// A's limit, as a person with a pencil would keep it.
#[derive(Clone)]
struct Kept {
    world: World,
    seconds: u32,
    run: u32,
    changed: Option<LocalTime>,
    rounds: u8,
}

#[derive(Debug, Clone, Copy)]
enum Move {
    Ease,
    /// Rated with ease, but it was cut short.
    CutShort,
    Between,
    Strain(u32),
    Skip,
    TakeOffer,
    Lower(u32),
    Pass,
    /// The partner rates, and claims to have changed a limit.
    Partner,
}

impl Kept {
    fn offer(&self) -> Option<u32> {
        let stood = self.changed.is_some_and(|changed| self.world.now >= changed.plus(TimeDelta::hours(72)));
        let longer = [1200, self.seconds + 60, (f64::from(self.seconds) * 1.25) as u32].into_iter().min().unwrap();
        let longer = longer - longer % 5;
        (stood && self.run >= 3 && longer > self.seconds).then_some(longer)
    }

    fn change(&mut self, seconds: u32) {
        (self.seconds, self.run, self.changed) = (seconds, 0, Some(self.world.now));
    }

    fn rate(&mut self, safety: Option<u8>, activation: Option<u8>, actual_s: u32, full_length: bool) {
        self.rounds += 1;
        self.world.write(A, Act::private(reflection(self.rounds, safety, activation, actual_s, full_length)));
        if safety.is_some() {
            self.changed.get_or_insert(self.world.now);
        }
    }

    fn tap(&mut self, rules: Result<Act, LimitRefused>, model: Result<u32, LimitRefused>) -> Result<bool, String> {
        same("the outcome", rules.as_ref().err(), model.as_ref().err())?;
        if let (Ok(act), Ok(seconds)) = (rules, model) {
            self.world.write(A, act);
            self.change(seconds);
            return Ok(true);
        }
        Ok(false)
    }
}

impl Course for Kept {
    type Move = Move;

    fn moves(&self) -> Vec<Move> {
        vec![
            Move::Ease,
            Move::CutShort,
            Move::Between,
            Move::Strain(20),
            Move::Strain(50),
            Move::Strain(600),
            Move::Skip,
            Move::TakeOffer,
            Move::Lower(90),
            Move::Lower(20),
            Move::Pass,
            Move::Partner,
        ]
    }

    fn go(&mut self, what: Move) -> Result<bool, String> {
        self.world.pass(1);
        let limit = OwnLimit::fold(self.world.of(A));
        match what {
            Move::Ease => {
                self.rate(Some(7), Some(3), 120, true);
                self.run += 1;
            }
            Move::CutShort | Move::Between => {
                let safety = if matches!(what, Move::Between) { 6 } else { 10 };
                self.rate(Some(safety), Some(0), 60, matches!(what, Move::Between));
                self.run = 0;
            }
            Move::Strain(actual) => {
                self.rate(Some(3), Some(3), actual, false);
                let shorter = actual.min(self.seconds / 2).max(30) / 5 * 5;
                self.run = 0;
                if shorter < self.seconds {
                    self.change(shorter);
                }
            }
            Move::Skip => self.rate(None, None, 120, true),
            Move::TakeOffer => {
                let model = self.offer().ok_or(LimitRefused::NoOffer);
                return self.tap(limit.take_offer(self.world.now), model);
            }
            Move::Lower(to_s) => {
                let model = match to_s {
                    0..30 => Err(LimitRefused::OutOfRange),
                    _ if to_s >= self.seconds => Err(LimitRefused::NotLower),
                    _ => Ok(to_s),
                };
                return self.tap(limit.lower(to_s), model);
            }
            Move::Pass => self.world.pass(73 * 3600),
            Move::Partner => {
                self.world.write(B, Act::shared(reflection(99, Some(0), Some(10), 30, false)));
                self.world.write(B, Act::shared(LimitChange { how: LimitStep::Lower, to_s: 30 }));
                self.world.meet();
            }
        }
        Ok(true)
    }

    fn check(&self) -> Result<(), String> {
        let limit = OwnLimit::fold(self.world.of(A));
        same("the limit", (limit.seconds, limit.ease_run), (self.seconds, self.run))?;
        same("the offer", limit.offer(self.world.now), self.offer())?;
        in_any_order(self.world.of(A), |entries| OwnLimit::fold(entries))
    }

    fn meet(&mut self) {}
}

#[test]
fn every_short_course_of_ratings_and_taps_goes_as_a_person_with_a_pencil_says() {
    let world = World::at("2026-03-02T08:00:00+01:00");
    let mut start = Kept { world, seconds: 120, run: 0, changed: None, rounds: 0 };
    assert!(explore(&start, 4, false) > 1000);
    for eased in [Move::Ease, Move::Ease, Move::Ease, Move::Pass] {
        start.go(eased).unwrap();
    }
    assert!(explore(&start, 4, false) > 1000);
}
