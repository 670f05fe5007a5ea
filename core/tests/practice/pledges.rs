//! Pledges: by example, and every short course of one against a register of its maker that the partner
//! gets a copy of.

use attune_core::journal::{Audience, EntryId, LocalTime, PledgeMake, PledgeMove, Whose};
use attune_core::practice::Act;
use attune_core::practice::pledge::{
    self, Outcome, Outcomes, Pledge, PledgeRefused, PledgeState, fold_pledges, has_active, outcomes,
};
use chrono::TimeDelta;

use crate::courses::{Course, explore, in_any_order, same};
use crate::world::{Who, World, at};
use Who::{A, B};

fn make(world: &mut World, who: Who, due: &str) -> EntryId {
    let body = PledgeMake { due: at(due), how: "kitchen, tea".into(), sentence: None, round: None };
    let act = pledge::make(body, Audience::Both, world.clock(who)).unwrap();
    world.write(who, act)
}

fn pledge(world: &World, who: Who, id: EntryId) -> Pledge {
    fold_pledges(world.of(who)).get(&id).unwrap().clone()
}

#[test]
fn nothing_changes_for_the_one_who_waits_when_a_pledge_is_due() {
    let mut world = World::at("2026-03-04T16:00:00+01:00");
    let id = make(&mut world, B, "2026-03-04T18:00:00+01:00");
    world.meet();
    let before = pledge(&world, A, id);
    let mut states = Vec::new();
    for time in ["2026-03-04T17:59:59+01:00", "2026-03-04T18:00:01+01:00", "2026-03-05T17:59:59+01:00"] {
        world.set(time);
        states.push(pledge(&world, A, id).state(world.now));
        assert_eq!((pledge(&world, A, id), pledge(&world, A, id).outcome()), (before.clone(), None));
        assert!(pledge(&world, A, id).prompts(world.now).is_empty());
    }
    assert_eq!(states, [PledgeState::Active; 3]);
    world.set("2026-03-05T18:00:00+01:00");
    assert_eq!(pledge(&world, A, id).state(world.now), PledgeState::Archived);
}

#[test]
fn its_maker_is_prompted_twice_and_not_again() {
    let mut world = World::at("2026-03-02T16:00:00+01:00");
    let id = make(&mut world, B, "2026-03-02T20:00:00+01:00");
    let (early, due) = (at("2026-03-02T19:50:00+01:00"), at("2026-03-02T20:00:00+01:00"));
    for (now, prompts) in [("16:00:00", vec![early, due]), ("19:50:00", vec![due]), ("20:00:00", vec![])] {
        world.set(&format!("2026-03-02T{now}+01:00"));
        assert_eq!(pledge(&world, B, id).prompts(world.now), prompts);
    }
}

