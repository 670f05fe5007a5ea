//! The lists as they read in one language, with the ids that entries hold: what a screen shows and stores.

use super::{Card, Catalogue, EmotionGroup, Label, MessageId, Phrase, Word, cards, words};
use super::{emotions, exercises, programme};
use crate::journal::Path;

/// A list of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum TextList {
    /// The five felt states (spec §12).
    States,
    /// What one would like to do in a hard moment (spec §3).
    Urges,
    /// Where hard moments tend to happen (spec §10).
    Situations,
    /// What a body may show (spec §9).
    Cues,
    /// What a listener may offer (spec §7).
    Presence,
    /// What two people may do in a round (spec §4).
    RoundKinds,
    /// To read before contact (spec §4).
    BeforeContact,
    /// Two ways of seeing what protects (spec §13).
    Reframing,
    /// Cards to write on (spec §13).
    WritingCards,
    /// Ways of doing things that are offered along the steps (spec §11).
    Strategies,
    /// What each path of the programme is for (spec §11).
    ProgrammeIntro,
    /// The first pages.
    Welcome,
    /// Names of kinds of entries.
    Kinds,
    /// Names of their fields.
    Fields,
    /// Headings of the series that insights are made of (spec §16).
    Series,
}

/// A text of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Reading {
    /// What entries hold. Never changes, whatever the language.
    pub id: String,
    /// Its name or title.
    pub title: String,
    /// What it says, where that is more than its name.
    pub text: Option<String>,
    /// What stands where one writes; only on cards that one writes on.
    pub prompt: Option<String>,
}

/// Texts that lie close together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReadingGroup {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its texts.
    pub readings: Vec<Reading>,
}

/// An exercise of the toolkit (spec §9, §12).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ExerciseReading {
    /// What entries hold.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it is for, said modestly.
    pub why: String,
    /// What to do, one thing after the other.
    pub steps: Vec<String>,
    /// How long it may take, in seconds; the first is suggested.
    pub lengths_s: Vec<u32>,
    /// Whether it takes two.
    pub for_two: bool,
}

/// A step of a path of the programme (spec §11).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct StepReading {
    /// Its number, from 1.
    pub number: u8,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Its actions, in their order.
    pub actions: Vec<Reading>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Catalogue {
    /// The word or line of a screen with this id, which is that of a [`Label`]; `None` where there is none.
    pub fn label(&self, id: &str) -> Option<String> {
        let label = Label::ALL.iter().find(|label| label.id().to_string() == id)?;
        Some(self.text(*label))
    }

    /// The id of every word and line of a screen.
    pub fn label_ids(&self) -> Vec<String> {
        Label::ALL.iter().map(|label| label.id().to_string()).collect()
    }

    /// A sentence with values in it.
    pub fn phrase(&self, phrase: Phrase) -> String {
        self.text(phrase)
    }

    /// A list, in its order.
    pub fn list(&self, list: TextList) -> Vec<Reading> {
        let of_cards = |cards: &[Card]| cards.iter().map(|card| self.card(card)).collect();
        let of_words = |words: &[Word]| words.iter().map(|word| self.named(word.id, word.text())).collect();
        match list {
            TextList::States => of_cards(cards::states()),
            TextList::Urges => of_cards(cards::urges()),
            TextList::Situations => of_words(words::situations()),
            TextList::Cues => of_words(words::cues()),
            TextList::Presence => of_words(words::presence()),
            TextList::RoundKinds => of_cards(cards::round_kinds()),
            TextList::BeforeContact => of_cards(cards::before_contact()),
            TextList::Reframing => of_cards(cards::reframing()),
            TextList::WritingCards => of_cards(cards::writing_cards()),
            TextList::Strategies => of_cards(cards::strategies()),
            TextList::ProgrammeIntro => of_cards(cards::programme_intro()),
            TextList::Welcome => of_cards(cards::welcome()),
            TextList::Kinds => of_words(words::kinds()),
            TextList::Fields => of_words(words::fields()),
            TextList::Series => of_words(words::series()),
        }
    }

    /// Words for feelings, in groups.
    pub fn emotion_groups(&self) -> Vec<ReadingGroup> {
        let group = |group: &EmotionGroup| ReadingGroup {
            id: group.id.to_owned(),
            title: self.text(group.name()),
            readings: group.words.iter().map(|word| self.named(word.id, word.text())).collect(),
        };
        emotions().iter().map(group).collect()
    }

    /// Every exercise.
    pub fn exercise_list(&self) -> Vec<ExerciseReading> {
        let reading = |exercise: &super::Exercise| ExerciseReading {
            id: exercise.id.to_owned(),
            title: self.text(exercise.name()),
            why: self.text(exercise.why()),
            steps: exercise.steps().into_iter().map(|step| self.text(step)).collect(),
            lengths_s: exercise.lengths_s.to_vec(),
            for_two: exercise.for_two,
        };
        exercises().iter().map(reading).collect()
    }

    /// The steps of a path.
    pub fn programme_steps(&self, path: Path) -> Vec<StepReading> {
        let reading = |step: &super::ProgrammeStep| StepReading {
            number: step.number,
            title: self.text(step.title()),
            purpose: self.text(step.purpose()),
            actions: step.actions.iter().map(|action| self.named(action.id, action.text())).collect(),
        };
        programme(path).iter().map(reading).collect()
    }

    /// Every text that may be shown about the partner (spec P14), those with values in them with sample
    /// values.
    pub fn texts_about_partner(&self) -> Vec<String> {
        self.about_partner()
    }
}

impl Catalogue {
    fn card(&self, card: &Card) -> Reading {
        Reading {
            id: card.id.to_owned(),
            title: self.text(card.title()),
            text: Some(self.text(card.text())),
            prompt: card.prompt().map(|prompt| self.text(prompt)),
        }
    }

    fn named(&self, id: &str, text: MessageId) -> Reading {
        Reading { id: id.to_owned(), title: self.text(text), text: None, prompt: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Language;

    #[test]
    fn a_list_reads_in_its_language_under_the_same_ids() {
        let [english, spanish] = [Language::English, Language::Spanish].map(Catalogue::new);
        let ids = |readings: &[Reading]| readings.iter().map(|reading| reading.id.clone()).collect::<Vec<_>>();
        for list in [TextList::States, TextList::Situations, TextList::WritingCards, TextList::Series] {
            let (here, there) = (english.list(list), spanish.list(list));
            assert_eq!(ids(&here), ids(&there));
            assert!(here.iter().zip(&there).any(|(here, there)| here.title != there.title), "{list:?}");
        }
        assert!(english.list(TextList::WritingCards).iter().all(|card| card.prompt.is_some()));
        assert!(english.list(TextList::States).iter().all(|state| state.prompt.is_none() && state.text.is_some()));
    }
}
