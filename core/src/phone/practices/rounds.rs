//! Rounds: catch and release (spec §4).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::journal::{Audience, Cap, EntryId, LocalTime, PledgeMake, RoundInvite, RoundKind, Whose};
use crate::phone::keeping::{Keeping, Open};
use crate::phone::{PhoneError, Refusal};
use crate::practice::Act;
use crate::practice::pledge::{fold_pledges, has_active};
use crate::practice::round::{
    Contact, InviteContext, InviteRefused, Reflection, Round, RoundRefused, RoundState, Rounds as Folded, Said, cap_of,
    invited_on,
};
use crate::store::EntryQuery;

/// The kinds that rounds are folded from; a pledge may be an answer.
const KINDS: &[&str] = &["round_invite", "round_accept", "round_act", "round_not_now", "round_reflect", "pledge_make"];
/// What is open or rests is among so many newest entries: one round at a time is open.
const RECENT: u32 = 120;
/// What keeps an invitation back is among so many: what is open or rests, and a pledge of the partner's.
const LATEST: u32 = 80;

/// Rounds: catch and release.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Rounds {
    pub(in crate::phone) keeping: Arc<Keeping>,
}

/// A round as this phone shows it. It holds nothing about the partner but what the partner chose to say.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RoundView {
    /// The id of its invitation; the lower of the two, where both reached out.
    pub id: EntryId,
    /// Where it stands.
    pub state: RoundState,
    /// Whether this person invited; also where both reached out.
    pub by_me: bool,
    /// Until when it is open.
    pub open_until: LocalTime,
    /// What was proposed.
    pub kind: RoundKind,
    /// How long contact lasts, in seconds, once everyone has accepted.
    pub length_s: Option<u32>,
    /// Whether both reached out.
    pub both_reached_out: bool,
    /// What the invitee chose to say.
    pub said: Option<Said>,
    /// Whether this person has reflected, or skipped it.
    pub reflected: bool,
}

/// Whether an invitation may go out now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct MayInvite {
    /// Why not, where it may not.
    pub why: Option<Refusal>,
    /// From when on it may, where that is known.
    pub from: Option<LocalTime>,
}

