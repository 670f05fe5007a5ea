//! SQLCipher is set up by whoever uses it first, and it tells others that it is ready before it is.
//!
//! There is one first use in a process, so each attempt is a process of its own: this program, which runs one test.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::process::Command;
use std::sync::Barrier;
use std::thread;

use rusqlite::Connection;

const ATTEMPTS: usize = 60;
const THREADS: usize = 8;

#[test]
#[ignore = "the child of the other test"]
fn the_child_opens_in_all_threads_at_once() {
    let ready = Barrier::new(THREADS);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                ready.wait();
                let conn = Connection::open_in_memory().unwrap();
                attune_sqlcipher::key(&conn, &[1; 32]).unwrap();
            });
        }
    });
}

#[test]
fn the_first_connections_of_a_process_may_be_opened_by_many_threads_at_once() {
    for attempt in 0..ATTEMPTS {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["the_child_opens_in_all_threads_at_once", "--exact", "--ignored"])
            .output()
            .unwrap();
        assert!(child.status.success(), "attempt {attempt}: {}", String::from_utf8_lossy(&child.stdout));
    }
}
