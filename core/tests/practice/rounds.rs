//! Every short course of rounds, together and apart, against a machine that replays what each phone knows
//! in order of time.

mod replay;

use std::collections::BTreeSet;

use attune_core::journal::{Cap, EntryId, LocalTime, PledgeMake, RoundInvite, RoundKind, Whose};
use attune_core::practice::Act;
use attune_core::practice::pledge::{fold_pledges, has_active};
use attune_core::practice::round::{
    Contact, InviteContext, InviteRefused, Reflection, Round, RoundRefused, RoundState, Rounds, cap_of, invited_on,
};
use chrono::TimeDelta;

use crate::courses::{Course, explore, in_any_order, same};
use crate::world::{Who, World};
use Who::{A, B};
use replay::{Noted, OPEN_FOR, Played, TRIES, Try, offers, replay};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Try(Who, Try),
    Pass(i64),
    Join,
    Part,
}

/// How long either is willing to stay, at most, in seconds.
const OWN_LIMIT_S: u32 = 120;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    Invite(InviteRefused),
    Round(RoundRefused),
}

#[derive(Clone)]
struct CourseOfRounds {
    world: World,
    together: bool,
    /// The contact that goes on, on each phone: the round, the number of its first invitation, and when it
    /// ends by itself.
    live: [Option<(EntryId, usize, LocalTime)>; 2],
    own: [Vec<Noted>; 2],
    copies: [Vec<Noted>; 2],
    /// Rounds whose contact was begun on a phone, by the number of their first invitation.
    begun: [BTreeSet<usize>; 2],
    noted: usize,
}

impl CourseOfRounds {
    fn new(together: bool) -> Self {
        let mut world = World::at("2026-03-06T18:00:00+01:00");
        for who in Who::BOTH {
            world.write(who, Act::shared(Cap { invites_per_day: 2, kinds: None }));
        }
        world.meet();
        Self {
            world,
            together,
            live: [None; 2],
            own: [vec![], vec![]],
            copies: [vec![], vec![]],
            begun: [BTreeSet::new(), BTreeSet::new()],
            noted: 0,
        }
    }

    fn after(mut self, moves: &[Move]) -> Self {
        for what in moves {
            assert_eq!(self.go(*what), Ok(true), "{what:?}");
        }
        self
    }

    fn contact(&self, who: Who) -> Option<Contact> {
        self.live[who as usize].map(|(round, ..)| Contact { round })
    }

    fn newest(&self, who: Who) -> Option<Round> {
        Rounds::fold(self.world.of(who)).iter().next_back().cloned()
    }

    fn try_by_rules(&mut self, who: Who, what: Try) -> Option<Result<Option<Act>, Refused>> {
        let (now, contact) = (self.world.now, self.contact(who));
        if what == Try::Invite {
            return Some(self.invite(who).map(Some).map_err(Refused::Invite));
        }
        let round = self.newest(who)?;
        let later = PledgeMake { due: now.plus(OPEN_FOR), how: "tea".into(), sentence: None, round: None };
        let act = match what {
            Try::Accept(max_s) => round.accept(max_s, OWN_LIMIT_S, now, contact).map(Some),
            Try::NotNow => round.not_now(now, contact).map(Some),
            Try::SayOk => round.say_ok(now, contact).map(Some),
            Try::Later => round.later(later, now, contact).map(Some),
            Try::Withdraw => round.withdraw(now, contact).map(Some),
            Try::Start => round.start(now, contact, self.together),
            Try::Release => round.release(now, contact),
            Try::Leave => round.leave(now, contact).map(Some),
            Try::Reflect => round.reflect(Reflection::default(), now, contact).map(Some),
            Try::Skip | Try::Invite => round.skip(now, contact).map(Some),
        };
        Some(act.map_err(Refused::Round))
    }

    fn invite(&self, who: Who) -> Result<Act, InviteRefused> {
        let (entries, now) = (self.world.of(who), self.world.now);
        let context = InviteContext {
            rounds: &Rounds::fold(entries),
            contact: self.contact(who),
            cap: &cap_of(Whose::Theirs, entries),
            partner_has_active_pledge: has_active(Whose::Theirs, &fold_pledges(entries), now),
            invited_today: invited_on(now.local_day(), entries),
            now,
        };
        let (max_s, open_until) = (offers(who), now.plus(OPEN_FOR));
        context.invite(RoundInvite { max_s, open_until, round_kind: RoundKind::Tea })
    }

    /// Everything that the phone of `who` knows, replayed in order of time.
    fn replay(&self, who: Who) -> Vec<Played> {
        replay(self.own[who as usize].iter().chain(&self.copies[who as usize]).copied().collect())
    }

