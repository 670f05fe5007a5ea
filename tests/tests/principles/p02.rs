//! P2: private by default. Sharing is an act, item by item, and makes a dated copy; later edits of the
//! source do not follow.

use serde_json::json;

use crate::people::Two;

#[test]
fn what_was_not_shared_is_nowhere_on_the_other_phone() {
    let mut two = Two::paired(20);
    for body in [
        json!({"kind": "check_in", "state": "activated", "activation": 6, "note": "canary"}),
        json!({"kind": "moment", "urge": "withdraw", "situation": "canary"}),
        json!({"kind": "worry", "text": "canary"}),
        json!({"kind": "request", "text": "canary"}),
        json!({"kind": "weekly", "appreciation": "the tea", "worry": "canary", "shared": ["appreciation"]}),
    ] {
        two.ada.logs(body, false);
    }
    two.meet();
    let dump = two.bob.dump().to_string();
    assert!(!dump.contains("canary"));
    assert!(dump.contains("the tea"));
}

#[test]
fn a_copy_keeps_its_date_and_its_words_whatever_becomes_of_its_source() {
    let mut two = Two::paired(21);
    let source = two.ada.logs(json!({"kind": "worry", "text": "the trip"}), false);
    two.at("2026-03-03T18:00:00+01:00");
    let copy = two.ada.makes("share", json!({"id": source}));
    two.meet();
    let shared = two.bob.sees("shared_with_me", json!({}));
    assert_eq!(shared.as_array().unwrap().len(), 1);
    assert_eq!(shared[0]["id"], copy.as_str());
    assert_eq!(shared[0]["as_of"], "2026-03-03T18:00:00+01:00");
    assert_eq!(shared[0]["body"], json!({"text": "the trip"}));

    two.at("2026-03-04T18:00:00+01:00");
    two.ada.does("edit", json!({"id": source, "body": {"kind": "worry", "text": "canary of an edit"}}));
    two.meet();
    assert_eq!(two.bob.sees("shared_with_me", json!({})), shared);
    assert!(!two.bob.dump().to_string().contains("canary"));

    // To share the new words is another act, which makes another copy.
    two.ada.does("share", json!({"id": source}));
    two.meet();
    let bodies = two.bob.sees("shared_with_me", json!({}));
    assert_eq!((&bodies[0]["body"]["text"], &bodies[1]), (&json!("canary of an edit"), &shared[0]));
}
