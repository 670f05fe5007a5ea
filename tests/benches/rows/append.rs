//! A durable append against a bare insert of the same record into the same kind of encrypted file.

use std::path::Path;

use attune_core::journal::{Audience, Envelope, LocalTime, Record};
use attune_core::phone::Phone;
use attune_tests::life::{Author, Life};
use rusqlite::{Connection, params};

use crate::bench::{KEY, Report, Row, Samples, SetClock, Stage, environment, ledger, open_store, thread_cpu, wall};

/// How many entries: half a year of one person.
const DAYS: u32 = 180;

pub(crate) fn measure(report: &mut Report, stage: &Stage) {
    let new = || {
        let folder = stage.folder();
        open_store(&folder).begin_pairing([3; 16], &[]).unwrap();
        folder
    };
    tap(report, "append", &new());
    appends(report, "append to both logs", &new(), |start| Life::new(2, Author::Kim, start, DAYS), false);
    let shared = |start| Life::new(3, Author::Kim, start, DAYS).all_shared();
    appends(report, "append to the shared log", &new(), shared, false);
    for years in super::AGES {
        let old = stage.phone_of_years(years);
        let name = format!("append to the shared log of {years} years");
        appends(report, &name, &old, |start| Life::new(4, Author::Kim, start, DAYS).all_shared(), true);
    }
}

/// What a person feels: `Journal::log` of a private item, from the tap to durable.
fn tap(report: &mut Report, name: &str, folder: &Path) {
    let clock = SetClock::at(LocalTime::default());
    let phone = Phone::open(folder, &KEY, environment(clock.clone())).unwrap();
    let mut bare = Bare::new(folder);
    let (mut ours, mut theirs) = (Cost::default(), Cost::default());
    let life = Life::new(1, Author::Kim, "2025-07-01".parse().unwrap(), DAYS);
    let items = life.filter(|(audience, _, body)| *audience == Audience::OnlyMe && body.refers_to().is_empty());
    for (_, written, body) in items.filter(|(_, _, body)| attune_core::journal::is_item(body.kind())) {
        let value = Envelope { body: body.clone(), supersedes: None, needs: Default::default() }.write().unwrap();
        clock.set(written);
        let id = ours.of(|| phone.journal().log(body, false).unwrap());
        theirs.of(|| bare.insert(&Record { id, written, value }));
    }
    phone.close().unwrap();
    rows(report, name, &ours, &theirs);
}

fn appends(report: &mut Report, name: &str, folder: &Path, life: impl Fn(chrono::NaiveDate) -> Life, growth: bool) {
    let mut store = open_store(folder);
    let mut bare = Bare::new(folder);
    let (mut ours, mut theirs) = (Cost::default(), Cost::default());
    for entry in ledger(DAYS, |start| vec![life(start + chrono::Days::new(DAYS.into()))]) {
        theirs.of(|| bare.insert(&entry.1));
        let entry = [entry];
        ours.of(|| store.append(&entry).unwrap());
    }
    store.close().unwrap();
    if growth {
        report.add(
            Row::new(format!("{name}, p50"), ratio(&ours, &theirs, 50.0), "× bare").reference(micros(&theirs, 50.0)),
        );
    } else {
        rows(report, name, &ours, &theirs);
    }
}

fn rows(report: &mut Report, name: &str, ours: &Cost, theirs: &Cost) {
    for (percent, goal) in [(50.0, Some(1.4)), (95.0, None)] {
        let row = Row::new(format!("{name}, p{percent}"), ratio(ours, theirs, percent), "× bare");
        let row = row.reference(micros(theirs, percent));
        report.add(match goal {
            Some(goal) => row.goal(goal),
            None => row,
        });
    }
    let bare = theirs.cpu.median().as_secs_f64() * 1e6;
    let own = ours.cpu.median().saturating_sub(theirs.cpu.median());
    report.add(Row::micros(format!("{name}, CPU of our own"), own).goal(100.0).reference(bare));
    report
        .add(Row::micros(format!("{name}, CPU in all, mean"), ours.cpu.mean()).reference(micros_of(theirs.cpu.mean())));
}

fn ratio(ours: &Cost, theirs: &Cost, percent: f64) -> f64 {
    ours.wall.percentile(percent).as_secs_f64() / theirs.wall.percentile(percent).as_secs_f64()
}

fn micros(cost: &Cost, percent: f64) -> f64 {
    micros_of(cost.wall.percentile(percent))
}

fn micros_of(took: std::time::Duration) -> f64 {
    took.as_secs_f64() * 1e6
}

/// What something cost, each time.
#[derive(Default)]
struct Cost {
    wall: Samples,
    cpu: Samples,
}

impl Cost {
    fn of<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let before = thread_cpu();
        let (took, done) = wall(work);
        self.cpu.push(thread_cpu() - before);
        self.wall.push(took);
        done
    }
}

/// The same record in one row of an encrypted file, and nothing else: with the very settings of ours.
struct Bare(Connection);

impl Bare {
    fn new(folder: &Path) -> Self {
        let path = folder.join("bare.db");
        for old in [path.clone(), folder.join("bare.db-wal"), folder.join("bare.db-shm")] {
            let _ = std::fs::remove_file(old);
        }
        let connection = Connection::open(path).unwrap();
        attune_sqlcipher::key(&connection, &KEY).unwrap();
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL;
                 PRAGMA synchronous = FULL;
                 PRAGMA fullfsync = ON;
                 PRAGMA secure_delete = ON;
                 PRAGMA temp_store = MEMORY;
                 PRAGMA cache_size = -4000;
                 CREATE TABLE entry(
                     id BLOB PRIMARY KEY, written INTEGER NOT NULL, offset_min INTEGER NOT NULL, value BLOB NOT NULL
                 ) STRICT, WITHOUT ROWID;",
            )
            .unwrap();
        Self(connection)
    }

    fn insert(&mut self, record: &Record) {
        let sql = "INSERT INTO entry(id, written, offset_min, value) VALUES (?1, ?2, ?3, ?4)";
        let values = params![record.id.as_bytes(), record.written.unix_ms(), record.written.offset_min(), record.value];
        self.0.prepare_cached(sql).unwrap().execute(values).unwrap();
    }
}
