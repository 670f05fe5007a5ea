//! The own limit (spec §4.1): on this phone, of this person's ratings, and nobody else's business.

use std::sync::Arc;

use crate::journal::Whose;
use crate::phone::keeping::{Keeping, Open};
use crate::phone::{PhoneError, Refusal};
use crate::practice::limit::{LimitRefused, OwnLimit};
use crate::store::EntryQuery;

/// The kinds that it is folded from.
pub(super) const LIMIT_KINDS: &[&str] = &["limit_change", "round_reflect"];

/// The own limit.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Limit {
    pub(in crate::phone) keeping: Arc<Keeping>,
}

/// How the own limit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct LimitView {
    /// The longest contact that its owner accepts, in seconds.
    pub seconds: u32,
    /// Rounds of ease in a row since it last changed.
    pub ease_run: u32,
    /// The longer one that its owner may take, in seconds.
    pub offer_s: Option<u32>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Limit {
    /// Chooses the first value, 30 to 1200 seconds: once, alone, before pairing and before any round.
    /// Refused: `AlreadySetUp`, `OutOfRange`.
    pub fn begin(&self, begin_at_s: u32) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            let is_early = !open.is_paired()? && !open.has_had_rounds()?;
            let act = open.own_limit()?.begin(begin_at_s, is_early)?;
            open.perform(act).map(drop)
        })
    }

    /// How it stands.
    pub fn view(&self) -> Result<LimitView, PhoneError> {
        self.keeping.with(|open| {
            let limit = open.own_limit()?;
            Ok(LimitView { seconds: limit.seconds, ease_run: limit.ease_run, offer_s: limit.offer(open.now()) })
        })
    }

    /// Takes the offer that stands. Refused: `NoOffer`.
    pub fn take_offer(&self) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            let act = open.own_limit()?.take_offer(open.now())?;
            open.perform(act).map(drop)
        })
    }

    /// Lowers it by hand. Refused: `OutOfRange`, `NotLower`.
    pub fn lower(&self, to_s: u32) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            let act = open.own_limit()?.lower(to_s)?;
            open.perform(act).map(drop)
        })
    }
}

impl From<LimitRefused> for Refusal {
    fn from(refused: LimitRefused) -> Self {
        match refused {
            LimitRefused::AlreadySetUp => Self::AlreadySetUp,
            LimitRefused::NoOffer => Self::NoOffer,
            LimitRefused::NotLower => Self::NotLower,
            LimitRefused::OutOfRange => Self::OutOfRange,
        }
    }
}

impl Open {
    /// The own limit; it outlives pairings.
    pub(super) fn own_limit(&self) -> Result<OwnLimit, PhoneError> {
        let query = EntryQuery { whose: Some(Whose::Mine), kinds: LIMIT_KINDS, ..EntryQuery::default() };
        Ok(OwnLimit::fold(&self.store.entries(&query)?))
    }

    fn has_had_rounds(&self) -> Result<bool, PhoneError> {
        let kinds: &[&str] = &["round_invite", "round_log", "round_reflect"];
        let query = EntryQuery { kinds, limit: Some(1), ..EntryQuery::default() };
        Ok(!self.store.entries(&query)?.is_empty())
    }
}
