//! The together document, as both see it: ritual, phrases, plan (spec §3).

use std::sync::Arc;

use super::keeping::Keeping;
use super::{PhoneError, Refusal};
use crate::journal::{Audience, TogetherField, TogetherSet, TogetherValue};
use crate::store::TogetherState;

/// The document that both may change. Where both changed a field while apart, both versions stay until
/// someone picks.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Together {
    pub(super) keeping: Arc<Keeping>,
}

/// A field, and what else it was set to at the same time.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Versions {
    /// The version shown, the same on both phones; `None` while it was never set.
    pub value: Option<TogetherValue>,
    /// Versions set while apart that nobody has picked from yet.
    pub other_versions: Vec<TogetherValue>,
}

/// The whole document.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TogetherView {
    /// The saved repair ritual.
    pub ritual: Versions,
    /// Agreed phrases.
    pub phrases: Versions,
    /// The weekly plan.
    pub plan: Versions,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Together {
    /// The document as it stands; empty while nobody is paired.
    pub fn view(&self) -> Result<TogetherView, PhoneError> {
        self.keeping.with(|open| {
            let state = open.store.together()?;
            let field = |field| versions(&state, field);
            Ok(TogetherView {
                ritual: field(TogetherField::Ritual),
                phrases: field(TogetherField::Phrases),
                plan: field(TogetherField::Plan),
            })
        })
    }

    /// Sets a field; every version that this phone holds of it gives way. Fails with `NotPaired`, or
    /// `OutOfRange` for a value that is too large or nests too deep.
    pub fn set(&self, field: TogetherField, value: TogetherValue) -> Result<(), PhoneError> {
        self.keeping.with(|open| {
            if !open.is_paired()? {
                return Err(Refusal::NotPaired.into());
            }
            let seen = open.store.together()?.seen.clone();
            open.write(Audience::Both, TogetherSet { field, value, seen }).map(drop)
        })
    }

    /// Picks one of the versions that a field has. Fails with `NotPaired`, or with `BadArguments` where
    /// the field has no such version.
    pub fn pick(&self, field: TogetherField, value: TogetherValue) -> Result<(), PhoneError> {
        let versions = self.keeping.with(|open| Ok(versions(&*open.store.together()?, field)))?;
        if versions.value.iter().chain(&versions.other_versions).any(|version| *version == value) {
            self.set(field, value)
        } else {
            Err(PhoneError::BadArguments)
        }
    }
}

fn versions(state: &TogetherState, field: TogetherField) -> Versions {
    let mut versions = state.versions(field).into_iter();
    Versions { value: versions.next(), other_versions: versions.collect() }
}
