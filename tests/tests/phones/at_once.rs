//! Two phones that dial each other at the same moment, again and again, and what is written meanwhile.

use std::sync::Barrier;
use std::thread;

use crate::couple::{assert_level, couple, meet, settle};

#[test]
fn of_two_dials_at_once_one_connection_remains_and_both_catch_up() {
    let (ada, bob) = couple(100);
    for round in 0..12 {
        let ports = (ada.listen(), bob.listen());
        let both = Barrier::new(3);
        thread::scope(|scope| {
            let dials = |owner, port| {
                let both = &both;
                scope.spawn(move || {
                    both.wait();
                    crate::couple::Owner::dial(owner, port)
                })
            };
            let dialled = [dials(&ada, ports.1), dials(&bob, ports.0)];
            both.wait();
            for word in 0..5 {
                ada.share(&format!("{round}.{word}"));
                bob.share(&format!("{round}.{word}"));
            }
            dialled.map(|dialled| dialled.join().unwrap().unwrap());
        });
        settle(&ada, &bob);
        assert_level(&ada, &bob);
        ada.end();
        bob.end();
    }
}

#[test]
fn the_same_meeting_twice_changes_nothing() {
    let (ada, bob) = couple(110);
    ada.share("an evening");
    bob.share("a morning");
    meet(&ada, &bob);
    let before = (ada.dump(), bob.dump());
    let (first, second) = meet(&ada, &bob);
    assert_eq!((first.sent, first.received, second.sent, second.received), (0, 0, 0, 0));
    assert_eq!(before, (ada.dump(), bob.dump()));
    assert_level(&ada, &bob);
}
