//! Repairs: by example, and every short course of one, in step and apart.

use std::collections::BTreeSet;

use attune_core::journal::{Audience, Body, EntryId, RepairAct, RepairStep, Whose};
use attune_core::practice::Act;
use attune_core::practice::repair::{self, Part, Repair, RepairRefused, RepairStage, fold_repairs};

use crate::courses::{Course, explore, in_any_order, same};
use crate::world::{Who, World};
use RepairStage::{Agree, Answer, Ask, Closed, Impact, Parked, Paused};
use Who::{A, B};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Ready(Who),
    Do(Who, RepairStage),
    Park(Who),
    Reopen(Who),
    Meet,
    /// A meeting that is cut as soon as A has learned that both are ready.
    MeetAndCut,
}

fn every_move() -> Vec<Move> {
    let of = |who| {
        let steps = [Impact, Ask, Answer, Agree].map(|stage| Move::Do(who, stage));
        steps.into_iter().chain([Move::Ready(who), Move::Park(who), Move::Reopen(who)])
    };
    Who::BOTH.into_iter().flat_map(of).collect()
}

/// A repair that A paused, as the rules play it.
#[derive(Clone)]
struct Played {
    world: World,
    id: EntryId,
}

impl Played {
    fn new() -> Self {
        let mut world = World::at("2026-03-07T15:00:00+01:00");
        let id = world.write(A, repair::pause());
        world.meet();
        Self { world, id }
    }

    fn repair(&self, who: Who) -> Repair {
        fold_repairs(self.world.of(who)).get(&self.id).unwrap().clone()
    }

    fn attempt(&mut self, what: Move) -> Result<(), RepairRefused> {
        let (who, act) = match what {
            Move::Ready(who) => (who, self.repair(who).ready()?),
            Move::Do(who, Impact) => (who, Some(self.repair(who).impact("alone with it".into())?)),
            Move::Do(who, Ask) => (who, Some(self.repair(who).ask()?)),
            Move::Do(who, Answer) => (who, Some(self.repair(who).need("half an hour".into())?)),
            Move::Do(who, _) => (who, Some(self.repair(who).agree()?)),
            Move::Park(who) => (who, Some(self.repair(who).park()?)),
            Move::Reopen(who) => (who, Some(self.repair(who).reopen()?)),
            Move::Meet | Move::MeetAndCut => return Ok(()),
        };
        self.world.pass(1);
        if let Some(act) = act {
            self.world.write(who, act);
        }
        Ok(())
    }

    /// The phones catch up, and compare readiness in private where both have the repair paused.
    fn meet(&mut self, is_cut: bool) {
        self.world.meet();
        let both = Who::BOTH.map(|who| self.repair(who));
        if both.iter().all(|repair| repair.is_compared() && repair.i_am_ready) {
            for who in if is_cut { &[A][..] } else { &[A, B] } {
                let act = self.repair(*who).open().unwrap();
                self.world.write(*who, act);
            }
            if !is_cut {
                self.world.meet();
            }
        }
    }

    fn check(&self) -> Result<(), String> {
        for who in Who::BOTH {
            in_any_order(self.world.of(who), |entries| fold_repairs(entries))?;
            let partners = self.world.of(who).iter().filter(|entry| entry.whose == Whose::Theirs);
            let is_ready = |body: &Body| matches!(body, Body::RepairAct(act) if act.step == RepairStep::Ready);
            same("readiness that travelled", partners.filter(|entry| is_ready(&entry.body)).count(), 0)?;
        }
        Ok(())
    }
}

/// In step: the phones meet after every act, so that one pointer says how far it has come.
#[derive(Clone)]
struct InStep {
    played: Played,
    stage: RepairStage,
    parked: bool,
    ready: BTreeSet<Who>,
    done: BTreeSet<Who>,
}

impl InStep {
    fn new() -> Self {
        Self { played: Played::new(), stage: Paused, parked: false, ready: BTreeSet::new(), done: BTreeSet::new() }
    }

