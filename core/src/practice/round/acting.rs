//! What may be done in a round once there is an invitation (spec §4).

use super::fold::Round;
use super::view::RoundState;
use crate::journal::{
    EntryId, Limit, LocalTime, PledgeMake, RoundAccept, RoundAct, RoundKind, RoundLog, RoundNotNow, RoundReflect,
    RoundStep, Shorter, Whose,
};
use crate::practice::Act;

/// The contact that goes on here, by this phone's own monotonic clock: not released, not past its length,
/// the phones connected and the app running ever since it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Contact {
    /// The round, by [`Round::id`].
    pub round: EntryId,
}

/// Why an act of a round is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundRefused {
    /// Only the inviter may.
    NotOwner,
    /// Only who was invited may.
    NotInvitee,
    /// It is over, or this was done.
    RoundClosed,
    /// It is not that far.
    NotReady,
    /// Contact takes phones that are connected.
    NotTogether,
    /// Not a length of contact, or off a scale.
    OutOfRange,
    /// More than the own limit.
    AboveOwnLimit,
    /// The time of the pledge has passed.
    InThePast,
}

/// What a person notes in private after contact, and what this phone's timer saw.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reflection {
    /// How safe it was, 0 to 10.
    pub safety: Option<u8>,
    /// How stirred up, 0 to 10.
    pub activation: Option<u8>,
    /// A body cue.
    pub cue: Option<String>,
    /// One word.
    pub word: Option<String>,
    /// How long contact lasted, in seconds; `None` where the app did not see its end.
    pub actual_s: Option<u32>,
    /// Whether it lasted its full length.
    pub full_length: bool,
}

impl Round {
    /// Accepts, up to `max_s`. What is written is the resulting length and which of the two accepted
    /// less, never the number that was typed.
    pub fn accept(
        &self,
        max_s: u32,
        own_limit_s: u32,
        now: LocalTime,
        contact: Option<Contact>,
    ) -> Result<Act, RoundRefused> {
        self.must_be_answerable(now, contact)?;
        if max_s > own_limit_s {
            return Err(RoundRefused::AboveOwnLimit);
        }
        Limit::check(max_s, "max_s").map_err(|_| RoundRefused::OutOfRange)?;
        let offered = self.invited.get(&Whose::Theirs).map_or(max_s, |invited| invited.max_s);
        let shorter = match max_s.cmp(&offered) {
            std::cmp::Ordering::Less => Shorter::Accepting,
            std::cmp::Ordering::Equal => Shorter::Equal,
            std::cmp::Ordering::Greater => Shorter::Other,
        };
        Ok(Act::shared(RoundAccept { round: self.id, length_s: max_s.min(offered), shorter }))
    }

    /// Says "not now" without a word: private, and undone by accepting later (P5).
    pub fn not_now(&self, now: LocalTime, contact: Option<Contact>) -> Result<Act, RoundRefused> {
        self.must_be_answerable(now, contact)?;
        if self.state(now, contact) == RoundState::Closed {
            return Err(RoundRefused::RoundClosed);
        }
        Ok(Act::private(RoundNotNow { round: self.id }))
    }

    /// Says "not now, I'm OK", which closes the round for both. Also after a "not now" without a word.
    pub fn say_ok(&self, now: LocalTime, contact: Option<Contact>) -> Result<Act, RoundRefused> {
        self.must_be_answerable(now, contact)?;
        Ok(self.step(RoundStep::SayOk))
    }

    /// Answers with a pledge ("I'll check in at …"), which closes the round for both.
    pub fn later(&self, pledge: PledgeMake, now: LocalTime, contact: Option<Contact>) -> Result<Act, RoundRefused> {
        self.must_be_answerable(now, contact)?;
        if pledge.due.unix_ms() <= now.unix_ms() {
            return Err(RoundRefused::InThePast);
        }
        Ok(Act::shared(PledgeMake { round: Some(self.id), ..pledge }))
    }

    /// Takes the own invitation back, before contact.
    pub fn withdraw(&self, now: LocalTime, contact: Option<Contact>) -> Result<Act, RoundRefused> {
        let Some(own) = self.invited.get(&Whose::Mine) else { return Err(RoundRefused::NotOwner) };
        match self.state(now, contact) {
            RoundState::Invited if !self.both_reached_out() => {
                Ok(Act::shared(RoundAct { round: own.entry, step: RoundStep::Withdraw }))
            }
            RoundState::Invited | RoundState::Ready => Ok(self.step(RoundStep::Leave)),
            _ => Err(RoundRefused::RoundClosed),
        }
    }

