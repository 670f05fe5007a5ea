//! Why a step was not as expected.

use super::compare::Difference;
use super::line::{Broken, Reply};

/// What was expected and what was seen instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    /// What should have been.
    pub(super) expected: String,
    /// What was.
    pub(super) seen: String,
    /// True where a phone is out of order: nothing that comes after would say anything.
    pub(super) broken: bool,
}

impl Trouble {
    /// An expectation that did not hold.
    pub(super) fn new(expected: impl Into<String>, seen: impl ToString) -> Self {
        Self { expected: expected.into(), seen: seen.to_string(), broken: false }
    }

    /// A reply other than the one that was expected.
    pub(super) fn reply(expected: impl Into<String>, reply: &Reply) -> Self {
        Self::new(expected, reply)
    }
}

impl From<Broken> for Trouble {
    fn from(Broken(why): Broken) -> Self {
        Self { expected: "a phone in working order".to_owned(), seen: why, broken: true }
    }
}

impl From<Difference> for Trouble {
    fn from(found: Difference) -> Self {
        let at = |what: String| if found.at.is_empty() { what } else { format!("{}: {what}", found.at) };
        Self { expected: at(found.expected), seen: at(found.seen), broken: false }
    }
}
