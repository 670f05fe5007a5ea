//! What the demo says: a line for each thing checked, and one JSON object of all of it.

use std::io::{IsTerminal, Write as _};

use serde_json::{Map, Value, json};

use super::phone::Stopped;

/// Tells what is checked and measured. With `--json`, what people read goes to standard error.
pub(super) struct Telling {
    json: bool,
    checked: Vec<Value>,
    measured: Map<String, Value>,
}

impl Telling {
    pub(super) fn new(json: bool) -> Self {
        Self { json, checked: Vec::new(), measured: Map::new() }
    }

    /// A heading.
    pub(super) fn chapter(&self, text: &str) {
        self.say(&format!("\n{text}"));
    }

    /// A line of the story.
    pub(super) fn say(&self, text: &str) {
        match self.json {
            true => eprintln!("{text}"),
            false => println!("{text}"),
        }
    }

    /// Something that must hold, or the demo stops.
    pub(super) fn check(&mut self, what: &str, holds: bool) -> Result<(), Stopped> {
        self.checked.push(json!({"what": what, "holds": holds}));
        if holds {
            self.say(&format!("  ✓ {what}"));
            Ok(())
        } else {
            Err(Stopped(format!("does not hold: {what}")))
        }
    }

    /// A figure.
    pub(super) fn measure(&mut self, name: &str, value: impl Into<Value>) {
        self.measured.insert(name.to_owned(), value.into());
    }

    /// A bar for what takes a while; drawn over itself on a terminal, and not at all elsewhere.
    pub(super) fn bar(&self, what: &str, done: usize, of: usize) {
        if !std::io::stderr().is_terminal() {
            return;
        }
        let filled = done * 24 / of.max(1);
        eprint!("\r  {what} [{}{}] {done}/{of} ", "█".repeat(filled), "·".repeat(24 - filled));
        if done == of {
            eprint!("\r\x1b[K");
        }
        let _ = std::io::stderr().flush();
    }

    /// The JSON object, as the last line of standard output.
    pub(super) fn conclude(self, stopped: Option<&Stopped>) {
        if self.json {
            let stopped = stopped.map(|stopped| stopped.0.clone());
            println!(
                "{}",
                json!({"ok": stopped.is_none(), "stopped": stopped, "checked": self.checked, "measured": self.measured})
            );
        }
    }
}
