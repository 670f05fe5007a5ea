//! P5: silence, not-seen and not-now look the same to the one who asked: on the own phone, and on the wire.
//! (On a real wire the greeting holds a clock, so that what is compared here is what an onlooker sees, the length of
//! each record; and what the inviter's phone holds of it afterwards. The tests of the core compare each byte.)

use serde_json::{Value, json};

use crate::people::{Person, Two};
use crate::wire::Said;

/// Everything that Ada's phone shows and holds, and all that was said between the two phones.
#[derive(Debug, PartialEq)]
struct World {
    shown: Vec<Value>,
    said: Vec<Said>,
}

/// Ada asks, once for a round and once with a request, and Bob does this with it.
fn world(bob_does: impl FnOnce(&mut Person, &str, &str)) -> World {
    let mut two = Two::paired(50);
    let mut world = World { shown: Vec::new(), said: Vec::new() };
    let until = "2026-03-02T12:00:00+01:00";
    let invite = json!({"max_s": 60, "open_until": until, "round_kind": "tea"});
    let round = two.ada.makes("round.invite", invite);
    let request = two.ada.logs(json!({"kind": "request", "text": "A walk on Sunday?"}), true);
    world.said.push(two.meet_overheard());
    bob_does(&mut two.bob, &round, &request);
    // Once while the invitation stands, once after it, and once more after both have written.
    for time in ["2026-03-02T10:00:00+01:00", "2026-03-02T12:00:00+01:00", "2026-03-03T09:00:00+01:00"] {
        two.at(time);
        world.said.push(two.meet_overheard());
        for view in ["rounds", "may_invite", "shared_with_me", "partner", "entries"] {
            world.shown.push(two.ada.sees(view, json!({})));
        }
        world.shown.push(two.ada.sees_of("round", &round));
        world.shown.push(two.ada.dump());
    }
    two.bob.logs(json!({"kind": "appreciation", "text": "the tea"}), true);
    two.ada.logs(json!({"kind": "appreciation", "text": "the walk"}), true);
    world.said.push(two.meet_overheard());
    world.shown.push(two.ada.dump());
    world
}

fn assert_same(one: &World, other: &World) {
    for (one, other) in one.shown.iter().zip(&other.shown) {
        assert_eq!(one, other);
    }
    for (meeting, (one, other)) in one.said.iter().zip(&other.said).enumerate() {
        assert_eq!(one, other, "meeting {meeting}");
    }
}

#[test]
fn silence_unseen_and_every_private_not_now_are_one_to_the_inviter_and_on_the_wire() {
    let unseen = world(|_, _, _| ());
    let silence = world(|bob, round, _| {
        bob.sees_of("round", round);
        bob.sees("shared_with_me", json!({}));
    });
    assert_same(&unseen, &silence);
    let not_now = world(|bob, round, request| {
        bob.does("round.not_now", json!({"id": round}));
        bob.does("answer", json!({"id": request, "with": "not_now"}));
    });
    assert_same(&unseen, &not_now);
    let left = world(|bob, round, _| drop(bob.does("round.leave", json!({"id": round}))));
    assert_same(&unseen, &left);
}

#[test]
fn an_answer_in_words_is_none_of_these() {
    // What this test compares by would see a difference.
    let unseen = world(|_, _, _| ());
    let ok = world(|bob, round, _| drop(bob.does("round.not_now", json!({"id": round, "say": "ok"}))));
    assert_ne!(unseen.shown, ok.shown);
}
