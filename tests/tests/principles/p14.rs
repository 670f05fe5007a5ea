//! P14: words that no text about the partner contains, in any language.

use attune_core::catalogue::{Catalogue, Language};
use serde_json::{Value, json};

use crate::people::Two;

const ENGLISH: &[&str] =
    &["late", "missed", "ignored", "declined", "refused", "failed", "streak", "avoidant", "anxious", "you should"];
/// What the same would be called in Spanish, in each form that it has there.
const SPANISH: &[&str] = &[
    "con retraso",
    "retrasado",
    "retrasada",
    "demasiado tarde",
    "tarde",
    "perdido",
    "perdida",
    "perdió",
    "ignorado",
    "ignorada",
    "ignoró",
    "ignora",
    "rechazado",
    "rechazada",
    "rechazó",
    "rechaza",
    "se negó",
    "fallado",
    "falló",
    "falla",
    "fallo",
    "fracaso",
    "fracasó",
    "fracasado",
    "racha",
    "evitativo",
    "evitativa",
    "ansioso",
    "ansiosa",
    "deberías",
    "debería",
    "debes",
    "tienes que",
];

fn never(language: Language) -> &'static [&'static str] {
    match language {
        Language::English => ENGLISH,
        Language::Spanish => SPANISH,
    }
}

/// Whether a phrase stands in a text, as whole words and whatever the case.
fn holds(text: &str, phrase: &str) -> bool {
    let words = |text: &str| {
        let lower = text.to_lowercase();
        let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    };
    format!(" {} ", words(text)).contains(&format!(" {phrase} "))
}

#[test]
fn whole_words_are_looked_for_whatever_their_case() {
    assert!(holds("You’re Late!", "late") && holds("so You  should", "you should"));
    assert!(!holds("Later, on a plate", "late"));
}

#[test]
fn no_text_of_the_catalogue_about_the_partner_contains_them() {
    for language in Language::ALL {
        let texts = Catalogue::new(*language).about_partner();
        assert!(texts.len() > 20, "{language:?}");
        for text in texts {
            for phrase in never(*language) {
                assert!(!holds(&text, phrase), "{language:?}: {phrase}: {text}");
            }
        }
    }
}

#[test]
fn no_text_about_the_partner_on_a_phone_contains_them_whatever_has_or_has_not_happened() {
    let mut two = Two::paired(140);
    let until = "2026-03-02T12:00:00+01:00";
    two.ada.makes("round.invite", json!({"max_s": 60, "open_until": until, "round_kind": "tea"}));
    two.bob.makes("pledge.make", json!({"due": until, "how": "kitchen"}));
    two.meet();
    two.bob.logs(json!({"kind": "check_in", "state": "shut_down", "activation": 8}), true);
    for time in ["2026-03-02T12:30:00+01:00", "2026-03-04T12:30:00+01:00", "2026-05-04T12:30:00+02:00"] {
        two.at(time);
        let mut texts = about_partner(&two.ada.dump());
        texts.push(two.ada.sees("partner", json!({}))["text"].as_str().unwrap().to_owned());
        texts.extend(strings(&two.ada.sees("suggestions", json!({"for": "partner"}))));
        texts.extend(strings(&two.ada.sees("toolkit", json!({"for": "partner"}))));
        for text in texts {
            for phrase in ENGLISH {
                assert!(!holds(&text, phrase), "{phrase}: {text}");
            }
        }
        two.meet();
    }
}

fn about_partner(dump: &Value) -> Vec<String> {
    let texts = dump["texts"].as_array().unwrap().iter().filter(|text| text["about_partner"] == true);
    texts.map(|text| text["text"].as_str().unwrap().to_owned()).collect()
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(strings).collect(),
        Value::Object(fields) => fields.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}
