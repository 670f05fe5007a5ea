//! Who is here: the connections of this phone, and what came of them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::conversation::{Conversation, Standing};
use super::meeting::Settled;
use super::pairing::PairingCourse;
use super::progress::CatchUp;
use crate::link::{Choice, Contender, DriverHandle, Gate, TcpListenerLink, choose};
use crate::phone::PhoneError;
use crate::phone::feed::{Change, Feed};

/// The connections of a phone. Its lock is held for moments only, and never while the store is.
pub(in crate::phone) struct Company {
    feed: Arc<Feed>,
    state: Mutex<State>,
    changed: Condvar,
    pub(super) gate: Gate,
    /// Held by whoever dials: one dial at a time, or two phones may disagree over which connection stays.
    pub(super) dialling: Mutex<()>,
}

/// What the threads of the connections tell the callers that wait.
#[derive(Default)]
pub(super) struct State {
    pub(super) listener: Option<TcpListenerLink>,
    pub(super) meetings: BTreeMap<u64, Meeting>,
    pub(super) pairing: PairingCourse,
    /// Why meetings ended, the last one last; nothing where one of the two said goodbye. Strangers leave
    /// nothing here.
    ends: VecDeque<(u64, Option<PhoneError>)>,
    last_number: u64,
}

/// Ends that are remembered for whoever still waits to hear of them.
const MOST_ENDS: usize = 8;

/// One connection to the partner, or to someone who has yet to show who they are.
pub(super) struct Meeting {
    pub(super) handle: Option<Arc<DriverHandle<Conversation>>>,
    pub(super) contender: Contender,
    /// Whether this phone dialled.
    dialled: bool,
    /// Lost where another connection took its place.
    standing: Standing,
    /// The partner has proven to be there.
    pub(super) ready: bool,
    /// The partner's greeting has arrived.
    pub(super) established: bool,
    /// How often both phones have settled.
    pub(super) settled: u64,
    /// What went over the wire until then.
    pub(super) report: Settled,
    /// How far catching up is.
    pub(super) progress: CatchUp,
    /// Why it is about to end, where that is known already.
    pub(super) reason: Option<PhoneError>,
    /// One of the two has said goodbye.
    pub(super) parted: bool,
}

impl Company {
    pub(in crate::phone) fn new(feed: Arc<Feed>) -> Self {
        Self {
            feed,
            state: Mutex::default(),
            changed: Condvar::new(),
            gate: Gate::default(),
            dialling: Mutex::default(),
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and tells everyone who waits.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut self.lock());
        self.changed.notify_all();
        self.feed.tell(Change::Company);
        changed
    }

