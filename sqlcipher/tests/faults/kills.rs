//! The process ends at every call in turn.
//!
//! The workload runs in a child: this test binary again, with the name of one ignored test.

use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;

use attune_sqlcipher::faults::{self, Action};

use super::{KEY, ROWS, SALT, append, create, open_faulty, open_plain, place, sound_rows};

const FILE: &str = "ATTUNE_FAULTS_FILE";
const AT: &str = "ATTUNE_FAULTS_AT";
const ACTION: &str = "ATTUNE_FAULTS_ACTION";

#[test]
fn a_kill_at_any_call_loses_no_acknowledged_row() {
    end_at_every_call("kill");
}

#[test]
fn a_kill_in_the_middle_of_any_write_loses_no_acknowledged_row() {
    end_at_every_call("torn");
}

#[test]
fn a_power_cut_at_any_call_loses_no_acknowledged_row() {
    end_at_every_call("power");
}

fn end_at_every_call(action: &str) {
    for at in 1.. {
        let dir = place();
        let path = dir.path().join("file.db");
        let (ended, said) = run("kills::the_child_appends", &path, at, action);
        // The test harness leaves the name of the test in front of the first.
        let acknowledged: Vec<i64> =
            said.lines().filter_map(|line| line.split_once("acknowledged ")?.1.parse().ok()).collect();
        let found = sound_rows(&open_plain(&path, &KEY, &SALT).unwrap());
        let started = acknowledged.len() + 1; // the one that was being written may be there or not
        assert!(found.starts_with(&acknowledged), "{action} at {at}: {acknowledged:?} were said, {found:?} are there");
        assert!(found.len() <= started, "{action} at {at}");
        if ended == Ended::ByItself {
            assert_eq!(found, (1..=ROWS).collect::<Vec<_>>());
            assert!(at > 100, "the workload makes only {at} calls");
            return;
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    ByItself,
    Killed,
}

/// Runs an ignored test of this binary as a process of its own, which is armed with a fault.
pub(crate) fn child(test: &str, path: &Path, at: u64, action: &str) -> Ended {
    run(test, path, at, action).0
}

fn run(test: &str, path: &Path, at: u64, action: &str) -> (Ended, String) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "--test-threads=1", test])
        .env(FILE, path)
        .env(AT, at.to_string())
        .env(ACTION, action)
        .output()
        .unwrap();
    let ended = if output.status.signal() == Some(9) {
        Ended::Killed
    } else {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ended::ByItself
    };
    (ended, String::from_utf8(output.stdout).unwrap())
}

/// In the child: arms what the parent asked for, and says which file to work on. Nothing where there is no parent.
pub(crate) fn armed() -> Option<std::path::PathBuf> {
    let file = std::env::var_os(FILE)?;
    let action = match std::env::var(ACTION).unwrap().as_str() {
        "kill" => Action::Kill,
        "torn" => Action::TornKill,
        "power" => Action::PowerCut,
        other => panic!("no action {other}"),
    };
    faults::arm(std::env::var(AT).unwrap().parse().unwrap(), action);
    Some(file.into())
}

#[test]
#[ignore = "the child of the other tests"]
fn the_child_appends() {
    let Some(file) = armed() else { return };
    let conn = open_faulty(&file).unwrap();
    create(&conn).unwrap();
    for id in 1..=ROWS {
        append(&conn, id).unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "acknowledged {id}").unwrap();
        out.flush().unwrap();
    }
}
