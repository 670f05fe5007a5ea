//! A phone of the demo: a process of its own with an encrypted file.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::scenario::{Language, Line, Process};

/// Where a demo stops: something that it claims did not hold.
#[derive(Debug)]
pub(super) struct Stopped(pub(super) String);

/// A headless phone.
pub(super) struct Phone {
    pub(super) name: &'static str,
    folder: PathBuf,
    key: String,
    seed: u64,
    process: Process,
}

impl Phone {
    /// Starts the process and opens the phone in a folder of its own.
    pub(super) fn start(name: &'static str, run: &Path, seed: u64, now: &str) -> Result<Self, Stopped> {
        let folder = run.join(name);
        let key = format!("{seed:064x}");
        let mut phone = Self { name, folder, key, seed, process: spawn(run)? };
        phone.open(now)?;
        Ok(phone)
    }

    /// Asks for something that must succeed.
    pub(super) fn ask(&mut self, op: &str, with: Value) -> Result<Value, Stopped> {
        let answer = self.answer(op, with)?;
        match answer.get("ok") {
            Some(result) => Ok(result.clone()),
            None => Err(Stopped(format!("{}: {op} answered {answer}", self.name))),
        }
    }

    /// Asks, whatever comes of it.
    pub(super) fn answer(&mut self, op: &str, with: Value) -> Result<Value, Stopped> {
        self.send(op, with)?;
        self.receive()
    }

    /// Asks, without waiting for the answer.
    pub(super) fn send(&mut self, op: &str, with: Value) -> Result<(), Stopped> {
        let mut request = match with {
            Value::Object(request) => request,
            _ => Map::new(),
        };
        request.insert("op".into(), op.into());
        self.process.send(&Value::Object(request)).map_err(|broken| self.stopped(&broken.0))
    }

    /// The answer to what was asked first.
    pub(super) fn receive(&mut self) -> Result<Value, Stopped> {
        self.process.receive().map_err(|broken| self.stopped(&broken.0))
    }

    /// SIGKILL, and a new process that opens the same file.
    pub(super) fn kill_and_reopen(&mut self, now: &str) -> Result<(), Stopped> {
        self.process.kill();
        let run = self.folder.parent().unwrap_or(&self.folder).to_owned();
        self.process = spawn(&run)?;
        self.open(now)
    }

    /// The bytes of every file of this phone.
    pub(super) fn files(&self) -> Result<Vec<Vec<u8>>, Stopped> {
        let entries = std::fs::read_dir(&self.folder).map_err(|error| self.stopped(&error.to_string()))?;
        let read = |entry: std::io::Result<std::fs::DirEntry>| std::fs::read(entry?.path());
        entries.map(|entry| read(entry).map_err(|error| self.stopped(&error.to_string()))).collect()
    }

    fn open(&mut self, now: &str) -> Result<(), Stopped> {
        let with = json!({"folder": self.folder, "key": self.key, "now": now, "language": "en", "seed": self.seed});
        self.ask("open", with).map(drop)
    }

    fn stopped(&self, why: &str) -> Stopped {
        Stopped(format!("{}: {why}", self.name))
    }
}

/// This very program, as a headless phone.
fn spawn(run: &Path) -> Result<Process, Stopped> {
    let command = Language::Rust.command().map_err(Stopped)?;
    Process::start(command, &run.join("complaints.txt")).map_err(|error| Stopped(error.to_string()))
}
