//! What must not be found on a phone, whatever happened: after every step its dump is searched.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde_json::Value;

/// What no text about the partner says (P14).
const NOT_ABOUT_THE_PARTNER: &[&str] =
    &["late", "missed", "ignored", "declined", "refused", "failed", "streak", "avoidant", "anxious", "you should"];

/// The same in words, which must not stand in a text one after the other.
static FORBIDDEN: LazyLock<Vec<Vec<String>>> =
    LazyLock::new(|| NOT_ABOUT_THE_PARTNER.iter().map(|phrase| words(phrase)).collect());

/// What a dump is searched for. It remembers which texts about the partner were found to be harmless, for they stand in
/// every dump again.
#[derive(Default)]
pub(super) struct Search {
    harmless: HashSet<String>,
}

impl Search {
    /// Searches a dump for texts that this phone must never hold, ignoring case, and the app's texts about the
    /// partner for words that P14 forbids. The first finding, in one sentence.
    pub(super) fn check(&mut self, dump: &Value, never: &[String]) -> Result<(), String> {
        if let Some(text) = held(dump, never) {
            return Err(format!("\"{text}\", which this phone must never hold"));
        }
        let Some(texts) = dump.get("texts").and_then(Value::as_array) else {
            return Err("a dump without \"texts\"".to_owned());
        };
        for marked in texts {
            let (Some(text), Some(about_partner)) =
                (marked.get("text").and_then(Value::as_str), marked.get("about_partner").and_then(Value::as_bool))
            else {
                return Err(format!("a text that does not say whether it is about the partner: {marked}"));
            };
            if !about_partner || self.harmless.contains(text) {
                continue;
            }
            if let Some(phrase) = forbidden(text) {
                return Err(format!("\"{phrase}\" in a text about the partner: \"{text}\""));
            }
            self.harmless.insert(text.to_owned());
        }
        Ok(())
    }
}

/// The first of these texts that is found in the dump.
fn held<'a>(dump: &Value, never: &'a [String]) -> Option<&'a String> {
    let lower = if never.is_empty() { String::new() } else { dump.to_string().to_lowercase() };
    never.iter().find(|text| {
        let wanted = text.to_lowercase();
        let is_escaped = |c: char| c == '"' || c == '\\' || c.is_control();
        lower.contains(&wanted)
            || wanted.contains(is_escaped) && any_text(dump, &|text| text.to_lowercase().contains(&wanted))
    })
}

/// The first forbidden phrase whose words stand in the text one after the other, as whole words.
fn forbidden(text: &str) -> Option<&'static str> {
    let text = words(text);
    let mut phrases = NOT_ABOUT_THE_PARTNER.iter().zip(FORBIDDEN.iter());
    phrases.find(|(_, words)| text.windows(words.len()).any(|window| window == words.as_slice())).map(|(text, _)| *text)
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// True where some key or text, as it is read and not as JSON escapes it, is found.
fn any_text(value: &Value, found: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => found(text),
        Value::Array(values) => values.iter().any(|value| any_text(value, found)),
        Value::Object(values) => values.iter().any(|(key, value)| found(key) || any_text(value, found)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(dump: &Value, never: &[String]) -> Result<(), String> {
        Search::default().check(dump, never)
    }

    fn about(partner: bool, text: &str) -> Value {
        json!({"entries": [], "documents": [], "views": [], "texts": [{"text": text, "about_partner": partner}]})
    }

    fn holding(text: &str) -> Value {
        json!({"entries": [{"body": {"text": text}}], "documents": [], "views": [], "texts": []})
    }

    #[test]
    fn a_text_is_found_anywhere_and_in_any_case() {
        let never = ["Canary-B".to_owned()];
        assert!(check(&holding("about canary-b-trapped"), &never).is_err());
        assert!(check(&holding("ÇANARY-B"), &never).is_ok());
        assert!(check(&json!({"texts": [], "views": [{"CANARY-B": 1}]}), &never).is_err());
    }

    #[test]
    fn what_json_escapes_is_found_too() {
        assert!(check(&holding("she said \"no\"\nand went"), &["\"NO\"\nand".to_owned()]).is_err());
        assert!(check(&holding("ÄRGER über"), &["ärger Über".to_owned()]).is_err());
    }

    #[test]
    fn forbidden_words_are_whole_and_about_the_partner() {
        for text in ["Too LATE.", "late", "You  should rest", "a (missed) call", "late-night"] {
            assert!(check(&about(true, text), &[]).is_err(), "{text}");
            assert!(check(&about(false, text), &[]).is_ok(), "{text}");
        }
        for text in ["later", "chocolate", "you shoulder it", "should you", "dismissed", "as of Monday"] {
            assert!(check(&about(true, text), &[]).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_was_harmless_once_is_not_what_another_text_is() {
        let mut search = Search::default();
        for _ in 0..2 {
            search.check(&about(true, "You could rest"), &[]).unwrap();
            search.check(&about(false, "You should rest"), &[]).unwrap();
            search.check(&about(true, "You should rest"), &[]).unwrap_err();
        }
    }

    #[test]
    fn a_dump_that_marks_nothing_is_no_dump() {
        assert!(check(&json!({"entries": []}), &[]).is_err());
        assert!(check(&json!({"texts": [{"text": "hello"}]}), &[]).is_err());
        assert!(check(&json!({"texts": ["hello"]}), &[]).is_err());
    }
}
