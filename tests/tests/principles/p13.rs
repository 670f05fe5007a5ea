//! P13: pausing and unlinking look, on the other phone, exactly like not having met since.

use serde_json::{Value, json};

use crate::people::{Outcome, Two};

/// What Bob's phone is like in the days after Ada has done this and, where she did not, has kept away.
fn days_after(ada_does: Option<(&str, Value)>) -> Vec<(Outcome, Value)> {
    let mut two = Two::paired(130);
    let until = "2026-03-04T20:00:00+01:00";
    two.ada.makes("round.invite", json!({"max_s": 60, "open_until": until, "round_kind": "tea"}));
    two.ada.makes("pledge.make", json!({"due": until, "how": "kitchen"}));
    two.ada.makes("repair.pause", json!({}));
    two.ada.logs(json!({"kind": "savour", "text": "the lake"}), true);
    two.meet();
    two.bob.logs(json!({"kind": "worry", "text": "the trip"}), true);
    let stays_away = ada_does.is_none();
    if let Some((op, arguments)) = ada_does {
        two.ada.does(op, arguments);
    }
    let mut days = Vec::new();
    for time in ["2026-03-02T19:00:00+01:00", "2026-03-04T19:00:00+01:00", "2026-03-09T19:00:00+01:00"] {
        two.at(time);
        let dialled = if stays_away { two.bob_finds_nobody() } else { two.bob_tries_to_meet() };
        days.push((dialled, two.bob.dump()));
    }
    days
}

#[test]
fn paused_unlinked_and_away_are_one_to_the_other_phone() {
    let away = days_after(None);
    assert_eq!(away[0].0, Outcome::Not("Interrupted".into()));
    for (op, arguments) in [("meet.pause", json!({})), ("unlink", json!({"last_erase": false}))] {
        let days = days_after(Some((op, arguments)));
        for (day, (seen, expected)) in days.iter().zip(&away).enumerate() {
            assert_eq!(seen.0, expected.0, "{op}, day {day}");
            assert_eq!(seen.1, expected.1, "{op}, day {day}");
        }
    }
}
