//! Comparing, in rounds, over a connection: offers both ways, then tags both ways.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::comparison::{Comparison, Offer, Role, Tag};
use crate::journal::EntryId;
use crate::random::Randomness;

/// The kind of a message with offers, among those that the exchange carries for the layer above.
const OFFERS: u8 = 0;
/// The kind of a message with tags.
const TAGS: u8 = 1;
/// After the start of a meeting it is compared this often, whatever anybody taps.
const SCHEDULE: Duration = Duration::from_secs(60);
/// A partner who has not answered for so long is not waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// So many repairs are compared in one round; more are not paused at once.
const MOST: usize = 16;

/// A repair that is paused, and whether this person is ready.
pub type Paused = (EntryId, bool);

/// The comparisons of one meeting.
///
/// It does no input or output: after every call the owner drains [`Self::poll_message`] and
/// [`Self::poll_both_ready`], and is back at [`Self::next_timeout`].
pub struct Readiness {
    role: Role,
    session: [u8; 32],
    randomness: Arc<dyn Randomness>,
    /// How many rounds there were.
    number: u32,
    round: Option<Round>,
    next: Duration,
    outgoing: VecDeque<(u8, Vec<u8>)>,
    both_ready: VecDeque<EntryId>,
}

/// A round that is not over: the partner's tags are awaited, or even the offers.
struct Round {
    comparisons: BTreeMap<EntryId, Comparison>,
    theirs: BTreeMap<EntryId, Offer>,
    until: Duration,
}

impl Readiness {
    /// The comparisons of a meeting with this handshake hash. The first one is at its start.
    pub fn new(role: Role, session: [u8; 32], randomness: Arc<dyn Randomness>) -> Self {
        Self {
            role,
            session,
            randomness,
            number: 0,
            round: None,
            next: Duration::ZERO,
            outgoing: VecDeque::new(),
            both_ready: VecDeque::new(),
        }
    }

    /// Begins a round, unless one is under way, or nothing is paused: then there is nothing to say, as
    /// the partner's phone knows as well.
    pub fn begin(&mut self, now: Duration, paused: &[Paused]) {
        self.next = now + SCHEDULE;
        if self.round.is_none() && !paused.is_empty() {
            self.number = self.number.saturating_add(1);
            self.offer(now, paused);
        }
    }

    /// Whether a round is due by the schedule.
    pub fn is_due(&self, now: Duration) -> bool {
        now >= self.next
    }

    /// Gives up a round in which the partner's phone does not answer.
    pub fn handle_timeout(&mut self, now: Duration) {
        if self.round.as_ref().is_some_and(|round| now >= round.until) {
            self.round = None;
        }
    }

    /// Takes a message from the partner. One that makes no sense is none.
    pub fn handle_message(&mut self, now: Duration, kind: u8, bytes: &[u8], paused: &[Paused]) {
        let Some((number, items)) = read(bytes) else { return };
        match kind {
            OFFERS if number >= self.number => self.handle_offers(now, number, items, paused),
            TAGS if number == self.number => self.handle_tags(&items),
            _ => {}
        }
    }

    /// A message to send: its kind, and what it says.
    pub fn poll_message(&mut self) -> Option<(u8, Vec<u8>)> {
        self.outgoing.pop_front()
    }

    /// A repair for which both are ready.
    pub fn poll_both_ready(&mut self) -> Option<EntryId> {
        self.both_ready.pop_front()
    }

    /// Whether a round is under way.
    pub fn is_comparing(&self) -> bool {
        self.round.is_some()
    }

    /// When to look again, if nothing else happens before.
    pub fn next_timeout(&self) -> Duration {
        self.round.as_ref().map_or(self.next, |round| round.until.min(self.next))
    }

    fn offer(&mut self, now: Duration, paused: &[Paused]) {
        let begin = |(repair, ready): &Paused| {
            (*repair, Comparison::begin(self.role, *repair, &self.session, self.number, *ready, &*self.randomness))
        };
        let comparisons: BTreeMap<_, _> = paused.iter().take(MOST).map(begin).collect();
        let offers = comparisons.iter().map(|(repair, comparison)| (*repair, comparison.offer())).collect();
        self.outgoing.push_back((OFFERS, write(self.number, &offers)));
        self.round = Some(Round { comparisons, theirs: BTreeMap::new(), until: now + PATIENCE });
    }

    fn handle_offers(&mut self, now: Duration, number: u32, theirs: BTreeMap<EntryId, Offer>, paused: &[Paused]) {
        if number > self.number {
            self.number = number;
            self.next = now + SCHEDULE;
            self.offer(now, paused);
        }
        let Some(round) = &mut self.round else { return };
        let tags = round.comparisons.iter().filter_map(|(repair, comparison)| {
            let tag: Tag = comparison.tag(theirs.get(repair)?).ok()?;
            Some((*repair, tag))
        });
        self.outgoing.push_back((TAGS, write(number, &tags.collect())));
        round.theirs = theirs;
    }

    fn handle_tags(&mut self, tags: &BTreeMap<EntryId, Tag>) {
        let Some(round) = self.round.take() else { return };
        for (repair, comparison) in &round.comparisons {
            if let (Some(offer), Some(tag)) = (round.theirs.get(repair), tags.get(repair))
                && comparison.is_match(offer, tag) == Ok(true)
            {
                self.both_ready.push_back(*repair);
            }
        }
    }
}

