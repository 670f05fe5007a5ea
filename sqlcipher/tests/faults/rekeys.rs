//! A change of the key that is cut short at every call: the file has either key, wholly, and says so.

use std::path::Path;

use attune_sqlcipher::faults::{self, Action};
use attune_sqlcipher::rekey_with_salt;
use rusqlite::{Connection, ErrorCode};

use super::errors::turn;
use super::kills::{Ended, armed, child};
use super::{KEY, NEW, NEW_SALT, ROWS, SALT, append, create, open_faulty, open_plain, place, sound_rows};

fn fill(path: &Path) -> Connection {
    faults::disarm();
    let conn = open_faulty(path).unwrap();
    create(&conn).unwrap();
    for id in 1..=ROWS {
        append(&conn, id).unwrap();
    }
    conn
}

/// Which of the two keys opens the file, after a look at every row under it.
#[derive(Debug, PartialEq, Eq)]
enum Holds {
    Old,
    New,
}

fn holds(path: &Path) -> Holds {
    let (holds, conn) = match (open_plain(path, &KEY, &SALT), open_plain(path, &NEW, &NEW_SALT)) {
        (Ok(conn), Err(_)) => (Holds::Old, conn),
        (Err(_), Ok(conn)) => (Holds::New, conn),
        (old, new) => panic!("old key: {old:?}, new key: {new:?}"),
    };
    assert_eq!(sound_rows(&conn), (1..=ROWS).collect::<Vec<_>>());
    holds
}

#[test]
fn a_rekey_that_fails_at_any_call_says_so_and_leaves_the_old_key() {
    let _turn = turn();
    for (action, code) in [(Action::Full, ErrorCode::DiskFull), (Action::IoError, ErrorCode::SystemIoFailure)] {
        for at in 1.. {
            let dir = place();
            let path = dir.path().join("file.db");
            let conn = fill(&path);
            faults::arm(at, action);
            let result = rekey_with_salt(&conn, &NEW, &NEW_SALT);
            let done = faults::calls() < at;
            faults::disarm();

            match result {
                // At once, before anything else could write what was left undone.
                Ok(()) => assert_eq!(holds(&path), Holds::New, "{action:?} at {at}"),
                Err(error) => {
                    assert_eq!(error.sqlite_error_code(), Some(code), "{action:?} at {at}");
                    assert_eq!(holds(&path), Holds::Old, "{action:?} at {at}");
                    // The connection goes on with the old key.
                    append(&conn, ROWS + 1).unwrap();
                    conn.execute("DELETE FROM t WHERE id > ?1", [ROWS]).unwrap();
                    drop(conn);
                    assert_eq!(holds(&path), Holds::Old, "{action:?} at {at}, written again");
                }
            }
            if done {
                assert!(at > 20, "a rekey makes only {at} calls");
                break;
            }
        }
    }
}

#[test]
fn a_rekey_that_is_killed_at_any_call_leaves_one_key_that_opens_everything() {
    for action in ["kill", "torn", "power"] {
        let mut seen = vec![];
        for at in 1.. {
            let dir = place();
            let path = dir.path().join("file.db");
            {
                let _turn = turn();
                drop(fill(&path));
            }
            let ended = child("rekeys::the_child_rekeys", &path, at, action);
            seen.push(holds(&path));
            if ended == Ended::ByItself {
                break;
            }
        }
        // The old key up to the commit, the new one from there on.
        let commit = seen.iter().position(|key| *key == Holds::New).unwrap();
        assert!(commit > 20, "a rekey makes only {commit} calls");
        assert!(seen.iter().skip(commit).all(|key| *key == Holds::New), "{action}: {seen:?}");
        assert!(seen.len() > commit + 20, "no checkpoint followed");
    }
}

#[test]
#[ignore = "the child of the other tests"]
fn the_child_rekeys() {
    let Some(file) = armed() else { return };
    let conn = open_faulty(&file).unwrap();
    rekey_with_salt(&conn, &NEW, &NEW_SALT).unwrap();
    let busy: i64 = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).unwrap();
    assert_eq!(busy, 0);
}
