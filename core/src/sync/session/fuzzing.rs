//! Fuzz target: a whole meeting with a partner whose phone has a hostile app.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::{Session, SessionEvent};
use crate::fuzzing::Seed;
use crate::journal::{Record, Whose};
use crate::random::SeededRandomness;
use crate::sync::channel::fuzzing::{AllNew, meeting};
use crate::sync::exchange::fuzzing::{Couple, config, exchange_partner_seeds};
use crate::sync::{Channel, CloseReason, MemoryShelf, Terms};

const TERMS: Terms = Terms { oldest: 1, newest: 1, speaking: 1, clock_ms: 1_790_000_000_000 };

/// After a byte for the state of this phone (odd: it was restored from a backup) any acts, each of a byte of
/// kind, two bytes of length, and so many bytes: a message; plaintext in a frame that keeps no rule of
/// records; bytes that no key has touched; time that passes, in seconds.
///
/// This phone's own log never changes but by what it had itself sealed, the end comes last and once, and the
/// phone never blames itself.
pub(crate) fn session_partner(data: &[u8]) -> bool {
    let Some((state, mut rest)) = data.split_first() else { return false };
    let couple = Couple::new();
    let (before, backup) = (couple.bob.shelf, couple.backup);
    let mut bob = Bob::new(if state % 2 == 1 { backup } else { before.clone() });
    let held = own(&bob.shelf);
    let mut ada = Channel::dial(Duration::ZERO, meeting(1, 2), TERMS, Arc::new(SeededRandomness::new(6, 0)));
    bob.take(&ada.poll_transmit().unwrap_or_default());
    ada.handle_input(Duration::ZERO, &bob.session.poll_transmit().unwrap_or_default());
    assert!(ada.is_ready(), "the partner was not let in");
    while ada.poll_event().is_some() || ada.poll_message().is_some() {}

    while let Some(([kind, len @ ..], more)) = rest.split_first_chunk::<3>() {
        let len = u16::from_be_bytes(*len);
        let (bytes, more) = more.split_at(more.len().min(usize::from(len)));
        rest = more;
        // What the channel would not send, as it is closed, a liar need not send either.
        let _ = match kind % 4 {
            0 => ada.send(bob.now, bytes),
            1 => ada.send_plaintext(bytes),
            2 => {
                bob.take(&ada.poll_transmit().unwrap_or_default());
                bob.take(bytes);
                Ok(())
            }
            _ => {
                bob.wait(u64::from(len));
                Ok(())
            }
        };
        bob.take(&ada.poll_transmit().unwrap_or_default());
        while bob.session.poll_transmit().is_some() {}
    }
    let after = own(&bob.shelf);
    assert!(after.is_superset(&held), "an own entry is gone");
    assert!(after.is_subset(&own(&before)), "words were put into the own log");
    bob.ended.is_none()
}

pub(crate) fn session_partner_seeds() -> Vec<Seed> {
    // The same conversations as of the exchange alone, each message as an act.
    let acts = |data: Vec<u8>| {
        let (state, mut rest) = data.split_first().map_or((0, &[][..]), |(state, rest)| (*state, rest));
        let mut acts = vec![state];
        while let Some((len, more)) = rest.split_first_chunk::<2>() {
            let (message, more) = more.split_at(more.len().min(usize::from(u16::from_be_bytes(*len))));
            // The last word would be the end.
            if message != [10] {
                acts.extend([&[0][..], len, message].concat());
            }
            rest = more;
        }
        acts
    };
    exchange_partner_seeds().into_iter().map(|(name, data)| (name, acts(data))).collect()
}

/// The phone that is lied to.
struct Bob {
    session: Session,
    shelf: MemoryShelf,
    now: Duration,
    ended: Option<CloseReason>,
}

impl Bob {
    fn new(shelf: MemoryShelf) -> Self {
        let now = Duration::ZERO;
        let channel =
            Channel::listen(now, meeting(2, 1), TERMS, Arc::new(SeededRandomness::new(5, 0)), Box::new(AllNew));
        Self { session: Session::new(channel, config(2, 1)), shelf, now, ended: None }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.session.handle_input(self.now, bytes);
        self.session.work(self.now, &mut self.shelf);
        self.look();
    }

    fn wait(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
        if self.session.next_timeout().is_some_and(|at| at <= self.now) {
            self.session.handle_timeout(self.now);
            self.session.work(self.now, &mut self.shelf);
            self.look();
        }
    }

    fn look(&mut self) {
        while let Some(event) = self.session.poll_event() {
            assert_eq!(self.ended, None, "something came after the end");
            match event {
                SessionEvent::Ready { .. } => {
                    self.session.start(self.now, &mut self.shelf);
                    self.session.settle(self.now, &mut self.shelf);
                }
                SessionEvent::Closed(reason) => self.ended = Some(reason),
                _ => {}
            }
        }
        assert_eq!(self.session.is_closed(), self.ended.is_some(), "the end was not told");
        let own_fault = [CloseReason::Failed, CloseReason::StorageFailed, CloseReason::NotYours, CloseReason::Replayed];
        assert!(self.ended.is_none_or(|reason| !own_fault.contains(&reason)), "the phone blames itself");
    }
}

fn own(shelf: &MemoryShelf) -> BTreeSet<Record> {
    shelf.log(Whose::Mine).into_values().flatten().collect()
}
