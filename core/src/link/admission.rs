//! How many strangers may stand at the door, and for how long.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Connections that may be unauthenticated at the same time.
pub const MOST_STRANGERS: usize = 8;

/// How long a connection may stay unauthenticated.
pub const STRANGERS_PATIENCE: Duration = Duration::from_secs(5);

/// Counts the connections that came in and have not yet shown who they are. Clones count together: one gate serves
/// every listener of a phone.
#[derive(Debug, Clone)]
pub struct Gate {
    inside: Arc<AtomicUsize>,
    most: usize,
    patience: Duration,
}

impl Default for Gate {
    fn default() -> Self {
        Self::new(MOST_STRANGERS, STRANGERS_PATIENCE)
    }
}

impl Gate {
    /// A gate that lets `most` strangers in, each for `patience`.
    #[must_use]
    pub fn new(most: usize, patience: Duration) -> Self {
        Self { inside: Arc::default(), most, patience }
    }

    /// Lets one more in; `None` when there are as many as may be.
    #[must_use]
    pub fn enter(&self) -> Option<Admission> {
        let one_more = |inside: usize| (inside < self.most).then(|| inside.saturating_add(1));
        self.inside.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more).ok()?;
        Some(Admission::new(Some(Arc::clone(&self.inside)), self.patience))
    }

    /// How many are inside that nobody has admitted.
    #[must_use]
    pub fn strangers(&self) -> usize {
        self.inside.load(Ordering::Acquire)
    }
}

/// The ticket of one connection: a stranger's until [`admit`](Admission::admit). Clones are one ticket.
#[derive(Debug, Clone)]
pub struct Admission(Arc<Ticket>);

#[derive(Debug)]
struct Ticket {
    inside: Option<Arc<AtomicUsize>>,
    deadline: Option<Instant>,
    admitted: AtomicBool,
    released: AtomicBool,
}

impl Admission {
    /// A ticket for a connection that this phone made: it takes nobody's place, but has to be admitted in time too,
    /// or a black hole would keep us for ever.
    #[must_use]
    pub fn outgoing(patience: Duration) -> Self {
        Self::new(None, patience)
    }

    /// The peer has proven who it is: the connection may stay, and its place at the gate is free.
    pub fn admit(&self) {
        self.0.admitted.store(true, Ordering::Release);
        self.release();
    }

    /// Whether [`admit`](Admission::admit) was called.
    #[must_use]
    pub fn is_admitted(&self) -> bool {
        self.0.admitted.load(Ordering::Acquire)
    }

    /// Whether this phone made the connection.
    pub(super) fn is_outgoing(&self) -> bool {
        self.0.inside.is_none()
    }

    /// When the connection ends unless it is admitted; `None` when it may stay.
    pub(super) fn deadline(&self) -> Option<Instant> {
        if self.is_admitted() { None } else { self.0.deadline }
    }

    /// Gives the place back; called when the connection is over, whoever still holds the ticket.
    pub(super) fn release(&self) {
        self.0.release();
    }

    fn new(inside: Option<Arc<AtomicUsize>>, patience: Duration) -> Self {
        let deadline = Instant::now().checked_add(patience);
        Self(Arc::new(Ticket { inside, deadline, admitted: AtomicBool::new(false), released: AtomicBool::new(false) }))
    }
}

impl Ticket {
    fn release(&self) {
        if let Some(inside) = &self.inside
            && !self.released.swap(true, Ordering::AcqRel)
        {
            inside.fetch_sub(1, Ordering::AcqRel);
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.release();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_gate_lets_nobody_in_until_one_is_admitted_or_gone() {
        let gate = Gate::new(2, STRANGERS_PATIENCE);
        let first = gate.enter().unwrap();
        let second = gate.enter().unwrap();
        assert!(gate.enter().is_none());
        first.admit();
        let third = gate.enter().expect("one was admitted");
        assert!(gate.enter().is_none());
        drop(second);
        let _fourth = gate.enter().expect("one is gone");
        assert!(gate.enter().is_none());
        drop(third);
        assert_eq!(gate.strangers(), 1);
    }

    #[test]
    fn a_place_is_given_back_once_however_many_hold_the_ticket() {
        let gate = Gate::new(3, STRANGERS_PATIENCE);
        let ticket = gate.enter().unwrap();
        let other = gate.enter().unwrap();
        ticket.release();
        ticket.clone().admit();
        drop(ticket);
        assert_eq!(gate.strangers(), 1);
        drop(other);
        assert_eq!(gate.strangers(), 0);
    }

    #[test]
    fn an_admitted_connection_has_no_deadline() {
        let ticket = Admission::outgoing(STRANGERS_PATIENCE);
        assert!(ticket.deadline().is_some());
        ticket.admit();
        assert!(ticket.is_admitted());
        assert_eq!(ticket.deadline(), None);
    }
}
