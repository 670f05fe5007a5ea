//! A headless phone as a process of its own, spoken to through its standard input and output.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use serde_json::Value;

use super::line::{Broken, Line};

/// How long an answer may take. Nothing waits as long unless something hangs: a JVM has started, and the
/// passphrase of a backup was stretched, long before.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running headless phone.
pub(crate) struct Process {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<String>,
    complaints: PathBuf,
    patience: Duration,
    asked: String,
}

impl Process {
    /// Starts a headless phone; what it says on standard error is written to `complaints`.
    pub(crate) fn start(mut command: Command, complaints: &Path) -> std::io::Result<Self> {
        let errors = File::options().create(true).append(true).open(complaints)?;
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(errors).spawn()?;
        let input = child.stdin.take();
        let (sender, output) = channel();
        if let Some(stdout) = child.stdout.take() {
            std::thread::spawn(move || {
                for line in BufReader::new(stdout).lines() {
                    if line.is_err() || line.is_ok_and(|line| sender.send(line).is_err()) {
                        return;
                    }
                }
            });
        }
        let complaints = complaints.to_owned();
        Ok(Self { child, input, output, complaints, patience: PATIENCE, asked: String::new() })
    }

    fn broken(&self, what: &str) -> Broken {
        let said = std::fs::read_to_string(&self.complaints).unwrap_or_default();
        let mut last: Vec<&str> = said.lines().rev().take(8).collect();
        last.reverse();
        let said = if last.is_empty() { String::new() } else { format!("; it said: {}", last.join(" / ")) };
        Broken(format!("{what} at `{}`{said}", self.asked))
    }
}

impl Line for Process {
    fn send(&mut self, request: &Value) -> Result<(), Broken> {
        self.asked = request.get("op").and_then(Value::as_str).unwrap_or("?").to_owned();
        let sent = match &mut self.input {
            Some(input) => writeln!(input, "{request}").and_then(|()| input.flush()).is_ok(),
            None => false,
        };
        if sent { Ok(()) } else { Err(self.broken("the process had ended")) }
    }

    fn receive(&mut self) -> Result<Value, Broken> {
        match self.output.recv_timeout(self.patience) {
            Ok(line) => serde_json::from_str(&line).map_err(|_| self.broken(&format!("no JSON but \"{line}\""))),
            Err(RecvTimeoutError::Timeout) => Err(self.broken("no answer in time")),
            Err(RecvTimeoutError::Disconnected) => Err(self.broken("the process ended")),
        }
    }

    fn kill(&mut self) {
        // Neither can fail in a way that leaves it running: it is our child, and not yet waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn end(&mut self) -> Result<(), Broken> {
        self.asked = "the end of its input".to_owned();
        self.input = None;
        match self.output.recv_timeout(self.patience) {
            Ok(line) => Err(self.broken(&format!("an answer to nothing, \"{line}\""))),
            Err(RecvTimeoutError::Timeout) => Err(self.broken("the process did not end")),
            // It closed its output, so it is about to be gone.
            Err(RecvTimeoutError::Disconnected) => match self.child.wait() {
                Ok(status) if status.success() => Ok(()),
                _ => Err(self.broken("the process ended badly")),
            },
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A phone played by a few lines of shell.
    fn phone(script: &str) -> (Process, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let mut process = Process::start(command, &folder.path().join("complaints")).unwrap();
        process.patience = Duration::from_secs(20);
        (process, folder)
    }

    #[test]
    fn lines_are_answered_in_order_until_the_input_ends() {
        let (mut phone, _folder) = phone("n=0; while read -r line; do n=$((n+1)); echo \"{\\\"ok\\\": $n}\"; done");
        phone.send(&json!({"op": "x"})).unwrap();
        phone.send(&json!({"op": "y"})).unwrap();
        assert_eq!(phone.receive(), Ok(json!({"ok": 1})));
        assert_eq!(phone.receive(), Ok(json!({"ok": 2})));
        assert_eq!(phone.end(), Ok(()));
    }

    #[test]
    fn a_phone_that_dies_is_reported_with_what_it_said_last() {
        let (mut phone, _folder) = phone("read -r line; echo broken heart >&2; exit 3");
        phone.send(&json!({"op": "x"})).unwrap();
        let Broken(why) = phone.receive().unwrap_err();
        assert!(why.contains("ended at `x`") && why.contains("broken heart"), "{why}");
    }

    #[test]
    fn a_phone_that_says_nothing_is_not_waited_for_in_vain() {
        let (mut phone, _folder) = phone("exec sleep 60");
        phone.patience = Duration::from_millis(1);
        phone.send(&json!({"op": "x"})).unwrap();
        assert!(phone.receive().unwrap_err().0.contains("in time"));
        assert!(phone.end().is_err());
    }

    #[test]
    fn chatter_is_no_answer() {
        let (mut phone, _folder) = phone("read -r line; echo hello; read -r line");
        phone.send(&json!({"op": "x"})).unwrap();
        assert!(phone.receive().unwrap_err().0.contains("hello"));
    }

    #[test]
    fn a_phone_that_ends_badly_or_talks_on_did_not_end_well() {
        assert!(phone("cat > /dev/null; exit 3").0.end().is_err());
        assert!(phone("cat > /dev/null; echo '{}'").0.end().is_err());
    }

    #[test]
    fn a_killed_phone_is_gone() {
        let (mut phone, _folder) = phone("trap '' TERM; exec sleep 60");
        phone.kill();
        assert!(phone.receive().unwrap_err().0.contains("ended"));
        assert!(phone.child.try_wait().unwrap().is_some());
    }
}
