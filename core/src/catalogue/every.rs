//! Every message there is: for tests, and for whoever wants to read or check them all.

use super::cards::{
    before_contact, help, programme_intro, reframing, round_kinds, states, strategies, urges, welcome, writing_cards,
};
use super::exercises::exercises;
use super::label::Label;
use super::message::{Message, MessageId};
use super::partner::AboutPartner;
use super::programme::programme;
use super::reason::Reason;
use super::words::{cues, fields, kinds, presence, series, situations};
use super::{emotions, for_me, for_partner, phrase};
use crate::journal::{FeltState, Path};

/// Every message that the catalogue can give, once; those with values in them with sample values.
pub fn every_message() -> Vec<Message> {
    let mut plain = named();
    plain.extend(listed());
    plain.extend(titled());
    plain.extend(practised());
    plain.sort_unstable();
    plain.dedup();
    let said = phrase::samples().into_iter().map(Message::from);
    plain.into_iter().map(Message::from).chain(said).collect()
}

fn named() -> Vec<MessageId> {
    let labels = Label::ALL.iter().map(|label| label.id());
    let partner = AboutPartner::ALL.iter().map(|text| text.id());
    let reasons = Reason::ALL.iter().map(|reason| reason.id());
    labels.chain(partner).chain(reasons).collect()
}

fn listed() -> Vec<MessageId> {
    let lists = [cues(), situations(), presence(), kinds(), fields(), series()];
    let groups = emotions().iter();
    let words = lists.into_iter().chain(groups.clone().map(|group| group.words)).flatten().map(|word| word.text());
    words.chain(groups.map(|group| group.name())).collect()
}

fn titled() -> Vec<MessageId> {
    let lists = [
        states(),
        urges(),
        round_kinds(),
        before_contact(),
        reframing(),
        writing_cards(),
        strategies(),
        programme_intro(),
        welcome(),
        help(),
    ];
    let cards = lists.into_iter().flatten();
    cards.flat_map(|card| [Some(card.title()), Some(card.text()), card.prompt()]).flatten().collect()
}

fn practised() -> Vec<MessageId> {
    let mut messages = Vec::new();
    for exercise in exercises() {
        messages.extend([exercise.name(), exercise.why()]);
        messages.extend(exercise.steps());
    }
    for suggestion in FeltState::ALL.into_iter().flat_map(|state| for_me(state).into_iter().chain(for_partner(state))) {
        messages.extend([suggestion.title(), suggestion.why()]);
    }
    for step in [Path::Distance, Path::Closeness].into_iter().flat_map(programme) {
        messages.extend([step.title(), step.purpose()]);
        messages.extend(step.actions.iter().map(|action| action.text()));
    }
    messages
}
