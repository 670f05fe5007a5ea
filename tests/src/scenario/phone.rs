//! One phone of the world: its process, its file, and the clock on its wall.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::language::Language;
use super::line::{Broken, Line, Reply};

/// A phone as the runner sees it.
pub(super) struct Phone {
    /// Its name in the scenario.
    pub(super) name: String,
    /// The language that it is played in.
    pub(super) language: Language,
    /// The offset of the place where it is.
    pub(super) offset: FixedOffset,
    /// Texts that it must never hold.
    pub(super) never: Vec<String>,
    /// True while it is open.
    pub(super) open: bool,
    folder: PathBuf,
    key: String,
    seed: u64,
    line: Box<dyn Line>,
}

impl Phone {
    /// A phone around a process that has just started; not opened yet.
    pub(super) fn new(scenario: &str, name: &str, language: Language, run: &Path, line: Box<dyn Line>) -> Self {
        let drawn = |what: &str| Sha256::digest(format!("attune {what}\n{scenario}\n{name}"));
        // Numbers in JSON are exact up to 2^53 in every language.
        let seed = drawn("seed").iter().take(6).fold(0, |seed, byte| seed << 8 | u64::from(*byte));
        Self {
            name: name.to_owned(),
            language,
            offset: DateTime::<Utc>::UNIX_EPOCH.fixed_offset().timezone(),
            never: Vec::new(),
            open: false,
            folder: run.join("phones").join(hex(drawn("folder").iter().take(6))),
            key: hex(drawn("key").iter()),
            seed,
            line,
        }
    }

    /// The arguments of `open`.
    pub(super) fn opening(&self, time: DateTime<Utc>) -> Map<String, Value> {
        let arguments = json!({
            "folder": self.folder,
            "key": self.key,
            "now": self.wall(time),
            "language": "en",
            "seed": self.seed,
        });
        arguments.as_object().cloned().unwrap_or_default()
    }

    /// What the clock on its wall shows.
    pub(super) fn wall(&self, time: DateTime<Utc>) -> String {
        time.with_timezone(&self.offset).to_rfc3339_opts(SecondsFormat::AutoSi, false)
    }

    /// Sends a request, to be answered later.
    pub(super) fn send(&mut self, request: &Value) -> Result<(), Broken> {
        self.line.send(request).map_err(|broken| self.named(broken))
    }

    /// Waits for an answer.
    pub(super) fn receive(&mut self) -> Result<Reply, Broken> {
        self.line.receive().and_then(|answer| Reply::read(&answer)).map_err(|broken| self.named(broken))
    }

    /// Ends its process at once.
    pub(super) fn kill(&mut self) {
        self.line.kill();
    }

    /// Lets its process end.
    pub(super) fn end(&mut self) -> Result<(), Broken> {
        self.line.end().map_err(|broken| self.named(broken))
    }

    /// Goes on with another process, on the same folder.
    pub(super) fn replace(&mut self, line: Box<dyn Line>) {
        self.line = line;
        self.open = false;
    }

    fn named(&self, Broken(why): Broken) -> Broken {
        Broken(format!("phone {}: {why}", self.name))
    }
}

fn hex<'a>(bytes: impl Iterator<Item = &'a u8>) -> String {
    bytes.map(|byte| format!("{byte:02x}")).collect()
}
