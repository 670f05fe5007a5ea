//! Fuzz targets: what a partner's phone with a hostile app can send once it is authenticated.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::limits::{BATCH_BYTES, BATCH_ENTRIES};
use super::message::Message;
use super::pack::{Parts, columns, pack, put_ids, unpack};
use super::{Exchange, ExchangeConfig, ExchangeEvent, Limits};
use crate::fuzzing::Seed;
use crate::journal::{Body, DeviceId, DocumentName, LocalTime, MAX_VALUE_BYTES, Month, Record, Whose, Worry};
use crate::sync::{CoupleId, Ended, MemoryShelf, PersonSeed};

/// A message: whatever is read is written again in a form that reads the same.
pub(crate) fn exchange_message(data: &[u8]) -> bool {
    let Ok(message) = Message::read(data) else { return false };
    assert_eq!(Message::read(&message.write()).as_ref(), Ok(&message), "a message changes when it is written again");
    true
}

/// Packed entries: no more comes out than a batch may hold, and it packs and unpacks to the same.
pub(crate) fn exchange_packed(data: &[u8]) -> bool {
    let Ok(parts) = unpack(data) else { return false };
    let records = || parts.iter().flat_map(|(_, records)| records);
    assert!(records().count() <= BATCH_ENTRIES, "a batch has too many entries");
    assert!(records().all(|record| record.value.len() <= MAX_VALUE_BYTES), "a value is too long");
    assert!(records().map(|record| record.value.len()).sum::<usize>() <= BATCH_BYTES, "a batch is too long");
    assert_eq!(unpack(&pack(&parts)).as_ref(), Ok(&parts), "entries change when they are packed again");
    true
}

/// The same, of what stands within the compression, where mutations reach deeper: after two bytes of
/// length what stands before it, and then the columns.
pub(crate) fn exchange_columns(data: &[u8]) -> bool {
    let Some((len, rest)) = data.split_first_chunk() else { return false };
    let (ids, columns) = rest.split_at(rest.len().min(usize::from(u16::from_be_bytes(*len))));
    zstd::bulk::compress(columns, 1).is_ok_and(|columns| exchange_packed(&[ids, &columns].concat()))
}

/// A conversation: after a byte for the state of this phone (odd: it was restored from a backup), any
/// messages, each after two bytes of length. This phone's own log never changes but by what it had itself
/// sealed, and the end is no failure of its own.
pub(crate) fn exchange_partner(data: &[u8]) -> bool {
    let Some((state, mut rest)) = data.split_first() else { return false };
    let mut couple = Couple::new();
    let before = couple.bob.entries(Whose::Mine);
    if state % 2 == 1 {
        couple.bob.shelf = couple.backup;
    }
    let held = couple.bob.entries(Whose::Mine);
    let mut bob = couple.bob;
    bob.exchange.start(NOW, &mut bob.shelf);
    bob.exchange.settle(NOW, &mut bob.shelf);
    while let Some((len, more)) = rest.split_first_chunk() {
        let (message, more) = more.split_at(more.len().min(usize::from(u16::from_be_bytes(*len))));
        bob.exchange.handle_message(NOW, message, &mut bob.shelf);
        rest = more;
    }
    bob.poll();
    let after = bob.entries(Whose::Mine);
    assert!(after.is_superset(&held), "an own entry is gone");
    assert!(after.is_subset(&before), "words were put into the own log");
    assert!(
        bob.entries(Whose::Theirs).iter().all(|record| record.value.len() <= MAX_VALUE_BYTES),
        "a value is too long"
    );
    match bob.ended {
        None | Some(Ended::PartnerLeft) => true,
        Some(Ended::Refused(_) | Ended::RefusedByPartner(_)) => false,
        Some(ended) => {
            assert_eq!(ended, Ended::PartnerLeft, "the phone blames itself");
            false
        }
    }
}

/// One message of each kind, from honest conversations.
pub(crate) fn exchange_message_seeds() -> Vec<Seed> {
    let mut seeds = BTreeMap::new();
    for message in [false, true].into_iter().flat_map(|restored| conversation(restored).all) {
        let name = match Message::read(&message) {
            Ok(Message::Open(_)) => "open",
            Ok(Message::Batch(_)) => "batch",
            Ok(Message::Ack(_)) => "ack",
            Ok(Message::Held(_)) => "held",
            Ok(Message::Want(_)) => "want",
            Ok(Message::Returned(_)) => "returned",
            Ok(Message::Agreed(_)) => "agreed",
            Ok(Message::Settle(_)) => "settle",
            Ok(Message::Settled(_)) => "settled",
            Ok(Message::Goodbye) => "goodbye",
            Ok(Message::Refused(_)) => "refused",
            Ok(Message::Other(..)) => "other",
            Err(_) => "unreadable",
        };
        seeds.entry(name).or_insert(message);
    }
    seeds.extend([("refused", Message::Refused(3).write()), ("other", Message::Other(7, vec![1, 2, 3]).write())]);
    seeds.into_iter().collect()
}

pub(crate) fn exchange_packed_seeds() -> Vec<Seed> {
    vec![("two_documents", pack(&parts())), ("nothing", pack(&Parts::new()))]
}

pub(crate) fn exchange_column_seeds() -> Vec<Seed> {
    let mut ids = Vec::new();
    put_ids(&parts(), &mut ids);
    let len = u16::try_from(ids.len()).unwrap_or(u16::MAX).to_be_bytes();
    vec![("two_documents", [&len[..], &ids, &columns(&parts())].concat())]
}

