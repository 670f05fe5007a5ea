//! Turns: by example, and every short course of one, in step and apart.

use attune_core::journal::{Audience, Confirmation, HelpWanted, TurnBegin, TurnStep, Whose};
use attune_core::practice::Act;
use attune_core::practice::turn::{self, Turn, TurnRefused, TurnStage, Turns};

use crate::courses::{Course, explore, in_any_order, same};
use crate::world::{Who, World};
use TurnStage::{Asking, Closed, Confirming, Helping, Listening, Reflecting, Speaking};
use Who::{A, B};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Try(Who, Step),
    Meet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Feel,
    Speak,
    Reflect,
    Confirm(Confirmation),
    Help(HelpWanted),
    Presence,
    Advise,
    Swap,
    Leave,
}

const STEPS: [Step; 11] = [
    Step::Feel,
    Step::Speak,
    Step::Reflect,
    Step::Confirm(Confirmation::Yes),
    Step::Confirm(Confirmation::NotQuite),
    Step::Help(HelpWanted::Listening),
    Step::Help(HelpWanted::Help),
    Step::Presence,
    Step::Advise,
    Step::Swap,
    Step::Leave,
];

/// What one person did in one turn.
#[derive(Debug, Clone, Default)]
struct Register {
    felt: bool,
    spoke: bool,
    reflections: usize,
    confirmations: Vec<Confirmation>,
    wants: Option<HelpWanted>,
    advice: usize,
    /// Left or swapped.
    ended: bool,
}

/// Turns, each swapped from the one before, of which A listens in the first. Each phone has registers of
/// what its person did, and the copies of the other's that it got at the last meeting.
#[derive(Clone)]
struct InTurns {
    world: World,
    own: [Vec<Register>; 2],
    copies: [Vec<Register>; 2],
}

impl InTurns {
    fn new() -> Self {
        let mut world = World::at("2026-03-07T15:00:00+01:00");
        let id = world.write(A, turn::begin());
        world.write(A, turn::own_feeling(id, "tense".into()));
        let mut course = Self { world, own: [vec![Register::default()], vec![]], copies: [vec![], vec![]] };
        course.own[0][0].felt = true;
        course.meet();
        course
    }

    fn after(mut self, steps: &[(Who, Step)]) -> Self {
        for (who, step) in steps {
            assert_eq!(self.go(Move::Try(*who, *step)), Ok(true), "{who:?} {step:?}");
            self.meet();
        }
        self
    }

    fn turn(&self, who: Who) -> Turn {
        Turns::fold(self.world.of(who)).iter().next_back().unwrap().clone()
    }

    fn try_by_rules(&mut self, who: Who, step: Step) -> Result<(), TurnRefused> {
        let turn = self.turn(who);
        let act = match step {
            Step::Feel => turn.act(TurnStep::OwnFeeling("tense".into())),
            Step::Speak => turn.act(TurnStep::Speak { text: "the visit".into(), feeling: "small".into() }),
            Step::Reflect => turn.act(TurnStep::Reflect("you felt small".into())),
            Step::Confirm(how) => turn.act(TurnStep::Confirm(how)),
            Step::Help(wants) => turn.act(TurnStep::Help(wants)),
            Step::Presence => turn.act(TurnStep::Presence("tea".into())),
            Step::Advise => turn.act(TurnStep::Advice("you could".into())),
            Step::Swap => turn.swap(),
            Step::Leave => turn.act(TurnStep::Leave),
        };
        self.world.pass(1);
        let act = act?;
        assert_eq!(act.audience == Audience::OnlyMe, step == Step::Feel, "what is private");
        self.world.write(who, act);
        Ok(())
    }

    /// Which turn is the newest that this one knows of.
    fn newest(&self, who: Who) -> usize {
        self.own[who as usize].len().max(self.copies[who as usize].len()) - 1
    }

    fn listener(number: usize) -> Who {
        if number.is_multiple_of(2) { A } else { B }
    }

