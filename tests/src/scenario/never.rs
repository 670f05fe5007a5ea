//! What must not be found on a phone, whatever happened: after every step its dump is searched.

use serde_json::Value;

/// What no text about the partner says (P14).
const NOT_ABOUT_THE_PARTNER: &[&str] =
    &["late", "missed", "ignored", "declined", "refused", "failed", "streak", "avoidant", "anxious", "you should"];

/// Searches a dump for texts that this phone must never hold, ignoring case, and the app's texts about the
/// partner for words that P14 forbids. The first finding, in one sentence.
pub(super) fn check(dump: &Value, never: &[String]) -> Result<(), String> {
    let lower = dump.to_string().to_lowercase();
    for text in never {
        let wanted = text.to_lowercase();
        if lower.contains(&wanted) || any_text(dump, &|text| text.to_lowercase().contains(&wanted)) {
            return Err(format!("\"{text}\", which this phone must never hold"));
        }
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
        if let Some(word) = NOT_ABOUT_THE_PARTNER.iter().find(|word| about_partner && says(text, word)) {
            return Err(format!("\"{word}\" in a text about the partner: \"{text}\""));
        }
    }
    Ok(())
}

/// True where the words of `phrase` stand in `text` one after the other, as whole words.
fn says(text: &str, phrase: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let phrase = words(phrase);
    words(text).windows(phrase.len()).any(|window| window == phrase)
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
    fn a_dump_that_marks_nothing_is_no_dump() {
        assert!(check(&json!({"entries": []}), &[]).is_err());
        assert!(check(&json!({"texts": [{"text": "hello"}]}), &[]).is_err());
        assert!(check(&json!({"texts": ["hello"]}), &[]).is_err());
    }
}
