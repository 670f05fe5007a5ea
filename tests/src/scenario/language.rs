//! In which language a phone is played, and how its headless phone is started.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;

/// The language of a headless phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// This crate's own.
    Rust,
    /// The Kotlin binding's, on a JVM.
    Kotlin,
    /// The Swift binding's.
    Swift,
}

/// The argument that makes this executable a headless phone, so that the runner never runs beside a phone
/// of another build.
pub(crate) const PLAY_A_PHONE: &str = "--headless-phone";

impl Language {
    /// The command that starts a headless phone; a sentence that says what is missing where there is none.
    pub(crate) fn command(self) -> Result<Command, String> {
        let Some((variable, script)) = self.elsewhere() else {
            let this = std::env::current_exe().map_err(|error| format!("cannot find this executable: {error}"))?;
            let mut command = Command::new(this);
            command.arg(PLAY_A_PHONE);
            return Ok(command);
        };
        if let Some(words) = std::env::var_os(variable) {
            return from_words(&words.to_string_lossy()).ok_or_else(|| format!("{variable} is empty"));
        }
        let path = workspace().join(script);
        if path.is_file() {
            return Ok(Command::new(path));
        }
        Err(format!(
            "there is no {} headless phone: neither {variable} (a command) is set, nor is there {}",
            self.name(),
            path.display()
        ))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::Kotlin => "kotlin",
            Self::Swift => "swift",
        }
    }

    /// The variable that holds the command, and the script of the workspace that stands in for it.
    fn elsewhere(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Rust => None,
            Self::Kotlin => Some(("ATTUNE_KOTLIN_PHONE", "bindings/kotlin/headless-phone")),
            Self::Swift => Some(("ATTUNE_SWIFT_PHONE", "bindings/swift/headless-phone")),
        }
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let all = [Self::Rust, Self::Kotlin, Self::Swift];
        let found = all.into_iter().find(|language| language.name() == name);
        found.ok_or_else(|| format!("\"{name}\" is none of rust, kotlin and swift"))
    }
}

fn from_words(words: &str) -> Option<Command> {
    let mut words = words.split_whitespace();
    let mut command = Command::new(words.next()?);
    command.args(words);
    Some(command)
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_that_cannot_be_had_says_what_is_missing() {
        if std::env::var_os("ATTUNE_SWIFT_PHONE").is_none()
            && !workspace().join("bindings/swift/headless-phone").exists()
        {
            assert!(Language::Swift.command().unwrap_err().contains("ATTUNE_SWIFT_PHONE"));
        }
        assert!(Language::Rust.command().is_ok());
        assert!("cobol".parse::<Language>().unwrap_err().contains("cobol"));
    }

    #[test]
    fn a_command_is_split_into_its_words() {
        let command = from_words("java -jar  phone.jar").unwrap();
        assert_eq!(command.get_program(), "java");
        assert_eq!(command.get_args().collect::<Vec<_>>(), ["-jar", "phone.jar"]);
        assert!(from_words(" ").is_none());
    }
}
