//! Answering a request that the partner shared (spec §3).

use super::Journal;
use crate::journal::{Answer, AnswerWith, Audience, Body, EntryId, Whose};
use crate::phone::{PhoneError, Refusal};

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Journal {
    /// Answers a request. A "not now" without words is private and never sent (P5).
    ///
    /// Fails with `UnknownId`, `BadArguments` for what is no request of the partner's, and `NotPaired`.
    pub fn answer(&self, request: EntryId, with: AnswerWith, text: Option<String>) -> Result<EntryId, PhoneError> {
        self.keeping.with(|open| {
            let entry = open.must_find(request)?;
            match &entry.body {
                Body::Snapshot(copy) if copy.of == "request" && entry.whose == Whose::Theirs => {}
                _ => return Err(PhoneError::BadArguments),
            }
            if !open.is_paired()? {
                return Err(Refusal::NotPaired.into());
            }
            let text = text.filter(|text| !text.trim().is_empty());
            let silent = with == AnswerWith::NotNow && text.is_none();
            let audience = if silent { Audience::OnlyMe } else { Audience::Both };
            open.write(audience, Answer { request, with, text })
        })
    }
}
