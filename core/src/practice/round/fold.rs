//! From entries to rounds.

use std::collections::BTreeMap;

use super::merge::crossings;
use super::view::Said;
use crate::journal::{
    Body, Entry, EntryId, LocalTime, RoundInvite, RoundKind, RoundReflect, RoundStep, Shorter, Whose,
};

/// All rounds that some entries tell of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rounds {
    rounds: BTreeMap<EntryId, Round>,
    /// Under which id each invitation's round is kept.
    known_as: BTreeMap<EntryId, EntryId>,
}

/// One round: an invitation, or two that crossed, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// The lowest id of its invitations: what acts of this round refer to.
    pub id: EntryId,
    /// Who invited; both, where both reached out.
    pub invited: BTreeMap<Whose, Invited>,
    /// Until when it stands: the earlier of the two, where both reached out.
    pub open_until: LocalTime,
    /// What was proposed, by the invitation with the lowest id.
    pub kind: RoundKind,
    /// Who accepted.
    pub accepted: BTreeMap<Whose, Acceptance>,
    /// What the invitee chose to say.
    pub said: Option<Said>,
    /// The own reflection, or that it was skipped.
    pub reflected: Option<RoundReflect>,
    pub(super) started: BTreeMap<Whose, LocalTime>,
    pub(super) released: Option<LocalTime>,
    /// The first time that each left.
    pub(super) left: BTreeMap<Whose, LocalTime>,
    /// When an inviter took it back, or an invitee answered in words.
    pub(super) ended: Option<LocalTime>,
    /// The newest own "not now" without a word.
    pub(super) not_now: Option<EntryId>,
}

/// One side's invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invited {
    /// Its entry.
    pub entry: EntryId,
    /// The longest that was offered, in seconds.
    pub max_s: u32,
}

/// An invitation accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acceptance {
    /// The entry that says so.
    pub entry: EntryId,
    /// The resulting length, in seconds.
    pub length_s: u32,
    /// Whose it was.
    pub shorter: Shorter,
}

/// One invitation, as far as it matters for whether it crossed another.
#[derive(Debug, Clone)]
pub(super) struct Invitation<'a> {
    pub(super) by: Whose,
    pub(super) written: LocalTime,
    pub(super) invite: &'a RoundInvite,
    /// When it ended before its time, by an act that names it.
    pub(super) ended: Option<LocalTime>,
    /// Whether its inviter took it back.
    pub(super) taken_back: bool,
    /// The first acceptance by the other one.
    pub(super) accepted: Option<EntryId>,
}

impl Rounds {
    /// The rounds that these entries of both logs tell of. Order and repetition do not matter; acts of
    /// rounds whose invitation is missing are left aside.
    pub fn fold<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let entries: BTreeMap<EntryId, &Entry> = entries.into_iter().map(|entry| (entry.id, entry)).collect();
        let invitations = invitations(&entries);
        let crossed = crossings(&invitations);
        let mut all = Self::default();
        for (id, invitation) in &invitations {
            let first = crossed.get(id).map_or(*id, |other| *other.min(id));
            all.known_as.insert(*id, first);
            match all.rounds.get_mut(&first) {
                Some(round) => round.also(*id, invitation),
                None => drop(all.rounds.insert(first, Round::new(first, invitation))),
            }
        }
        for entry in entries.values() {
            let about = about(&entry.body).and_then(|id| all.known_as.get(&id));
            if let Some(round) = about.and_then(|id| all.rounds.get_mut(id)) {
                round.take(entry);
            }
        }
        all
    }

    /// The round with this id, or into which the invitation with this id went.
    pub fn get(&self, id: EntryId) -> Option<&Round> {
        self.rounds.get(self.known_as.get(&id)?)
    }

    /// All rounds, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Round> {
        self.rounds.values()
    }
}

fn invitations<'a>(entries: &BTreeMap<EntryId, &'a Entry>) -> BTreeMap<EntryId, Invitation<'a>> {
    let made = entries.values().filter_map(|entry| match &entry.body {
        Body::RoundInvite(invite) => Some((
            entry.id,
            Invitation {
                by: entry.whose,
                written: entry.written,
                invite,
                ended: None,
                taken_back: false,
                accepted: None,
            },
        )),
        _ => None,
    });
    let mut all: BTreeMap<_, _> = made.collect();
    for entry in entries.values() {
        if let Some(invitation) = about(&entry.body).and_then(|id| all.get_mut(&id)) {
            invitation.take(entry);
        }
    }
    all
}

impl Invitation<'_> {
    fn take(&mut self, entry: &Entry) {
        let by_inviter = entry.whose == self.by;
        match &entry.body {
            Body::RoundAccept(_) if !by_inviter => {
                self.accepted = Some(self.accepted.map_or(entry.id, |first| first.min(entry.id)));
            }
            Body::RoundAct(act) if act.step == RoundStep::Withdraw && by_inviter => self.taken_back = true,
            Body::RoundAct(act) if act.step == RoundStep::SayOk && !by_inviter => {
                self.ended = earlier(self.ended, entry.written);
            }
            Body::PledgeMake(_) if !by_inviter => self.ended = earlier(self.ended, entry.written),
            _ => {}
        }
    }
}

