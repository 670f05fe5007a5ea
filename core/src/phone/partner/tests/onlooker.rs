//! Whole conversations of two phones without a network, on a clock that jumps, and what somebody on the wire sees
//! of them: which bytes left when, in which flights and frames.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::TestPhone;
use crate::link::{Admission, Contender, Machine, Observer};
use crate::phone::Partner;
use crate::phone::partner::conversation::{Conversation, Standing, Watch};
use crate::sync::Role;

/// What left one phone at once, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flight {
    pub(super) at: Duration,
    pub(super) bytes: Vec<u8>,
}

impl Flight {
    /// The lengths of the frames that it is made of.
    fn frames(&self) -> Vec<usize> {
        let (mut lengths, mut rest) = (Vec::new(), &self.bytes[..]);
        while let Some((length, more)) = rest.split_first_chunk() {
            let length = usize::from(u16::from_be_bytes(*length));
            lengths.push(length);
            rest = &more[length..];
        }
        lengths
    }
}

/// All flights of a meeting, of whoever dialled and of the other.
pub(super) type Seen = [Vec<Flight>; 2];

/// When flights left, and how long their frames were, without what was in them.
pub(super) fn shape(seen: &Seen) -> [Vec<(Duration, Vec<usize>)>; 2] {
    seen.each_ref().map(|flights| flights.iter().map(|flight| (flight.at, flight.frames())).collect())
}

/// One end of a meeting, with everything that the link drives.
struct End {
    conversation: Conversation,
    watch: Watch,
    partner: Partner,
    number: u64,
    seen: Vec<Flight>,
}

impl End {
    fn new(phone: &TestPhone, dials: bool) -> Self {
        let partner = phone.phone.partner();
        let (session, is_lower, couple) = partner.session(dials).unwrap();
        let standing = Standing::default();
        let contender = Contender { dialled_by_lower: dials == is_lower, began: Instant::now() };
        let number = partner.company.announce(contender, dials, standing.clone());
        let watch = Watch {
            number,
            couple,
            company: Arc::downgrade(&partner.company),
            keeping: partner.keeping.clone(),
            admission: Admission::outgoing(Duration::from_secs(60)),
        };
        let role = if dials { Role::Dialler } else { Role::Listener };
        let conversation = Conversation::new(session, partner.keeping.clone(), standing, role);
        Self { conversation, watch, partner, number, seen: Vec::new() }
    }

    fn take(&mut self, now: Duration, bytes: &[u8]) {
        self.conversation.handle_input(now, bytes);
        self.watch.after(&mut self.conversation, now);
    }

    fn wake(&mut self, now: Duration) {
        if self.conversation.next_timeout().is_some_and(|at| at <= now) {
            self.conversation.handle_timeout(now);
            self.watch.after(&mut self.conversation, now);
        }
    }

    fn give(&mut self, now: Duration) -> Option<Vec<u8>> {
        let bytes = self.conversation.poll_transmit()?;
        self.seen.push(Flight { at: now, bytes: bytes.clone() });
        Some(bytes)
    }

    fn hang_up(self) -> Vec<Flight> {
        self.partner.company.over(self.number);
        let _ = self.partner.keeping.with(|open| open.part());
        self.seen
    }
}

/// The two meet until nothing more is to be said at once.
pub(super) fn meet(dials: &TestPhone, listens: &TestPhone) -> Seen {
    meet_for(Duration::ZERO, dials, listens)
}

/// The two meet, and stay together for so long.
pub(super) fn meet_for(long: Duration, dials: &TestPhone, listens: &TestPhone) -> Seen {
    let (mut a, mut b) = (End::new(dials, true), End::new(listens, false));
    let mut now = Duration::ZERO;
    loop {
        let (to_b, to_a) = (a.give(now), b.give(now));
        if let Some(bytes) = &to_b {
            b.take(now, bytes);
        }
        if let Some(bytes) = &to_a {
            a.take(now, bytes);
        }
        if to_a.is_none() && to_b.is_none() {
            let wakes = [&a, &b].into_iter().filter_map(|end| end.conversation.next_timeout()).min();
            match wakes.filter(|at| *at > now && *at <= long) {
                Some(at) => now = at,
                None => return [a.hang_up(), b.hang_up()],
            }
            a.wake(now);
            b.wake(now);
        }
    }
}
