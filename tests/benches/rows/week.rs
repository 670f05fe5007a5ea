//! Catching up after a week apart: what crosses the wire, against the entries in one piece each way.

use attune_core::journal::Record;
use attune_tests::life::{Author, Life};

use crate::bench::{Couple, Report, Row, Stage, keep_own, ledger, open_store};

/// The days of common history before the week, and the week.
const DAYS: [u32; 2] = [60, 7];

pub(crate) fn measure(report: &mut Report, stage: &Stage) {
    let couple = Couple::pair(&stage.folder());
    let days = DAYS.iter().sum();
    let ledgers = Author::BOTH.map(|author| ledger(days, |start| vec![Life::new(5, author, start, days).all_shared()]));
    let weeks = ledgers.each_ref().map(|ledger| ledger.split_at(ledger.len() - 70));
    let write = |couple: Couple, part: [&[_]; 2]| {
        couple.while_closed(|folders| {
            for (folder, entries) in folders.iter().zip(part) {
                let mut store = open_store(folder);
                keep_own(&mut store, entries);
                store.close().unwrap();
            }
        })
    };
    let couple = write(couple, weeks.map(|(before, _)| before));
    couple.meet();
    let nothing = couple.meet();
    let couple = write(couple, weeks.map(|(_, week)| week));
    let week = couple.meet();
    assert_eq!(week.map(|side| (side.sent, side.received)), [(70, 70); 2]);

    let floor: u64 = weeks.map(|(_, week)| in_one_piece(week.iter().map(|(_, record)| record))).iter().sum();
    let bytes = week.iter().map(|side| side.bytes_out).sum::<u64>();
    let padding = week.iter().map(|side| side.padding_out).sum::<u64>();
    let idle = nothing.iter().map(|side| side.bytes_out - side.padding_out).sum::<u64>();
    #[expect(clippy::cast_precision_loss)]
    let (times, floor) = ((bytes - padding) as f64 / floor as f64, floor as f64);
    report.add(Row::new("one week apart, bytes without padding", times, "× zstd-3").goal(1.1).reference(floor));
    report.add(Row::count("one week apart, bytes without padding, both ways", bytes - padding, "B").reference(floor));
    report.add(Row::count("one week apart, padding", padding, "B"));
    report.add(Row::count("one week apart, handshake and what a meeting for nothing takes", idle, "B"));
    let trips = week.iter().map(|side| u64::from(side.round_trips)).max().unwrap();
    report.add(Row::count("one week apart, round trips", trips, "trips").goal(1.0));
}

/// The bytes of the entries' CBOR under zstd 3, in one piece: what nothing that compresses alike can beat.
fn in_one_piece<'a>(records: impl Iterator<Item = &'a Record>) -> u64 {
    let mut cbor = Vec::new();
    for record in records {
        let value: ciborium::Value = ciborium::from_reader(record.value.as_slice()).unwrap();
        let id = ciborium::Value::Bytes(record.id.as_bytes().to_vec());
        ciborium::into_writer(&(id, record.written, value), &mut cbor).unwrap();
    }
    zstd::bulk::compress(&cbor, 3).unwrap().len() as u64
}
