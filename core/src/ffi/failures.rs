//! What a shell's own code failed with, and what the core's failures say.

use uniffi::UnexpectedUniFFICallbackError;

use crate::catalogue::{Catalogue, Language};
use crate::link::PipeError;
use crate::phone::{ObserverFailed, PhoneError, Refusal};

impl From<UnexpectedUniFFICallbackError> for PipeError {
    fn from(_: UnexpectedUniFFICallbackError) -> Self {
        Self::Unexpected
    }
}

impl From<UnexpectedUniFFICallbackError> for ObserverFailed {
    fn from(_: UnexpectedUniFFICallbackError) -> Self {
        Self::Unexpected
    }
}

#[uniffi::export]
impl PhoneError {
    /// The reason, in words for a person.
    fn text(&self, language: Language) -> String {
        Catalogue::new(language).text(self.reason())
    }
}

#[uniffi::export]
impl Refusal {
    /// The reason, in words for a person.
    fn text(&self, language: Language) -> String {
        Catalogue::new(language).text(self.reason())
    }
}

/// The language for a BCP 47 tag, as phones hand them out ("es", "es-MX", "en_GB"): by its first part alone, and
/// English where it is none of ours.
#[uniffi::export]
fn language_from_tag(tag: &str) -> Language {
    Language::from_tag(tag)
}
