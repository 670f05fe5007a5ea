//! Processes of their own: what a phone costs in memory and processor time is only seen where nothing
//! else runs.

use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

/// What a process of its own may be asked to do: a name, and the work. It answers in lines of JSON.
pub(crate) type Role = (&'static str, fn(&[String]));

/// Plays the role that this process was started for.
pub(crate) fn play_child(roles: &[Role], role: &str, arguments: &[String]) {
    let (_, play) = roles.iter().find(|(name, _)| *name == role).expect("a known role");
    play(arguments);
}

/// This program, started again in a role.
pub(crate) struct Child {
    process: std::process::Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Child {
    pub(crate) fn start(role: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg("--child").arg(role).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let (to, from) = (process.stdin.take(), BufReader::new(process.stdout.take().unwrap()));
        Self { process, to, from }
    }

    /// The next line that it says, or `null` where it ends without a word.
    pub(crate) fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        serde_json::from_str(&line).expect("the child answers")
    }

    /// Lets it go on: it waits in [`Child::wait`].
    pub(crate) fn nudge(&mut self) {
        writeln!(self.to.as_ref().unwrap()).unwrap();
    }

    /// Ends it, once it is done.
    pub(crate) fn finish(mut self) {
        drop(self.to.take());
        assert!(self.process.wait().unwrap().success(), "a child failed");
    }

    /// In the child: says something.
    pub(crate) fn say(value: &Value) {
        println!("{value}");
    }

    /// In the child: waits to be nudged.
    pub(crate) fn wait() {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).unwrap();
    }
}
