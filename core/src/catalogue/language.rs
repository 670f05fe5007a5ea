//! The languages that all texts exist in.

/// A language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Language {
    /// English; what is shown where nothing else fits.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

impl Language {
    /// Every language, each complete.
    pub const ALL: &'static [Self] = &[Self::English, Self::Spanish];

    /// The language for a BCP 47 tag, as phones hand them out ("es", "es-MX", "en_GB"): by its first part
    /// alone, and English where it is none of ours.
    pub fn from_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let ours = Self::ALL.iter().find(|language| language.tag().eq_ignore_ascii_case(primary.trim()));
        ours.copied().unwrap_or_default()
    }

    /// Its BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// Its name in itself, for a list to choose from.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Spanish => "Español",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_taken_by_its_first_part() {
        for tag in ["es", "es-MX", "es_419", "ES", "es-Latn-ES"] {
            assert_eq!(Language::from_tag(tag), Language::Spanish, "{tag}");
        }
    }

    #[test]
    fn what_is_not_ours_becomes_english() {
        for tag in ["en", "en-GB", "de", "est", "", "-", "es!"] {
            assert_eq!(Language::from_tag(tag), Language::English, "{tag}");
        }
    }
}