/// `number ‖ (repair ‖ 32 bytes)…`
fn write(number: u32, items: &BTreeMap<EntryId, [u8; 32]>) -> Vec<u8> {
    let mut bytes = number.to_be_bytes().to_vec();
    for (repair, item) in items {
        bytes.extend_from_slice(repair.as_bytes());
        bytes.extend_from_slice(item);
    }
    bytes
}

fn read(bytes: &[u8]) -> Option<(u32, BTreeMap<EntryId, [u8; 32]>)> {
    let (number, mut rest) = bytes.split_first_chunk::<4>()?;
    let mut items = BTreeMap::new();
    while let Some((repair, after)) = rest.split_first_chunk::<16>() {
        let (item, after) = after.split_first_chunk::<32>()?;
        items.insert(EntryId::from_bytes(*repair), *item);
        rest = after;
    }
    (rest.is_empty() && items.len() <= MOST).then(|| (u32::from_be_bytes(*number), items))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::SeededRandomness;

    const A: EntryId = EntryId::from_bytes([1; 16]);
    const B: EntryId = EntryId::from_bytes([2; 16]);

    fn pair(seed: u64) -> [Readiness; 2] {
        [Role::Dialler, Role::Listener].map(|role| {
            let randomness = SeededRandomness::new(seed, u64::from(role == Role::Dialler));
            Readiness::new(role, [7; 32], Arc::new(randomness))
        })
    }

    type Said = Vec<(u8, Vec<u8>)>;

    /// Carries everything to and fro; returns what each learned, and all that was said.
    fn talk(phones: &mut [Readiness; 2], paused: [&[Paused]; 2]) -> ([Vec<EntryId>; 2], Said) {
        let mut said = Vec::new();
        loop {
            let before = said.len();
            for from in [0, 1] {
                while let Some((kind, bytes)) = phones[from].poll_message() {
                    phones[1 - from].handle_message(Duration::ZERO, kind, &bytes, paused[1 - from]);
                    said.push((kind, bytes));
                }
            }
            if said.len() == before {
                break;
            }
        }
        (phones.each_mut().map(|phone| std::iter::from_fn(|| phone.poll_both_ready()).collect()), said)
    }

    proptest! {
        #[test]
        fn both_learn_alike_whoever_begins_and_the_bytes_are_as_many_and_in_the_same_order(
            ready in any::<[bool; 4]>(), begins in 0..3_usize, seed in any::<u64>(),
        ) {
            let mut phones = pair(seed);
            let paused = [[(A, ready[0]), (B, ready[1])], [(A, ready[2]), (B, ready[3])]];
            for (at, phone) in phones.iter_mut().enumerate().filter(|(at, _)| begins == 2 || begins == *at) {
                phone.begin(Duration::ZERO, &paused[at]);
            }
            let (learned, said) = talk(&mut phones, [&paused[0], &paused[1]]);
            let both: Vec<_> = [(A, ready[0] && ready[2]), (B, ready[1] && ready[3])]
                .into_iter().filter(|(_, both)| *both).map(|(repair, _)| repair).collect();
            prop_assert_eq!(learned, [both.clone(), both]);
            prop_assert!(phones.iter().all(|phone| !phone.is_comparing()));
            prop_assert_eq!(said.iter().map(|(_, bytes)| bytes.len()).collect::<Vec<_>>(), [100; 4]);
        }

        #[test]
        fn whatever_a_partner_says_is_borne(messages in prop::collection::vec((0..4_u8, prop::collection::vec(any::<u8>(), 0..120)), 0..8)) {
            let [mut phone, _] = pair(1);
            phone.begin(Duration::ZERO, &[(A, true)]);
            for (kind, bytes) in messages {
                phone.handle_message(Duration::ZERO, kind, &bytes, &[(A, true)]);
            }
            prop_assert_eq!(phone.poll_both_ready(), None);
        }
    }

    #[test]
    fn a_repair_that_only_one_phone_knows_of_is_left_aside() {
        let mut phones = pair(3);
        phones[0].begin(Duration::ZERO, &[(A, true)]);
        let (learned, _) = talk(&mut phones, [&[(A, true)], &[]]);
        assert_eq!(learned, [vec![], vec![]]);
        phones[1].begin(Duration::ZERO, &[(A, true)]);
        let (learned, _) = talk(&mut phones, [&[(A, true)], &[(A, true)]]);
        assert_eq!(learned, [vec![A], vec![A]], "the next round is one of its own");
    }

    #[test]
    fn nothing_is_said_where_nothing_is_paused_and_a_silent_partner_is_given_up() {
        let [mut phone, _] = pair(1);
        phone.begin(Duration::ZERO, &[]);
        assert_eq!(phone.poll_message(), None);
        assert_eq!(phone.next_timeout(), SCHEDULE);
        phone.begin(Duration::ZERO, &[(A, true)]);
        assert_eq!(phone.next_timeout(), PATIENCE);
        phone.handle_timeout(PATIENCE);
        assert!(!phone.is_comparing() && !phone.is_due(PATIENCE) && phone.is_due(SCHEDULE));
    }
}
