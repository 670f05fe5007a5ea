//! Life: what two people would write in their journals, day after day, made from a seed.
//!
//! The demo plays a fortnight of it, the benches ten years. The same seed gives the same entries on every
//! machine. A journal that is well kept has entries of about 300 bytes.
//!
//! ```
//! use attune_tests::life::{Author, Life};
//!
//! let start = "2026-03-02".parse().unwrap();
//! let fortnight: Vec<_> = Life::new(7, Author::Kim, start, 14).collect();
//! assert_eq!(fortnight.len(), 140);
//! ```

mod acts;
mod calendar;
mod dice;
mod grammar;
mod items;
mod words;

use std::collections::VecDeque;

use attune_core::journal::{Audience, Body, EntryId, EntryIds, LocalTime};
use chrono::{Days, NaiveDate};

use acts::Plan;
use dice::Dice;
use items::Pen;

/// The two people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Author {
    /// Leans towards distance under stress, and travels for four days a year.
    Kim,
    /// Leans towards closeness under stress, and stays at home.
    Alex,
}

impl Author {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Kim, Self::Alex];

    /// The other one.
    pub fn partner(self) -> Self {
        match self {
            Self::Kim => Self::Alex,
            Self::Alex => Self::Kim,
        }
    }

    /// The name, as the other one writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kim => "Kim",
            Self::Alex => "Alex",
        }
    }
}

/// One person's entries in order of writing: exactly twenty on every two days.
///
/// Acts refer to earlier entries by ids that this generator made up, unless [`Life::logged`] tells it the
/// real ones; acts that answer the partner come only once [`Life::heard`] told of something to answer.
pub struct Life {
    author: Author,
    dice: Dice,
    date: NaiveDate,
    day: u64,
    days: u64,
    all_shared: bool,
    times: VecDeque<LocalTime>,
    plans: VecDeque<(u32, Plan)>,
    ids: EntryIds,
    last: Option<Last>,
}

/// What was written last, and is not yet under its id.
struct Last {
    id: EntryId,
    audience: Audience,
    body: Body,
    source: Option<EntryId>,
}

impl Life {
    /// `days` days from `start` on.
    pub fn new(seed: u64, author: Author, start: NaiveDate, days: u32) -> Self {
        Self {
            author,
            dice: Dice::new(seed, 1 + author as u64),
            date: start,
            day: 0,
            days: days.into(),
            all_shared: false,
            times: VecDeque::new(),
            plans: VecDeque::new(),
            ids: EntryIds::default(),
            last: None,
        }
    }

    /// The same life of someone who shares everything at once: snapshots and shared acts alone, ten a day.
    #[must_use]
    pub fn all_shared(mut self) -> Self {
        self.all_shared = true;
        self
    }

    /// Tells under which id the last entry was kept, so that later acts refer to that.
    pub fn logged(&mut self, id: EntryId) {
        if let Some(last) = &mut self.last {
            last.id = id;
        }
    }

    /// The own entry that the last one, a snapshot, was copied from.
    pub fn copied_from(&self) -> Option<EntryId> {
        self.last.as_ref().and_then(|last| last.source)
    }

    /// Tells of an entry of the partner's that came over, so that it may be answered.
    pub fn heard(&mut self, id: EntryId, body: &Body) {
        self.plans.extend(acts::answers_to(id, body, &mut self.dice));
    }

    fn next_time(&mut self) -> Option<LocalTime> {
        while self.times.is_empty() && self.day < self.days {
            let swing = Dice::new(self.day / 2, 99).between(0, 4);
            let count = if self.day.is_multiple_of(2) { 8 + swing } else { 12 - swing };
            let date = self.date.checked_add_days(Days::new(self.day))?;
            let travels = self.author == Author::Kim;
            self.times = calendar::times_of_day(date, self.day, travels, count, &mut self.dice).into();
            self.day += 1;
        }
        self.times.pop_front()
    }

    fn next_plan(&mut self, now: LocalTime) -> Plan {
        for (wait, _) in &mut self.plans {
            *wait = wait.saturating_sub(1);
        }
        let due = self.plans.iter().position(|(wait, _)| *wait == 0);
        due.and_then(|at| self.plans.remove(at)).map_or_else(|| acts::new_plan(now, &mut self.dice), |(_, plan)| plan)
    }
}

