//! What holds whatever happens: any order of writing, erasing, meeting, cutting, backing up and
//! restoring, on either phone.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use proptest::prelude::*;

use super::*;
use crate::journal::Record;
use crate::sync::exchange::chaining::erased_by;

/// What may happen.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Write {
        who: bool,
        years: i64,
        length: usize,
    },
    Erase {
        who: bool,
        which: prop::sample::Index,
    },
    /// Messages are delivered in the order of the bits, until the cut.
    Meet {
        order: u64,
        cut: Option<usize>,
        live: bool,
    },
    Backup {
        who: bool,
    },
    /// An unnoticed restore goes on writing under the same device, as if nothing had happened.
    Restore {
        who: bool,
        which: prop::sample::Index,
        noticed: bool,
    },
    /// Everything is gone but the seed.
    Lose {
        who: bool,
    },
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    let who = any::<bool>;
    let years = prop_oneof![8 => Just(0_i64), 1 => -3_i64..4];
    prop_oneof![
        6 => (who(), years, prop_oneof![9 => 0_usize..40, 1 => Just(15_000)])
            .prop_map(|(who, years, length)| Step::Write { who, years, length }),
        2 => (who(), any::<prop::sample::Index>()).prop_map(|(who, which)| Step::Erase { who, which }),
        4 => (any::<u64>(), proptest::option::weighted(0.7, 0_usize..24), any::<bool>())
            .prop_map(|(order, cut, live)| Step::Meet { order, cut, live }),
        1 => who().prop_map(|who| Step::Backup { who }),
        2 => (who(), any::<prop::sample::Index>(), any::<bool>())
            .prop_map(|(who, which, noticed)| Step::Restore { who, which, noticed }),
        1 => who().prop_map(|who| Step::Lose { who }),
    ]
}

struct World<S> {
    phones: [Phone<S>; 2],
    backups: [Vec<S>; 2],
    minute: i64,
    seeds: u64,
}

impl<S: OwnShelf> World<S> {
    fn new() -> Self {
        let (mut a, mut b) = pair_on::<S>();
        let backups = [vec![a.shelf.back_up()], vec![b.shelf.back_up()]];
        Self { phones: [a, b], backups, minute: 0, seeds: 100 }
    }

    fn take(&mut self, step: &Step) {
        self.minute += 1;
        self.seeds += 1;
        match step {
            Step::Write { who, years, length } => self.write(*who, *years, *length),
            Step::Erase { who, which } => self.erase(*who, which),
            Step::Meet { order, cut, live } => self.meet(*order, *cut, *live),
            Step::Backup { who } => {
                let backup = self.phones[usize::from(*who)].shelf.back_up();
                self.backups[usize::from(*who)].push(backup);
            }
            Step::Restore { who, which, noticed } => {
                let backups = &mut self.backups[usize::from(*who)];
                let at = which.index(backups.len());
                let mut shelf = backups[at].back_up();
                shelf.reseed(self.seeds);
                if *noticed {
                    shelf.become_another_device();
                }
                self.phones[usize::from(*who)].shelf = shelf;
            }
            Step::Lose { who } => self.phones[usize::from(*who)].shelf = S::new(self.seeds),
        }
    }

    fn write(&mut self, who: bool, years: i64, length: usize) {
        let minute = self.minute + years * 525_600;
        self.phones[usize::from(who)].write(minute, &"w".repeat(length));
    }

    fn erase(&mut self, who: bool, which: &prop::sample::Index) {
        let minute = self.minute;
        let phone = &mut self.phones[usize::from(who)];
        let log = phone.shelf.log(Whose::Mine);
        let ids: Vec<_> =
            log.iter().filter(|(name, _)| !name.is_erasures()).flat_map(|(_, r)| r).map(|r| r.id).collect();
        if !ids.is_empty() {
            phone.shelf.erase(at(minute), &[ids[which.index(ids.len())]]);
        }
    }

