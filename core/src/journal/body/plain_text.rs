//! Bodies that are one text and nothing else: each kind is a type of its own all the same.

use serde::Deserialize;

/// What each of them is read as, so that reading is compiled once for all.
#[derive(Deserialize)]
pub(super) struct PlainText {
    pub(super) text: String,
}

/// Makes a body of each name. Nothing about a text can be off its scale; how long a value may be is checked
/// for all kinds alike.
macro_rules! plain_texts {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(from = "PlainText")]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
        pub struct $name {
            /// Own words.
            pub text: String,
        }

        impl From<PlainText> for $name {
            fn from(PlainText { text }: PlainText) -> Self {
                Self { text }
            }
        }

        impl $name {
            pub(super) fn check(&self) -> Result<(), OutOfRange> {
                Ok(())
            }
        })*
    };
}

pub(super) use plain_texts;
