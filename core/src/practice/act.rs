//! What a guard hands out: an act that may be done now, ready to be written down.

use crate::journal::{Audience, Body};

/// An act that a rule allows, and for whom it is. A guard decides both together, so that what is private
/// by the rules (a "not now" without a word, readiness, an own feeling) cannot be written for the partner
/// by mistake (P2, P5).
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// Who may ever hold it.
    pub audience: Audience,
    /// What it says.
    pub body: Body,
}

impl Act {
    /// An act that both may know.
    pub fn shared(body: impl Into<Body>) -> Self {
        Self { audience: Audience::Both, body: body.into() }
    }

    /// An act that stays on this phone.
    pub fn private(body: impl Into<Body>) -> Self {
        Self { audience: Audience::OnlyMe, body: body.into() }
    }
}
