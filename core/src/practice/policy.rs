//! Every number of the practice rules that is a design choice, in one place, so that a clinician can
//! review and change it. Each names the section of the spec that it belongs to.

use chrono::TimeDelta;

use crate::journal::Limit;

/// The own limit before its owner has chosen one, in seconds (§4.1).
pub const LIMIT_BEGINS_AT_S: u32 = 120;
/// The shortest and the longest contact, in seconds (§4, §4.1). The journal holds them, since it checks
/// every length that is written down.
pub const LIMIT_BOUNDS_S: (u32, u32) = (Limit::SHORTEST_S, Limit::LONGEST_S);
/// The own limit moves in steps of so many seconds, rounded down (§4.1).
pub const LIMIT_STEP_S: u32 = 5;
/// Strain: safety at most this … (§4.1)
pub const STRAIN_SAFETY: u8 = 3;
/// … or activation at least this (§4.1).
pub const STRAIN_ACTIVATION: u8 = 7;
/// Ease: safety at least this … (§4.1)
pub const EASE_SAFETY: u8 = 7;
/// … and activation at most this, over the full length (§4.1).
pub const EASE_ACTIVATION: u8 = 3;
/// So many rounds of ease in a row lead to an offer … (§4.1)
pub const OFFER_AFTER_EASE: u32 = 3;
/// … once the limit has stood for so long (§4.1).
pub const OFFER_AFTER: TimeDelta = TimeDelta::hours(72);
/// An offer is this much of the limit, in percent … (§4.1)
pub const OFFER_PERCENT: u32 = 125;
/// … but adds at most so many seconds (§4.1).
pub const OFFER_ADDS_AT_MOST_S: u32 = 60;
/// Invitations a day that a receiver takes who has set nothing (§4).
pub const INVITES_PER_DAY: u8 = 3;
/// The shortest rest after contact for the one who accepted more (§4).
pub const REST_AT_LEAST: TimeDelta = TimeDelta::minutes(20);
/// A pledge is kept where its owner checked in at most so long after the last due time (§5).
pub const KEPT_WITHIN: TimeDelta = TimeDelta::minutes(5);
/// The first of the two prompts comes so long before a pledge is due (§5).
pub const PROMPT_BEFORE_DUE: TimeDelta = TimeDelta::minutes(10);
/// A pledge is put away so long after its last due time (§5).
pub const ARCHIVED_AFTER: TimeDelta = TimeDelta::hours(24);
/// The pause that a repair begins with, as suggested (§6).
pub const REPAIR_PAUSE: TimeDelta = TimeDelta::minutes(20);
/// How often a listener may try to say back what was said (§7).
pub const REFLECTION_TRIES: usize = 3;
/// So many moments in a week raise the question for a pattern (§10).
pub const MOMENTS_FOR_A_PATTERN: usize = 3;
/// A step that was active for so long may be left behind once every action was done (§11).
pub const STEP_LASTS: TimeDelta = TimeDelta::days(7);
/// Help is offered after strain in so many … (§15)
pub const HELP_AFTER_STRAINS: usize = 3;
/// … of the last so many own rounds (§15).
pub const HELP_OF_ROUNDS: usize = 5;
/// Help is offered after activation of at least this … (§15)
pub const HELP_ACTIVATION: u8 = 8;
/// … on so many days … (§15)
pub const HELP_AFTER_DAYS: usize = 5;
/// … of the last so many (§15).
pub const HELP_OF_DAYS: i32 = 14;
/// For so long after it was noted, the own felt state decides what is suggested (§12).
pub const OWN_STATE_LASTS: TimeDelta = TimeDelta::hours(24);
