//! The world of a scenario: its phones as processes, and one time for all of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, Utc};
use serde_json::{Map, Value, json};

use super::file::{Scenario, Two, person_of};
use super::language::Language;
use super::line::{Broken, Line, Reply};
use super::never::Search;
use super::phone::Phone;
use super::trouble::Trouble;

/// The time where a scenario names none.
const SOME_MORNING: &str = "2026-01-01T08:00:00+00:00";

/// Starts a headless phone.
pub(super) trait Launch {
    /// A new process for the phone of this name, which keeps its complaints in `folder`.
    fn launch(&self, name: &str, language: Language, folder: &Path) -> Result<Box<dyn Line>, Broken>;
}

/// Phones and time.
pub(super) struct World<'a> {
    scenario: &'a Scenario,
    languages: &'a BTreeMap<String, Language>,
    launcher: &'a dyn Launch,
    run: PathBuf,
    time: DateTime<Utc>,
    phones: BTreeMap<String, Phone>,
    search: Search,
    /// Those who stayed together.
    pub(super) together: Vec<Two>,
}

impl<'a> World<'a> {
    /// Starts and opens every phone of the file, at the time and the place of the first `at`.
    pub(super) fn begin(
        scenario: &'a Scenario,
        languages: &'a BTreeMap<String, Language>,
        launcher: &'a dyn Launch,
        run: &Path,
    ) -> Result<Self, Trouble> {
        let first = scenario.steps.iter().find_map(|step| step.at);
        let first = first.or_else(|| DateTime::parse_from_rfc3339(SOME_MORNING).ok()).unwrap_or_default();
        let (run, time) = (run.to_owned(), first.to_utc());
        std::fs::create_dir_all(run.join("files")).map_err(|error| Trouble::new("a folder for the run", error))?;
        let (phones, search, together) = (BTreeMap::new(), Search::default(), Vec::new());
        let mut world = Self { scenario, languages, launcher, run, time, phones, search, together };
        for name in &scenario.phones {
            let language = languages.get(name).copied().unwrap_or(Language::Rust);
            world.add(name, name, language, first.timezone())?;
        }
        let names: Vec<&str> = scenario.phones.iter().map(String::as_str).collect();
        world.open(&names)?;
        Ok(world)
    }

    /// The folder in which relative paths lie.
    pub(super) fn files(&self) -> PathBuf {
        self.run.join("files")
    }

    /// Moves the time on all phones; those that are named are now at this offset, or all where none is.
    pub(super) fn move_to(&mut self, at: DateTime<FixedOffset>, named: &[&str]) -> Result<(), Trouble> {
        self.time = at.to_utc();
        for phone in self.phones.values_mut() {
            if named.is_empty() || named.contains(&phone.name.as_str()) {
                phone.offset = at.timezone();
            }
        }
        let requests = self.open_phones().into_iter().map(|name| {
            let at = self.phone(&name).map(|phone| phone.wall(self.time));
            at.map(|at| (name, json!({"op": "now", "at": at})))
        });
        let requests = requests.collect::<Result<Vec<_>, _>>()?;
        for (name, reply) in self.ask_each(&requests)? {
            if !matches!(reply, Reply::Ok(_)) {
                return Err(Trouble::reply(format!("{name} to move its clock to {at}"), &reply));
            }
        }
        Ok(())
    }

    /// Asks one phone and waits for its answer. What it answers says whether it is open from now on.
    pub(super) fn ask(&mut self, name: &str, request: &Value) -> Result<Reply, Trouble> {
        let phone = self.phone_mut(name)?;
        phone.send(request)?;
        let reply = phone.receive()?;
        if matches!(reply, Reply::Ok(_)) {
            match request.get("op").and_then(Value::as_str) {
                Some("open" | "restore") => phone.open = true,
                Some("close") => phone.open = false,
                _ => {}
            }
        }
        Ok(reply)
    }

    /// Asks several phones at once, so that none waits for another that was not asked yet.
    pub(super) fn ask_each(&mut self, requests: &[(String, Value)]) -> Result<Vec<(String, Reply)>, Trouble> {
        for (name, request) in requests {
            self.phone_mut(name)?.send(request)?;
        }
        // Every answer is taken in, so that one broken phone does not leave another's answer unread.
        let replies: Vec<_> = requests
            .iter()
            .map(|(name, _)| Ok((name.clone(), self.phone_mut(name)?.receive()?)))
            .collect::<Vec<Result<_, Trouble>>>();
        replies.into_iter().collect()
    }

    /// Asks both with the same request.
    pub(super) fn ask_both(&mut self, two: &Two, request: &Value) -> Result<(Reply, Reply), Trouble> {
        let requests = [(two.0.clone(), request.clone()), (two.1.clone(), request.clone())];
        let mut replies = self.ask_each(&requests)?.into_iter().map(|(_, reply)| reply);
        match (replies.next(), replies.next()) {
            (Some(first), Some(second)) => Ok((first, second)),
            _ => Err(Trouble::new("two answers", "fewer")),
        }
    }

    /// Everything that a phone holds; `None` while it is not open.
    pub(super) fn dump(&mut self, name: &str) -> Result<Option<Value>, Trouble> {
        if !self.phone(name)?.open {
            return Ok(None);
        }
        match self.ask(name, &json!({"op": "dump"}))? {
            Reply::Ok(dump) => Ok(Some(dump)),
            reply => Err(Trouble::reply(format!("a dump of {name}"), &reply)),
        }
    }