/// What the two let come of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Caps {
    /// What this person lets the partner send.
    pub to_me: Cap,
    /// What the partner lets this person send, as known here.
    pub to_partner: Cap,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Rounds {
    /// Invites to a round of at most `max_s` seconds, 30 to 1200, that stands until `open_until`.
    ///
    /// Refused, the first that applies: `NotPaired`, `OutOfRange` (also for a time that has passed),
    /// `ActivePledge`, `RoundOpen`, `Cap`, `Resting`.
    pub fn invite(&self, invite: RoundInvite) -> Result<EntryId, PhoneError> {
        self.keeping.with(|open| {
            open.must_be_paired()?;
            let act = open.may_invite(|context| context.invite(invite))??;
            open.perform(act)
        })
    }

    /// Whether an invitation may go out now, and if not, why and from when on.
    pub fn may_invite(&self) -> Result<MayInvite, PhoneError> {
        self.keeping.with(|open| {
            if !open.is_paired()? {
                return Ok(MayInvite { why: Some(Refusal::NotPaired), from: None });
            }
            let refused = open.may_invite(|context| context.may_invite(None))?.err();
            Ok(MayInvite { why: refused.map(Refusal::from), from: refused.and_then(InviteRefused::from) })
        })
    }

    /// Accepts, up to `max_s` seconds. What the partner is told is the resulting length and whose it was,
    /// never the number. Refused: `NotInvitee`, `RoundClosed`, `OutOfRange`, `AboveOwnLimit`.
    pub fn accept(&self, id: EntryId, max_s: u32) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            let limit_s = open.own_limit()?.seconds;
            open.in_round(id, |round, now, contact| round.accept(max_s, limit_s, now, contact))
        })
    }

    /// "Not now": without a word it stays on this phone and can be undone by accepting; with one, "Not
    /// now, I'm OK" goes to the partner and the round is over for both (P5, P6).
    pub fn not_now(&self, id: EntryId, say: Option<Said>) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            open.in_round(id, |round, now, contact| match say {
                None => round.not_now(now, contact),
                Some(Said::Ok) => round.say_ok(now, contact),
            })
        })
    }

    /// "I will check in at …": answers an invitation with a pledge, whose id is returned. Refused:
    /// `NotInvitee`, `RoundClosed`, `InThePast`.
    pub fn later(&self, id: EntryId, due: LocalTime, how: String) -> Result<EntryId, PhoneError> {
        self.keeping.with(|open| {
            let (round, now, contact) = open.round_now(id)?;
            let act = round.later(PledgeMake { due, how, sentence: None, round: None }, now, contact)?;
            open.perform(act)
        })
    }

    /// Takes an invitation back. Refused: `NotOwner`, `RoundClosed`.
    pub fn withdraw(&self, id: EntryId) -> Result<(), PhoneError> {
        self.keeping.with(|open| open.in_round(id, Round::withdraw))
    }

    /// Begins contact, on both phones at once; the inviter's tap alone waits for the other's. Refused:
    /// `NotReady`, `RoundClosed`, `NotTogether` without a connection. Starting again has no effect.
    pub fn start(&self, id: EntryId) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            let together = open.is_together();
            open.maybe_in_round(id, |round, now, contact| round.start(now, contact, together))
        })
    }

    /// Ends contact: one act, no reason (P6). Refused: `NotReady`, `RoundClosed`.
    pub fn release(&self, id: EntryId) -> Result<(), PhoneError> {
        self.keeping.with(|open| open.maybe_in_round(id, Round::release))
    }

    /// Leaves a round, wherever it stands (P6). Refused: `RoundClosed`.
    pub fn leave(&self, id: EntryId) -> Result<(), PhoneError> {
        self.keeping.with(|open| open.in_round(id, Round::leave))
    }

    /// Reflects on a contact, in private, once. How long it lasted is what this phone's timer saw.
    /// Refused: `NotReady`, `RoundClosed`, `OutOfRange`.
    pub fn reflect(
        &self,
        id: EntryId,
        safety: Option<u8>,
        activation: Option<u8>,
        cue: Option<String>,
        word: Option<String>,
    ) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            let (round, now, contact) = open.round_now(id)?;
            let lasted = open.contact_lasted(round.id)?;
            let (actual_s, full_length) = (lasted.seconds, lasted.full_length);
            let reflection = Reflection { safety, activation, cue, word, actual_s, full_length };
            let act = round.reflect(reflection, now, contact)?;
            open.perform(act).map(drop)
        })
    }

    /// Skips the reflection. Refused: `NotReady`, `RoundClosed`.
    pub fn skip(&self, id: EntryId) -> Result<(), PhoneError> {
        self.keeping.with(|open| open.in_round(id, Round::skip))
    }

    /// Notes a round that was done without phones. Refused: `NotPaired`, `OutOfRange`.
    pub fn log(&self, length_s: u32, round_kind: RoundKind) -> Result<EntryId, PhoneError> {
        self.keeping.with(|open| {
            open.must_be_paired()?;
            let act = Round::log(length_s, round_kind)?;
            open.perform(act)
        })
    }

    /// One round. An invitation that crossed another has that one's round.
    pub fn view(&self, id: EntryId) -> Result<RoundView, PhoneError> {
        self.keeping.with(|open| {
            let (round, now, contact) = open.round_now(id)?;
            Ok(RoundView::of(&round, now, contact))
        })
    }

    /// The rounds of late, newest first.
    pub fn list(&self) -> Result<Vec<RoundView>, PhoneError> {
        self.keeping.with(|open| {
            let (now, contact) = (open.now(), open.contact()?);
            Ok(open.recent_rounds()?.iter().rev().map(|round| RoundView::of(round, now, contact)).collect())
        })
    }

    /// Sets what the partner may send (spec §4): invitations a day, 0 to 100, and the kinds of round, all
    /// where absent. It is carried over when a pairing begins.
    pub fn set_caps(&self, invites_per_day: u8, kinds: Option<BTreeSet<RoundKind>>) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            let audience = if open.is_paired()? { Audience::Both } else { Audience::OnlyMe };
            open.write(audience, Cap { invites_per_day, kinds }).map(drop)
        })
    }

    /// What the two let come of each other.
    pub fn caps(&self) -> Result<Caps, PhoneError> {
        self.keeping.with(|open| {
            let own = open.own_cap()?;
            Ok(Caps { to_me: own.unwrap_or_else(|| cap_of(Whose::Mine, [])), to_partner: open.cap_of_partner()? })
        })
    }
}

impl RoundView {
    fn of(round: &Round, now: LocalTime, contact: Option<Contact>) -> Self {
        Self {
            id: round.id,
            state: round.state(now, contact),
            by_me: round.invited.contains_key(&Whose::Mine),
            open_until: round.open_until,
            kind: round.kind,
            length_s: round.length_s(),
            both_reached_out: round.both_reached_out(),
            said: round.said,
            reflected: round.reflected.is_some(),
        }
    }
}

