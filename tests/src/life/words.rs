//! The lists of the practice rules from which people choose, and some own words beside them.

use attune_core::journal::FeltState;

/// Felt states, as often as people choose them.
pub(super) const STATES: [FeltState; 8] = [
    FeltState::Settled,
    FeltState::Settled,
    FeltState::Activated,
    FeltState::Activated,
    FeltState::ShutDown,
    FeltState::Mixed,
    FeltState::Mixed,
    FeltState::Unsure,
];

/// Urges of withdrawal and of pursuit; both may also be `other` or an own word.
pub(super) const URGES: (&[&str], &[&str]) = (
    &["withdraw", "withdraw", "intellectualise", "task_focus", "other", "go to bed"],
    &["text_again", "text_again", "fix", "protest", "other", "ask whether it is all right"],
);

/// Body cues, and two own ones.
pub(super) const CUES: [&str; 9] = [
    "jaw_tension",
    "impatience",
    "restlessness",
    "tight_chest",
    "heat",
    "numbness",
    "tight_chest",
    "cold hands",
    "pressure behind the eyes",
];

/// Emotion words.
pub(super) const MOOD_WORDS: [&str; 36] = [
    "calm",
    "tired",
    "tender",
    "lonely",
    "hopeful",
    "ashamed",
    "relieved",
    "angry",
    "proud",
    "uneasy",
    "grateful",
    "small",
    "safe",
    "jealous",
    "sad",
    "light",
    "seen",
    "restless",
    "warm",
    "numb",
    "afraid",
    "content",
    "disappointed",
    "torn",
    "curious",
    "guilty",
    "steady",
    "overwhelmed",
    "touched",
    "wary",
    "playful",
    "heavy",
    "cornered",
    "homesick",
    "irritated",
    "longing",
];

/// Situations.
pub(super) const SITUATIONS: [&str; 8] =
    ["conflict", "closeness", "parting", "coming_home", "plans", "silence", "family", "work"];

/// Exercises of the toolkit.
pub(super) const EXERCISES: [&str; 6] =
    ["slow_breathing", "cue_pause_breathe_word", "feet_on_the_floor", "cold_water", "walk", "hand_on_chest"];
