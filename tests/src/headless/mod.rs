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
        match op {
            "open" => return self.open(arguments),
            "close" => return self.close(arguments),
            _ => {}
        }
        let Some(opened) = &mut self.opened else { return Err(Fault::error("Closed", "the phone is not open")) };
        match op {
            "now" => opened.now(arguments),
            "dump" => opened.dump(arguments),
            "show" => opened.show(arguments),
            "setup" => opened.setup(arguments),
            "log" => opened.log(arguments),
            "edit" => opened.edit(arguments),
            "share" => opened.share(arguments),
            "erase" => opened.erase(arguments),
            "answer" => opened.answer_request(arguments),
            "pair.offer" => opened.pair_offer(arguments),
            "pair.join" => opened.pair_join(arguments),
            "pair.number" => opened.pair_number(arguments),
            "pair.confirm" => opened.pair_confirm(arguments),
            "pair.cancel" => opened.pair_cancel(arguments),
            "meet.listen" => opened.meet_listen(arguments),
            "meet.dial" => opened.meet_dial(arguments),
            "meet.settle" => opened.meet_settle(arguments),
            "meet.end" => opened.meet_end(arguments),
            "meet.pause" => opened.meet_pause(arguments),
            "meet.resume" => opened.meet_resume(arguments),
            "unlink" => opened.unlink(arguments),
            "together.set" => opened.together_set(arguments),
            "together.pick" => opened.together_pick(arguments),
            _ => Err(Fault::bad("no such op")),
        }
    }
}

/// The result of what has none.
fn done() -> Answer {
    Ok(json!({}))
}

#[cfg(test)]
mod tests;