pub(crate) fn exchange_partner_seeds() -> Vec<Seed> {
    let framed = |restored| {
        let frame = |message: Vec<u8>| {
            let len = u16::try_from(message.len()).unwrap_or(u16::MAX);
            [&len.to_be_bytes()[..], &message].concat()
        };
        let messages: Vec<u8> = conversation(restored).by_ada.into_iter().flat_map(frame).collect();
        [&[u8::from(restored)][..], &messages].concat()
    };
    vec![("news", framed(false)), ("restored", framed(true))]
}

/// What is said in an honest conversation in which Ada's phone has news.
fn conversation(restored: bool) -> Said {
    let mut couple = Couple::new();
    if restored {
        couple.bob.shelf = couple.backup;
    }
    let (mut ada, mut bob) = (couple.ada, couple.bob);
    ada.write(100, "news");
    ada.exchange.start(NOW, &mut ada.shelf);
    bob.exchange.start(NOW, &mut bob.shelf);
    ada.exchange.settle(NOW, &mut ada.shelf);
    let mut said = talk(&mut ada, &mut bob);
    bob.exchange.settle(NOW, &mut bob.shelf);
    let more = talk(&mut ada, &mut bob);
    ada.exchange.end();
    let last = ada.poll();
    said.by_ada.extend(more.by_ada.into_iter().chain(last.clone()));
    said.all.extend(more.all.into_iter().chain(last));
    said
}

#[derive(Default)]
struct Said {
    by_ada: Vec<Vec<u8>>,
    all: Vec<Vec<u8>>,
}

/// Carries messages until both are quiet.
fn talk(ada: &mut Phone, bob: &mut Phone) -> Said {
    let mut said = Said::default();
    loop {
        let (from_ada, from_bob) = (ada.poll(), bob.poll());
        if from_ada.is_empty() && from_bob.is_empty() {
            return said;
        }
        from_ada.iter().for_each(|message| bob.exchange.handle_message(NOW, message, &mut bob.shelf));
        from_bob.iter().for_each(|message| ada.exchange.handle_message(NOW, message, &mut ada.shelf));
        said.by_ada.extend(from_ada.clone());
        said.all.extend(from_ada.into_iter().chain(from_bob));
    }
}

const NOW: Duration = Duration::ZERO;

/// Two phones that have met, and a backup of Bob's from before.
pub(in crate::sync) struct Couple {
    ada: Phone,
    pub(in crate::sync) bob: Phone,
    pub(in crate::sync) backup: MemoryShelf,
}

impl Couple {
    pub(in crate::sync) fn new() -> Self {
        let (mut ada, mut bob) = (Phone::new(1, 2), Phone::new(2, 1));
        bob.write(0, "before the backup");
        let mut backup = bob.shelf.clone();
        backup.become_another_device();
        ada.write(1, "an evening");
        bob.write(2, "shared, and then lost");
        ada.exchange.start(NOW, &mut ada.shelf);
        bob.exchange.start(NOW, &mut bob.shelf);
        talk(&mut ada, &mut bob);
        // What happens next is a new conversation.
        let fresh = |phone: Phone, me, partner| Phone { exchange: Phone::new(me, partner).exchange, ..phone };
        Self { ada: fresh(ada, 1, 2), bob: fresh(bob, 2, 1), backup }
    }
}

pub(in crate::sync) struct Phone {
    pub(in crate::sync) shelf: MemoryShelf,
    exchange: Exchange,
    ended: Option<Ended>,
}

impl Phone {
    fn new(me: u8, partner: u8) -> Self {
        Self { shelf: MemoryShelf::new(u64::from(me)), exchange: Exchange::new(config(me, partner)), ended: None }
    }

    fn write(&mut self, minute: i64, text: &str) {
        if let Some(time) = at(minute) {
            self.shelf.write(time, &Body::from(Worry { text: text.to_owned() }));
        }
    }

    fn poll(&mut self) -> Vec<Vec<u8>> {
        while let Some(event) = self.exchange.poll_event() {
            if let ExchangeEvent::Ended(ended) = event {
                self.ended = Some(ended);
            }
        }
        std::iter::from_fn(|| self.exchange.poll_message()).collect()
    }

    fn entries(&self, whose: Whose) -> BTreeSet<Record> {
        self.shelf.log(whose).into_values().flatten().collect()
    }
}

/// What an exchange of one of two people with the other must know.
pub(in crate::sync) fn config(me: u8, partner: u8) -> ExchangeConfig {
    let seed = |name| PersonSeed::from_bytes([name; 32]);
    ExchangeConfig {
        pairing: CoupleId::from_bytes([7; 16]),
        me: seed(me).public(),
        partner: seed(partner).public(),
        seal_key: seed(me).seal_key(),
        limits: Limits::default(),
    }
}

fn parts() -> Parts {
    let mut shelf = MemoryShelf::new(3);
    let name = |month| DocumentName { device: DeviceId([9; 16]), month: Month(month) };
    for (minute, time) in (0..4).filter_map(|minute| Some((minute, at(minute)?))) {
        shelf.write_value(name(24_315 + u32::from(minute % 2 == 0)), time, vec![0xa0; 30]);
    }
    shelf.log(Whose::Mine).into_iter().collect()
}

/// Minutes after an evening in March 2026.
fn at(minute: i64) -> Option<LocalTime> {
    LocalTime::new(1_772_300_000_000 + minute * 60_000, 60).ok()
}