#[test]
fn outcomes_are_counted_by_the_local_date_of_making_and_those_without_one_are_not() {
    let mut world = World::at("2026-03-02T23:30:00+01:00");
    let kept = make(&mut world, B, "2026-03-03T08:00:00+01:00");
    make(&mut world, B, "2026-03-03T09:00:00+01:00");
    world.set("2026-03-03T08:05:00+01:00");
    let act = pledge(&world, B, kept).check_in(world.now).unwrap();
    world.write(B, act);
    let counted = |from: &str, to: &str| outcomes(&fold_pledges(world.of(B)), day(from), day(to));
    let one = Outcomes { kept: 1, ..Outcomes::default() };
    assert_eq!(counted("2026-03-02", "2026-03-02"), one);
    assert_eq!(counted("2026-03-01", "2026-03-02"), one);
    assert_eq!(counted("2026-03-03", "2026-03-09"), Outcomes::default());
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_check_in_wins_over_a_move_that_another_device_wrote_later() {
    let mut world = World::at("2026-03-04T16:00:00+01:00");
    let id = make(&mut world, B, "2026-03-04T18:00:00+01:00");
    world.set("2026-03-04T17:58:00+01:00");
    let act = pledge(&world, B, id).check_in(world.now).unwrap();
    world.write(B, act);
    world.pass(60);
    world.write(B, Act::shared(PledgeMove { pledge: id, due: at("2026-03-04T21:00:00+01:00") }));
    world.meet();
    let (own, seen) = (pledge(&world, B, id), pledge(&world, A, id));
    assert_eq!((own.outcome(), own.moves, own.due), (Some(Outcome::Kept), 0, at("2026-03-04T18:00:00+01:00")));
    assert_eq!((seen.state(world.now), seen.due), (PledgeState::CheckedIn, own.due));
}

#[test]
fn a_pledge_made_alone_stays_private_in_all_its_acts() {
    let mut world = World::at("2026-03-04T16:00:00+01:00");
    let body = PledgeMake { due: at("2026-03-04T18:00:00+01:00"), how: "walk".into(), sentence: None, round: None };
    let act = pledge::make(body, Audience::OnlyMe, world.now).unwrap();
    let id = world.write(B, act);
    let pledge = pledge(&world, B, id);
    let later = at("2026-03-04T19:00:00+01:00");
    for act in [pledge.move_to(later, world.now), pledge.check_in(world.now), pledge.withdraw(world.now)] {
        assert_eq!(act.unwrap().audience, Audience::OnlyMe);
    }
}

/// One pledge of B's, due in an hour; A holds what A had at the last meeting.
#[derive(Clone)]
struct OnePledge {
    world: World,
    id: EntryId,
    makers: Register,
    partners: Option<Register>,
}

#[derive(Clone, Copy)]
struct Register {
    due: LocalTime,
    moves: u32,
    end: Option<(PledgeState, LocalTime)>,
}

#[derive(Debug, Clone, Copy)]
enum Move {
    Postpone(Who, i64),
    CheckIn(Who),
    Withdraw(Who),
    Pass(i64),
    Meet,
}

impl OnePledge {
    fn new() -> Self {
        let mut world = World::at("2026-03-04T17:00:00+01:00");
        let id = make(&mut world, B, "2026-03-04T18:00:00+01:00");
        let makers = Register { due: at("2026-03-04T18:00:00+01:00"), moves: 0, end: None };
        Self { world, id, makers, partners: None }
    }

    fn try_by_rules(&mut self, who: Who, what: Move) -> Option<Result<(), PledgeRefused>> {
        let now = self.world.clock(who);
        let pledge = fold_pledges(self.world.of(who)).get(&self.id)?.clone();
        let act = match what {
            Move::Postpone(_, minutes) => pledge.move_to(now.plus(TimeDelta::minutes(minutes)), now),
            Move::CheckIn(_) => pledge.check_in(now),
            _ => pledge.withdraw(now),
        };
        Some(act.map(|act| {
            self.world.write(who, act);
        }))
    }

    fn try_by_model(&mut self, who: Who, what: Move) -> Option<Result<(), PledgeRefused>> {
        let now = self.world.now;
        if who == A {
            return self.partners.map(|_| Err(PledgeRefused::NotOwner));
        }
        let makers = &mut self.makers;
        if makers.end.is_some() {
            return Some(Err(PledgeRefused::PledgeClosed));
        }
        Some(match what {
            Move::Postpone(..) if now >= makers.due.plus(TimeDelta::hours(24)) => Err(PledgeRefused::PledgeClosed),
            Move::Postpone(_, minutes) if minutes <= 0 => Err(PledgeRefused::InThePast),
            Move::Postpone(_, minutes) => {
                makers.due = now.plus(TimeDelta::minutes(minutes));
                makers.moves += 1;
                Ok(())
            }
            Move::CheckIn(_) => {
                makers.end = Some((PledgeState::CheckedIn, now));
                Ok(())
            }
            _ => {
                makers.end = Some((PledgeState::Withdrawn, now));
                Ok(())
            }
        })
    }
}

impl Course for OnePledge {
    type Move = Move;

    fn moves(&self) -> Vec<Move> {
        let both = |who| [Move::Postpone(who, 30), Move::Postpone(who, 0), Move::CheckIn(who), Move::Withdraw(who)];
        let time = [Move::Pass(34 * 60), Move::Pass(26 * 3600), Move::Meet];
        Who::BOTH.into_iter().flat_map(both).chain(time).collect()
    }

    fn go(&mut self, what: Move) -> Result<bool, String> {
        match what {
            Move::Pass(seconds) => self.world.pass(seconds),
            Move::Meet => self.meet(),
            Move::Postpone(who, _) | Move::CheckIn(who) | Move::Withdraw(who) => {
                let (rules, model) = (self.try_by_rules(who, what), self.try_by_model(who, what));
                same("the outcome", rules, model)?;
                return Ok(rules == Some(Ok(())));
            }
        }
        Ok(true)
    }

    fn check(&self) -> Result<(), String> {
        let now = self.world.now;
        let stands = |register: &Register| register.end.is_none() && now < register.due.plus(TimeDelta::hours(24));
        let held_back = has_active(Whose::Theirs, &fold_pledges(self.world.of(A)), now);
        same("whether A is held back", held_back, self.partners.as_ref().is_some_and(stands))?;
        for (who, register) in [(B, Some(self.makers)), (A, self.partners)] {
            let shown = fold_pledges(self.world.of(who)).get(&self.id).cloned();
            in_any_order(self.world.of(who), |entries| fold_pledges(entries))?;
            let Some(register) = register else {
                same("what is known", shown, None)?;
                continue;
            };
            let shown = shown.ok_or("the pledge is missing")?;
            let state = match register.end {
                Some((state, _)) => state,
                None if stands(&register) => PledgeState::Active,
                None => PledgeState::Archived,
            };
            same("the state", (shown.state(now), shown.due, shown.moves), (state, register.due, register.moves))?;
            let kept = |at: LocalTime| at <= register.due.plus(TimeDelta::minutes(5));
            let outcome = match register.end {
                Some((PledgeState::CheckedIn, at)) if kept(at) && register.moves == 0 => Some(Outcome::Kept),
                Some((PledgeState::CheckedIn, at)) if kept(at) => Some(Outcome::MovedThenKept),
                Some((PledgeState::CheckedIn, _)) => Some(Outcome::Late),
                _ => None,
            };
            same("the outcome shown", shown.outcome(), outcome.filter(|_| who == B))?;
        }
        Ok(())
    }

    fn meet(&mut self) {
        self.world.meet();
        self.partners = Some(self.makers);
    }
}

#[test]
fn every_short_course_of_a_pledge_goes_as_its_makers_register_says() {
    let apart = explore(&OnePledge::new(), 6, false);
    let together = explore(&OnePledge::new(), 5, true);
    assert!(apart > 1000 && together > 100, "{apart} {together}");
}
