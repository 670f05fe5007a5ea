//! A word of a list: what an entry holds, and how it reads.

use super::message::MessageId;

/// A word of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word {
    /// What entries hold. Never changes.
    pub id: &'static str,
    message: &'static str,
}

impl Word {
    pub(super) const fn new(id: &'static str, message: &'static str) -> Self {
        Self { id, message }
    }

    /// How it reads.
    pub const fn text(&self) -> MessageId {
        MessageId::of(self.message)
    }
}

/// A list of [`Word`]s, from the beginning of their messages and their ids.
macro_rules! words {
    ($prefix:literal; $($id:ident)*) => {
        const { &[$($crate::catalogue::word::Word::new(stringify!($id), concat!($prefix, stringify!($id)))),*] }
    };
}

/// An enum whose variants are messages without values.
macro_rules! messages {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $id:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $id, "`")] $variant,)*
        }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The message.
            pub const fn id(self) -> $crate::catalogue::message::MessageId {
                match self {
                    $(Self::$variant => $crate::catalogue::message::MessageId::of($id),)*
                }
            }
        }

        impl From<$name> for $crate::catalogue::message::Message {
            fn from(named: $name) -> Self {
                named.id().into()
            }
        }
    };
}

pub(super) use {messages, words};
