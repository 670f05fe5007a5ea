//! Live: from durable on one phone to durable on the other, over loopback.

use std::time::Instant;

use attune_core::journal::{Audience, Whose, can_be_shared};
use attune_core::phone::EntryFilter;
use attune_tests::life::{Author, Life};

use crate::bench::{Couple, Report, Row, Samples, Stage};

/// How many entries are pushed.
const TIMES: usize = 500;

pub(crate) fn measure(report: &mut Report, stage: &Stage) {
    let couple = Couple::pair(&stage.folder());
    couple.connect();
    couple.settle();
    let [from, to] = &couple.phones;
    let newest = EntryFilter { whose: Some(Whose::Theirs), limit: Some(1), ..EntryFilter::default() };
    let mut samples = Samples::default();
    let life = Life::new(8, Author::Kim, "2026-01-01".parse().unwrap(), 365);
    let items = life.filter(|(audience, _, body)| *audience == Audience::OnlyMe && can_be_shared(body.kind()));
    for (_, _, body) in items.take(TIMES) {
        let id = from.journal().log(body, true).unwrap();
        let durable_here = Instant::now();
        while to.journal().items(&newest).unwrap().first().is_none_or(|item| item.id != id) {
            std::thread::sleep(std::time::Duration::from_micros(50));
        }
        samples.push(durable_here.elapsed());
    }
    couple.part();
    report.add(Row::millis("live, durable here to durable there, p50", samples.median()));
    report.add(Row::millis("live, durable here to durable there, p99", samples.percentile(99.0)).goal(10.0));
}
