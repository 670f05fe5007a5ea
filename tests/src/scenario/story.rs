//! A scenario told as a story: day by day, what each of two people did, what their phones showed, and what
//! they never show. It is played like any other, and every step is checked.

use std::path::Path;

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};

use super::cutting;
use super::file::{Act, Answer, Look, Scenario};
use super::line::Reply;
use super::options::Hardships;
use super::play::{Audience, Stage, Told, play};
use super::trouble::Trouble;
use super::{Processes, words};

/// How a story came out.
pub(crate) struct Played {
    /// How many steps it had.
    pub(crate) steps: usize,
    /// The first one that was not as expected.
    pub(crate) trouble: Option<String>,
    /// How often it was checked that something is not shown.
    pub(crate) absences: usize,
}

/// Plays the scenario in a file on two processes, and hands each line of the story to `say`.
pub(crate) fn tell(path: &Path, say: &mut dyn FnMut(&str)) -> Result<Played, String> {
    let scenario = Scenario::read(path)?;
    let run = tempfile::Builder::new().prefix("attune-story-").tempdir().map_err(|error| error.to_string())?;
    let stage = Stage {
        languages: &std::collections::BTreeMap::new(),
        launcher: &Processes,
        cutter: &cutting::Loopback,
        hardships: Hardships::default(),
        run: run.path(),
    };
    let mut story = Story { say, day: None, now: None, steps: 0, trouble: None, absences: 0 };
    play(&scenario, &stage, &mut story);
    let Story { steps, trouble, absences, .. } = story;
    Ok(Played { steps, trouble, absences })
}

struct Story<'a> {
    say: &'a mut dyn FnMut(&str),
    day: Option<String>,
    now: Option<DateTime<FixedOffset>>,
    steps: usize,
    trouble: Option<String>,
    absences: usize,
}

impl Audience for Story<'_> {
    fn told(&mut self, told: &Told<'_>) {
        self.now = told.at.or(self.now);
        let Some(line) = self.line(told) else { return };
        let day = self.now.map(|now| now.format("%A, %-d %B %Y").to_string());
        if self.day != day {
            (self.say)(&format!("\n  {}", day.clone().unwrap_or_default()));
            self.day = day;
        }
        let time = self.now.map(|now| now.format("%H:%M").to_string()).unwrap_or_default();
        (self.say)(&format!("    {time}  {line}"));
    }

    fn step(&mut self, number: usize, act: &str, outcome: Result<(), Trouble>) {
        self.steps += usize::from(number > 0);
        if let (Err(trouble), None) = (outcome, &self.trouble) {
            self.trouble = Some(format!("step {number} ({act}): expected {}, saw {}", trouble.expected, trouble.seen));
        }
    }
}

impl Story<'_> {
    /// What there is to tell of a step; nothing of repeated looks.
    fn line(&mut self, told: &Told<'_>) -> Option<String> {
        match told.act {
            Act::Pair { two, .. } => Some(format!("{} and {} pair their phones.", name(&two.0), name(&two.1))),
            Act::Meet { two, stay: true } => Some(format!("{} and {} are together.", name(&two.0), name(&two.1))),
            Act::Meet { .. } => Some("The phones meet and catch up.".to_owned()),
            Act::Part(_) => Some("They part.".to_owned()),
            Act::CannotMeet(_) => Some("The phones do not meet.".to_owned()),
            Act::Kill(phone) => Some(format!("{}'s phone is killed, and opens again.", name(phone))),
            Act::Ask { on, op, with, answer } => self.asked(name(on), op, with, answer, told.reply),
            Act::Wait | Act::Restart(_) | Act::NewPhone(_) => None,
        }
    }

    fn asked(
        &mut self,
        who: &str,
        op: &str,
        with: &Map<String, Value>,
        answer: &Answer,
        reply: Option<&Reply>,
    ) -> Option<String> {
        match (answer, reply) {
            (Answer::Ok { look, .. }, Some(Reply::Ok(shown))) if op == "show" => {
                self.absences += look.lacks.len() + usize::from(look.same_as.is_some());
                self.shown(who, with, look, shown)
            }
            (Answer::Ok { .. }, _) => Some(format!("{who} {}", words::done(op, with)?)),
            (_, Some(Reply::Refused(_, text) | Reply::Error(_, text))) => {
                let wish = words::done(op, with)?;
                Some(format!("{who} tries: {wish}. The phone says: {text} Nothing changes, on either."))
            }
            _ => None,
        }
    }

    fn shown(&self, who: &str, with: &Map<String, Value>, look: &Look, shown: &Value) -> Option<String> {
        let view = with.get("view").or_else(|| with.get("show")).and_then(Value::as_str)?;
        let mut line = format!("{who}'s phone shows {}", words::view(view, shown)?);
        if !look.lacks.is_empty() {
            line.push_str(&format!("; never: {}", look.lacks.join(", ").replace('_', " ")));
        }
        if look.same_as.is_some() {
            line.push_str("; the same as before, whatever the other one did or did not do");
        }
        Some(line)
    }
}

/// The two have names in a story.
fn name(phone: &str) -> &str {
    match phone {
        "A" => "Ada",
        "B" => "Ben",
        other => other,
    }
}
