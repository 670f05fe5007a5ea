//! The toolkit, and what suggests itself (spec §9, §12): the catalogue's lists, by the felt state that a
//! person has felt or shared.

use std::sync::Arc;

use crate::catalogue::{self, Exercise, Suggestion};
use crate::journal::{FeltState, LocalTime, Whose};
use crate::phone::PhoneError;
use crate::phone::keeping::{Keeping, Open};
use crate::practice::felt_state::{Felt, own_state, partners_state};
use crate::store::EntryQuery;

/// Exercises and suggestions.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Toolkit {
    pub(in crate::phone) keeping: Arc<Keeping>,
}

/// For whom something is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum For {
    /// Oneself.
    Me,
    /// The partner.
    Partner,
}

/// Something that may help.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Helpful {
    /// Its id in the catalogue.
    pub id: String,
    /// Whether it is an exercise; otherwise it is a card.
    pub is_exercise: bool,
    /// Its name.
    pub title: String,
    /// Why, said modestly.
    pub why: String,
    /// When the state was felt, or shared, that it goes by; `None` for what goes by none (P12).
    pub as_of: Option<LocalTime>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Toolkit {
    /// The exercises: for oneself first those that suit the own state, for both those that take two.
    pub fn exercises(&self, whom: For) -> Result<Vec<Helpful>, PhoneError> {
        self.keeping.with(|open| {
            let state = match whom {
                For::Me => open.own_state()?,
                For::Partner => None,
            };
            let for_two = whom == For::Partner;
            let mut fitting: Vec<&Exercise> =
                catalogue::exercises().iter().filter(|exercise| exercise.for_two == for_two).collect();
            fitting.sort_by_key(|exercise| !state.is_some_and(|felt| exercise.suits.contains(&felt.state)));
            Ok(fitting.into_iter().map(|exercise| self.helpful(Suggestion::Exercise(exercise), None)).collect())
        })
    }

    /// What suggests itself: for oneself always something, for the partner only where a state was shared.
    pub fn suggestions(&self, whom: For) -> Result<Vec<Helpful>, PhoneError> {
        self.keeping.with(|open| {
            let (suggest, felt): (fn(FeltState) -> Vec<Suggestion>, _) = match whom {
                For::Me => (catalogue::for_me, open.own_state()?),
                For::Partner => (catalogue::for_partner, open.partners_state()?),
            };
            let state = felt.map(|felt| felt.state);
            let suggested = match (state, whom) {
                (Some(state), _) => suggest(state),
                (None, For::Me) => suggest(FeltState::Unsure),
                (None, For::Partner) => Vec::new(),
            };
            let as_of = felt.map(|felt| felt.as_of);
            Ok(suggested.into_iter().map(|suggestion| self.helpful(suggestion, as_of)).collect())
        })
    }
}

impl Toolkit {
    fn helpful(&self, suggestion: Suggestion, as_of: Option<LocalTime>) -> Helpful {
        let catalogue = self.keeping.catalogue();
        Helpful {
            id: suggestion.id().to_owned(),
            is_exercise: matches!(suggestion, Suggestion::Exercise(_)),
            title: catalogue.text(suggestion.title()),
            why: catalogue.text(suggestion.why()),
            as_of,
        }
    }
}

/// The state is among so many newest entries: an edit of an older check-in is one more.
const RECENT: u32 = 20;

impl Open {
    fn own_state(&self) -> Result<Option<Felt>, PhoneError> {
        Ok(own_state(&self.newest(&["check_in"], Some(RECENT))?, self.now()))
    }

    fn partners_state(&self) -> Result<Option<Felt>, PhoneError> {
        let (whose, kinds): (_, &[&str]) = (Some(Whose::Theirs), &["snapshot"]);
        let query = EntryQuery { whose, kinds, current_pairing: true, ..EntryQuery::default() };
        Ok(partners_state(&self.store.entries(&query)?))
    }
}
