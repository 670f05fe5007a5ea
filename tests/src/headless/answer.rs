//! What a headless phone answers, and under which code a failure goes.

use attune_core::catalogue::Catalogue;
use attune_core::journal::EntryId;
use attune_core::phone::PhoneError;
use serde_json::{Value, json};

/// The result of an operation, or why there is none.
pub(super) type Answer = Result<Value, Fault>;

/// Why an operation was not done. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// A practice rule said no.
    Refused { code: String, text: String },
    /// Anything else.
    Error { code: String, text: String },
}

impl Fault {
    /// Arguments that make no sense.
    pub(super) fn bad(text: impl Into<String>) -> Self {
        Self::error("BadArguments", text)
    }

    pub(super) fn error(code: &str, text: impl Into<String>) -> Self {
        Self::Error { code: code.to_owned(), text: text.into() }
    }
}

impl From<PhoneError> for Fault {
    /// The codes of the protocol are the names of the core's variants, none of which carries data.
    fn from(error: PhoneError) -> Self {
        let text = Catalogue::default().text(error.reason());
        match error {
            PhoneError::Refused(refusal) => Self::Refused { code: format!("{refusal:?}"), text },
            error => Self::Error { code: format!("{error:?}"), text },
        }
    }
}

/// The result of what has made an entry.
pub(super) fn id(id: EntryId) -> Answer {
    Ok(json!({"id": id}))
}

/// The words of the protocol for states and the like are the names of the core's variants, in snake case.
pub(super) fn word(variant: impl std::fmt::Debug) -> String {
    let mut word = String::new();
    for letter in format!("{variant:?}").chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

/// The line that is sent.
pub(super) fn to_line(answer: Answer) -> Value {
    match answer {
        Ok(result) => json!({"ok": result}),
        Err(Fault::Refused { code, text }) => json!({"refused": code, "text": text}),
        Err(Fault::Error { code, text }) => json!({"error": code, "text": text}),
    }
}

#[cfg(test)]
mod tests {
    use attune_core::phone::Refusal;

    use super::*;

    #[test]
    fn codes_are_the_names_of_the_contract() {
        let refused = to_line(Err(PhoneError::Refused(Refusal::NotOwner).into()));
        assert_eq!(refused["refused"], "NotOwner");
        let failed = to_line(Err(PhoneError::WrongKey.into()));
        assert_eq!(failed["error"], "WrongKey");
        assert!(!failed["text"].as_str().unwrap().is_empty());
    }
}