    fn state(&self, round: &Played, who: Who) -> RoundState {
        let is_live = self.live[who as usize].is_some_and(|(_, number, _)| number == round.invitations[0]);
        if round.began.is_some() {
            return match round.reflected.contains(&who) || round.left.contains(&who) {
                true => RoundState::Closed,
                false if is_live && round.released.is_none() => RoundState::Connecting,
                false => RoundState::Released,
            };
        }
        let is_open = !round.over && self.world.now < round.open_until && !round.hidden.contains(&who);
        match (is_open, round.is_accepted()) {
            (false, _) => RoundState::Closed,
            (true, true) => RoundState::Ready,
            (true, false) => RoundState::Invited,
        }
    }

    /// What the model writes down for this, if it is allowed: `None` for "done already".
    fn try_by_model(&self, who: Who, what: Try) -> Option<Result<Option<(Try, usize)>, Refused>> {
        let rounds = self.replay(who);
        if what == Try::Invite {
            let may = self.may_invite(who, &rounds).map_err(Refused::Invite);
            return Some(may.map(|()| Some((Try::Invite, 0))));
        }
        let round = rounds.last()?;
        Some(self.act(who, what, round).map_err(Refused::Round))
    }

    fn may_invite(&self, who: Who, rounds: &[Played]) -> Result<(), InviteRefused> {
        let now = self.world.now;
        let pledges = self.copies[who as usize].iter().filter(|noted| noted.what == Try::Later);
        if pledges.into_iter().any(|pledge| now < pledge.at.plus(OPEN_FOR).plus(TimeDelta::hours(24))) {
            return Err(InviteRefused::ActivePledge);
        }
        let is_open = |round: &&Played| self.state(round, who) < RoundState::Released;
        if let Some(open) = rounds.iter().find(is_open) {
            return Err(InviteRefused::RoundOpen(open.open_until));
        }
        if self.own[who as usize].iter().filter(|noted| noted.what == Try::Invite).count() >= 2 {
            return Err(InviteRefused::Cap(crate::world::at("2026-03-07T00:00:00+01:00")));
        }
        match rounds.iter().filter_map(|round| round.rests_until(who)).max() {
            Some(until) if until > now => Err(InviteRefused::Resting(until)),
            _ => Ok(()),
        }
    }

    fn act(&self, who: Who, what: Try, round: &Played) -> Result<Option<(Try, usize)>, RoundRefused> {
        use RoundRefused::{AboveOwnLimit, NotInvitee, NotOwner, NotReady, NotTogether, RoundClosed};
        let state = self.state(round, who);
        let about = round.invitations[0];
        let has_answered = round.typed.contains_key(&who);
        let was_hidden = round.hidden.contains(&who) && !round.over && self.world.now < round.open_until;
        let is_answerable = (state == RoundState::Invited || was_hidden) && !has_answered;
        let before_contact = matches!(state, RoundState::Invited | RoundState::Ready);
        match what {
            Try::Accept(_) | Try::NotNow | Try::SayOk | Try::Later if !round.invites(who) => return Err(NotInvitee),
            Try::Withdraw if !round.by.contains(&who) => return Err(NotOwner),
            Try::Accept(_) | Try::SayOk | Try::Later if !is_answerable => return Err(RoundClosed),
            Try::NotNow if state != RoundState::Invited || has_answered => return Err(RoundClosed),
            Try::Accept(max_s) if max_s > OWN_LIMIT_S => return Err(AboveOwnLimit),
            Try::Withdraw if !before_contact => return Err(RoundClosed),
            Try::Start | Try::Release if state == RoundState::Closed => return Err(RoundClosed),
            Try::Start if state == RoundState::Released => return Err(RoundClosed),
            Try::Start if state == RoundState::Invited => return Err(NotReady),
            Try::Start if state == RoundState::Ready && !self.together => return Err(NotTogether),
            Try::Start if state == RoundState::Connecting || round.started.contains(&who) => return Ok(None),
            Try::Release if before_contact => return Err(NotReady),
            Try::Release if state == RoundState::Released => return Ok(None),
            Try::Leave if state == RoundState::Closed => return Err(RoundClosed),
            Try::Reflect | Try::Skip if before_contact || state == RoundState::Connecting => return Err(NotReady),
            Try::Reflect | Try::Skip if round.began.is_none() || round.reflected.contains(&who) => {
                return Err(RoundClosed);
            }
            _ => {}
        }
        Ok(Some(match what {
            Try::Withdraw if round.by.len() == 2 || state == RoundState::Ready => (Try::Leave, about),
            Try::Leave if state == RoundState::Released => (Try::Skip, about),
            Try::Leave if state == RoundState::Invited && has_answered => (Try::Leave, about),
            Try::Leave if state == RoundState::Invited && round.invites(who) => (Try::NotNow, about),
            Try::Leave if state == RoundState::Invited => (Try::Withdraw, about),
            other => (other, about),
        }))
    }