    /// Waits until `look` sees what it waits for; `None` once `patience` is over.
    pub(super) fn wait<T>(&self, patience: Duration, mut look: impl FnMut(&mut State) -> Option<T>) -> Option<T> {
        let until = Instant::now() + patience;
        let mut state = self.lock();
        loop {
            if let Some(seen) = look(&mut state) {
                return Some(seen);
            }
            let left = until.checked_duration_since(Instant::now())?;
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Announces a connection that is about to begin.
    pub(super) fn announce(&self, contender: Contender, dialled: bool, standing: Standing) -> u64 {
        self.change(|state| {
            state.last_number += 1;
            let meeting = Meeting {
                handle: None,
                contender,
                dialled,
                standing,
                ready: false,
                established: false,
                settled: 0,
                report: Settled::default(),
                progress: CatchUp::default(),
                reason: None,
                parted: false,
            };
            state.meetings.insert(state.last_number, meeting);
            state.last_number
        })
    }

    /// Forgets a connection that did not come about.
    pub(super) fn renounce(&self, number: u64) {
        self.change(|state| state.meetings.remove(&number));
    }

    /// A connection is over. What did not end with a goodbye, and for no reason that was noted, was interrupted.
    pub(super) fn over(&self, number: u64) {
        let gone = self.change(|state| {
            let gone = state.meetings.remove(&number)?;
            if gone.ready || gone.dialled {
                if state.ends.len() >= MOST_ENDS {
                    state.ends.pop_front();
                }
                let reason = gone.reason.or((!gone.parted).then_some(PhoneError::Interrupted));
                state.ends.push_back((number, reason));
            }
            gone.handle
        });
        drop(gone);
    }

    /// The partner is there, on this connection. Where there is another one already, one of the two gives
    /// way; whether this one may go on. From then on the one that gave way touches no document any more: of
    /// two conversations at once each would find that the other changed what it builds on.
    pub(super) fn admit(&self, number: u64) -> bool {
        let held = |state: &State| {
            let other = state.meetings.iter().find(|(other, meeting)| **other != number && meeting.ready);
            other.map(|(other, meeting)| (*other, meeting.contender))
        };
        let (stays, others) = self.change(|state| {
            let Some(new) = state.meetings.get(&number).map(|meeting| meeting.contender) else { return (false, None) };
            let mut given_way = None;
            if let Some((other, held)) = held(state) {
                if choose(&held, &new) == Choice::Keep {
                    return (false, state.meetings.get(&other).and_then(|meeting| meeting.handle.clone()));
                }
                given_way = state.meetings.remove(&other);
            }
            if let Some(meeting) = state.meetings.get_mut(&number) {
                meeting.ready = true;
            }
            (true, given_way.and_then(Meeting::give_way))
        });
        match others {
            Some(gives_way) if stays => gives_way.close(),
            // Whoever dialled anew may have lost the connection that is held here: does it still answer?
            Some(is_held) => _ = is_held.run(Conversation::settle),
            None => {}
        }
        stays
    }

    /// The live connection to the partner.
    pub(super) fn live(&self) -> Option<Arc<DriverHandle<Conversation>>> {
        self.lock().meetings.values().find(|meeting| meeting.ready).and_then(|meeting| meeting.handle.clone())
    }

    /// Whether the phones are together.
    pub(in crate::phone) fn is_together(&self) -> bool {
        self.live().is_some()
    }

    /// Own shared entries were written: an open connection sends them at once.
    pub(in crate::phone) fn local_change(&self) {
        if let Some(live) = self.live() {
            live.run(Conversation::local_change);
        }
    }

    /// Ends every meeting, without a farewell: none of them touches a document any more. It does not wait.
    pub(super) fn send_away(&self) {
        for handle in self.change(|state| std::mem::take(&mut state.meetings)).into_values() {
            if let Some(handle) = handle.give_way() {
                handle.close();
            }
        }
    }

    /// Ends everything, without a farewell.
    pub(in crate::phone) fn disperse(&self) {
        let (listener, meetings, pairing) = self.change(|state| {
            let pairing = std::mem::take(&mut state.pairing);
            (state.listener.take(), std::mem::take(&mut state.meetings), pairing)
        });
        drop((listener, pairing));
        for handle in meetings.into_values().filter_map(|meeting| meeting.handle) {
            handle.close();
            let _ = handle.join();
        }
    }
}

impl State {
    /// Why a meeting ended.
    pub(super) fn why_over(&self, number: u64) -> PhoneError {
        let end = self.ends.iter().find(|(over, _)| *over == number);
        end.and_then(|(_, reason)| *reason).unwrap_or(PhoneError::Interrupted)
    }

    /// Why the phones are not together.
    pub(super) fn why_apart(&self) -> PhoneError {
        self.last_end().unwrap_or(PhoneError::Interrupted)
    }

    /// Why the last meeting that is over broke off.
    pub(super) fn last_end(&self) -> Option<PhoneError> {
        self.ends.back().and_then(|(_, reason)| *reason)
    }

    /// Whether the partner has proven to be there.
    pub(super) fn is_together(&self) -> bool {
        self.meetings.values().any(|meeting| meeting.ready)
    }

    /// The connection on which both have greeted.
    pub(super) fn established(&self) -> Option<(u64, &Meeting)> {
        let established = self.meetings.iter().find(|(_, meeting)| meeting.established && meeting.handle.is_some());
        established.map(|(number, meeting)| (*number, meeting))
    }
}

impl Meeting {
    fn give_way(self) -> Option<Arc<DriverHandle<Conversation>>> {
        self.standing.lose();
        self.handle
    }
}
