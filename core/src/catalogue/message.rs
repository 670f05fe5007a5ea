//! What is asked of the catalogue: which message, and with which arguments.

use std::fmt;

/// Names one text of the catalogue. There are only those that the code of this room makes, and a test
/// looks each up in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId {
    message: &'static str,
    part: Option<&'static str>,
}

impl MessageId {
    /// The message itself.
    pub(super) const fn of(message: &'static str) -> Self {
        Self { message, part: None }
    }

    /// One of its parts: in Fluent's words an attribute.
    pub(super) const fn part(message: &'static str, part: &'static str) -> Self {
        Self { message, part: Some(part) }
    }

    /// Whether this text speaks about the partner or the other phone (spec P14). Such messages, and no
    /// others, begin with `partner-` and stand in `about_partner.ftl`.
    pub fn is_about_partner(self) -> bool {
        self.message.starts_with("partner-")
    }

    pub(super) fn split(self) -> (&'static str, Option<&'static str>) {
        (self.message, self.part)
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            None => f.write_str(self.message),
            Some(part) => write!(f, "{}.{part}", self.message),
        }
    }
}

/// A message with the values that stand in it. Made from a [`MessageId`] where there are none, and from a
/// [`Phrase`](super::Phrase) where there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub(super) id: MessageId,
    pub(super) values: Vec<(&'static str, Value)>,
}

/// What may stand in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A number; it also chooses a plural form.
    Number(i64),
    /// Something that reads the same in every language, such as a time of day.
    Plain(String),
    /// Another message, said first.
    Said(Message),
}

impl Message {
    /// Which message it is.
    pub fn id(&self) -> MessageId {
        self.id
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }
}

impl From<MessageId> for Message {
    fn from(id: MessageId) -> Self {
        Self { id, values: Vec::new() }
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

impl From<Message> for Value {
    fn from(message: Message) -> Self {
        Self::Said(message)
    }
}
