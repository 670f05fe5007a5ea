//! Bytes on their way from a transport to its driver: bounded, so that a peer that sends faster than we work waits.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::limits::INBOX_BYTES;
use super::pipe::PushError;

/// How the bytes ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InputEnd {
    /// The peer said that nothing more comes.
    Orderly,
    /// Reset, network gone.
    Broken,
}

/// Where a transport puts bytes and the driver waits for them, for what is posted to it, and for its writer.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    state: Mutex<State>,
    arrived: Condvar,
    room: Condvar,
}

#[derive(Debug, Default)]
struct State {
    bytes: Vec<u8>,
    /// Set when the transport has ended, until the driver was told.
    end: Option<InputEnd>,
    ended: bool,
    /// Something other than bytes wants the driver.
    poked: bool,
    /// The driver is gone.
    left: bool,
}

impl Inbox {
    /// Puts all of `bytes`, waiting for room as often as need be, each time for at most `patience`.
    pub(super) fn push(&self, mut bytes: &[u8], patience: Option<Duration>) -> Result<(), PushError> {
        loop {
            let mut state = self.wait_for_room(patience);
            if state.left || state.ended {
                return Err(PushError::Gone);
            }
            let room = INBOX_BYTES.saturating_sub(state.bytes.len());
            if room == 0 && !bytes.is_empty() {
                return Err(PushError::Stalled);
            }
            let (now, later) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
            if !now.is_empty() {
                state.bytes.extend_from_slice(now);
                self.arrived.notify_one();
            }
            if later.is_empty() {
                return Ok(());
            }
            bytes = later;
        }
    }

    /// Nothing more comes. Only the first end counts.
    pub(super) fn end(&self, end: InputEnd) {
        let mut state = self.lock();
        if !state.ended {
            state.ended = true;
            state.end = Some(end);
            self.arrived.notify_one();
            self.room.notify_all();
        }
    }

    /// Wakes the driver.
    pub(super) fn poke(&self) {
        self.lock().poked = true;
        self.arrived.notify_one();
    }

    /// Moves all bytes into `buffer`, waiting for bytes, the end or a poke until the given instant. The end is given
    /// once, with the last bytes.
    pub(super) fn take(&self, buffer: &mut Vec<u8>, until: Option<Instant>) -> Option<InputEnd> {
        buffer.clear();
        let nothing = |state: &mut State| state.bytes.is_empty() && state.end.is_none() && !state.poked;
        let state = self.lock();
        let mut state = match until {
            None => self.arrived.wait_while(state, nothing).unwrap_or_else(PoisonError::into_inner),
            Some(until) => {
                let left = until.saturating_duration_since(Instant::now());
                self.arrived.wait_timeout_while(state, left, nothing).unwrap_or_else(PoisonError::into_inner).0
            }
        };
        state.poked = false;
        std::mem::swap(&mut state.bytes, buffer);
        self.room.notify_all();
        state.end.take()
    }

    /// The driver leaves: whoever pushes is told so.
    pub(super) fn leave(&self) {
        let mut state = self.lock();
        state.left = true;
        state.bytes = Vec::new();
        self.room.notify_all();
    }

    fn wait_for_room(&self, patience: Option<Duration>) -> MutexGuard<'_, State> {
        let full = |state: &mut State| state.bytes.len() >= INBOX_BYTES && !state.left && !state.ended;
        let state = self.lock();
        match patience {
            None => self.room.wait_while(state, full).unwrap_or_else(PoisonError::into_inner),
            Some(patience) => {
                self.room.wait_timeout_while(state, patience, full).unwrap_or_else(PoisonError::into_inner).0
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_out_whole_and_the_end_comes_with_the_last() {
        let inbox = Inbox::default();
        inbox.push(b"one ", None).unwrap();
        inbox.push(b"two", None).unwrap();
        inbox.end(InputEnd::Orderly);
        inbox.end(InputEnd::Broken);
        let mut buffer = b"old".to_vec();
        assert_eq!(inbox.take(&mut buffer, None), Some(InputEnd::Orderly));
        assert_eq!(buffer, b"one two");
        assert_eq!(inbox.take(&mut buffer, Some(Instant::now())), None, "the end is given once");
        assert_eq!(inbox.push(b"x", None), Err(PushError::Gone));
    }

    #[test]
    fn a_full_inbox_makes_the_pusher_wait_and_give_up() {
        let inbox = Inbox::default();
        inbox.push(&vec![1; INBOX_BYTES], None).unwrap();
        assert_eq!(inbox.push(&[], Some(Duration::from_millis(1))), Ok(()));
        assert_eq!(inbox.push(b"x", Some(Duration::from_millis(1))), Err(PushError::Stalled));
        let mut buffer = Vec::new();
        inbox.take(&mut buffer, None);
        assert_eq!(buffer.len(), INBOX_BYTES);
        assert_eq!(inbox.push(b"x", Some(Duration::from_millis(1))), Ok(()));
    }

    #[test]
    fn more_than_fits_goes_through_in_turns_and_never_takes_more_than_its_bound() {
        let inbox = Inbox::default();
        let sent: Vec<u8> = (0..INBOX_BYTES * 5 + 7).map(|n| n as u8).collect();
        let mut received = Vec::new();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                inbox.push(&sent, None).unwrap();
                inbox.end(InputEnd::Orderly);
            });
            let mut buffer = Vec::new();
            loop {
                let end = inbox.take(&mut buffer, None);
                assert!(buffer.len() <= INBOX_BYTES);
                received.extend_from_slice(&buffer);
                if end.is_some() {
                    break;
                }
            }
        });
        assert!(received == sent);
    }

    #[test]
    fn a_driver_that_left_frees_whoever_waits() {
        let inbox = Inbox::default();
        inbox.push(&vec![1; INBOX_BYTES], None).unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| inbox.push(b"x", None));
            inbox.leave();
            assert_eq!(waiting.join().unwrap(), Err(PushError::Gone));
        });
    }
}
