//! What a call costs from Kotlin and from Swift, beside the same call in Rust. The folder of each phone lies in memory, so
//! that the disk does not hide what is measured.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use attune_core::journal::{Body, Worry};
use attune_core::phone::{Change, EntryFilter, Environment, Observer, ObserverFailed, Phone};
use serde_json::Value;

use crate::bench::{Report, Row, Samples, Stage, wall};

/// The languages, what their package has for this, and how much more than in Rust an entry may take, in microseconds.
const LANGUAGES: [(&str, &str, f64); 2] =
    [("Swift", "bindings/swift/bench-phone", 15.0), ("Kotlin", "bindings/kotlin/bench-phone", 40.0)];

const LOG: &str = "log an entry";
const PAGE: &str = "a page of 100 entries";
const OBSERVER: &str = "a change reaches an observer";

pub(crate) fn measure(report: &mut Report, _: &Stage) {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let [log, page, observer] = in_rust();
    report.add(Row::micros(format!("{LOG}, in memory, Rust"), log));
    report.add(Row::micros(format!("{PAGE}, Rust"), page));
    report.add(Row::micros(format!("{OBSERVER}, Rust"), observer));
    let release = Command::new("cargo").args(["build", "--quiet", "--release", "--package", "attune-ffi"]).status();
    assert!(release.unwrap().success());
    for (language, program, more) in LANGUAGES {
        let folder = in_memory();
        let output = Command::new(workspace.join(program)).arg(folder.path()).output();
        let Some(output) = output.ok().filter(|output| output.status.success()) else {
            eprintln!("no {language} here: {program} does not run");
            continue;
        };
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let said: Value = serde_json::from_str(line).unwrap();
            let (name, value) = (said["name"].as_str().unwrap(), said["value"].as_f64().unwrap());
            let row =
                |value: f64| Row::micros(format!("{name}, {language}"), Duration::from_secs_f64(value.max(0.0) / 1e6));
            match name {
                LOG => {
                    let in_rust = log.as_secs_f64() * 1e6;
                    let more_than = Row::micros(
                        format!("{name}, {language}, more than Rust"),
                        Duration::from_secs_f64((value - in_rust).max(0.0) / 1e6),
                    );
                    report.add(more_than.goal(more).reference(in_rust));
                }
                PAGE => report.add(row(value).goal(1000.0).reference(page.as_secs_f64() * 1e6)),
                OBSERVER => report.add(row(value).goal(2000.0).reference(observer.as_secs_f64() * 1e6)),
                _ => report.add(row(value)),
            }
        }
    }
}

fn in_memory() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// The three calls in Rust.
fn in_rust() -> [Duration; 3] {
    let folder = in_memory();
    let phone = Phone::open(folder.path(), &[7; 32], Environment::of_this_machine()).unwrap();
    let journal = phone.journal();
    let text = "a worry of some length ".repeat(10);
    let write = || {
        journal.log(Body::from(Worry { text: text.clone() }), false).unwrap();
    };
    median(300, write);
    let log = median(1000, write);
    let filter = EntryFilter { limit: Some(100), ..EntryFilter::default() };
    let page = median(200, || drop(journal.items(&filter).unwrap()));
    let (tell, told) = channel();
    let _observation = phone.observe(Arc::new(Told(tell))).unwrap();
    told.recv().unwrap();
    let mut samples = Samples::default();
    for _ in 0..200 {
        write();
        samples.push(wall(|| told.recv().unwrap()).0);
    }
    [log, page, samples.median()]
}

struct Told(Sender<()>);

impl Observer for Told {
    fn changed(&self, _: Vec<Change>) -> Result<(), ObserverFailed> {
        self.0.send(()).map_err(|_| ObserverFailed::Unexpected)
    }
}

fn median(times: u32, mut work: impl FnMut()) -> Duration {
    let mut samples = Samples::default();
    for _ in 0..times {
        samples.push(wall(&mut work).0);
    }
    samples.median()
}
