//! P8: no couple score, verdict, blame field, or trait label exists in the schema.

use crate::keys::{everything, words_of};

const NEVER: &[&str] = &[
    "score",
    "scores",
    "verdict",
    "blame",
    "fault",
    "guilt",
    "right",
    "wrong",
    "winner",
    "loser",
    "rank",
    "ranking",
    "grade",
    "label",
    "trait",
    "traits",
    "type",
    "style",
    "attachment",
    "avoidant",
    "anxious",
    "secure",
    "gender",
    "sex",
    "diagnosis",
    "disorder",
    "compatibility",
    "couple",
    "rating",
    "stars",
    "level",
    "judgement",
    "partner_state",
];

#[test]
fn no_field_and_no_view_has_a_place_for_a_score_or_a_label() {
    for name in everything(80) {
        assert!(!NEVER.contains(&name.as_str()), "{name}");
        assert!(!words_of(&name).any(|word| NEVER.contains(&word)), "{name}");
    }
}
