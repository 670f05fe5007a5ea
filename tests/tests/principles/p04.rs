//! P4: only the maker of a promise tracks it. The partner never sees "late" or a tally, unless the maker
//! shares a summary, of kept and moved-then-kept only.

use serde_json::{Value, json};

use crate::keys::keys_of;
use crate::people::Two;

/// Bob's pledge for eight, checked in at this time, and both views of it at the meeting at ten.
fn views_of_a_pledge(checked_in: &str) -> [Value; 2] {
    let mut two = Two::paired(40);
    let due = "2026-03-02T20:00:00+01:00";
    let pledge = two.bob.makes("pledge.make", json!({"due": due, "how": "kitchen", "sentence": "I come back."}));
    two.meet();
    two.at(checked_in);
    two.bob.does("pledge.check_in", json!({"id": pledge}));
    two.at("2026-03-02T22:00:00+01:00");
    two.meet();
    let seen = json!([two.ada.dump(), two.ada.sees_of("pledge", &pledge)]);
    for key in ["outcome", "late", "kept", "moved_then_kept"] {
        assert!(!keys_of(&seen).contains(key), "{key}");
    }
    [two.ada.sees_of("pledge", &pledge), two.bob.sees_of("pledge", &pledge)]
}

#[test]
fn a_pledge_kept_and_a_pledge_late_look_the_same_to_the_partner() {
    let [kept, own_kept] = views_of_a_pledge("2026-03-02T19:55:00+01:00");
    let [late, own_late] = views_of_a_pledge("2026-03-02T21:55:00+01:00");
    assert_eq!(kept, late);
    assert_eq!((&own_kept["outcome"], &own_late["outcome"]), (&json!("kept"), &json!("late")));
}

#[test]
fn at_the_due_time_nothing_changes_for_the_partner() {
    let mut two = Two::paired(41);
    let due = "2026-03-02T20:00:00+01:00";
    let pledge = two.bob.makes("pledge.make", json!({"due": due, "how": "kitchen"}));
    two.meet();
    let before = two.ada.sees_of("pledge", &pledge);
    for time in ["2026-03-02T19:59:00+01:00", "2026-03-02T20:01:00+01:00", "2026-03-03T19:59:00+01:00"] {
        two.at(time);
        assert_eq!(two.ada.sees_of("pledge", &pledge), before, "{time}");
        let upcoming = two.ada.sees("upcoming", json!({"until": "2026-03-09T00:00:00+01:00"}));
        assert!(!upcoming.to_string().contains(&pledge));
    }
}

#[test]
fn a_summary_can_tell_of_nothing_but_what_was_kept() {
    let mut two = Two::paired(42);
    let due = "2026-03-02T10:00:00+01:00";
    let pledge = two.bob.makes("pledge.make", json!({"due": due, "how": "kitchen"}));
    two.at("2026-03-02T11:00:00+01:00");
    two.bob.does("pledge.check_in", json!({"id": pledge}));
    let summary = |lines: Value| json!({"of": "pledges", "from": "2026-03-02", "to": "2026-03-08", "lines": lines});
    for line in ["late", "made", "withdrawn", "outcome"] {
        assert_eq!(two.bob.may_not("share.summary", summary(json!([line]))), "BadArguments", "{line}");
    }
    two.bob.does("share.summary", summary(json!(["kept"])));
    two.meet();
    let shared = two.ada.sees("shared_with_me", json!({}));
    assert_eq!(shared[0]["body"]["kept"], 0);
    assert!(!keys_of(&shared).contains("late") && !keys_of(&shared).contains("moved_then_kept"));
}
