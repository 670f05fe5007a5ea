//! P12: what was learned from the other phone says as of when.

use serde_json::{Value, json};

use crate::people::Two;

#[test]
fn what_comes_from_the_partner_says_when_the_phones_last_met_and_no_later() {
    let mut two = Two::paired(120);
    let due = "2026-03-02T20:00:00+01:00";
    let pledge = two.bob.makes("pledge.make", json!({"due": due, "how": "kitchen"}));
    two.at("2026-03-02T11:00:00+01:00");
    two.bob.logs(json!({"kind": "worry", "text": "the trip"}), true);
    two.at("2026-03-02T12:30:00+01:00");
    two.meet();
    let met = "2026-03-02T12:30:00+01:00";
    let seen = two.ada.sees_of("pledge", &pledge);
    assert_eq!(seen["as_of"], met);
    assert_eq!(two.ada.sees("shared_with_me", json!({}))[0]["as_of"], "2026-03-02T11:00:00+01:00");
    let partner = two.ada.sees("partner", json!({}));
    assert_eq!(partner["last_met"], met);

    // Bob goes on; Ada's phone knows nothing of it and does not pretend to.
    two.at("2026-03-02T13:00:00+01:00");
    two.bob.does("pledge.move", json!({"id": pledge, "due": "2026-03-02T22:00:00+01:00"}));
    two.bob_finds_nobody();
    for time in ["2026-03-02T13:30:00+01:00", "2026-03-03T08:00:00+01:00", "2026-03-03T19:59:00+01:00"] {
        two.at(time);
        assert_eq!(two.ada.sees_of("pledge", &pledge), seen);
        assert_eq!(two.ada.sees("partner", json!({})), partner);
    }
    two.meet();
    let seen = two.ada.sees_of("pledge", &pledge);
    assert_eq!((&seen["as_of"], &seen["moves"]), (&json!("2026-03-03T19:59:00+01:00"), &json!(1)));
}

#[test]
fn what_is_ones_own_has_no_such_date() {
    let mut two = Two::paired(121);
    let due = "2026-03-02T20:00:00+01:00";
    let pledge = two.ada.makes("pledge.make", json!({"due": due, "how": "kitchen"}));
    assert_eq!(two.ada.sees_of("pledge", &pledge).get("as_of"), None::<&Value>);
}
