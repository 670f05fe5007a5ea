//! What a phone takes on the disk.

use crate::bench::{Report, Row, Stage, file_bytes, keep_own, ledger, open_store};
use attune_tests::life::{Author, Life};

pub(crate) fn measure(report: &mut Report, stage: &Stage) {
    for years in super::AGES {
        let folder = stage.phone_of_years(years);
        let bytes = file_bytes(&folder) / u64::from(years);
        report.add(Row::megabytes(format!("file of {years} years, a year, both people, tidied"), bytes));
    }
    let days = 365;
    let entries = ledger(days, |start| vec![Life::new(1, Author::Kim, start, days)]);
    let values: u64 = entries.iter().map(|(_, record)| record.value.len() as u64).sum();
    let folder = stage.folder();
    let mut store = open_store(&folder);
    store.begin_pairing([3; 16], &[]).unwrap();
    keep_own(&mut store, &entries);
    store.close().unwrap();
    let before = file_bytes(&folder);
    let mut store = open_store(&folder);
    while store.tidy().unwrap().documents > 0 {}
    store.close().unwrap();
    let compacted = file_bytes(&folder);
    let mut store = open_store(&folder);
    while store.tidy().unwrap().more {}
    store.close().unwrap();
    #[expect(clippy::cast_precision_loss)]
    let reference = values as f64 / 1e6;
    let row = |name: &str, bytes: u64| Row::megabytes(name, bytes).reference(reference);
    report.add(row("file of one person's year, as written", before));
    report.add(row("file of one person's year, compacted", compacted));
    report.add(row("file of one person's year, compacted and indexed", file_bytes(&folder)));
}
