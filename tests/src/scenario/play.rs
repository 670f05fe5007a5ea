//! Plays a scenario, step by step.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};

use super::compare;
use super::cutting::Cutter;
use super::file::{Act, Answer, Look, Scenario, Step, reference};
use super::language::Language;
use super::line::Reply;
use super::meeting::{self, Meetings};
use super::options::Hardships;
use super::trouble::Trouble;
use super::world::{Launch, World};

/// What happens to a step.
pub(super) trait Audience {
    /// A step, counted from 1, is over. Step 0 is the opening of all phones, and is told of only where it
    /// fails.
    fn step(&mut self, number: usize, act: &str, outcome: Result<(), Trouble>);

    /// What it was, before its outcome; for an audience that wants to tell of it.
    fn told(&mut self, _: &Told<'_>) {}
}

/// A step as it was played.
pub(super) struct Told<'a> {
    /// The time that it set.
    pub(super) at: Option<DateTime<FixedOffset>>,
    /// What it was.
    pub(super) act: &'a Act,
    /// What the phone that was asked has replied.
    pub(super) reply: Option<&'a Reply>,
}

/// What a scenario is played on, and how hard it is made.
pub(super) struct Stage<'a> {
    /// In which language each phone is played.
    pub(super) languages: &'a BTreeMap<String, Language>,
    /// Starts the phones.
    pub(super) launcher: &'a dyn Launch,
    /// Cuts connections.
    pub(super) cutter: &'a dyn Cutter,
    /// What is made harder.
    pub(super) hardships: Hardships,
    /// An empty folder for this run.
    pub(super) run: &'a Path,
}

/// Plays every step, also after one that was not as expected, unless a phone is out of order.
pub(super) fn play(scenario: &Scenario, stage: &Stage<'_>, audience: &mut dyn Audience) {
    let world = World::begin(scenario, stage.languages, stage.launcher, stage.run);
    let mut play = match world {
        Ok(world) => Play { scenario, stage, world, ids: BTreeMap::new(), answers: BTreeMap::new(), reply: None },
        Err(trouble) => return audience.step(0, "open all phones", Err(trouble)),
    };
    for (step, number) in scenario.steps.iter().zip(1..) {
        play.reply = None;
        let outcome = play.step(step, number);
        audience.told(&Told { at: step.at, act: &step.act, reply: play.reply.as_ref() });
        let broken = outcome.as_ref().is_err_and(|trouble| trouble.broken);
        audience.step(number, &step.act.to_string(), outcome);
        if broken {
            return;
        }
    }
}

struct Play<'a> {
    scenario: &'a Scenario,
    stage: &'a Stage<'a>,
    world: World<'a>,
    ids: BTreeMap<String, String>,
    answers: BTreeMap<String, Value>,
    /// What the phone that was asked in this step has replied.
    reply: Option<Reply>,
}

impl<'a> Play<'a> {
    fn step(&mut self, step: &Step, number: usize) -> Result<(), Trouble> {
        if let Some(at) = step.at {
            self.world.move_to(at, &step.act.phones())?;
        }
        let acted = self.act(&step.act, number);
        if acted.as_ref().is_err_and(|trouble| trouble.broken) {
            return acted;
        }
        let settled = meeting::settle(&mut self.world);
        let clean = self.world.check_never();
        let survived = if self.stage.hardships.kill { self.kill_everyone_apart() } else { Ok(()) };
        acted.and(settled).and(clean).and(survived)
    }

    fn act(&mut self, act: &Act, number: usize) -> Result<(), Trouble> {
        match act {
            Act::Wait => Ok(()),
            Act::Pair { two, by, stay } => self.meetings(number).pair(&mut self.world, two, *by, *stay),
            Act::Meet { two, stay } => self.meetings(number).meet(&mut self.world, two, *stay),
            Act::Part(two) => meeting::part(&mut self.world, two),
            Act::CannotMeet(two) => meeting::cannot_meet(&mut self.world, two),
            Act::Ask { on, op, with, answer } => self.ask(on, op, with, answer),
            Act::Restart(name) => {
                self.world.restart(name)?;
                meeting::gone(&mut self.world, name, false)
            }
            Act::Kill(name) => {
                self.world.kill(&[name])?;
                meeting::gone(&mut self.world, name, false)
            }
            Act::NewPhone(name) => self.world.add_new(name),
        }
    }