impl From<InviteRefused> for Refusal {
    fn from(refused: InviteRefused) -> Self {
        match refused {
            InviteRefused::OutOfRange => Self::OutOfRange,
            InviteRefused::ActivePledge => Self::ActivePledge,
            InviteRefused::RoundOpen(_) => Self::RoundOpen,
            InviteRefused::Cap(_) => Self::Cap,
            InviteRefused::Resting(_) => Self::Resting,
        }
    }
}

impl From<RoundRefused> for Refusal {
    fn from(refused: RoundRefused) -> Self {
        match refused {
            RoundRefused::NotOwner => Self::NotOwner,
            RoundRefused::NotInvitee => Self::NotInvitee,
            RoundRefused::RoundClosed => Self::RoundClosed,
            RoundRefused::NotReady => Self::NotReady,
            RoundRefused::NotTogether => Self::NotTogether,
            RoundRefused::OutOfRange => Self::OutOfRange,
            RoundRefused::AboveOwnLimit => Self::AboveOwnLimit,
            RoundRefused::InThePast => Self::InThePast,
        }
    }
}

impl Open {
    /// The rounds of late, in which everything is that may be open or rest.
    pub(super) fn recent_rounds(&self) -> Result<Folded, PhoneError> {
        Ok(Folded::fold(&self.newest(KINDS, Some(RECENT))?))
    }

    /// A round, and what it is looked at with.
    fn round_now(&mut self, id: EntryId) -> Result<(Round, LocalTime, Option<Contact>), PhoneError> {
        self.must_find(id)?;
        let (now, contact) = (self.now(), self.contact()?);
        let round = match self.recent_rounds()?.get(id) {
            Some(round) => round.clone(),
            None => Folded::fold(&self.all(KINDS)?).get(id).cloned().ok_or(PhoneError::UnknownId)?,
        };
        Ok((round, now, contact))
    }

    /// Does in a round what its rules allow.
    fn in_round(
        &mut self,
        id: EntryId,
        act: impl FnOnce(&Round, LocalTime, Option<Contact>) -> Result<Act, RoundRefused>,
    ) -> Result<(), PhoneError> {
        self.maybe_in_round(id, |round, now, contact| act(round, now, contact).map(Some))
    }

    /// The same, where there may be nothing left to do.
    fn maybe_in_round(
        &mut self,
        id: EntryId,
        act: impl FnOnce(&Round, LocalTime, Option<Contact>) -> Result<Option<Act>, RoundRefused>,
    ) -> Result<(), PhoneError> {
        let (round, now, contact) = self.round_now(id)?;
        if let Some(act) = act(&round, now, contact)? {
            self.perform(act)?;
            self.follow_contact()?;
        }
        Ok(())
    }

    fn may_invite<T>(
        &mut self,
        ask: impl FnOnce(InviteContext<'_>) -> Result<T, InviteRefused>,
    ) -> Result<Result<T, InviteRefused>, PhoneError> {
        let (now, contact) = (self.now(), self.contact()?);
        let rounds = Folded::fold(&self.newest(KINDS, Some(LATEST))?);
        let of_pairing = EntryQuery { current_pairing: true, ..EntryQuery::default() };
        let theirs = EntryQuery { whose: Some(Whose::Theirs), limit: Some(LATEST), ..of_pairing };
        let pledges = fold_pledges(&self.store.entries(&EntryQuery { kinds: super::pledges::KINDS, ..theirs })?);
        let (from_day, to_day) = (Some(now.local_day()), Some(now.local_day()));
        let today = EntryQuery { whose: Some(Whose::Mine), from_day, to_day, ..of_pairing };
        let invites = self.store.entries(&EntryQuery { kinds: &["round_invite"], ..today })?;
        Ok(ask(InviteContext {
            rounds: &rounds,
            contact,
            cap: &self.cap_of_partner()?,
            partner_has_active_pledge: has_active(Whose::Theirs, &pledges, now),
            invited_today: invited_on(now.local_day(), &invites),
            now,
        }))
    }

    fn cap_of_partner(&self) -> Result<Cap, PhoneError> {
        let (whose, kinds, limit): (_, &[&str], _) = (Some(Whose::Theirs), &["cap"], Some(1));
        let query = EntryQuery { whose, kinds, limit, current_pairing: true, ..EntryQuery::default() };
        Ok(cap_of(Whose::Theirs, &self.store.entries(&query)?))
    }

    pub(super) fn now(&self) -> LocalTime {
        self.environment.clock.wall()
    }

    pub(super) fn must_be_paired(&self) -> Result<(), PhoneError> {
        if self.is_paired()? { Ok(()) } else { Err(Refusal::NotPaired.into()) }
    }
}
