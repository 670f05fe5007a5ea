//! Who is here: the connections of this phone, and what came of them.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::conversation::Conversation;
use super::meeting::Settled;
use super::pairing::PairingCourse;
use crate::link::{Choice, Contender, DriverHandle, Gate, TcpListenerLink, choose};
use crate::phone::PhoneError;

/// The connections of a phone. Its lock is held for moments only, and never while the store is.
#[derive(Default)]
pub(in crate::phone) struct Company {
    state: Mutex<State>,
    changed: Condvar,
    pub(super) gate: Gate,
}

/// What the threads of the connections tell the callers that wait.
#[derive(Default)]
pub(super) struct State {
    pub(super) listener: Option<TcpListenerLink>,
    pub(super) meetings: BTreeMap<u64, Meeting>,
    pub(super) pairing: PairingCourse,
    /// Why the last meeting that is over ended.
    pub(super) last_end: Option<(u64, PhoneError)>,
    last_number: u64,
}

/// One connection to the partner, or to someone who has yet to show who they are.
pub(super) struct Meeting {
    pub(super) handle: Option<Arc<DriverHandle<Conversation>>>,
    pub(super) contender: Contender,
    /// The partner has proven to be there.
    pub(super) ready: bool,
    /// The partner's greeting has arrived.
    pub(super) established: bool,
    /// How often both phones have settled.
    pub(super) settled: u64,
    /// What went over the wire until then.
    pub(super) report: Settled,
    /// Why it is about to end, where that is known already.
    pub(super) reason: Option<PhoneError>,
}

impl Company {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state and tells everyone who waits.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut self.lock());
        self.changed.notify_all();
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
    pub(super) fn announce(&self, contender: Contender) -> u64 {
        self.change(|state| {
            state.last_number += 1;
            let (handle, reason, report) = (None, None, Settled::default());
            let meeting = Meeting { handle, contender, ready: false, established: false, settled: 0, report, reason };
            state.meetings.insert(state.last_number, meeting);
            state.last_number
        })
    }

    /// The partner is there, on this connection. Where there is another one already, one of the two gives
    /// way; whether this one may go on.
    pub(super) fn admit(&self, number: u64) -> bool {
        let (stays, given_way) = self.change(|state| {
            let Some(new) = state.meetings.get(&number).map(|meeting| meeting.contender) else { return (false, None) };
            let other = state.meetings.iter().find(|(other, meeting)| **other != number && meeting.ready);
            let other = other.map(|(other, meeting)| (*other, meeting.contender));
            if let Some((other, held)) = other {
                match choose(&held, &new) {
                    Choice::Keep => return (false, None),
                    Choice::Replace => {
                        let given_way = state.meetings.remove(&other).and_then(|meeting| meeting.handle);
                        if let Some(meeting) = state.meetings.get_mut(&number) {
                            meeting.ready = true;
                        }
                        return (true, given_way);
                    }
                }
            }
            if let Some(meeting) = state.meetings.get_mut(&number) {
                meeting.ready = true;
            }
            (true, None)
        });
        if let Some(handle) = given_way {
            handle.close();
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