    /// What the phone of `knower` has of what `who` did in the turn.
    fn known(&self, knower: Who, who: Who, number: usize) -> Register {
        let all = if knower == who { &self.own } else { &self.copies };
        all[knower as usize].get(number).cloned().unwrap_or_default()
    }

    fn stage(&self, knower: Who, number: usize) -> TurnStage {
        let listener = self.known(knower, Self::listener(number), number);
        let speaker = self.known(knower, Self::listener(number).other(), number);
        if listener.ended || speaker.ended {
            return Closed;
        }
        if !speaker.spoke {
            return Speaking;
        }
        let mut is_over = false;
        for reflection in 0..listener.reflections {
            match speaker.confirmations.get(reflection) {
                None => return Confirming,
                Some(Confirmation::Yes) => is_over = true,
                Some(_) => is_over = reflection == 2,
            }
        }
        match speaker.wants {
            _ if !is_over => Reflecting,
            None => Asking,
            Some(HelpWanted::Listening) => Listening,
            Some(HelpWanted::Help) => Helping,
        }
    }

    fn try_by_model(&mut self, who: Who, step: Step) -> Result<(), TurnRefused> {
        let number = self.newest(who);
        let stage = self.stage(who, number);
        let listens = Self::listener(number) == who;
        let is_for_listener = match step {
            Step::Feel | Step::Reflect | Step::Presence | Step::Advise => Some(true),
            Step::Speak | Step::Confirm(_) | Step::Help(_) => Some(false),
            Step::Swap | Step::Leave => None,
        };
        if is_for_listener.is_some_and(|is_for_listener| is_for_listener != listens) {
            return Err(TurnRefused::NotYours);
        }
        if step == Step::Advise && stage != Helping {
            return Err(TurnRefused::AdviceLocked);
        }
        let has_its_stage = match step {
            Step::Feel => stage == Speaking || stage == Reflecting,
            Step::Speak => stage == Speaking,
            Step::Reflect => stage == Reflecting,
            Step::Confirm(_) => stage == Confirming,
            Step::Help(_) => stage == Asking,
            Step::Presence | Step::Swap => stage == Listening || stage == Helping,
            Step::Advise => true,
            Step::Leave => stage != Closed,
        };
        if !has_its_stage {
            return Err(TurnRefused::WrongStage);
        }
        let own = &mut self.own[who as usize];
        own.resize_with(own.len().max(number + 1), Register::default);
        let register = &mut own[number];
        if step == Step::Reflect && !register.felt {
            return Err(TurnRefused::NameOwnFeelingFirst);
        }
        match step {
            Step::Feel => register.felt = true,
            Step::Speak => register.spoke = true,
            Step::Reflect => register.reflections += 1,
            Step::Confirm(how) => register.confirmations.push(how),
            Step::Help(wants) => register.wants = Some(wants),
            Step::Presence => {}
            Step::Advise => register.advice += 1,
            Step::Leave => register.ended = true,
            Step::Swap => {
                register.ended = true;
                own.push(Register::default());
            }
        }
        Ok(())
    }
}

impl Course for InTurns {
    type Move = Move;

    fn moves(&self) -> Vec<Move> {
        let steps = Who::BOTH.into_iter().flat_map(|who| STEPS.map(|step| Move::Try(who, step)));
        steps.chain([Move::Meet]).collect()
    }

    fn go(&mut self, what: Move) -> Result<bool, String> {
        let Move::Try(who, step) = what else {
            self.meet();
            return Ok(true);
        };
        let (rules, model) = (self.try_by_rules(who, step), self.try_by_model(who, step));
        same("the outcome", rules, model)?;
        Ok(rules.is_ok())
    }

