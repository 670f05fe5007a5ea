//! Two connections between the same two phones: which one stays.
//!
//! Both phones may dial at the same moment, and both dials may come through. A phone that lost its connection dials
//! anew while the other still believes in the old one. Nobody can ask the other which of the two it is, so both
//! decide by a rule, each alone, and must decide alike.
//!
//! The rule holds on one condition: **a phone dials only while it holds no connection to that partner, and one dial
//! at a time.** Then two connections that one phone dialled are never meant to live together: the newer one counts.
//! And when each phone dialled one, either both dials were under way at once, or whoever dialled later had lost the
//! earlier connection. These are told apart by time, each phone by its own clock: dials that were under way at once
//! began within [`SIMULTANEOUS`] of each other on both phones, as neither a dial nor a handshake may take longer than
//! it may. Then the phone with the lower static key prevails.
//!
//! So the phones never disagree over two living connections. The price: a phone that loses its connection without a
//! word within 15 s of making it may be turned away until these are over. It dials again and is let in; and whoever
//! turned it away does well to ask the connection it holds for a sign of life.

use std::time::{Duration, Instant};

use super::admission::STRANGERS_PATIENCE;
use super::tcp::DIAL_TIMEOUT;

/// How far apart the beginnings of two connections may be that were dialled at once: the other phone dialled at the
/// latest when the first dial and its handshake were done, and its own dial then had its time.
pub const SIMULTANEOUS: Duration = DIAL_TIMEOUT.saturating_mul(2).saturating_add(STRANGERS_PATIENCE);

/// One of two authenticated connections to the partner: [`Transport::contender`](super::Transport::contender).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contender {
    /// Whether the phone with the lower static key (bytes compared) dialled it.
    pub dialled_by_lower: bool,
    /// When this phone began to dial it, or accepted it: [`Transport::began`](super::Transport::began).
    pub began: Instant,
}

/// What becomes of the connection that this phone holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It stays; the new one is to be closed.
    Keep,
    /// The new one takes its place; it is to be closed.
    Replace,
}

/// Decides between the connection held and a new one, when the new one has been authenticated.
#[must_use]
pub fn choose(held: &Contender, new: &Contender) -> Choice {
    let apart = held.began.max(new.began).saturating_duration_since(held.began.min(new.began));
    let at_once = held.dialled_by_lower != new.dialled_by_lower && apart <= SIMULTANEOUS;
    let replace = if at_once { new.dialled_by_lower } else { new.began >= held.began };
    if replace { Choice::Replace } else { Choice::Keep }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: Duration = Duration::from_millis(1);

    fn contender(dialled_by_lower: bool, began: Instant) -> Contender {
        Contender { dialled_by_lower, began }
    }

    #[test]
    fn of_two_dials_at_once_the_lower_phones_stays_in_whatever_order_they_come() {
        let now = Instant::now();
        for apart in [Duration::ZERO, MOMENT, SIMULTANEOUS] {
            for (lower, higher) in [(now, now + apart), (now + apart, now)] {
                let (lower, higher) = (contender(true, lower), contender(false, higher));
                assert_eq!(choose(&lower, &higher), Choice::Keep);
                assert_eq!(choose(&higher, &lower), Choice::Replace);
            }
        }
    }

    #[test]
    fn a_dial_long_after_replaces_what_its_dialler_must_have_lost() {
        let now = Instant::now();
        let later = now + SIMULTANEOUS + MOMENT;
        for lower_first in [true, false] {
            let (stale, fresh) = (contender(lower_first, now), contender(!lower_first, later));
            assert_eq!(choose(&stale, &fresh), Choice::Replace);
            assert_eq!(choose(&fresh, &stale), Choice::Keep, "also when the stale one is authenticated late");
        }
    }

    #[test]
    fn who_dials_again_means_the_newer_one() {
        let now = Instant::now();
        for by_lower in [true, false] {
            let (first, again) = (contender(by_lower, now), contender(by_lower, now + MOMENT));
            assert_eq!(choose(&first, &again), Choice::Replace);
            assert_eq!(choose(&again, &first), Choice::Keep);
        }
    }
}
