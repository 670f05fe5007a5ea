//! Two phones that dial each other at the same moment, again and again, and what is written meanwhile.

use std::sync::Barrier;
use std::thread;

use attune_core::phone::PhoneError;

use crate::couple::{Owner, assert_level, couple, meet, settle};

#[test]
fn of_two_dials_at_once_one_connection_remains_and_both_catch_up() {
    let (ada, bob) = couple(100);
    for round in 0..8 {
        let ports = (ada.listen(), bob.listen());
        let both = Barrier::new(3);
        thread::scope(|scope| {
            let dials = |owner, port| {
                let both = &both;
                scope.spawn(move || {
                    both.wait();
                    Owner::dial(owner, port)
                })
            };
            let dialled = [dials(&ada, ports.1), dials(&bob, ports.0)];
            both.wait();
            for word in 0..5 {
                ada.share(&format!("{round}.{word}"));
                bob.share(&format!("{round}.{word}"));
            }
            for dialled in dialled {
                dialled.join().unwrap().unwrap();
            }
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

#[test]
fn how_far_it_is_can_be_asked_while_they_are_together() {
    let (ada, bob) = couple(120);
    for word in 0..30 {
        ada.share(&format!("{word}"));
    }
    bob.share("one");
    let progress = |owner: &Owner| owner.phone.partner().progress();
    assert_eq!((progress(&ada), progress(&bob)), (None, None));
    bob.dial(ada.listen()).unwrap();
    settle(&ada, &bob);
    let seen = [&ada, &bob].map(|owner| progress(owner).unwrap());
    assert_eq!((seen[0].sent, seen[0].received, seen[0].total), (30, 1, 31));
    assert_eq!((seen[1].sent, seen[1].received, seen[1].total), (1, 30, 31));
    assert!(seen.iter().all(|seen| seen.bytes_in > 4096 && seen.bytes_out > 4096));
    bob.end();
    assert_eq!(ada.settle(), Err(PhoneError::Interrupted), "who was left knows it at once");
    assert_eq!([&ada, &bob].map(|owner| owner.phone.partner().why_broken_off()), [None, None]);
    ada.end();
    assert_eq!((progress(&ada), progress(&bob)), (None, None));
}

#[test]
fn who_is_together_already_need_not_dial_again() {
    let (ada, bob) = couple(130);
    let ports = (ada.listen(), bob.listen());
    bob.dial(ports.0).unwrap();
    settle(&ada, &bob);
    let before = bob.phone.partner().progress().unwrap().bytes_in;
    ada.dial(ports.1).unwrap();
    bob.dial(ports.0).unwrap();
    ada.share("on the connection that is there");
    settle(&ada, &bob);
    assert!(bob.phone.partner().progress().unwrap().bytes_in > before, "it is still the same one");
    assert_level(&ada, &bob);
    ada.end();
    bob.end();
}