    fn ask(&mut self, on: &str, op: &str, with: &Map<String, Value>, answer: &Answer) -> Result<(), Trouble> {
        let request = self.request(on, op, with)?;
        match answer {
            Answer::Ok { id_as, look } => {
                let reply = self.world.ask(on, &request)?;
                self.reply = Some(reply.clone());
                let result = match reply {
                    Reply::Ok(result) => result,
                    reply => return Err(Trouble::reply("to succeed", &reply)),
                };
                if matches!(op, "unlink" | "meet.pause" | "meet.end" | "close") {
                    meeting::gone(&mut self.world, on, op != "close")?;
                }
                if let Some(name) = id_as {
                    let id = result.get("id").and_then(Value::as_str);
                    let id = id.ok_or_else(|| Trouble::new("a result with an \"id\"", &result))?;
                    self.ids.insert(name.clone(), id.to_owned());
                }
                self.look(look, result)
            }
            Answer::Refused(code) => self.must_fail(
                on,
                &request,
                &format!("refused \"{code}\""),
                |reply| matches!(reply, Reply::Refused(seen, _) if seen == code),
            ),
            Answer::Error(code) => self.must_fail(
                on,
                &request,
                &format!("error \"{code}\""),
                |reply| matches!(reply, Reply::Error(seen, _) if seen == code),
            ),
        }
    }

    /// What is refused or fails changes nothing.
    fn must_fail(
        &mut self,
        on: &str,
        request: &Value,
        expected: &str,
        fails: impl FnOnce(&Reply) -> bool,
    ) -> Result<(), Trouble> {
        let before = self.world.dump(on)?;
        let reply = self.world.ask(on, request)?;
        self.reply = Some(reply.clone());
        if !fails(&reply) {
            return Err(Trouble::reply(expected, &reply));
        }
        match (before, self.world.dump(on)?) {
            (Some(before), Some(after)) => compare::same(&before, &after, &[]).map_err(|changed| {
                let changed = Trouble::from(changed);
                Trouble::new(format!("nothing to change on {on}: {}", changed.expected), changed.seen)
            }),
            _ => Ok(()),
        }
    }

    fn look(&mut self, look: &Look, result: Value) -> Result<(), Trouble> {
        let compared = self.compare(look, &result);
        // Remembered also where it is not as expected, so that one fault is not told of twice.
        if let Some(name) = &look.save {
            self.answers.insert(name.clone(), result);
        }
        compared
    }

    fn compare(&self, look: &Look, result: &Value) -> Result<(), Trouble> {
        if let Some(is) = &look.is {
            compare::matches(&self.resolve(is)?, result)?;
        }
        compare::lacks(&look.lacks, result)?;
        if let Some(name) = &look.same_as {
            let saved = self.answers.get(name);
            let saved = saved.ok_or_else(|| Trouble::new(format!("an answer saved as \"{name}\""), "none"))?;
            compare::same(saved, result, &look.apart_from)?;
        }
        Ok(())
    }

    fn request(&self, on: &str, op: &str, with: &Map<String, Value>) -> Result<Value, Trouble> {
        // What a step says wins over what the runner adds, so that a scenario can open with a wrong key.
        let mut request = match op {
            "open" | "restore" => self.world.opening(on)?,
            _ => Map::new(),
        };
        for (key, value) in with {
            request.insert(key.clone(), self.resolve(value)?);
        }
        let path = match op {
            "backup" | "restore" => Some("path"),
            "export" => Some("folder"),
            _ => None,
        };
        if let Some(path) = path.and_then(|key| request.get_mut(key))
            && let Value::String(name) = path
        {
            *path = Value::from(self.world.files().join(name.as_str()).to_string_lossy());
        }
        request.insert("op".to_owned(), Value::from(op));
        Ok(Value::Object(request))
    }

    /// Puts the remembered ids in.
    fn resolve(&self, value: &Value) -> Result<Value, Trouble> {
        Ok(match value {
            Value::String(text) => match reference(text) {
                None => value.clone(),
                Some(name) => {
                    let id = self.ids.get(name).cloned();
                    id.map(Value::String).ok_or_else(|| Trouble::new(format!("an id saved as {text}"), "none"))?
                }
            },
            Value::Array(values) => values.iter().map(|value| self.resolve(value)).collect::<Result<_, _>>()?,
            Value::Object(values) => {
                let resolved = values.iter().map(|(key, value)| Ok((key.clone(), self.resolve(value)?)));
                Value::Object(resolved.collect::<Result<_, Trouble>>()?)
            }
            _ => value.clone(),
        })
    }

    /// Kills whoever is not in a kept connection.
    fn kill_everyone_apart(&mut self) -> Result<(), Trouble> {
        let names = self.world.names();
        let together = &self.world.together;
        let is_apart = |name: &&str| !together.iter().any(|two| two.0 == **name || two.1 == **name);
        let apart: Vec<&str> = names.iter().map(String::as_str).filter(is_apart).collect();
        self.world.kill(&apart)
    }

    fn meetings(&self, number: usize) -> Meetings<'a> {
        let seed = format!("{}\n{number}", self.scenario.id);
        Meetings { hardships: self.stage.hardships, cutter: self.stage.cutter, seed }
    }
}
