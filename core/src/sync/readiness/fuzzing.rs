//! Fuzz target: what a partner's phone with a hostile app can say in comparing.

use std::sync::Arc;
use std::time::Duration;

use super::{Paused, Readiness, Role};
use crate::fuzzing::Seed;
use crate::journal::EntryId;
use crate::random::SeededRandomness;

const REPAIR: EntryId = EntryId::from_bytes([1; 16]);
const OTHER: EntryId = EntryId::from_bytes([2; 16]);

/// Any messages, each after its kind and two bytes of length, after a byte for whether this person is ready
/// for the one repair and for the other. Who does not know the secret of the partner's point finds no match,
/// and each message is answered by one at the most, or by an offer of this phone's own and one more.
pub(crate) fn readiness(data: &[u8]) -> bool {
    let Some((state, mut rest)) = data.split_first() else { return false };
    let paused: [Paused; 2] = [(REPAIR, state & 1 != 0), (OTHER, state & 2 != 0)];
    let mut readiness = begun(Role::Listener, &paused);
    let mut answered = false;
    while let Some(([kind, high, low], more)) = rest.split_first_chunk() {
        let (message, more) = more.split_at(more.len().min(usize::from(u16::from_be_bytes([*high, *low]))));
        readiness.handle_message(Duration::ZERO, *kind, message, &paused);
        let said = std::iter::from_fn(|| readiness.poll_message()).count();
        assert!(said <= 2, "a message was answered by many");
        answered |= said > 0;
        rest = more;
    }
    assert_eq!(readiness.poll_both_ready(), None, "a match was forged");
    answered
}

pub(crate) fn readiness_seeds() -> Vec<Seed> {
    let paused = [(REPAIR, true), (OTHER, false)];
    let mut readiness = begun(Role::Dialler, &paused);
    let offers = readiness.poll_message().map_or_else(Vec::new, framed);
    // An answer to what this phone itself had offered is an offer of somebody else's all the same.
    vec![("offers", [&[1][..], &offers].concat()), ("twice", [&[3][..], &offers, &offers].concat())]
}

fn begun(role: Role, paused: &[Paused]) -> Readiness {
    let randomness = SeededRandomness::new(1, u64::from(role == Role::Dialler));
    let mut readiness = Readiness::new(role, [7; 32], Arc::new(randomness));
    readiness.begin(Duration::ZERO, paused);
    if role == Role::Listener {
        // Its own offers are on their way.
        while readiness.poll_message().is_some() {}
    }
    readiness
}

fn framed((kind, message): (u8, Vec<u8>)) -> Vec<u8> {
    let len = u16::try_from(message.len()).unwrap_or(u16::MAX);
    [&[kind][..], &len.to_be_bytes(), &message].concat()
}
