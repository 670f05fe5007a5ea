//! The exercises, as an app asks for them.

use std::sync::Arc;

use super::keeping::Keeping;
use super::{PhoneError, Refusal};
use crate::journal::{Audience, LimitChange};
use crate::store::EntryQuery;

/// What the two practise.
#[derive(Clone)]
pub struct Practices {
    pub(super) keeping: Arc<Keeping>,
}

impl Practices {
    /// Sets the own limit's first value, 30 to 1200 seconds: once, alone, before pairing and before any
    /// round (spec §4.1). Fails with `AlreadySetUp` or `OutOfRange`.
    pub fn set_up(&self, begin_at_s: u32) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            let query = EntryQuery { kinds: &["limit_change"], limit: Some(1), ..EntryQuery::default() };
            if open.is_paired()? || !open.store.entries(&query)?.is_empty() {
                return Err(Refusal::AlreadySetUp.into());
            }
            open.write(Audience::OnlyMe, LimitChange::Begin { to_s: begin_at_s }).map(drop)
        })
    }
}
