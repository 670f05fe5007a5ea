//! The headless phone: a process around one real phone, spoken to in lines of JSON.
//!
//! A thin adapter over the interface that the apps use (`docs/scenarios.md` §2): it reads arguments,
//! calls the phone, and writes what came of it. No practice rule lives here.

mod answer;
mod arguments;
mod backup;
mod body;
mod dump;
mod epoch;
mod insights;
mod journal;
mod meeting;
mod opening;
mod pledges;
mod programme;
mod repairs;
mod rounds;
mod together;
mod toolkit;
mod turns;
mod upcoming;
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
            "restore" => return self.restore(arguments),
            "close" => return self.close(arguments),
            "now" => Opened::now,
            "dump" => Opened::dump,
            "backup" => Opened::back_up,
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
            "round.invite" => Opened::round_invite,
            "round.accept" => Opened::round_accept,
            "round.not_now" => Opened::round_not_now,
            "round.later" => Opened::round_later,
            "round.withdraw" => Opened::round_withdraw,
            "round.start" => Opened::round_start,
            "round.release" => Opened::round_release,
            "round.leave" => Opened::round_leave,
            "round.reflect" => Opened::round_reflect,
            "round.skip" => Opened::round_skip,
            "round.log" => Opened::round_log,
            "limit.take_offer" => Opened::limit_take_offer,
            "limit.lower" => Opened::limit_lower,
            "caps.set" => Opened::caps_set,
            "pledge.make" => Opened::pledge_make,
            "pledge.move" => Opened::pledge_move,
            "pledge.check_in" => Opened::pledge_check_in,
            "pledge.withdraw" => Opened::pledge_withdraw,
            "repair.pause" => Opened::repair_pause,
            "repair.ready" => Opened::repair_ready,
            "repair.impact" => Opened::repair_impact,
            "repair.ask" => Opened::repair_ask,
            "repair.need" => Opened::repair_need,
            "repair.agree" => Opened::repair_agree,
            "repair.park" => Opened::repair_park,
            "repair.reopen" => Opened::repair_reopen,
            "export" => Opened::export,
            "share.summary" => Opened::share_summary,
            "help.open" => Opened::help_open,
            "feel_afraid" => Opened::feel_afraid,
            "turn.begin" => Opened::turn_begin,
            "turn.speak" => Opened::turn_speak,
            "turn.reflect" => Opened::turn_reflect,
            "turn.confirm" => Opened::turn_confirm,
            "turn.help" => Opened::turn_help,
            "turn.presence" => Opened::turn_presence,
            "turn.advice" => Opened::turn_advice,
            "turn.swap" => Opened::turn_swap,
            "turn.leave" => Opened::turn_leave,
            "programme.start" => Opened::programme_start,
            "programme.rest" => Opened::programme_rest,
            "programme.do" => Opened::programme_do,
            "programme.advance" => Opened::programme_advance,
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
