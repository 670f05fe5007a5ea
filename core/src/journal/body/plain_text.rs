//! Bodies that are one text and nothing else: each kind is a type of its own all the same.

/// Makes a body of each name. Nothing about a text can be off its scale; how long a value may be is checked
/// for all kinds alike.
macro_rules! plain_texts {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
        pub struct $name {
            /// Own words.
            pub text: String,
        }

        impl $name {
            pub(super) fn check(&self) -> Result<(), OutOfRange> {
                Ok(())
            }
        })*
    };
}

pub(super) use plain_texts;