    /// Starts contact, or says that the inviter would like to. `None` where that was done already.
    pub fn start(&self, now: LocalTime, contact: Option<Contact>, together: bool) -> Result<Option<Act>, RoundRefused> {
        match self.state(now, contact) {
            RoundState::Invited => Err(RoundRefused::NotReady),
            RoundState::Ready if !together => Err(RoundRefused::NotTogether),
            RoundState::Ready if !self.started.contains_key(&Whose::Mine) => Ok(Some(self.step(RoundStep::Start))),
            RoundState::Ready | RoundState::Connecting => Ok(None),
            RoundState::Released | RoundState::Closed => Err(RoundRefused::RoundClosed),
        }
    }

    /// Ends contact: one act, no reason (P6). `None` where it is over already: the other one, or the
    /// clock, was a moment faster.
    pub fn release(&self, now: LocalTime, contact: Option<Contact>) -> Result<Option<Act>, RoundRefused> {
        match self.state(now, contact) {
            RoundState::Connecting => Ok(Some(self.step(RoundStep::Release))),
            RoundState::Released => Ok(None),
            RoundState::Invited | RoundState::Ready => Err(RoundRefused::NotReady),
            RoundState::Closed => Err(RoundRefused::RoundClosed),
        }
    }

    /// Leaves the round, wherever it stands (P6). While an invitation is unanswered this is its invitee's
    /// private "not now", or its inviter's taking back; once contact is over, a skipped reflection.
    pub fn leave(&self, now: LocalTime, contact: Option<Contact>) -> Result<Act, RoundRefused> {
        match self.state(now, contact) {
            RoundState::Invited if self.must_be_answerable(now, contact).is_ok() => self.not_now(now, contact),
            RoundState::Invited if self.accepted.contains_key(&Whose::Mine) => Ok(self.step(RoundStep::Leave)),
            RoundState::Invited => self.withdraw(now, contact),
            RoundState::Ready | RoundState::Connecting => Ok(self.step(RoundStep::Leave)),
            RoundState::Released => self.skip(now, contact),
            RoundState::Closed => Err(RoundRefused::RoundClosed),
        }
    }

    /// Reflects, once, after contact; also after having left it.
    pub fn reflect(
        &self,
        reflection: Reflection,
        now: LocalTime,
        contact: Option<Contact>,
    ) -> Result<Act, RoundRefused> {
        self.must_be_over(now, contact)?;
        let Reflection { safety, activation, cue, word, actual_s, full_length } = reflection;
        if safety.is_some_and(|safety| safety > 10) || activation.is_some_and(|activation| activation > 10) {
            return Err(RoundRefused::OutOfRange);
        }
        let round = self.id;
        let skipped = false;
        Ok(Act::private(RoundReflect { round, safety, activation, cue, word, actual_s, full_length, skipped }))
    }

    /// Skips the reflection: nothing about the own limit changes.
    pub fn skip(&self, now: LocalTime, contact: Option<Contact>) -> Result<Act, RoundRefused> {
        self.must_be_over(now, contact)?;
        Ok(Act::private(RoundReflect {
            round: self.id,
            safety: None,
            activation: None,
            cue: None,
            word: None,
            actual_s: None,
            full_length: false,
            skipped: true,
        }))
    }

    /// A round that was done without phones, logged afterwards by either.
    pub fn log(length_s: u32, round_kind: RoundKind) -> Result<Act, RoundRefused> {
        Limit::check(length_s, "length_s").map_err(|_| RoundRefused::OutOfRange)?;
        Ok(Act::shared(RoundLog { length_s, round_kind }))
    }

    fn step(&self, step: RoundStep) -> Act {
        Act::shared(RoundAct { round: self.id, step })
    }

    /// Fails unless this person was invited and has not answered so that the other one knows: also after
    /// a "not now" without a word, until the invitation runs out.
    fn must_be_answerable(&self, now: LocalTime, contact: Option<Contact>) -> Result<(), RoundRefused> {
        if !self.invites(Whose::Mine) {
            return Err(RoundRefused::NotInvitee);
        }
        let is_open = self.without_not_now().state(now, contact) == RoundState::Invited;
        if !is_open || self.accepted.contains_key(&Whose::Mine) {
            return Err(RoundRefused::RoundClosed);
        }
        Ok(())
    }

    fn must_be_over(&self, now: LocalTime, contact: Option<Contact>) -> Result<(), RoundRefused> {
        match self.state(now, contact) {
            RoundState::Released => Ok(()),
            RoundState::Closed if self.began().is_some() && self.reflected.is_none() => Ok(()),
            RoundState::Closed => Err(RoundRefused::RoundClosed),
            RoundState::Invited | RoundState::Ready | RoundState::Connecting => Err(RoundRefused::NotReady),
        }
    }
}
