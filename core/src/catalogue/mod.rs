//! Everything that Attune says, in every language, and the lists that its words belong to.
//!
//! The words are in `core/catalogue/{en,es}`, in Project Fluent's format, which translators can open. The
//! code here names each of them, so that a text that is missing, or that nobody uses, is a test that
//! fails. Exercises, cards and words for feelings are typed lists of ids; the ids are what entries hold,
//! and never change.
//!
//! How texts speak is a rule of its own (spec §17, P1, P7, P14): modest, without labels for people,
//! counting up only, never telling of an answer that did not come. The tests keep what a list of words
//! can keep.
//!
//! This room knows the journal, whose words it gives a reading, and no other.

mod bundle;
mod cards;
mod emotions;
mod every;
mod exercises;
mod label;
mod language;
mod message;
mod partner;
mod phrase;
mod programme;
mod reading;
mod reason;
mod suggestions;
#[cfg(test)]
mod tests;
mod word;
mod words;

pub use cards::{Card, before_contact, help, reframing, states, strategies, urges, welcome, writing_cards};
pub use cards::{programme_intro, round_kinds};
pub use emotions::{EmotionGroup, emotions};
pub use every::every_message;
pub use exercises::{Exercise, exercises};
pub use label::Label;
pub use language::Language;
pub use message::{Message, MessageId};
pub use partner::AboutPartner;
pub use phrase::Phrase;
pub(crate) use phrase::clock;
pub use programme::{ProgrammeAction, ProgrammeStep, programme};
pub use reading::{ExerciseReading, Reading, ReadingGroup, StepReading, TextList};
pub use reason::Reason;
pub use suggestions::{Suggestion, Tip, for_me, for_partner};
pub use word::Word;
pub use words::{cues, fields, kinds, presence, series, situations};

/// The texts of one language. Costs nothing to make; a language's files are read when its first text is
/// asked for, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Catalogue {
    language: Language,
}

impl Catalogue {
    /// The catalogue in this language.
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    /// The language of its texts.
    pub const fn language(self) -> Language {
        self.language
    }

    /// A text. Every message exists in every language, which a test makes sure of; were one missing all
    /// the same, its English form is given, or at the very last its id.
    pub fn text(self, message: impl Into<Message>) -> String {
        let message = message.into();
        bundle::say(self.language, &message)
            .or_else(|| bundle::say(Language::English, &message))
            .unwrap_or_else(|| message.id.to_string())
    }

    /// Every text that may be shown about the partner (spec P14), those with values in them with sample
    /// values.
    pub fn about_partner(self) -> Vec<String> {
        let every = every_message().into_iter().filter(|message| message.id().is_about_partner());
        every.map(|message| self.text(message)).collect()
    }
}
