//! Errors instead of an end: the disk is full or broken at every call in turn, and the process goes on.

use std::sync::{Mutex, MutexGuard, PoisonError};

use attune_sqlcipher::faults::{self, Action};
use rusqlite::ErrorCode;

use super::{KEY, ROWS, SALT, append, create, open_faulty, open_plain, place, sound_rows};

/// One fault for the whole process: the tests of this binary that arm one in it take turns.
static TURN: Mutex<()> = Mutex::new(());

pub(crate) fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn a_disk_that_is_full_at_any_call_is_an_error_and_loses_no_acknowledged_row() {
    fail_at_every_call(Action::Full, ErrorCode::DiskFull);
}

#[test]
fn a_disk_that_fails_at_any_call_is_an_error_and_loses_no_acknowledged_row() {
    fail_at_every_call(Action::IoError, ErrorCode::SystemIoFailure);
}

fn fail_at_every_call(action: Action, code: ErrorCode) {
    let _turn = turn();
    for at in 1.. {
        let dir = place();
        let path = dir.path().join("file.db");
        faults::disarm();
        let conn = open_faulty(&path).unwrap();
        create(&conn).unwrap();

        faults::arm(at, action);
        let mut acknowledged = vec![];
        for id in 1..=ROWS {
            match append(&conn, id) {
                Ok(()) => acknowledged.push(id),
                Err(error) => assert_eq!(error.sqlite_error_code(), Some(code), "{action:?} at {at}: {error}"),
            }
        }
        let done = faults::calls() < at;
        // There is room again: the same connection goes on.
        faults::disarm();
        append(&conn, ROWS + 1).unwrap();
        acknowledged.push(ROWS + 1);
        assert_eq!(sound_rows(&conn), acknowledged, "{action:?} at {at}");
        drop(conn);
        let conn = open_plain(&path, &KEY, &SALT).unwrap();
        assert_eq!(sound_rows(&conn), acknowledged, "{action:?} at {at}, opened again");
        if done {
            assert_eq!(acknowledged.len() as i64, ROWS + 1);
            assert!(at > 100, "the workload makes only {at} calls");
            return;
        }
    }
}
