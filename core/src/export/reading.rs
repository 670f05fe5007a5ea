//! How what entries hold reads: words of the lists in the person's language, a person's own words as they
//! are.

use chrono::Weekday;
use serde_json::Value;

use super::csv::word;
use super::plain;
use crate::catalogue::{self, Catalogue, Label, Phrase};

/// How a value of a field reads.
pub(super) fn value_reads(field: &str, value: &Value, catalogue: Catalogue) -> String {
    match value {
        Value::String(text) => reads(field, text, catalogue),
        Value::Array(values) => {
            values.iter().map(|value| value_reads(field, value, catalogue)).collect::<Vec<_>>().join(", ")
        }
        other => plain(other),
    }
}

/// How a word reads that a field holds, or the points of a series stand for.
pub(super) fn reads(field: &str, id: &str, catalogue: Catalogue) -> String {
    let card = |cards: &[catalogue::Card]| {
        cards.iter().find(|card| card.id == id).map_or_else(|| id.to_owned(), |card| catalogue.text(card.title()))
    };
    match field {
        "cue" | "cues" => word(catalogue::cues(), id, catalogue),
        "situation" | "situations" => word(catalogue::situations(), id, catalogue),
        "emotion" | "feeling" | "words" => {
            let group = catalogue::emotions().iter().find(|group| group.words.iter().any(|word| word.id == id));
            group.map_or_else(|| id.to_owned(), |group| word(group.words, id, catalogue))
        }
        "state" => card(catalogue::states()),
        "urge" => card(catalogue::urges()),
        "exercise" | "activation_by_exercise" => {
            let exercise = catalogue::exercises().iter().find(|exercise| exercise.id == id);
            exercise.map_or_else(|| id.to_owned(), |exercise| catalogue.text(exercise.name()))
        }
        "pauses" if id == "with_return" => catalogue.text(Label::ExportWithReturn),
        "pauses" => catalogue.text(Label::ExportWithoutReturn),
        "by_weekday" => {
            let from_monday = id.parse::<u8>().ok().and_then(|day| Weekday::try_from(day.checked_sub(1)?).ok());
            from_monday.map_or_else(|| id.to_owned(), |day| catalogue.text(Phrase::Weekday(day)))
        }
        "by_hour" => format!("{id:0>2}:00"),
        _ => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::catalogue::Language;

    #[test]
    fn words_of_the_lists_read_as_words_and_own_words_stay() {
        let english = Catalogue::new(Language::English);
        let cues = json!(["tight_chest", "my left_knee"]);
        let read = value_reads("cues", &cues, english);
        assert!(!read.contains("tight_chest") && read.ends_with(", my left_knee"), "{read}");
        assert_ne!(reads("state", "shut_down", english), "shut_down");
        assert_ne!(reads("words", "at_ease", english), "at_ease");
        assert_eq!(reads("text", "tight_chest", english), "tight_chest", "a person's own text");
        assert_eq!(reads("by_hour", "8", english), "08:00");
        assert_eq!(reads("by_weekday", "7", english), "Sunday");
        assert_eq!(reads("pauses", "without", english), "Without a return");
    }
}