    fn meet(&mut self, order: u64, cut: Option<usize>, live: bool) {
        let before = self.everything();
        let mut bits = order;
        let mut on_the_way = [VecDeque::new(), VecDeque::new()];
        self.phones.iter_mut().for_each(Phone::restart);
        for delivered in 0.. {
            for (from, way) in on_the_way.iter_mut().enumerate() {
                way.extend(self.phones[from].poll());
            }
            if cut == Some(delivered) || on_the_way.iter().all(VecDeque::is_empty) {
                break;
            }
            bits = bits.rotate_left(1);
            let first = usize::try_from(bits & 1).unwrap();
            let from = if on_the_way[first].is_empty() { 1 - first } else { first };
            let message = on_the_way[from].pop_front().unwrap();
            self.phones[1 - from].handle(&message);
            if live && delivered % 3 == 2 && delivered < 12 {
                self.minute += 1;
                self.write(from == 0, 0, 5);
                let phone = &mut self.phones[usize::from(from == 0)];
                phone.exchange.handle_local_change(Duration::ZERO, &mut phone.shelf);
            }
        }
        for phone in &mut self.phones {
            phone.exchange.handle_closed();
            phone.poll();
            assert_eq!(phone.ended(), Some(Ended::Interrupted));
            assert!(phone.exchange.counters().entries_dropped <= 8192);
        }
        let after = self.everything();
        for (before, after) in before.iter().zip(&after) {
            let erased = erased(after);
            for (id, record) in before {
                assert!(erased.contains(id) || after.get(id) == Some(record), "a meeting lost an entry");
            }
        }
    }

    /// Of each owner, every entry that is on either phone.
    fn everything(&mut self) -> [BTreeMap<EntryId, Record>; 2] {
        [0, 1].map(|owner| {
            let mine = self.phones[owner].shelf.log(Whose::Mine);
            let copy = self.phones[1 - owner].shelf.log(Whose::Theirs);
            let records = mine.into_values().chain(copy.into_values()).flatten();
            records.map(|record| (record.id, record)).collect()
        })
    }
}

fn erased(entries: &BTreeMap<EntryId, Record>) -> BTreeSet<EntryId> {
    entries.values().flat_map(erased_by).collect()
}

/// So many cases, or as many as `ATTUNE_CASES` says.
pub(crate) fn cases(usual: u32) -> u32 {
    std::env::var("ATTUNE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

/// Takes the steps, and then two meetings that nothing disturbs: the first brings both phones to the same
/// logs, with everything in them that was on either, and the second finds nothing to say.
pub(crate) fn two_phones_agree_after<S: OwnShelf>(steps: &[Step]) -> Result<(), TestCaseError> {
    let mut world = World::<S>::new();
    for step in steps {
        world.take(step);
    }
    let left = world.everything();
    world.meet(0x5555_5555_5555_5555, None, false);
    let [a, b] = &mut world.phones;
    assert_equal_logs(a, b);
    prop_assert!(a.is_caught_up() && b.is_caught_up());
    for (owner, left) in left.iter().enumerate() {
        let log: BTreeMap<_, _> =
            world.phones[owner].shelf.log(Whose::Mine).into_values().flatten().map(|r| (r.id, r)).collect();
        let erased = erased(left);
        let kept = left.keys().filter(|id| !erased.contains(id));
        prop_assert!(log.keys().eq(kept), "erasing wins, and nothing else is lost");
    }
    let [a, b] = &mut world.phones;
    meet(a, b);
    prop_assert_eq!(a.exchange.counters().entries_sent + b.exchange.counters().entries_sent, 0);
    prop_assert_eq!(a.exchange.counters().round_trips, 1);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(300)))]

    #[test]
    fn whatever_happens_two_phones_come_to_the_same_logs_and_nothing_is_lost(
        steps in proptest::collection::vec(step(), 1..40)
    ) {
        two_phones_agree_after::<MemoryShelf>(&steps)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(40)))]

    #[test]
    fn a_cut_anywhere_costs_at_most_one_batch(cuts in proptest::collection::vec(0_usize..12, 1..6), order in any::<u64>()) {
        let mut world = World::<MemoryShelf>::new();
        let one_batch = (limits::NEWEST_MONTH_BYTES / 1000 + 1) as u64;
        for minute in 0..600 {
            world.phones[0].write(minute, &"w".repeat(1000));
            world.phones[1].write(minute, &"w".repeat(1000));
        }
        let mut arrived = [0; 2];
        for cut in cuts.iter().copied().map(Some).chain([None]) {
            world.meet(order, cut, false);
            for (phone, arrived) in world.phones.iter().zip(&mut arrived) {
                let counters = phone.exchange.counters();
                *arrived += counters.entries_received;
                prop_assert!(counters.entries_dropped <= one_batch, "{} entries came in vain", counters.entries_dropped);
            }
        }
        let [a, b] = &mut world.phones;
        assert_equal_logs(a, b);
        prop_assert_eq!(arrived, [600, 600], "nothing is kept twice");
    }
}
