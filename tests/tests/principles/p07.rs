//! P7: count up only: no streaks, gaps, targets left, denominators about the partner.

use serde_json::json;

use crate::keys::{everything, words_of};
use crate::people::Two;

const NEVER: &[&str] = &[
    "streak",
    "streaks",
    "gap",
    "gaps",
    "target",
    "targets",
    "goal",
    "goals",
    "left",
    "remaining",
    "missing",
    "missed",
    "total",
    "percent",
    "percentage",
    "ratio",
    "rate",
    "quota",
    "progress",
    "overdue",
    "longest",
    "record",
];

#[test]
fn no_field_and_no_view_counts_down_or_counts_of_how_many() {
    for name in everything(70) {
        assert!(!words_of(&name).any(|word| NEVER.contains(&word)), "{name}");
    }
}

#[test]
fn returns_are_a_count_and_dates_and_only_ever_grow() {
    let mut two = Two::paired(71);
    let mut counts = Vec::new();
    for day in 3..8 {
        counts.push(two.ada.sees("returns", json!({}))["count"].as_u64().unwrap());
        two.at(&format!("2026-03-0{day}T09:00:00+01:00"));
        let expectation = two.ada.logs(json!({"kind": "expectation", "sureness": 3}), false);
        // Every other one comes back.
        if day % 2 == 0 {
            two.ada.logs(json!({"kind": "return", "expectation": expectation}), false);
        }
    }
    let returns = two.ada.sees("returns", json!({}));
    assert_eq!(returns.as_object().unwrap().keys().collect::<Vec<_>>(), ["count", "dates"]);
    assert!(counts.is_sorted());
    assert_eq!(returns["count"], 2);
}
