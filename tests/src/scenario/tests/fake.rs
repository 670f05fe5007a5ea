//! Phones that are no phones: they answer as a headless phone would, remember all that they were asked,
//! and can be given a fault for the runner to find.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::path::Path;
use std::rc::Rc;

use serde_json::{Value, json};

use crate::scenario::cutting::{CutWire, Cutter};
use crate::scenario::language::Language;
use crate::scenario::line::{Broken, Line};
use crate::scenario::world::Launch;

/// What is wrong with all phones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    None,
    /// What is refused is kept all the same.
    KeepsWhatItRefuses,
    /// A killed phone has lost its last entry.
    Forgets,
    /// Each phone shows a number of its own.
    OwnNumber,
    /// Catching up never ends well.
    NeverCaughtUp,
    /// Nobody can be reached.
    Unreachable,
    /// Nobody can be reached, and yet they met.
    MeetsInSecret,
    /// The process ends when it is asked to write.
    Dies,
}

#[derive(Debug)]
pub(super) struct Fakes {
    pub(super) fault: Fault,
    /// Everything that was asked, as `phone op`.
    pub(super) asked: Vec<String>,
    /// How often a wire was cut.
    pub(super) cuts: usize,
    /// Where each phone's folder and key are.
    pub(super) opened: BTreeMap<String, Value>,
    entries: BTreeMap<String, Vec<Value>>,
    met: BTreeMap<String, String>,
}

/// Launches phones that share one memory.
#[derive(Debug, Clone)]
pub(super) struct Fake(pub(super) Rc<RefCell<Fakes>>);

impl Fake {
    pub(super) fn new(fault: Fault) -> Self {
        let (asked, entries, met, opened) = Default::default();
        Self(Rc::new(RefCell::new(Fakes { fault, asked, cuts: 0, opened, entries, met })))
    }
}

impl Launch for Fake {
    fn launch(&self, name: &str, _: Language, _: &Path) -> Result<Box<dyn Line>, Broken> {
        self.0.borrow_mut().asked.push(format!("{name} launched"));
        let phone =
            FakePhone { name: name.to_owned(), all: self.0.clone(), now: Value::Null, answers: VecDeque::new() };
        Ok(Box::new(phone))
    }
}

impl Cutter for Fake {
    fn between(&self, port: u16, _: u64, _: u64) -> io::Result<Box<dyn CutWire>> {
        Ok(Box::new(FakeWire(port, self.0.clone())))
    }
}

struct FakeWire(u16, Rc<RefCell<Fakes>>);

impl CutWire for FakeWire {
    fn port(&self) -> u16 {
        self.0
    }

    fn cut(self: Box<Self>) {
        self.1.borrow_mut().cuts += 1;
    }
}

struct FakePhone {
    name: String,
    all: Rc<RefCell<Fakes>>,
    now: Value,
    answers: VecDeque<Value>,
}

impl FakePhone {
    fn answer(&mut self, op: &str, request: &Value) -> Value {
        let mut all = self.all.borrow_mut();
        let all = &mut *all;
        let entries = all.entries.entry(self.name.clone()).or_default();
        match op {
            "open" | "restore" => {
                self.now = request["now"].clone();
                all.opened.insert(self.name.clone(), request.clone());
                json!({"ok": {}})
            }
            "now" => {
                self.now = request["at"].clone();
                json!({"ok": {}})
            }
            "log" => {
                let refused = request["body"]["text"] == "too much";
                if !refused || all.fault == Fault::KeepsWhatItRefuses {
                    entries.push(request["body"].clone());
                }
                if refused {
                    json!({"refused": "Cap", "text": ""})
                } else {
                    json!({"ok": {"id": format!("{}{}", self.name, entries.len())}})
                }
            }
            "show" => json!({"ok": match request["view"].as_str().unwrap() {
                "entries" => json!(entries),
                "partner" => json!({"last_met": all.met.get(&self.name)}),
                "clock" => json!({"now": self.now}),
                _ => json!({"asked": request}),
            }}),
            "dump" => json!({"ok": {"entries": entries, "documents": [], "views": [], "texts": []}}),
            "meet.listen" => json!({"ok": {"port": 7}}),
            "meet.dial" if all.fault == Fault::Unreachable => json!({"error": "NotYours", "text": ""}),
            "meet.dial" if all.fault == Fault::MeetsInSecret => {
                all.met.insert("A".to_owned(), self.now.to_string());
                json!({"error": "NotYours", "text": ""})
            }
            "meet.settle" => json!({"ok": {"caught_up": all.fault != Fault::NeverCaughtUp}}),
            "pair.offer" => json!({"ok": {"qr": "QR", "code": "CODE", "port": 7}}),
            "pair.join" if request["offer"] != "CODE" => json!({"error": "BadArguments", "text": "no code"}),
            "pair.number" if all.fault == Fault::OwnNumber => json!({"ok": {"number": self.name}}),
            "pair.number" => json!({"ok": {"number": "42"}}),
            _ => json!({"ok": {}}),
        }
    }
}

impl Line for FakePhone {
    fn send(&mut self, request: &Value) -> Result<(), Broken> {
        let op = request["op"].as_str().unwrap();
        self.all.borrow_mut().asked.push(format!("{} {op}", self.name));
        if op == "log" && self.all.borrow().fault == Fault::Dies {
            return Err(Broken("it died".to_owned()));
        }
        let answer = self.answer(op, request);
        self.answers.push_back(answer);
        Ok(())
    }

    fn receive(&mut self) -> Result<Value, Broken> {
        self.answers.pop_front().ok_or_else(|| Broken("asked for an answer to nothing".to_owned()))
    }

    fn kill(&mut self) {
        let mut all = self.all.borrow_mut();
        if all.fault == Fault::Forgets {
            all.entries.get_mut(&self.name).and_then(Vec::pop);
        }
        all.asked.push(format!("{} killed", self.name));
    }

    fn end(&mut self) -> Result<(), Broken> {
        self.all.borrow_mut().asked.push(format!("{} ended", self.name));
        Ok(())
    }
}