    fn check(&self) -> Result<(), String> {
        for who in Who::BOTH {
            let (turn, number) = (self.turn(who), self.newest(who));
            let turns = Turns::fold(self.world.of(who));
            same("how many turns", turns.iter().count(), number + 1)?;
            same("the stage", turn.stage(), self.stage(who, number))?;
            same("who listens", turn.listener == Whose::Mine, Self::listener(number) == who)?;
            same("the tries", turn.tries(), self.known(who, Self::listener(number), number).reflections)?;
            same("advice", turn.advice.len(), self.known(who, Self::listener(number), number).advice)?;
            let waits = number > 0
                && turn.stage() != Closed
                && Self::listener(number) == who
                && !self.known(who, who, number).felt;
            same("whether it waits", turns.waiting_for_my_feeling().map(|turn| turn.id), waits.then_some(turn.id))?;
            same("the turn before", number > 0, turn.swapped_from.is_some())?;
            in_any_order(self.world.of(who), |entries| Turns::fold(entries))?;
        }
        Ok(())
    }

    fn meet(&mut self) {
        self.world.meet();
        self.copies = [self.own[1].clone(), self.own[0].clone()];
    }
}

/// The way to the end of a turn.
const WAY: [(Who, Step); 4] =
    [(B, Step::Speak), (A, Step::Reflect), (B, Step::Confirm(Confirmation::Yes)), (B, Step::Help(HelpWanted::Help))];

#[test]
fn every_short_course_of_a_turn_goes_as_what_each_knows_says() {
    for so_far in 0..=WAY.len() {
        let start = InTurns::new().after(&WAY[..so_far]);
        assert!(explore(&start, 6, true) > 50);
        assert!(explore(&start, 4, false) > 50);
    }
}

#[test]
fn after_three_tries_the_question_comes_whatever_was_understood() {
    let tries = [(A, Step::Reflect), (B, Step::Confirm(Confirmation::NotQuite))];
    let course = InTurns::new().after(&[(B, Step::Speak)]).after(&tries).after(&tries).after(&tries);
    assert_eq!((course.turn(A).stage(), course.turn(A).tries()), (Asking, 3));
}

#[test]
fn advice_stays_locked_until_it_is_asked_for_whatever_the_stage() {
    let mut so_far = InTurns::new();
    for (who, step) in WAY {
        let advice = so_far.turn(A).act(TurnStep::Advice("you could".into()));
        assert_eq!(advice, Err(TurnRefused::AdviceLocked));
        so_far = so_far.after(&[(who, step)]);
    }
    assert!(so_far.turn(A).act(TurnStep::Advice("you could".into())).is_ok());
    let left = so_far.after(&[(B, Step::Leave)]);
    assert_eq!(left.turn(A).act(TurnStep::Advice("you could".into())), Err(TurnRefused::AdviceLocked));
}

#[test]
fn two_swaps_of_one_turn_are_one_turn_under_either_id() {
    let mut course = InTurns::new().after(&WAY);
    let swaps = Who::BOTH.map(|who| {
        let act = course.turn(who).swap().unwrap();
        course.world.pass(1);
        course.world.write(who, act)
    });
    course.world.meet();
    for who in Who::BOTH {
        let turns = Turns::fold(course.world.of(who));
        assert_eq!(turns.iter().count(), 2);
        assert_eq!(turns.get(swaps[0]), turns.get(swaps[1]));
        assert_eq!(turns.get(swaps[0]).unwrap().listener == Whose::Mine, who == B);
    }
}

#[test]
fn an_act_that_is_not_ones_own_changes_nothing() {
    let mut course = InTurns::new();
    let before = course.turn(A);
    for step in [
        TurnStep::Reflect("I know".into()),
        TurnStep::Presence("tea".into()),
        TurnStep::Advice("you should".into()),
        TurnStep::OwnFeeling("none".into()),
    ] {
        let forged = attune_core::journal::TurnAct { turn: before.id, step };
        course.world.write(B, Act::shared(forged));
    }
    course.world.write(B, Act::shared(TurnBegin { listens: true, swapped_from: None }));
    course.world.meet();
    assert_eq!(Turns::fold(course.world.of(A)).get(before.id), Some(&before));
}
