//! Whether an invitation may go out (spec §4). Refused on the sender's own phone: the other one learns
//! nothing of it.

use chrono::{Days, NaiveTime};

use super::acting::Contact;
use super::fold::Rounds;
use crate::journal::{Body, Cap, Entry, Limit, LocalTime, RoundInvite, RoundKind, Whose};
use crate::practice::{Act, policy};

/// Why no invitation may go out now; the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InviteRefused {
    /// Not a length of contact, or no time in the future.
    OutOfRange,
    /// The partner has an active pledge: space with a way back.
    ActivePledge,
    /// A round is open until then.
    RoundOpen(LocalTime),
    /// The partner takes no more today, or none of this kind; from then on it may be tried again.
    Cap(LocalTime),
    /// Rest after a contact, until then.
    Resting(LocalTime),
}

impl InviteRefused {
    /// From when on an invitation may go out, as far as that is known; nothing is said about the
    /// partner's pledge.
    pub fn from(self) -> Option<LocalTime> {
        match self {
            Self::OutOfRange | Self::ActivePledge => None,
            Self::RoundOpen(from) | Self::Cap(from) | Self::Resting(from) => Some(from),
        }
    }
}

/// What the guard of an invitation looks at.
#[derive(Debug, Clone, Copy)]
pub struct InviteContext<'a> {
    /// The rounds that this phone knows of.
    pub rounds: &'a Rounds,
    /// The live contact, if any.
    pub contact: Option<Contact>,
    /// What the partner lets come ([`cap_of`] `Theirs`).
    pub cap: &'a Cap,
    /// Whether the partner has an active pledge, as known here.
    pub partner_has_active_pledge: bool,
    /// Own invitations with today's local date ([`invited_on`]).
    pub invited_today: usize,
    /// Now.
    pub now: LocalTime,
}

impl InviteContext<'_> {
    /// Invites. The inviter's own limit does not bound it, and the partner's is unknown here.
    pub fn invite(&self, invite: RoundInvite) -> Result<Act, InviteRefused> {
        let in_future = invite.open_until.unix_ms() > self.now.unix_ms();
        if !in_future || Limit::check(invite.max_s, "max_s").is_err() {
            return Err(InviteRefused::OutOfRange);
        }
        self.may_invite(Some(invite.round_kind))?;
        Ok(Act::shared(invite))
    }

    /// Whether an invitation may go out now; of this kind, where one is named.
    pub fn may_invite(&self, kind: Option<RoundKind>) -> Result<(), InviteRefused> {
        if self.partner_has_active_pledge {
            return Err(InviteRefused::ActivePledge);
        }
        if let Some(open) = self.rounds.iter().find(|round| round.is_open(self.now, self.contact)) {
            return Err(InviteRefused::RoundOpen(open.open_until));
        }
        let takes_kind = |kind| self.cap.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind));
        if self.invited_today >= usize::from(self.cap.invites_per_day) || !kind.is_none_or(takes_kind) {
            return Err(InviteRefused::Cap(next_local_midnight(self.now)));
        }
        let rests = self.rounds.iter().filter_map(|round| round.rest(Whose::Mine));
        match rests.map(|rest| rest.until).max() {
            Some(until) if until.unix_ms() > self.now.unix_ms() => Err(InviteRefused::Resting(until)),
            _ => Ok(()),
        }
    }
}

/// How many own invitations have this local date ([`LocalTime::local_day`]).
pub fn invited_on<'a>(local_day: i32, entries: impl IntoIterator<Item = &'a Entry>) -> usize {
    let own = entries.into_iter().filter(|entry| entry.whose == Whose::Mine && entry.written.local_day() == local_day);
    own.filter(|entry| matches!(entry.body, Body::RoundInvite(_))).count()
}

/// The newest cap that `whose` has set, or the default.
pub fn cap_of<'a>(whose: Whose, entries: impl IntoIterator<Item = &'a Entry>) -> Cap {
    let caps = entries.into_iter().filter(|entry| entry.whose == whose);
    let newest = caps.filter_map(|entry| match &entry.body {
        Body::Cap(cap) => Some((entry.id, cap)),
        _ => None,
    });
    let default = Cap { invites_per_day: policy::INVITES_PER_DAY, kinds: None };
    newest.max_by_key(|(id, _)| *id).map_or(default, |(_, cap)| cap.clone())
}

/// The next midnight by the wall clock here, at the offset that is in force now.
pub fn next_local_midnight(now: LocalTime) -> LocalTime {
    let here = now.to_chrono();
    let midnight = here.date_naive().checked_add_days(Days::new(1)).map(|date| date.and_time(NaiveTime::MIN));
    let midnight = midnight.and_then(|at| at.and_local_timezone(*here.offset()).single());
    midnight.and_then(|at| at.try_into().ok()).unwrap_or(now)
}
