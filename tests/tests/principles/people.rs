//! People with phones: headless ones, each a process with a file of its own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::wire::{Said, Wire};

const HOST: &str = "127.0.0.1";
const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// One person, and what the person does with the phone.
pub(crate) struct Person {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// Goes when the process is gone.
    folder: TempDir,
}

/// What came of an act.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    Done(Value),
    /// Refused by a rule, or an error: its code.
    Not(String),
}

impl Person {
    /// A phone that is opened at `now`; what it draws follows from the seed.
    pub(crate) fn with_phone(seed: u64, now: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_phone"));
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        let mut person = Self { process, input, output, folder };
        let opening = json!({"folder": person.folder.path(), "key": KEY, "now": now, "language": "en", "seed": seed});
        person.does("open", opening);
        person
    }

    fn send(&mut self, op: &str, mut arguments: Value) {
        arguments["op"] = op.into();
        writeln!(self.input, "{arguments}").unwrap();
        self.input.flush().unwrap();
    }

    fn receive(&mut self) -> Outcome {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        let mut answer: Value = serde_json::from_str(&line).unwrap();
        match answer.get_mut("ok") {
            Some(result) => Outcome::Done(result.take()),
            None => {
                let code = answer.get("refused").or_else(|| answer.get("error")).and_then(Value::as_str);
                Outcome::Not(code.unwrap().to_owned())
            }
        }
    }

    pub(crate) fn tries(&mut self, op: &str, arguments: Value) -> Outcome {
        self.send(op, arguments);
        self.receive()
    }

    pub(crate) fn does(&mut self, op: &str, arguments: Value) -> Value {
        match self.tries(op, arguments.clone()) {
            Outcome::Done(result) => result,
            Outcome::Not(code) => panic!("{op} {arguments}: {code}"),
        }
    }

    /// Does something that makes an entry; its id.
    pub(crate) fn makes(&mut self, op: &str, arguments: Value) -> String {
        self.does(op, arguments)["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn logs(&mut self, body: Value, share: bool) -> String {
        self.makes("log", json!({"body": body, "share": share}))
    }

    /// The code with which an act is refused, or fails.
    pub(crate) fn may_not(&mut self, op: &str, arguments: Value) -> String {
        match self.tries(op, arguments.clone()) {
            Outcome::Not(code) => code,
            Outcome::Done(_) => panic!("{op} {arguments} was done"),
        }
    }

    pub(crate) fn sees(&mut self, view: &str, mut arguments: Value) -> Value {
        arguments["view"] = view.into();
        self.does("show", arguments)
    }

    pub(crate) fn sees_of(&mut self, view: &str, id: &str) -> Value {
        self.sees(view, json!({"id": id}))
    }

    /// Everything that the phone holds or could show.
    pub(crate) fn dump(&mut self) -> Value {
        self.does("dump", json!({}))
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        // It is our own child, which needs no goodbye.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Two people who are paired.
pub(crate) struct Two {
    pub(crate) ada: Person,
    pub(crate) bob: Person,
}

impl Two {
    /// Paired and met on 2 March 2026 at nine, each with an own limit of two minutes.
    pub(crate) fn paired(seed: u64) -> Self {
        Self::paired_after(seed, |_, _| ())
    }

    /// The same, after each has done something alone.
    pub(crate) fn paired_after(seed: u64, alone: impl FnOnce(&mut Person, &mut Person)) -> Self {
        let now = "2026-03-02T09:00:00+01:00";
        let (mut ada, mut bob) = (Person::with_phone(seed, now), Person::with_phone(seed + 1, now));
        alone(&mut ada, &mut bob);
        let offer = ada.does("pair.offer", json!({}));
        bob.does("pair.join", json!({"offer": offer["code"], "host": HOST, "port": offer["port"]}));
        let mut two = Self { ada, bob };
        let numbers = two.both("pair.number");
        assert_eq!(numbers[0], numbers[1]);
        two.both("pair.confirm");
        two.meet();
        two
    }

    /// Moves both clocks.
    pub(crate) fn at(&mut self, time: &str) {
        for person in [&mut self.ada, &mut self.bob] {
            person.does("now", json!({"at": time}));
        }
    }

    /// Both at once.
    fn both(&mut self, op: &str) -> [Value; 2] {
        self.ada.send(op, json!({}));
        self.bob.send(op, json!({}));
        [self.ada.receive(), self.bob.receive()].map(|outcome| match outcome {
            Outcome::Done(result) => result,
            Outcome::Not(code) => panic!("{op}: {code}"),
        })
    }

    /// The phones meet, catch up, and part.
    pub(crate) fn meet(&mut self) {
        self.stay();
        self.part();
    }

    /// The same, and what was on the wire.
    pub(crate) fn meet_overheard(&mut self) -> Said {
        let wire = Wire::before(self.ada_listens());
        self.bob.does("meet.dial", json!({"host": HOST, "port": wire.port()}));
        self.both("meet.settle");
        self.part();
        wire.said()
    }

    /// Connects, and stays together.
    pub(crate) fn stay(&mut self) {
        let port = self.ada_listens();
        self.bob.does("meet.dial", json!({"host": HOST, "port": port}));
        self.settle();
    }

    /// Both have caught up.
    pub(crate) fn settle(&mut self) {
        self.both("meet.settle");
    }

    /// Bob goes first: who says goodbye, and so what is said, is the same every time.
    pub(crate) fn part(&mut self) {
        self.bob.does("meet.end", json!({}));
        self.ada.does("meet.end", json!({}));
    }

    /// What Bob's phone finds where Ada's would be: at the port where it listened, if it listens.
    pub(crate) fn bob_tries_to_meet(&mut self) -> Outcome {
        let listens = self.ada.tries("meet.listen", json!({}));
        let port = match &listens {
            Outcome::Done(result) => u16::try_from(result["port"].as_u64().unwrap()).unwrap(),
            Outcome::Not(_) => nobodys_port(),
        };
        let dialled = self.bob.tries("meet.dial", json!({"host": HOST, "port": port}));
        self.bob.tries("meet.end", json!({}));
        self.ada.tries("meet.end", json!({}));
        dialled
    }

    /// What Bob's phone finds where nobody is.
    pub(crate) fn bob_finds_nobody(&mut self) -> Outcome {
        let dialled = self.bob.tries("meet.dial", json!({"host": HOST, "port": nobodys_port()}));
        self.bob.tries("meet.end", json!({}));
        dialled
    }

    fn ada_listens(&mut self) -> u16 {
        u16::try_from(self.ada.does("meet.listen", json!({}))["port"].as_u64().unwrap()).unwrap()
    }
}

/// A port that was free a moment ago.
fn nobodys_port() -> u16 {
    std::net::TcpListener::bind((HOST, 0)).unwrap().local_addr().unwrap().port()
}
