//! Texts with a title: cards, states, urges, pages.

use super::message::MessageId;

/// A title and a text, sometimes with a prompt to write after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Card {
    /// What entries hold, where they hold it. Never changes.
    pub id: &'static str,
    message: &'static str,
    prompts: bool,
}

impl Card {
    /// Its name or title.
    pub const fn title(&self) -> MessageId {
        MessageId::of(self.message)
    }

    /// What it says.
    pub const fn text(&self) -> MessageId {
        MessageId::part(self.message, "text")
    }

    /// What stands where one writes; only on cards that one writes on.
    pub fn prompt(&self) -> Option<MessageId> {
        self.prompts.then(|| MessageId::part(self.message, "prompt"))
    }
}

macro_rules! cards {
    ($prefix:literal, $prompts:literal; $($id:ident)*) => {
        &[$(Card { id: stringify!($id), message: concat!($prefix, stringify!($id)), prompts: $prompts }),*]
    };
}

/// The five felt states, in plain words (spec §12).
pub fn states() -> &'static [Card] {
    cards!["state-", false; settled activated shut_down mixed unsure]
}

/// What one would like to do in a hard moment (spec §3).
pub fn urges() -> &'static [Card] {
    cards!["urge-", false; withdraw intellectualise task_focus text_again fix protest other]
}

/// What two people may do in a round (spec §4).
pub fn round_kinds() -> &'static [Card] {
    cards!["round-", false; sit_quietly breathe_together hand_on_back tea walk free]
}

/// To read in the three seconds before contact (spec §4).
pub fn before_contact() -> &'static [Card] {
    cards!["before-", false; soften_face slow_voice side_on breathe_out open_hands no_topic]
}

/// Two ways of seeing what protects (spec §13).
pub fn reframing() -> &'static [Card] {
    cards!["reframe-", false; going_quiet insisting]
}

/// Cards to write on (spec §13).
pub fn writing_cards() -> &'static [Card] {
    cards!["card-", true;
        strength_mine strength_yours savour loop_half good_loop mine_and_yours calm_place support_person
        wish_together wish_alone belief
    ]
}

/// Ways of doing things that are offered along the steps (spec §11).
pub fn strategies() -> &'static [Card] {
    cards!["strategy-", false;
        mindful_check_in low_pressure_connection empathy_before_advice repair_ritual structured_check_in
        name_before_solving
    ]
}

/// What each path of the programme is for (spec §11).
pub fn programme_intro() -> &'static [Card] {
    cards!["programme-", false; distance closeness]
}

/// The first pages, in their order.
pub fn welcome() -> &'static [Card] {
    cards!["welcome-", false; what not private length two_ways lock backup]
}

/// The help page, in its order. Showing it leaves no trace anywhere (spec §15).
pub fn help() -> &'static [Card] {
    cards!["help-", false;
        title danger afraid harm can_it_change independence where_to_begin when_professional kinds
        how_to_choose solo
    ]
}