    fn try_by_model(&mut self, what: Move) -> Result<(), RepairRefused> {
        let goes_on = !self.parked && self.stage != Closed;
        let allowed = match what {
            Move::Ready(_) => goes_on && self.stage == Paused,
            Move::Do(who, stage) => goes_on && self.stage == stage && !self.done.contains(&who),
            Move::Park(_) => goes_on,
            Move::Reopen(_) => self.parked,
            Move::Meet | Move::MeetAndCut => true,
        };
        if !allowed {
            return Err(RepairRefused::WrongStage);
        }
        match what {
            Move::Ready(who) => drop(self.ready.insert(who)),
            Move::Do(who, _) => drop(self.done.insert(who)),
            Move::Park(_) => self.parked = true,
            Move::Reopen(_) => self.parked = false,
            Move::Meet | Move::MeetAndCut => {}
        }
        if self.stage == Paused && !self.parked && self.ready.len() == 2 {
            self.stage = Impact;
        }
        if self.done.len() == 2 {
            self.done.clear();
            self.stage = match self.stage {
                Impact => Ask,
                Ask => Answer,
                Answer => Agree,
                _ => Closed,
            };
        }
        Ok(())
    }
}

impl Course for InStep {
    type Move = Move;

    fn moves(&self) -> Vec<Move> {
        every_move()
    }

    fn go(&mut self, what: Move) -> Result<bool, String> {
        let (rules, model) = (self.played.attempt(what), self.try_by_model(what));
        same("the outcome", rules, model)?;
        Ok(rules.is_ok())
    }

    fn check(&self) -> Result<(), String> {
        let stage = if self.parked { Parked } else { self.stage };
        for who in Who::BOTH {
            let repair = self.played.repair(who);
            same("the stage", repair.stage(), stage)?;
            same("own readiness", repair.i_am_ready, self.ready.contains(&who))?;
            same("own act", has_done(&repair.mine, self.stage), self.done.contains(&who))?;
            same("the partner's act", has_done(&repair.theirs, self.stage), self.done.contains(&who.other()))?;
        }
        self.played.check()
    }

    fn meet(&mut self) {
        self.played.meet(false);
    }
}

fn has_done(part: &Part, stage: RepairStage) -> bool {
    match stage {
        Impact => part.impact.is_some(),
        Ask => part.asked,
        Answer => part.need.is_some(),
        Agree => part.agreed,
        _ => false,
    }
}

/// Apart: each phone has a register of its person's acts, and the copy of the other's that it got at the
/// last meeting.
#[derive(Clone)]
struct Apart {
    played: Played,
    own: [Register; 2],
    copies: [Register; 2],
    ready: [bool; 2],
    parks: u8,
}

#[derive(Debug, Clone, Default)]
struct Register {
    opened: bool,
    done: BTreeSet<RepairStage>,
    parks: BTreeSet<u8>,
    answered: BTreeSet<u8>,
}

impl Apart {
    fn new() -> Self {
        Self {
            played: Played::new(),
            own: <[Register; 2]>::default(),
            copies: <[Register; 2]>::default(),
            ready: [false; 2],
            parks: 0,
        }
    }

    fn stage(&self, who: Who) -> RepairStage {
        let (own, copy) = (&self.own[who as usize], &self.copies[who as usize]);
        let parks: BTreeSet<_> = own.parks.union(&copy.parks).collect();
        let answered = own.answered.union(&copy.answered).collect();
        let is_open = own.opened || (copy.opened && self.ready[who as usize]);
        let next = [Impact, Ask, Answer, Agree].into_iter();
        let next = next.clone().find(|stage| !own.done.contains(stage) || !copy.done.contains(stage));
        match (next, parks.is_subset(&answered)) {
            (None, _) => Closed,
            (_, false) => Parked,
            _ if !is_open => Paused,
            (Some(stage), true) => stage,
        }
    }

