//! Words for what is done and shown, for a story.

use serde_json::{Map, Value};

/// What somebody does, after the name; nothing for what is no part of a story.
pub(super) fn done(op: &str, with: &Map<String, Value>) -> Option<String> {
    let text = |key: &str| with.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let length = |key: &str| with.get(key).and_then(Value::as_u64).map_or_else(String::new, length);
    let kind = || text("round_kind").replace('_', " ");
    Some(match op {
        "setup" => format!("chooses alone how long contact may be at first: {}", length("begin_at_s")),
        "caps.set" => format!("lets {} invitations a day come", with.get("invites_per_day")?),
        "round.invite" => {
            format!("invites: at most {}, {}, open until {}", length("max_s"), kind(), clock(&text("open_until")))
        }
        "round.accept" => format!("accepts, up to {}; only the resulting length is sent", length("max_s")),
        "round.not_now" if with.get("say").is_none_or(Value::is_null) => {
            "says \"not now\" without a word: nothing is sent".into()
        }
        "round.not_now" => "answers \"not now, I'm OK\"".into(),
        "round.later" => "answers with a time to check in".into(),
        "round.withdraw" => "takes the invitation back".into(),
        "round.start" => "begins the contact".into(),
        "round.release" => "lets go: one tap, no reason".into(),
        "round.leave" => "leaves the round".into(),
        "round.reflect" => {
            format!("notes in private: safety {}, activation {}", number(with, "safety"), number(with, "activation"))
        }
        "round.skip" => "skips looking back".into(),
        "round.log" => format!("notes a round without phones: {}, {}", length("length_s"), kind()),
        "limit.take_offer" => "takes the offer of a longer length".into(),
        "limit.lower" => format!("makes the own length shorter: {}", length("to_s")),
        "pledge.make" => format!("takes space, and will check in at {}: {}", clock(&text("due")), text("how")),
        "pledge.move" => format!("names a new time: {}", clock(&text("due"))),
        "pledge.check_in" => "checks in as promised".into(),
        "pledge.withdraw" => "takes the pledge back".into(),
        "repair.pause" => "asks for a pause".into(),
        "repair.ready" => "is ready to return; nobody else is told".into(),
        "repair.impact" => format!("says what it did to the other one: \"{}\"", text("text")),
        "repair.ask" => "asks: what do you need to feel okay?".into(),
        "repair.need" => format!("says: \"{}\"", text("text")),
        "repair.agree" => "agrees".into(),
        "repair.park" => "puts the repair aside".into(),
        "repair.reopen" => "takes the repair up again".into(),
        "turn.begin" => "listens, and first names an own feeling in private".into(),
        "turn.speak" => format!("speaks: \"{}\"", text("text")),
        "turn.reflect" => format!("says back: \"{}\"", text("text")),
        "turn.confirm" => format!("says: {}", text("how").replace('_', " ")),
        "turn.help" => format!("wants {}", text("wants")),
        "turn.presence" => format!("is there: {}", text("preset").replace('_', " ")),
        "turn.advice" => "gives advice".into(),
        "turn.swap" => "swaps the parts".into(),
        "turn.leave" => "leaves the turn".into(),
        "programme.start" => format!("takes up step {}", with.get("step")?),
        "programme.rest" => format!("lets step {} rest", with.get("step")?),
        "programme.do" => format!("did {}", text("action")),
        "programme.advance" => format!("calls step {} practised", with.get("step")?),
        "together.set" => format!("writes the {}", text("field")),
        "together.pick" => format!("picks a version of the {}", text("field")),
        "log" => format!("writes {}", what(with)),
        "edit" => format!("says it anew: {}", what(with)),
        "share" => "shares a copy, dated today".into(),
        "share.summary" => "shares how many pledges were kept, and nothing else of them".into(),
        "erase" => "erases something, on both phones".into(),
        "answer" => format!("answers the request: {}", text("with").replace('_', " ")),
        "meet.pause" => "pauses meeting; nobody is told".into(),
        "meet.resume" => "ends the pause".into(),
        "unlink" => "unlinks the phones".into(),
        "backup" => "makes a backup".into(),
        "restore" => "restores the backup on a new phone".into(),
        "export" => "exports a report".into(),
        "help.open" => "opens the help page, which leaves no trace".into(),
        "feel_afraid" => "taps \"I feel afraid\"; it is kept nowhere".into(),
        _ => return None,
    })
}

