//! One step of a scenario, read and typed.

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};

/// One step: what happens, and when.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::scenario) struct Step {
    /// The instant that becomes the world's, at the offset of the phones that the step names.
    pub(in crate::scenario) at: Option<DateTime<FixedOffset>>,
    /// What happens.
    pub(in crate::scenario) act: Act,
}

/// Two phones, in the order in which the step names them: the first listens, the second dials.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::scenario) struct Two(pub(in crate::scenario) String, pub(in crate::scenario) String);

/// How an offer to pair reaches the other phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scenario) enum By {
    /// As the text of a QR code.
    Qr,
    /// As a code that is typed.
    Code,
}

/// What happens in a step.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::scenario) enum Act {
    /// Nothing but the time.
    Wait,
    /// Two phones pair, then meet.
    Pair { two: Two, by: By, stay: bool },
    /// Two phones meet, and may stay together.
    Meet { two: Two, stay: bool },
    /// A kept connection ends.
    Part(Two),
    /// Two phones try to meet and must not.
    CannotMeet(Two),
    /// One phone is asked to do or to show something.
    Ask { on: String, op: String, with: Map<String, Value>, answer: Answer },
    /// A phone is closed and opened again.
    Restart(String),
    /// A phone's process is killed, and it is opened again.
    Kill(String),
    /// One more phone of somebody's is there, not opened yet.
    NewPhone(String),
}

/// What a phone must answer.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::scenario) enum Answer {
    /// It must succeed; the id in its result may be remembered, and the result looked at.
    Ok { id_as: Option<String>, look: Look },
    /// A practice rule must say no, with this code, and nothing may change.
    Refused(String),
    /// It must fail with this code, and nothing may change.
    Error(String),
}

/// How an answer is looked at.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::scenario) struct Look {
    /// What it must match.
    pub(in crate::scenario) is: Option<Value>,
    /// Keys that it must not have, however deep.
    pub(in crate::scenario) lacks: Vec<String>,
    /// The name under which it is remembered.
    pub(in crate::scenario) save: Option<String>,
    /// The remembered answer that it must equal.
    pub(in crate::scenario) same_as: Option<String>,
    /// The keys in which the two may differ.
    pub(in crate::scenario) apart_from: Vec<String>,
}

impl Act {
    /// The phones that the step names.
    pub(in crate::scenario) fn phones(&self) -> Vec<&str> {
        match self {
            Self::Wait => Vec::new(),
            Self::Pair { two, .. } | Self::Meet { two, .. } | Self::Part(two) | Self::CannotMeet(two) => {
                vec![&two.0, &two.1]
            }
            Self::Ask { on, .. } => vec![on],
            Self::Restart(name) | Self::Kill(name) | Self::NewPhone(name) => vec![name],
        }
    }
}

impl std::fmt::Display for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Wait => f.write_str("time passes"),
            Self::Pair { two, .. } => write!(f, "pair {two}"),
            Self::Meet { two, .. } => write!(f, "meet {two}"),
            Self::Part(two) => write!(f, "part {two}"),
            Self::CannotMeet(two) => write!(f, "cannot_meet {two}"),
            Self::Ask { on, op, with, .. } => match with.get("view").and_then(Value::as_str) {
                Some(view) if op == "show" => write!(f, "{on} show {view}"),
                _ => write!(f, "{on} do {op}"),
            },
            Self::Restart(name) => write!(f, "restart {name}"),
            Self::Kill(name) => write!(f, "kill {name}"),
            Self::NewPhone(name) => write!(f, "new_phone {name}"),
        }
    }
}

impl std::fmt::Display for Two {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}", self.0, self.1)
    }
}