    fn try_by_model(&mut self, what: Move) -> Result<(), RepairRefused> {
        let (Move::Ready(who) | Move::Do(who, _) | Move::Park(who) | Move::Reopen(who)) = what else { return Ok(()) };
        let stage = self.stage(who);
        let (own, copy) = (&mut self.own[who as usize], &self.copies[who as usize]);
        let done = match what {
            Move::Ready(_) if stage == Paused => {
                self.ready[who as usize] = true;
                true
            }
            Move::Do(_, step) => stage == step && own.done.insert(step),
            Move::Park(_) if stage != Parked && stage != Closed => {
                self.parks += 1;
                own.parks.insert(self.parks)
            }
            Move::Reopen(_) if stage == Parked => {
                let known: BTreeSet<u8> = own.parks.union(&copy.parks).copied().collect();
                own.answered.extend(known);
                true
            }
            _ => false,
        };
        if done { Ok(()) } else { Err(RepairRefused::WrongStage) }
    }

    fn meet_model(&mut self, is_cut: bool) {
        self.copies = [self.own[1].clone(), self.own[0].clone()];
        if Who::BOTH.into_iter().all(|who| self.stage(who) == Paused && self.ready[who as usize]) {
            self.own[0].opened = true;
            if !is_cut {
                self.own[1].opened = true;
                self.copies = [self.own[1].clone(), self.own[0].clone()];
            }
        }
    }

    /// The same, after these moves.
    fn after(mut self, moves: &[Move]) -> Self {
        for what in moves {
            assert_eq!(self.go(*what), Ok(true), "{what:?}");
        }
        self
    }
}

impl Course for Apart {
    type Move = Move;

    fn moves(&self) -> Vec<Move> {
        every_move().into_iter().chain([Move::Meet, Move::MeetAndCut]).collect()
    }

    fn go(&mut self, what: Move) -> Result<bool, String> {
        if let Move::Meet | Move::MeetAndCut = what {
            self.played.meet(what == Move::MeetAndCut);
            self.meet_model(what == Move::MeetAndCut);
            let stages = Who::BOTH.map(|who| self.played.repair(who).stage());
            if what == Move::Meet {
                same("what both show after a meeting", stages[0], stages[1])?;
            }
            return Ok(true);
        }
        let (rules, model) = (self.played.attempt(what), self.try_by_model(what));
        same("the outcome", rules, model)?;
        Ok(rules.is_ok())
    }

    fn check(&self) -> Result<(), String> {
        for who in Who::BOTH {
            same("the stage", self.played.repair(who).stage(), self.stage(who))?;
        }
        self.played.check()
    }

    fn meet(&mut self) {
        self.played.meet(false);
        self.meet_model(false);
    }
}

#[test]
fn every_short_course_of_a_repair_in_step_goes_as_the_stages_say() {
    assert!(explore(&InStep::new(), 7, true) > 1000);
}

#[test]
fn every_short_course_of_a_repair_apart_goes_as_what_each_knows_says() {
    let both = |stage| [Move::Do(A, stage), Move::Do(B, stage), Move::Meet];
    let mut moves = vec![Move::Ready(A), Move::Ready(B), Move::Meet];
    assert!(explore(&Apart::new(), 6, false) > 1000);
    for stage in [Impact, Ask, Answer, Agree] {
        explore(&Apart::new().after(&moves), 5, false);
        moves.extend(both(stage));
    }
    assert_eq!(Apart::new().after(&moves).stage(B), Closed);
}

#[test]
fn nobody_can_open_a_repair_for_someone_who_is_not_ready() {
    let mut played = Played::new();
    let forged = RepairAct { repair: played.id, step: RepairStep::Open };
    played.world.write(B, Act::shared(forged));
    played.world.meet();
    assert_eq!(played.repair(A).stage(), Paused);
    assert_eq!(played.repair(A).ready().unwrap().unwrap().audience, Audience::OnlyMe);
}

#[test]
fn a_park_that_the_other_one_had_not_seen_outlasts_the_reopening() {
    let mut played = Played::new();
    played.attempt(Move::Park(A)).unwrap();
    played.attempt(Move::Park(B)).unwrap();
    played.attempt(Move::Reopen(A)).unwrap();
    assert_eq!(played.repair(A).stage(), Paused);
    played.world.meet();
    assert_eq!((played.repair(A).stage(), played.repair(B).stage()), (Parked, Parked));
    played.attempt(Move::Reopen(A)).unwrap();
    played.world.meet();
    assert_eq!((played.repair(A).stage(), played.repair(B).stage()), (Paused, Paused));
}
