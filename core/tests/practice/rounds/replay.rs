//! A machine that plays rounds from the notes of what the two did, in order of time.

use std::collections::{BTreeMap, BTreeSet};

use attune_core::journal::LocalTime;
use chrono::TimeDelta;

use crate::world::Who;
use Who::{A, B};

/// The rounds that these notes tell of, replayed in order of time.
pub(super) fn replay(mut known: Vec<Noted>) -> Vec<Played> {
    known.sort_by_key(|noted| noted.number);
    let taken_back: BTreeSet<usize> =
        known.iter().filter(|noted| noted.what == Try::Withdraw).map(|noted| noted.about).collect();
    let mut rounds: Vec<Played> = Vec::new();
    for noted in &known {
        if noted.what == Try::Invite {
            let crosses = |round: &&mut Played| {
                round.invites(noted.who)
                    && round.by.len() == 1
                    && round.typed.is_empty()
                    && !round.over
                    && noted.at < round.open_until
                    && !taken_back.contains(&noted.number)
                    && !taken_back.contains(&round.invitations[0])
            };
            match rounds.iter_mut().find(crosses) {
                Some(round) => {
                    round.invitations.push(noted.number);
                    round.by.insert(noted.who);
                    round.hidden.remove(&noted.who);
                }
                None => rounds.push(Played {
                    invitations: vec![noted.number],
                    by: BTreeSet::from([noted.who]),
                    open_until: noted.at.plus(OPEN_FOR),
                    typed: BTreeMap::new(),
                    started: BTreeSet::new(),
                    began: None,
                    released: None,
                    left: BTreeSet::new(),
                    over: false,
                    said_ok: false,
                    hidden: BTreeSet::new(),
                    reflected: BTreeSet::new(),
                }),
            }
            continue;
        }
        let Some(round) = rounds.iter_mut().find(|round| round.invitations.contains(&noted.about)) else {
            continue;
        };
        round.play(noted);
    }
    rounds
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Try {
    Invite,
    Accept(u32),
    NotNow,
    SayOk,
    Later,
    Withdraw,
    Start,
    Release,
    Leave,
    Reflect,
    Skip,
}

pub(super) const TRIES: [Try; 13] = [
    Try::Invite,
    Try::Accept(40),
    Try::Accept(120),
    Try::Accept(125),
    Try::NotNow,
    Try::SayOk,
    Try::Later,
    Try::Withdraw,
    Try::Start,
    Try::Release,
    Try::Leave,
    Try::Reflect,
    Try::Skip,
];

/// What the inviter offers, in seconds.
pub(super) fn offers(who: Who) -> u32 {
    match who {
        A => 120,
        B => 60,
    }
}

/// How long invitations stay open.
pub(super) const OPEN_FOR: TimeDelta = TimeDelta::minutes(60);

/// What one of the two did, as the model notes it. `about` is the number of an invitation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noted {
    pub(super) number: usize,
    pub(super) at: LocalTime,
    pub(super) who: Who,
    pub(super) what: Try,
    pub(super) about: usize,
}

impl Noted {
    pub(super) fn is_private(&self) -> bool {
        matches!(self.what, Try::NotNow | Try::Reflect | Try::Skip)
    }
}

/// A round as the replaying machine has it.
#[derive(Debug, Clone)]
pub(super) struct Played {
    pub(super) invitations: Vec<usize>,
    pub(super) by: BTreeSet<Who>,
    pub(super) open_until: LocalTime,
    pub(super) typed: BTreeMap<Who, u32>,
    pub(super) started: BTreeSet<Who>,
    pub(super) began: Option<LocalTime>,
    pub(super) released: Option<LocalTime>,
    pub(super) left: BTreeSet<Who>,
    pub(super) over: bool,
    pub(super) said_ok: bool,
    pub(super) hidden: BTreeSet<Who>,
    pub(super) reflected: BTreeSet<Who>,
}

impl Played {
    pub(super) fn invites(&self, who: Who) -> bool {
        self.by.len() == 2 || !self.by.contains(&who)
    }

    pub(super) fn is_accepted(&self) -> bool {
        Who::BOTH.into_iter().all(|who| !self.invites(who) || self.typed.contains_key(&who))
    }

    /// What each is willing to stay, as far as it was said: what was typed and what was offered.
    pub(super) fn length_s(&self) -> u32 {
        self.typed.values().copied().chain(self.by.iter().map(|who| offers(*who))).min().unwrap()
    }

    pub(super) fn willing(&self, who: Who) -> u32 {
        self.typed.get(&who).copied().unwrap_or(offers(who))
    }

    pub(super) fn rests_until(&self, who: Who) -> Option<LocalTime> {
        let (began, length) = (self.began?, self.length_s());
        let full = began.plus(TimeDelta::seconds(i64::from(length)));
        let released = self.released.map_or(full, |at| at.min(full));
        let took_it = |who| self.willing(who) == length;
        (!took_it(who) || took_it(who.other())).then(|| released.plus(TimeDelta::minutes(20)))
    }
}

impl Played {
    pub(super) fn play(&mut self, noted: &Noted) {
        let who = noted.who;
        match noted.what {
            Try::Accept(max_s) => {
                self.typed.insert(who, max_s);
                self.hidden.remove(&who);
            }
            Try::NotNow => drop(self.hidden.insert(who)),
            Try::SayOk => {
                self.over = true;
                self.said_ok = true;
            }
            Try::Later | Try::Withdraw => self.over = true,
            Try::Start => drop(self.started.insert(who)),
            Try::Release => self.released = self.released.or(Some(noted.at)),
            Try::Leave => {
                self.left.insert(who);
                match self.began {
                    Some(_) => self.released = self.released.or(Some(noted.at)),
                    None => self.over = true,
                }
            }
            Try::Reflect | Try::Skip => drop(self.reflected.insert(who)),
            Try::Invite => {}
        }
        if self.began.is_none() && self.is_accepted() && self.started.iter().any(|who| self.invites(*who)) {
            self.began = Some(noted.at);
        }
    }
}
