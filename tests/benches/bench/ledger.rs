//! Ledgers: what two people wrote over the years, as records, and how they get into a file quickly.

use std::collections::BTreeMap;

use attune_core::SeededRandomness;
use attune_core::journal::{
    Audience, Body, Chain, DeviceId, DocumentName, EntryIds, Envelope, FoldVersion, LocalTime, Record,
};
use attune_core::store::Store;
use attune_core::sync::{Received, ReceivedDocument, Seal, Shelf};
use attune_core::{Randomness, Stream};
use attune_tests::life::Life;
use chrono::{Days, NaiveDate};

/// The day before which all ledgers end.
const END: &str = "2026-01-01";

/// The last `days` days of these lives, ten entries a day each, in order of writing, as one log.
pub(crate) fn ledger(days: u32, lives: impl Fn(NaiveDate) -> Vec<Life>) -> Vec<(Audience, Record)> {
    let start = END.parse::<NaiveDate>().unwrap() - Days::new(days.into());
    let mut lines: Vec<(Audience, LocalTime, Body)> = lives(start).into_iter().flatten().collect();
    lines.sort_by_key(|(_, written, _)| *written);
    let (mut ids, randomness) = (EntryIds::default(), SeededRandomness::new(1, 0));
    let record = |(audience, written, body): (Audience, LocalTime, Body)| {
        let mut random = [0; 6];
        randomness.fill(Stream::Shared, &mut random);
        let id = ids.next(audience, written.unix_ms(), random);
        let value = Envelope { body, supersedes: None, needs: FoldVersion::CURRENT }.write().unwrap();
        (audience, Record { id, written, value })
    };
    lines.into_iter().map(record).collect()
}

/// Writes own entries into a file, many in one transaction.
pub(crate) fn keep_own(store: &mut Store, entries: &[(Audience, Record)]) {
    entries.chunks(300).for_each(|some| store.append(some).unwrap());
}

/// Puts the partner's entries into a file as if they had come over, a month at a time.
pub(crate) fn keep_theirs(store: &mut Store, entries: &[(Audience, Record)]) {
    let device = DeviceId([9; 16]);
    let mut months: BTreeMap<DocumentName, Vec<Record>> = BTreeMap::new();
    for (_, record) in entries {
        let body = Envelope::read(&record.value).body;
        months.entry(DocumentName::of(device, record.written, &body)).or_default().push(record.clone());
    }
    for (counter, (name, records)) in (1..).zip(months) {
        let chain = Chain::over(&records);
        let documents = vec![ReceivedDocument { name, records, chain }];
        let seal = Seal { counter, mac: [0; 32] };
        store.shared_log().unwrap().receive(Received { documents, erased: Vec::new(), seal }).unwrap();
    }
}
