//! The headless phone: a process around one real phone, spoken to in lines of JSON.
//!
//! A thin adapter over the interface that the apps use (`docs/scenarios.md` §2): it reads arguments,
//! calls the phone, and writes what came of it. No practice rule lives here.

mod answer;
mod arguments;
mod body;
mod clock;
mod dump;
mod epoch;
mod journal;
mod meeting;
mod opening;
mod together;
mod views;

use std::io::{BufRead, Write};
use std::process::ExitCode;

use serde_json::{Value, json};

use answer::{Answer, Fault};
use arguments::Arguments;
use opening::Opened;

/// Answers the lines of standard input until it ends.
pub fn run() -> ExitCode {
    match converse(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Answers each line with one line.
fn converse(input: impl BufRead, mut output: impl Write) -> std::io::Result<()> {
    let mut headless = Headless::default();
    for line in input.split(b'\n') {
        let answer = headless.line(&line?);
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

/// The phone of this process, once it is open.
#[derive(Default)]
struct Headless {
    opened: Option<Opened>,
}

impl Headless {
    fn line(&mut self, line: &[u8]) -> Value {
        let answer = match serde_json::from_slice(line) {
            Ok(Value::Object(mut request)) => match request.remove("op") {
                Some(Value::String(op)) => self.answer(&op, Arguments::new(request)),
                _ => Err(Fault::bad("no \"op\"")),
            },
            _ => Err(Fault::bad("no JSON object")),
        };
        answer::to_line(answer)
    }

    fn answer(&mut self, op: &str, arguments: Arguments) -> Answer {
        let act: fn(&mut Opened, Arguments) -> Answer = match op {
            "open" => return self.open(arguments),
            "close" => return self.close(arguments),
            "now" => Opened::now,
            "dump" => Opened::dump,
            "show" => Opened::show,
            "setup" => Opened::setup,
            "log" => Opened::log,
            "edit" => Opened::edit,
            "share" => Opened::share,
            "erase" => Opened::erase,
            "answer" => Opened::answer_request,
            "pair.offer" => Opened::pair_offer,
            "pair.join" => Opened::pair_join,
            "pair.number" => Opened::pair_number,
            "pair.confirm" => Opened::pair_confirm,
            "pair.cancel" => Opened::pair_cancel,
            "meet.listen" => Opened::meet_listen,
            "meet.dial" => Opened::meet_dial,
            "meet.settle" => Opened::meet_settle,
            "meet.end" => Opened::meet_end,
            "meet.pause" => Opened::meet_pause,
            "meet.resume" => Opened::meet_resume,
            "unlink" => Opened::unlink,
            "together.set" => Opened::together_set,
            "together.pick" => Opened::together_pick,
            _ => return Err(Fault::bad("no such op")),
        };
        match &mut self.opened {
            Some(opened) => act(opened, arguments),
            None => Err(Fault::error("Closed", "the phone is not open")),
        }
    }
}

/// The result of what has none.
fn done() -> Answer {
    Ok(json!({}))
}

#[cfg(test)]
mod tests;
