//! When the help page is offered (spec §15), to the person concerned and to nobody else. Nothing of it is
//! kept; it can be opened at any time.

use std::collections::{BTreeMap, BTreeSet};

use super::limit::{Rating, rating};
use super::policy;
use super::standing::own_items;
use crate::journal::{Body, Entry, LocalTime};

/// Whether to offer help now: after strain in 3 of the last 5 own rounds, after high activation on 5 of
/// the last 14 days (today is the last of them), or while `feels_afraid`, which the app holds in memory
/// alone as long as it runs.
///
/// A round whose reflection was skipped is not among the five: it says nothing. Activation counts
/// wherever its owner noted it: in a check-in, around an exercise, after a round.
pub fn is_help_offered<'a>(entries: impl IntoIterator<Item = &'a Entry>, feels_afraid: bool, now: LocalTime) -> bool {
    let own: Vec<_> = own_items(entries).into_values().map(|item| (item.written, item.body)).collect();
    feels_afraid || has_strained(&own) || was_stirred_up(&own, now)
}

fn has_strained(own: &[(LocalTime, &Body)]) -> bool {
    let mut ratings = Vec::new();
    let mut rated = BTreeSet::new();
    for (_, body) in own {
        if let Body::RoundReflect(reflect) = body
            && rated.insert(reflect.round)
        {
            ratings.extend(rating(reflect));
        }
    }
    let last = ratings.iter().rev().take(policy::HELP_OF_ROUNDS);
    last.filter(|rating| **rating == Rating::Strain).count() >= policy::HELP_AFTER_STRAINS
}

fn was_stirred_up(own: &[(LocalTime, &Body)], now: LocalTime) -> bool {
    let today = now.local_day();
    let mut days: BTreeMap<i32, u8> = BTreeMap::new();
    for (written, body) in own {
        let highest = days.entry(written.local_day()).or_default();
        *highest = activations(body).into_iter().flatten().fold(*highest, u8::max);
    }
    let lately = days.range(today - policy::HELP_OF_DAYS + 1..=today);
    lately.filter(|(_, highest)| **highest >= policy::HELP_ACTIVATION).count() >= policy::HELP_AFTER_DAYS
}

fn activations(body: &Body) -> [Option<u8>; 2] {
    match body {
        Body::CheckIn(check_in) => [Some(check_in.activation), None],
        Body::Exercise(exercise) => [exercise.activation_before, exercise.activation_after],
        Body::RoundReflect(reflect) => [reflect.activation, None],
        _ => [None, None],
    }
}
