//! The empathy turn (spec §7): a listener, who first names an own feeling in private, and a speaker.

use std::collections::BTreeMap;

use super::{Act, policy};
use crate::journal::{Body, Confirmation, Entry, EntryId, HelpWanted, TurnAct, TurnBegin, TurnStep, Whose};

/// All turns that some entries tell of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Turns {
    turns: BTreeMap<EntryId, Turn>,
    /// Under which id each beginning's turn is kept.
    known_as: BTreeMap<EntryId, EntryId>,
}

/// A turn, folded from the acts of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The entry that began it.
    pub id: EntryId,
    /// Who listens: the one who began it, or who spoke in the turn before.
    pub listener: Whose,
    /// The turn that it was swapped from, if any.
    pub swapped_from: Option<EntryId>,
    /// Whether this person, as the listener, has named an own feeling; known to this phone alone.
    pub feeling_named: bool,
    /// What was said.
    pub spoken: Option<Spoken>,
    /// What the listener said back, in order.
    pub reflections: Vec<String>,
    /// How well, as the speaker said, in order.
    pub confirmations: Vec<Confirmation>,
    /// What the speaker wants next.
    pub wants: Option<HelpWanted>,
    /// Signs of presence, in order.
    pub presence: Vec<String>,
    /// Advice, once it was asked for, in order.
    pub advice: Vec<String>,
    over: bool,
}

/// What the speaker said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// In own words.
    pub text: String,
    /// In one feeling word.
    pub feeling: String,
}

/// How far a turn has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum TurnStage {
    /// The speaker speaks.
    Speaking,
    /// The listener says back what was heard.
    Reflecting,
    /// The speaker says how well.
    Confirming,
    /// "Listening, or help?"
    Asking,
    /// The listener is there.
    Listening,
    /// The speaker asked for help: advice is open.
    Helping,
    /// Over.
    Closed,
}

/// Why an act of a turn is refused; the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TurnRefused {
    /// It is the other one's to do.
    NotYours,
    /// Advice was not asked for.
    AdviceLocked,
    /// Not now.
    WrongStage,
    /// The listener names an own feeling first.
    NameOwnFeelingFirst,
}

impl Turns {
    /// The turns that these entries of both logs tell of; order and repetition do not matter. Where both
    /// swapped the same turn while apart, the two beginnings are one turn, under the lower id.
    pub fn fold<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let entries: BTreeMap<EntryId, &Entry> = entries.into_iter().map(|entry| (entry.id, entry)).collect();
        let mut all = Self::default();
        let mut swaps: BTreeMap<EntryId, EntryId> = BTreeMap::new();
        for entry in entries.values() {
            let Body::TurnBegin(begin) = &entry.body else { continue };
            let first = begin.swapped_from.map_or(entry.id, |from| *swaps.entry(from).or_insert(entry.id));
            let listener = if begin.listens { entry.whose } else { other(entry.whose) };
            all.known_as.insert(entry.id, first);
            all.turns.entry(first).or_insert_with(|| Turn::new(first, listener, begin.swapped_from));
        }
        for swapped in swaps.keys() {
            if let Some(turn) = all.known_as.get(swapped).and_then(|id| all.turns.get_mut(id)) {
                turn.over = true;
            }
        }
        for entry in entries.values() {
            let Body::TurnAct(act) = &entry.body else { continue };
            if let Some(turn) = all.known_as.get(&act.turn).and_then(|id| all.turns.get_mut(id)) {
                turn.take(entry.whose, &act.step);
            }
        }
        all
    }

    /// The turn with this id, or into which the beginning with this id went.
    pub fn get(&self, id: EntryId) -> Option<&Turn> {
        self.turns.get(self.known_as.get(&id)?)
    }

    /// All turns, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Turn> {
        self.turns.values()
    }

    /// The turn that was swapped and waits for this person, who listens now, to name an own feeling. To
    /// begin a turn means this one, where there is one.
    pub fn waiting_for_my_feeling(&self) -> Option<&Turn> {
        self.iter().rev().find(|turn| {
            turn.swapped_from.is_some()
                && turn.listener == Whose::Mine
                && !turn.feeling_named
                && turn.stage() != TurnStage::Closed
        })
    }
}

/// Begins a turn as its listener. What is written next, under its id, is the own feeling
/// ([`own_feeling`]).
pub fn begin() -> Act {
    Act::shared(TurnBegin { listens: true, swapped_from: None })
}

/// The listener's own feeling: always private.
pub fn own_feeling(turn: EntryId, feeling: String) -> Act {
    Act::private(TurnAct { turn, step: TurnStep::OwnFeeling(feeling) })
}

/// The other one of the two.
fn other(whose: Whose) -> Whose {
    match whose {
        Whose::Mine => Whose::Theirs,
        Whose::Theirs => Whose::Mine,
    }
}