    /// Searches every open phone for what must never be found there.
    pub(super) fn check_never(&mut self) -> Result<(), Trouble> {
        let names = self.open_phones();
        let requests: Vec<_> = names.iter().map(|name| (name.clone(), json!({"op": "dump"}))).collect();
        for (name, reply) in self.ask_each(&requests)? {
            let Reply::Ok(dump) = reply else { return Err(Trouble::reply(format!("a dump of {name}"), &reply)) };
            let never = self.phone(&name)?.never.clone();
            self.search
                .check(&dump, &never)
                .map_err(|found| Trouble::new(format!("nothing on {name} that must not be there"), found))?;
        }
        Ok(())
    }

    /// The arguments of `open` for a phone, here and now.
    pub(super) fn opening(&self, name: &str) -> Result<Map<String, Value>, Trouble> {
        Ok(self.phone(name)?.opening(self.time))
    }

    /// One more phone, of the person whose phone's name its own begins with.
    pub(super) fn add_new(&mut self, name: &str) -> Result<(), Trouble> {
        let person = person_of(&self.scenario.phones, name).unwrap_or(name);
        let first = self.phone(person)?;
        let (language, offset) = (first.language, first.offset);
        let language = self.languages.get(name).copied().unwrap_or(language);
        self.add(name, person, language, offset)
    }

    /// Kills phones and opens again those that were open: all that they held before must still be there.
    pub(super) fn kill(&mut self, names: &[&str]) -> Result<(), Trouble> {
        let held = self.entries(names)?;
        for name in names {
            self.phone_mut(name)?.kill();
        }
        self.start_again(names, &held)
    }

    /// Closes a phone, lets its process end, and opens it again in a new one.
    pub(super) fn restart(&mut self, name: &str) -> Result<(), Trouble> {
        let held = self.entries(&[name])?;
        if self.phone(name)?.open {
            match self.ask(name, &json!({"op": "close"}))? {
                Reply::Ok(_) => {}
                reply => return Err(Trouble::reply(format!("{name} to close"), &reply)),
            }
        }
        self.phone_mut(name)?.end()?;
        self.start_again(&[name], &held)
    }

    /// Every phone that there is by now.
    pub(super) fn names(&self) -> Vec<String> {
        self.phones.keys().cloned().collect()
    }

    fn start_again(&mut self, names: &[&str], held: &BTreeMap<String, Vec<Value>>) -> Result<(), Trouble> {
        for name in names {
            let line = self.launcher.launch(name, self.phone(name)?.language, &self.run)?;
            self.phone_mut(name)?.replace(line);
        }
        let were_open: Vec<&str> = held.keys().map(String::as_str).collect();
        self.open(&were_open)?;
        for (name, now) in self.entries(&were_open)? {
            let before = held.get(&name).into_iter().flatten();
            if let Some(lost) = before.into_iter().find(|entry| !now.contains(entry)) {
                return Err(Trouble::new(
                    format!("{name} to hold after opening what it held before: {lost}"),
                    "it is gone",
                ));
            }
        }
        Ok(())
    }

    /// The entries of those that are open.
    fn entries(&mut self, names: &[&str]) -> Result<BTreeMap<String, Vec<Value>>, Trouble> {
        let mut entries = BTreeMap::new();
        for name in names {
            let Some(dump) = self.dump(name)? else { continue };
            let listed = dump.get("entries").and_then(Value::as_array).cloned();
            let listed = listed.ok_or_else(|| Trouble::new(format!("a dump of {name} with entries"), &dump))?;
            entries.insert((*name).to_owned(), listed);
        }
        Ok(entries)
    }

    fn add(&mut self, name: &str, person: &str, language: Language, offset: FixedOffset) -> Result<(), Trouble> {
        let line = self.launcher.launch(name, language, &self.run)?;
        let mut phone = Phone::new(&self.scenario.id, name, language, &self.run, line);
        phone.offset = offset;
        // What a person must never come to hold, their next phone must not hold either.
        let never = self.scenario.never.get(name).or_else(|| self.scenario.never.get(person));
        phone.never = never.cloned().unwrap_or_default();
        self.phones.insert(name.to_owned(), phone);
        Ok(())
    }

    fn open(&mut self, names: &[&str]) -> Result<(), Trouble> {
        let requests = names.iter().map(|name| {
            let mut request = self.opening(name)?;
            request.insert("op".to_owned(), json!("open"));
            Ok(((*name).to_owned(), Value::Object(request)))
        });
        let requests = requests.collect::<Result<Vec<_>, Trouble>>()?;
        for (name, reply) in self.ask_each(&requests)? {
            if !matches!(reply, Reply::Ok(_)) {
                return Err(Trouble { broken: true, ..Trouble::reply(format!("{name} to open"), &reply) });
            }
            self.phone_mut(&name)?.open = true;
        }
        Ok(())
    }

    fn open_phones(&self) -> Vec<String> {
        self.phones.values().filter(|phone| phone.open).map(|phone| phone.name.clone()).collect()
    }

    fn phone(&self, name: &str) -> Result<&Phone, Trouble> {
        self.phones.get(name).ok_or_else(|| Trouble::new("a phone that is there", name))
    }

    fn phone_mut(&mut self, name: &str) -> Result<&mut Phone, Trouble> {
        self.phones.get_mut(name).ok_or_else(|| Trouble::new("a phone that is there", name))
    }
}