impl Iterator for Life {
    type Item = (Audience, LocalTime, Body);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(last) = self.last.take() {
            let follow = acts::after(last.id, last.audience, &last.body, last.source, self.all_shared, &mut self.dice);
            self.plans.extend(follow);
        }
        let now = self.next_time()?;
        let (audience, body, source) = loop {
            let plan = self.next_plan(now);
            let source = plan.copies();
            let distant = self.author == Author::Kim;
            let mut pen = Pen { partner: self.author.partner().name(), distant, dice: &mut self.dice };
            let (audience, body) = plan.carry_out(now, &mut pen);
            match audience {
                Audience::OnlyMe if self.all_shared => {
                    if let Some(copy) = acts::copy_of(&body) {
                        break (Audience::Both, copy, None);
                    }
                }
                _ => break (audience, body, source),
            }
        };
        let id = self.ids.next(audience, now.unix_ms(), self.dice.bytes());
        self.last = Some(Last { id, audience, body: body.clone(), source });
        Some((audience, now, body))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use attune_core::journal::{Envelope, FoldVersion, item_kinds};

    use super::*;

    fn life(seed: u64, author: Author, days: u32) -> Life {
        Life::new(seed, author, "2026-03-02".parse().unwrap(), days)
    }

    fn size(body: &Body) -> usize {
        Envelope { body: body.clone(), supersedes: None, needs: FoldVersion::CURRENT }.write().unwrap().len()
    }

    #[test]
    fn the_same_seed_gives_the_same_life_and_another_seed_another() {
        for author in Author::BOTH {
            let once: Vec<_> = life(7, author, 30).collect();
            assert_eq!(once, life(7, author, 30).collect::<Vec<_>>());
            assert_ne!(once, life(8, author, 30).collect::<Vec<_>>());
            assert_ne!(once, life(7, author.partner(), 30).collect::<Vec<_>>());
        }
    }

    #[test]
    fn twenty_valid_entries_of_about_300_bytes_come_every_two_days() {
        for lives in [Author::BOTH.map(|a| life(1, a, 500)), Author::BOTH.map(|a| life(1, a, 500).all_shared())] {
            let sizes: Vec<_> = lives.into_iter().flatten().map(|(_, _, body)| size(&body)).collect();
            assert_eq!(sizes.len(), 10_000);
            let mean = sizes.iter().sum::<usize>() / sizes.len();
            assert!((240..=330).contains(&mean), "{mean} bytes an entry");
        }
    }

    #[test]
    fn every_kind_of_item_comes_up_and_a_part_of_it_is_shared() {
        let mut kinds = BTreeMap::<_, u32>::new();
        for (audience, _, body) in life(3, Author::Alex, 1000) {
            *kinds.entry((audience, body.kind().to_owned())).or_default() += 1;
        }
        for kind in item_kinds() {
            assert!(kinds.contains_key(&(Audience::OnlyMe, kind.to_owned())), "{kind} never comes up");
        }
        let shared: u32 = kinds.iter().filter(|((audience, _), _)| *audience == Audience::Both).map(|(_, n)| n).sum();
        assert!((1300..3500).contains(&shared), "{shared} of 10,000 are shared: {kinds:?}");
    }

    #[test]
    fn time_only_moves_forward_with_one_journey_and_summer_time() {
        let times: Vec<_> = life(5, Author::Kim, 60).map(|(_, written, _)| written).collect();
        assert!(times.is_sorted());
        let offsets: BTreeSet<_> = times.iter().map(|written| written.offset_min()).collect();
        assert_eq!(offsets, [-300, 60, 120].into());
        let abroad = life(5, Author::Kim, 14).filter(|(_, written, _)| written.offset_min() < 0).count();
        assert!((32..=48).contains(&abroad), "{abroad} entries abroad");
    }

    #[test]
    fn acts_refer_to_the_ids_under_which_entries_were_kept() {
        let mut life = life(2, Author::Kim, 60);
        let mut kept = BTreeSet::new();
        let mut references = 0;
        while let Some((_, _, body)) = life.next() {
            let id = EntryId::from_bytes(std::array::from_fn(|_| u8::try_from(kept.len() % 251).unwrap()));
            for referred in body.refers_to() {
                assert!(kept.contains(&referred), "{body:?}");
                references += 1;
            }
            kept.insert(id);
            life.logged(id);
        }
        assert!(references > 50);
    }

    #[test]
    fn what_the_partner_begins_is_answered() {
        let mut life = life(2, Author::Kim, 3);
        let (request, turn) = (EntryId::from_bytes([1; 16]), EntryId::from_bytes([2; 16]));
        let asked = attune_core::journal::Request { text: "Tea?".into() }.into();
        life.heard(request, &acts::copy_of(&asked).unwrap());
        life.heard(turn, &attune_core::journal::TurnBegin { listens: true, swapped_from: None }.into());
        let refers: BTreeSet<_> = life.flat_map(|(_, _, body)| body.refers_to()).collect();
        assert!(refers.is_superset(&[request, turn].into()));
    }
}
