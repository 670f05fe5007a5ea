//! What the runner is asked for on its command line.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::language::Language;

/// How the runner is called.
pub(super) const USAGE: &str = "\
scenario FILE…  [--phone A=rust|kotlin|swift] [--phone B=…]  [--kill] [--cut] [--twice] [--json]

Plays scenarios on headless phones, one process each.
  --phone NAME=LANGUAGE  whose headless phone plays NAME (rust)
  --kill    kills every phone after every step outside a kept connection, and opens it again
  --cut     cuts the first connection of every meeting and pairing at a seeded byte
  --twice   lets every meeting happen twice
  --json    one JSON object a step, and a summary
Exit code: 0 all as expected, 1 an expectation failed, 2 a file is malformed.
";

/// What is to be played, and how.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Options {
    /// The scenario files.
    pub(super) files: Vec<PathBuf>,
    /// The language of each phone that is not played in Rust.
    pub(super) languages: BTreeMap<String, Language>,
    /// What is made harder.
    pub(super) hardships: Hardships,
    /// JSON instead of words.
    pub(super) json: bool,
}

/// What a scenario is played under. None of it may change an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Hardships {
    /// Kill every phone after every step outside a kept connection.
    pub(super) kill: bool,
    /// Cut every meeting's first connection.
    pub(super) cut: bool,
    /// Meet twice.
    pub(super) twice: bool,
}

impl Options {
    /// Reads the arguments; a sentence where they make no sense.
    pub(super) fn read(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--kill" => options.hardships.kill = true,
                "--cut" => options.hardships.cut = true,
                "--twice" => options.hardships.twice = true,
                "--json" => options.json = true,
                "--phone" => {
                    let phone = arguments.next().unwrap_or_default();
                    let (name, language) = phone.split_once('=').ok_or("--phone wants NAME=LANGUAGE")?;
                    options.languages.insert(name.to_owned(), language.parse()?);
                }
                flag if flag.starts_with("--") => return Err(format!("{flag} is no option")),
                file => options.files.push(PathBuf::from(file)),
            }
        }
        if options.files.is_empty() { Err("no file is named".to_owned()) } else { Ok(options) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &str) -> Result<Options, String> {
        Options::read(arguments.split(' ').map(str::to_owned))
    }

    #[test]
    fn options_and_files_come_in_any_order() {
        let options = read("a.json --kill --phone A=kotlin b.json --json --phone B=rust").unwrap();
        assert_eq!(options.files, [PathBuf::from("a.json"), PathBuf::from("b.json")]);
        assert_eq!(options.hardships, Hardships { kill: true, cut: false, twice: false });
        assert_eq!(options.languages["A"], Language::Kotlin);
        assert!(options.json);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for arguments in ["--kill", "a.json --phone A", "a.json --phone A=cobol", "a.json --phone", "a.json --klil"] {
            assert!(read(arguments).is_err(), "{arguments}");
        }
    }
}