/// The round that an act is about.
fn about(body: &Body) -> Option<EntryId> {
    match body {
        Body::RoundAccept(act) => Some(act.round),
        Body::RoundAct(act) => Some(act.round),
        Body::RoundNotNow(act) => Some(act.round),
        Body::RoundReflect(act) => Some(act.round),
        Body::PledgeMake(pledge) => pledge.round,
        _ => None,
    }
}

impl Round {
    fn new(id: EntryId, invitation: &Invitation<'_>) -> Self {
        Self {
            id,
            invited: BTreeMap::from([(invitation.by, Invited { entry: id, max_s: invitation.invite.max_s })]),
            open_until: invitation.invite.open_until,
            kind: invitation.invite.round_kind,
            accepted: BTreeMap::new(),
            said: None,
            reflected: None,
            started: BTreeMap::new(),
            released: None,
            left: BTreeMap::new(),
            ended: None,
            not_now: None,
        }
    }

    fn also(&mut self, entry: EntryId, crossing: &Invitation<'_>) {
        self.open_until = self.open_until.min(crossing.invite.open_until);
        self.invited.insert(crossing.by, Invited { entry, max_s: crossing.invite.max_s });
    }

    /// Whether both reached out.
    pub fn both_reached_out(&self) -> bool {
        self.invited.len() > 1
    }

    /// Whether `whom` was invited, and so has the choice.
    pub fn invites(&self, whom: Whose) -> bool {
        self.both_reached_out() || !self.invited.contains_key(&whom)
    }

    fn take(&mut self, entry: &Entry) {
        let (whose, written) = (entry.whose, entry.written);
        match &entry.body {
            Body::RoundAccept(act) if self.invites(whose) => {
                let acceptance = Acceptance { entry: entry.id, length_s: act.length_s, shorter: act.shorter };
                self.accepted.entry(whose).or_insert(acceptance);
            }
            Body::RoundAct(act) => self.take_step(act.step, whose, written),
            Body::PledgeMake(_) if self.invites(whose) => self.ended = earlier(self.ended, written),
            Body::RoundNotNow(_) if whose == Whose::Mine => self.not_now = self.not_now.max(Some(entry.id)),
            Body::RoundReflect(reflect) if whose == Whose::Mine => {
                self.reflected.get_or_insert_with(|| reflect.clone());
            }
            _ => {}
        }
    }

    fn take_step(&mut self, step: RoundStep, by: Whose, written: LocalTime) {
        match step {
            RoundStep::Withdraw if self.invited.contains_key(&by) => self.ended = earlier(self.ended, written),
            RoundStep::SayOk if self.invites(by) => {
                self.ended = earlier(self.ended, written);
                self.said = Some(Said::Ok);
            }
            // By the clock of the one who starts: nothing begins once the invitation has run out.
            RoundStep::Start if written.unix_ms() < self.open_until.unix_ms() => first(&mut self.started, by, written),
            RoundStep::Release => self.released = earlier(self.released, written),
            RoundStep::Leave => first(&mut self.left, by, written),
            RoundStep::Withdraw | RoundStep::SayOk | RoundStep::Start => {}
        }
    }

    /// Whether everyone who was invited has accepted.
    pub fn is_accepted(&self) -> bool {
        [Whose::Mine, Whose::Theirs].into_iter().all(|whom| !self.invites(whom) || self.accepted.contains_key(&whom))
    }

    /// How long contact lasts, once everyone has accepted, in seconds: the smallest of all that was
    /// offered and accepted, whatever an acceptance says (P3).
    pub fn length_s(&self) -> Option<u32> {
        let offered = self.invited.values().map(|invited| invited.max_s);
        let accepted = self.accepted.values().map(|accepted| accepted.length_s);
        if self.is_accepted() { accepted.chain(offered).min() } else { None }
    }

    /// When contact began: an invitee's start is enough, an inviter's waits for it.
    pub fn began(&self) -> Option<LocalTime> {
        let starts = self.started.iter().filter(|(by, _)| self.is_accepted() && self.invites(**by));
        starts.map(|(_, at)| *at).min()
    }

    /// When someone ended contact that had begun, by release or by leaving.
    pub fn released(&self) -> Option<LocalTime> {
        self.began()?;
        self.released.into_iter().chain(self.left.values().copied()).min()
    }

    /// Whether it ended without contact: taken back, answered in words, or left.
    pub(super) fn is_called_off(&self) -> bool {
        self.began().is_none() && (self.ended.is_some() || !self.left.is_empty())
    }
}

fn earlier(first: Option<LocalTime>, second: LocalTime) -> Option<LocalTime> {
    Some(first.map_or(second, |first| first.min(second)))
}

fn first(times: &mut BTreeMap<Whose, LocalTime>, by: Whose, written: LocalTime) {
    let first = times.entry(by).or_insert(written);
    *first = written.min(*first);
}