    /// Contact begins on a phone when it learns of it while the phones are together, and ends there when
    /// its time is up, when they part, and when either releases.
    fn run_contacts(&mut self) {
        for who in Who::BOTH {
            let at = who as usize;
            let rounds = self.replay(who);
            for round in rounds.iter().filter(|round| round.began.is_some()) {
                if self.begun[at].insert(round.invitations[0]) && self.together {
                    let length = TimeDelta::seconds(i64::from(round.length_s()));
                    let id = self.newest(who).unwrap().id;
                    self.live[at] = Some((id, round.invitations[0], self.world.now.plus(length)));
                }
            }
            let is_over = self.live[at].is_some_and(|(.., end)| self.world.now >= end);
            if is_over || !self.together || rounds.last().is_some_and(|round| round.released.is_some()) {
                self.live[at] = None;
            }
        }
    }
}

impl Course for CourseOfRounds {
    type Move = Move;

    fn moves(&self) -> Vec<Move> {
        let tries = Who::BOTH.into_iter().flat_map(|who| TRIES.map(|what| Move::Try(who, what)));
        let connection = if self.together { Move::Part } else { Move::Join };
        tries.chain([Move::Pass(50), Move::Pass(25 * 60), connection]).collect()
    }

    fn go(&mut self, what: Move) -> Result<bool, String> {
        let mut done = true;
        match what {
            Move::Try(who, what) => {
                let (rules, model) = (self.try_by_rules(who, what), self.try_by_model(who, what));
                let outcome = rules.clone().map(|tried| tried.map(|act| act.is_some()));
                same("the outcome", outcome, model.map(|tried| tried.map(|noted| noted.is_some())))?;
                done = outcome == Some(Ok(true));
                if let (Some(Ok(Some(act))), Some(Ok(Some((what, about))))) = (rules, model) {
                    let number = self.noted;
                    let noted = Noted { number, at: self.world.now, who, what, about };
                    let is_private = act.audience == attune_core::journal::Audience::OnlyMe;
                    same("what is private", is_private, noted.is_private())?;
                    self.world.write(who, act);
                    self.world.pass(1);
                    self.own[who as usize].push(noted);
                    self.noted += 1;
                }
            }
            Move::Pass(seconds) => self.world.pass(seconds),
            Move::Join => self.together = true,
            Move::Part => self.together = false,
        }
        if self.together {
            self.meet();
        }
        self.run_contacts();
        Ok(done)
    }

    fn check(&self) -> Result<(), String> {
        for who in Who::BOTH {
            in_any_order(self.world.of(who), |entries| Rounds::fold(entries))?;
            let rounds = Rounds::fold(self.world.of(who));
            let played = self.replay(who);
            same("how many", rounds.iter().count(), played.len())?;
            for (round, played) in rounds.iter().zip(&played) {
                let state = round.state(self.world.now, self.contact(who));
                same("the state", state, self.state(played, who))?;
                same("who reached out", round.both_reached_out(), played.by.len() == 2)?;
                same("whether by me", round.invited.contains_key(&Whose::Mine), played.by.contains(&who))?;
                same("how long open", round.open_until, played.open_until)?;
                same("the length", round.length_s(), played.is_accepted().then(|| played.length_s()))?;
                same("the rest", round.rest(Whose::Mine).map(|rest| rest.until), played.rests_until(who))?;
                same("what was said", round.said.is_some(), played.said_ok)?;
                same("the beginning", round.began(), played.began)?;
            }
        }
        Ok(())
    }

    fn meet(&mut self) {
        self.world.meet();
        let shared = |who: Who| self.own[who as usize].iter().filter(|noted| !noted.is_private()).copied().collect();
        self.copies = [shared(B), shared(A)];
    }
}

#[test]
fn every_short_course_of_rounds_together_goes_as_its_replay_says() {
    let invited = [Move::Try(A, Try::Invite)];
    let accepted = [invited[0], Move::Try(B, Try::Accept(40))];
    let begun = [invited[0], accepted[1], Move::Try(B, Try::Start)];
    let released = [invited[0], accepted[1], begun[2], Move::Pass(50)];
    for so_far in [&[][..], &invited, &accepted, &begun, &released] {
        assert!(explore(&CourseOfRounds::new(true).after(so_far), 4, false) > 100);
    }
}

#[test]
fn every_short_course_of_rounds_apart_goes_as_its_replay_says() {
    let crossed = [Move::Try(A, Try::Invite), Move::Try(B, Try::Invite), Move::Join, Move::Part];
    let agreed = [Move::Try(A, Try::Accept(120)), Move::Try(B, Try::Accept(40)), Move::Join];
    assert!(explore(&CourseOfRounds::new(false), 5, false) > 1000);
    assert!(explore(&CourseOfRounds::new(false).after(&crossed), 4, false) > 100);
    assert!(explore(&CourseOfRounds::new(false).after(&crossed).after(&agreed), 4, false) > 100);
}
