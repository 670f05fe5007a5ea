//! Two weeks of two people, apart: what each writes down, and which of it each shares.

use serde_json::{Value, json};

/// Something written down on a day of the fortnight.
pub(super) struct Written {
    /// 0 to 13.
    pub(super) day: u32,
    /// Hour and minute.
    pub(super) at: (u32, u32),
    /// The body, as the headless phone takes it.
    pub(super) body: Value,
    /// Whether a copy goes to the partner.
    pub(super) share: bool,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Leans towards closeness under stress.
    Ada,
    /// Leans towards distance.
    Ben,
}

/// What one of the two writes down in a fortnight, in order.
pub(super) fn fortnight(who: Who) -> Vec<Written> {
    (0..14).flat_map(|day| day_of(who, day)).collect()
}

fn day_of(who: Who, day: u32) -> Vec<Written> {
    let of = |texts: &[&'static str]| texts.iter().copied().cycle().nth(day as usize);
    let state = of(&["settled", "activated", "mixed", "shut_down", "settled", "unsure"]);
    let activation = [3, 7, 5, 6, 2, 4].into_iter().cycle().nth(day as usize).unwrap_or(3_u8);
    let (words, cue) = match who {
        Who::Ada => {
            (of(&["lonely", "hopeful", "restless", "tender", "worried"]), of(&["tight_chest", "heat", "restlessness"]))
        }
        Who::Ben => {
            (of(&["tired", "crowded", "calm", "flat", "grateful"]), of(&["jaw_tension", "numbness", "impatience"]))
        }
    };
    let morning = json!({
        "kind": "check_in", "state": state, "words": [words], "cues": [cue], "activation": activation,
        "note": format!("{} {}", of(MORNINGS).unwrap_or_default(), of(WEATHER).unwrap_or_default()),
    });
    let mut day_entries = vec![written(day, (7, 40), morning, false)];
    let moment = match who {
        Who::Ada => {
            json!({"kind": "moment", "urge": of(&["text_again", "protest", "fix"]), "situation": of(SITUATIONS),
            "emotion": words, "need": "a word that we are all right"})
        }
        Who::Ben => {
            json!({"kind": "moment", "urge": of(&["withdraw", "task_focus", "intellectualise"]), "situation": of(SITUATIONS),
            "emotion": words, "need": "an hour to myself"})
        }
    };
    day_entries.push(written(day, (18, 20), moment, false));
    let exercise = json!({"kind": "exercise", "exercise": "breathe_six", "seconds": 180,
        "activation_before": activation, "activation_after": activation.saturating_sub(2)});
    day_entries.push(written(day, (18, 30), exercise, false));
    if day % 2 == u32::from(who == Who::Ben) {
        let thanks = json!({"kind": "appreciation", "text": of(THANKS)});
        day_entries.push(written(day, (21, 5), thanks, true));
    }
    if day % 5 == 3 {
        day_entries.push(written(day, (21, 20), json!({"kind": "request", "text": of(REQUESTS)}), true));
    }
    if day % 7 == 6 {
        let weekly = json!({"kind": "weekly", "appreciation": of(THANKS), "worry": of(WORRIES),
            "wish_together": "a morning without plans", "shared": ["appreciation"]});
        day_entries.push(written(day, (21, 40), weekly, false));
    }
    day_entries
}

fn written(day: u32, at: (u32, u32), body: Value, share: bool) -> Written {
    Written { day, at, body, share }
}

const MORNINGS: &[&str] = &[
    "Slept badly, woke before the alarm and lay there going over it again.",
    "Slept well for once.",
    "Coffee alone on the step, which was good.",
    "Hurried; said goodbye through the door.",
];
const WEATHER: &[&str] = &["Rain against the window.", "Cold and bright.", "Fog until ten."];
const SITUATIONS: &[&str] = &["waiting", "work", "bedtime", "phone call", "the kitchen, after the children slept"];
const THANKS: &[&str] = &[
    "You left the light on for me.",
    "Tea, without asking, on Tuesday.",
    "You came back when you said you would.",
    "The way you laughed at the bus driver.",
    "You let me be quiet and stayed in the room.",
];
const REQUESTS: &[&str] =
    &["Could you text when you leave work?", "Ten minutes with the door closed when I come home?"];
const WORRIES: &[&str] = &["Money, again.", "The visit at Easter."];