/// What a phone shows, after "shows"; nothing for what is only looked at.
pub(super) fn view(view: &str, shown: &Value) -> Option<String> {
    let text = |key: &str| shown.get(key).and_then(Value::as_str).unwrap_or_default().replace('_', " ");
    let length_of = |key: &str| shown.get(key).and_then(Value::as_u64).map(length);
    Some(match view {
        "round" => {
            let state = match text("state").as_str() {
                "invited" => format!("an invitation, open until {}", clock(&text("open_until"))),
                "ready" => format!("both ready, for {}", length_of("length_s").unwrap_or_default()),
                "connecting" => "nothing but the remaining time and a way out".into(),
                "released" => "that the contact is over".into(),
                _ => "that the round is closed".into(),
            };
            match shown.get("both_reached_out").and_then(Value::as_bool) {
                Some(true) => format!("\"you both reached out\", and {state}"),
                _ => state,
            }
        }
        "limit" => match length_of("offer_s") {
            Some(offer) => format!("its owner alone: own length {}, and an offer of {offer}", length_of("seconds")?),
            None => format!("its owner alone: own length {}", length_of("seconds")?),
        },
        "may_invite" => match shown.get("may").and_then(Value::as_bool) {
            Some(true) => "that an invitation is possible".into(),
            _ => "why no invitation is possible now, and the toolkit".into(),
        },
        "pledge" => {
            let outcome = match text("outcome") {
                outcome if outcome.is_empty() => String::new(),
                outcome => format!("; to its maker alone: {outcome}"),
            };
            format!("the pledge: {}, planned for {}{outcome}", text("state"), clock(&text("due")))
        }
        "repair" => format!("the repair: {}", text("stage")),
        "turn" => format!("the turn: {}", text("stage")),
        "returns" => format!("{} returns that happened", shown.get("count")?),
        "shared_with_me" => format!("{} things that were shared with it", shown.as_array()?.len()),
        "upcoming" => match shown.as_array()?.len() {
            0 => "no notification to come".into(),
            some => format!("{some} notifications to come, in words that give nothing away"),
        },
        "partner" => format!("\"{}\"", text("text")),
        _ => return None,
    })
}

fn what(with: &Map<String, Value>) -> String {
    let body = with.get("body");
    let kind = body.and_then(|body| body.get("kind")).and_then(Value::as_str).unwrap_or("something").replace('_', " ");
    match with.get("share").and_then(Value::as_bool) {
        Some(true) => format!("and shares: {kind}"),
        _ => format!("in private: {kind}"),
    }
}

fn number(with: &Map<String, Value>, key: &str) -> String {
    with.get(key).filter(|value| !value.is_null()).map_or_else(|| "–".to_owned(), Value::to_string)
}

fn length(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// The time of day in an RFC 3339 text.
fn clock(time: &str) -> String {
    time.get(11..16).unwrap_or(time).to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn what_is_done_and_shown_has_plain_words() {
        let invite = json!({"max_s": 600, "open_until": "2026-03-02T20:00:00+01:00", "round_kind": "sit_quietly"});
        let told = done("round.invite", &with(invite)).unwrap();
        assert_eq!(told, "invites: at most 10 min, sit quietly, open until 20:00");
        assert_eq!(
            done("round.not_now", &with(json!({}))).unwrap(),
            "says \"not now\" without a word: nothing is sent"
        );
        let pledge = json!({"state": "checked_in", "due": "2026-03-02T20:00:00+01:00", "outcome": null});
        assert_eq!(view("pledge", &pledge).unwrap(), "the pledge: checked in, planned for 20:00");
        assert_eq!(length(90), "1 min 30 s");
    }
}