impl Turn {
    fn new(id: EntryId, listener: Whose, swapped_from: Option<EntryId>) -> Self {
        Self {
            id,
            listener,
            swapped_from,
            feeling_named: false,
            spoken: None,
            reflections: Vec::new(),
            confirmations: Vec::new(),
            wants: None,
            presence: Vec::new(),
            advice: Vec::new(),
            over: false,
        }
    }

    /// Who speaks.
    pub fn speaker(&self) -> Whose {
        other(self.listener)
    }

    /// Entries come in order of ids, and each kind of step has one author: its order is the author's own.
    fn take(&mut self, by: Whose, step: &TurnStep) {
        let listens = by == self.listener;
        match step {
            TurnStep::OwnFeeling(_) if listens => self.feeling_named |= by == Whose::Mine,
            TurnStep::Speak { text, feeling } if !listens => {
                let spoken = || Spoken { text: text.clone(), feeling: feeling.clone() };
                self.spoken.get_or_insert_with(spoken);
            }
            TurnStep::Reflect(text) if listens => self.reflections.push(text.clone()),
            TurnStep::Confirm(how) if !listens => self.confirmations.push(*how),
            TurnStep::Help(wants) if !listens => drop(self.wants.get_or_insert(*wants)),
            TurnStep::Presence(preset) if listens => self.presence.push(preset.clone()),
            TurnStep::Advice(text) if listens => self.advice.push(text.clone()),
            TurnStep::Leave => self.over = true,
            _ => {}
        }
    }

    /// How often the listener has said back what was heard.
    pub fn tries(&self) -> usize {
        self.reflections.len()
    }

    /// How far it has come.
    pub fn stage(&self) -> TurnStage {
        let is_answered = self.confirmations.len() >= self.reflections.len();
        let is_understood = self.confirmations.contains(&Confirmation::Yes);
        if self.over {
            TurnStage::Closed
        } else if self.spoken.is_none() {
            TurnStage::Speaking
        } else if !is_answered {
            TurnStage::Confirming
        } else if !is_understood && self.reflections.len() < policy::REFLECTION_TRIES {
            TurnStage::Reflecting
        } else {
            match self.wants {
                None => TurnStage::Asking,
                Some(HelpWanted::Listening) => TurnStage::Listening,
                Some(HelpWanted::Help) => TurnStage::Helping,
            }
        }
    }

    /// Whether advice may be given: what was said was said back, and help was asked for.
    pub fn advice_is_open(&self) -> bool {
        self.stage() == TurnStage::Helping
    }

    /// Does this now, if this person may.
    pub fn act(&self, step: TurnStep) -> Result<Act, TurnRefused> {
        self.allows(&step)?;
        if matches!(step, TurnStep::OwnFeeling(_)) {
            return Ok(Act::private(TurnAct { turn: self.id, step }));
        }
        Ok(Act::shared(TurnAct { turn: self.id, step }))
    }

    /// Swaps, once the speaker has said what is wanted: a new turn begins, in which the speaker listens.
    /// Either may.
    pub fn swap(&self) -> Result<Act, TurnRefused> {
        match self.stage() {
            TurnStage::Listening | TurnStage::Helping => {
                let listens = self.speaker() == Whose::Mine;
                Ok(Act::shared(TurnBegin { listens, swapped_from: Some(self.id) }))
            }
            _ => Err(TurnRefused::WrongStage),
        }
    }

    fn allows(&self, step: &TurnStep) -> Result<(), TurnRefused> {
        use TurnStage::{Asking, Confirming, Helping, Listening, Reflecting, Speaking};
        let stage = self.stage();
        let (whose, stages): (Whose, &[TurnStage]) = match step {
            TurnStep::OwnFeeling(_) => (self.listener, &[Speaking, Reflecting]),
            TurnStep::Speak { .. } => (self.speaker(), &[Speaking]),
            TurnStep::Reflect(_) => (self.listener, &[Reflecting]),
            TurnStep::Confirm(_) => (self.speaker(), &[Confirming]),
            TurnStep::Help(_) => (self.speaker(), &[Asking]),
            TurnStep::Presence(_) => (self.listener, &[Listening, Helping]),
            TurnStep::Advice(_) => (self.listener, &[Helping]),
            TurnStep::Leave => (Whose::Mine, &[Speaking, Reflecting, Confirming, Asking, Listening, Helping]),
        };
        if whose != Whose::Mine {
            return Err(TurnRefused::NotYours);
        }
        if matches!(step, TurnStep::Advice(_)) && !self.advice_is_open() {
            return Err(TurnRefused::AdviceLocked);
        }
        if !stages.contains(&stage) {
            return Err(TurnRefused::WrongStage);
        }
        if matches!(step, TurnStep::Reflect(_)) && !self.feeling_named {
            return Err(TurnRefused::NameOwnFeelingFirst);
        }
        Ok(())
    }
}
