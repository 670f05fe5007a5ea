//! Runs one machine over one transport, on a thread of its own.
//!
//! Three threads serve a connection. The *reader* (of TCP; a shell pushes by itself) brings bytes into the inbox and
//! waits when it is full. The *writer* takes bytes out of the outbox and may be held fast by a slow peer. The
//! *driver* owns the machine, does no I/O, and so is never held: it can always hear a posted closure, a deadline or
//! a close, and it always takes input, so that two phones which fill each other do not wait for each other.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::end::LinkEnd;
use super::handle::{DriverHandle, Post};
use super::inbox::InputEnd;
use super::limits::LinkLimits;
use super::machine::Machine;
use super::outbox::{Outbox, Writing};
use super::transport::Transport;

/// Who looks at a machine after each of its steps: drains its events, admits the peer. Called on the driver's thread
/// with no lock held, so it may call anything but [`DriverHandle::join`].
///
/// A closure `FnMut(&mut M, Duration)` is one that does not care for the end.
pub trait Observer<M>: Send + 'static {
    /// The machine has moved. What is done to it here is sent like everything else.
    fn after(&mut self, machine: &mut M, now: Duration);

    /// The connection is over, and nothing more is called.
    fn ended(&mut self, _end: LinkEnd) {}
}

impl<M, F: FnMut(&mut M, Duration) + Send + 'static> Observer<M> for F {
    fn after(&mut self, machine: &mut M, now: Duration) {
        self(machine, now);
    }
}

/// Starts drivers.
#[derive(Debug)]
pub struct Driver;

impl Driver {
    /// Runs `machine` over `transport` until it has finished or the connection is over.
    ///
    /// # Errors
    /// When the system gives no more threads; the transport is then closed.
    pub fn start<M: Machine>(
        machine: M,
        transport: Transport,
        limits: LinkLimits,
        observer: impl Observer<M>,
    ) -> io::Result<DriverHandle<M>> {
        let inbox = Arc::clone(&transport.inbox);
        let post = Arc::new(Post::new(&transport.wire, Arc::clone(&inbox)));
        let outbox = Outbox::start(Arc::clone(&transport.wire), Arc::clone(&inbox))?;
        let origin = Instant::now();
        let wire = Arc::clone(&transport.wire);
        let run = Run {
            machine,
            observer,
            transport,
            outbox: Arc::clone(&outbox),
            limits,
            origin,
            last_input: origin,
            said_all: false,
            peer_ended: false,
            post: Arc::clone(&post),
        };
        let driver = thread::Builder::new().name("attune-link".into());
        wire.start(inbox).and_then(|()| driver.spawn(move || run.live())).inspect_err(|_| outbox.leave())?;
        Ok(DriverHandle::new(post))
    }
}

struct Run<M, O> {
    machine: M,
    observer: O,
    transport: Transport,
    outbox: Arc<Outbox>,
    limits: LinkLimits,
    origin: Instant,
    last_input: Instant,
    /// Whether the machine had nothing more to transmit when it was last asked.
    said_all: bool,
    peer_ended: bool,
    post: Arc<Post<M>>,
}

impl<M: Machine, O: Observer<M>> Run<M, O> {
    fn live(mut self) {
        let ran = catch_unwind(AssertUnwindSafe(|| self.drive()));
        let end = ran.unwrap_or(LinkEnd::Panicked);
        let post = Arc::clone(&self.post);
        self.outbox.leave();
        // A machine may panic even while it is dropped. Whoever joins finds nothing of it left.
        let _ = catch_unwind(AssertUnwindSafe(move || {
            self.observer.ended(end);
            drop(self);
        }));
        post.ended(end);
    }

    fn drive(&mut self) -> LinkEnd {
        let mut input = Vec::new();
        let mut not_before = self.origin;
        self.settle();
        loop {
            if self.machine.is_finished() {
                return self.finish();
            }
            if let Some(end) = self.overdue() {
                return self.lost(end);
            }
            let arrived = self.transport.inbox.take(&mut input, self.next_wake(not_before));
            self.peer_ended |= arrived.is_some();
            if self.post.is_closing() {
                return self.lost(LinkEnd::Closed);
            }
            for act in self.post.take() {
                act(&mut self.machine, self.origin.elapsed());
            }
            if !input.is_empty() {
                self.last_input = Instant::now();
                self.machine.handle_input(self.origin.elapsed(), &input);
            }
            if self.due() {
                self.machine.handle_timeout(self.origin.elapsed());
                // A machine that keeps naming the past must not keep a core busy.
                not_before = Instant::now().checked_add(Duration::from_millis(1)).unwrap_or(self.origin);
            }
            self.settle();
            if let Some(end) = arrived
                && !self.machine.is_finished()
            {
                return self.lost(match end {
                    InputEnd::Orderly => LinkEnd::PeerClosed,
                    InputEnd::Broken => LinkEnd::Broken,
                });
            }
        }
    }

    /// Lets the owner look, and hands on what there is to send, until neither has more to do.
    fn settle(&mut self) {
        self.observer.after(&mut self.machine, self.origin.elapsed());
        while self.transmit() {
            self.observer.after(&mut self.machine, self.origin.elapsed());
        }
    }

    /// Whether anything was handed on.
    fn transmit(&mut self) -> bool {
        let mut any = false;
        self.said_all = false;
        while self.outbox.writing().room {
            let Some(bytes) = self.machine.poll_transmit() else {
                self.said_all = true;
                break;
            };
            self.outbox.put(bytes);
            any = true;
        }
        any
    }

    fn due(&self) -> bool {
        self.machine.next_timeout().is_some_and(|at| at <= self.origin.elapsed())
    }

    /// The next time that anything happens by itself.
    fn next_wake(&self, not_before: Instant) -> Option<Instant> {
        let machine = self.machine.next_timeout().and_then(|at| self.origin.checked_add(at));
        let machine = machine.map(|at| at.max(not_before));
        [machine, self.transport.admission().deadline(), self.write_deadline(), self.idle_deadline()]
            .into_iter()
            .flatten()
            .min()
    }

    fn write_deadline(&self) -> Option<Instant> {
        let writing = self.outbox.writing();
        if let Some(failed) = writing.failed_since {
            // What the peer said before it closed may still be on its way in.
            return failed.checked_add(self.limits.linger);
        }
        writing.busy_since.and_then(|since| since.checked_add(self.limits.write_stall))
    }

    fn idle_deadline(&self) -> Option<Instant> {
        self.limits.read_idle.and_then(|idle| self.last_input.checked_add(idle))
    }

    /// Which deadline has passed.
    fn overdue(&self) -> Option<LinkEnd> {
        let now = Instant::now();
        let passed = |at: Option<Instant>| at.is_some_and(|at| at <= now);
        if passed(self.write_deadline()) {
            let failed = self.outbox.writing().failed_since.is_some();
            return Some(if failed { LinkEnd::Broken } else { LinkEnd::WriteStalled });
        }
        if passed(self.transport.admission().deadline()) {
            return Some(LinkEnd::NotAdmitted);
        }
        passed(self.idle_deadline()).then_some(LinkEnd::ReadIdle)
    }

    /// The connection is over before the machine was: it is told, and its owner looks once more.
    fn lost(&mut self, end: LinkEnd) -> LinkEnd {
        self.transport.wire.close();
        self.machine.handle_closed(self.origin.elapsed());
        self.observer.after(&mut self.machine, self.origin.elapsed());
        end
    }

    /// The machine is done: sends its last words, waits until the peer has had the chance to read them, and closes.
    /// A stranger gets none of this.
    fn finish(&mut self) -> LinkEnd {
        if !self.transport.admission().is_admitted() {
            return LinkEnd::Finished;
        }
        let mut ignored = Vec::new();
        let mut sent_all: Option<Instant> = None;
        loop {
            self.settle();
            if self.said_all {
                self.outbox.finish();
            }
            let writing = self.outbox.writing();
            if self.post.is_closing() {
                return LinkEnd::Closed;
            }
            if let Some(end) = self.flushing(writing) {
                return end;
            }
            if writing.finished {
                let since = *sent_all.get_or_insert_with(Instant::now);
                let patience_over = since.checked_add(self.limits.linger).is_none_or(|at| at <= Instant::now());
                if self.peer_ended || patience_over || !self.transport.wire.half_closes() {
                    return LinkEnd::Finished;
                }
            }
            let linger = sent_all.and_then(|since| since.checked_add(self.limits.linger));
            let until = linger.or_else(|| self.write_deadline());
            self.peer_ended |= self.transport.inbox.take(&mut ignored, until).is_some();
        }
    }

    fn flushing(&self, writing: Writing) -> Option<LinkEnd> {
        if writing.failed_since.is_some() {
            return Some(LinkEnd::Broken);
        }
        let stalled = self.write_deadline().is_some_and(|at| at <= Instant::now());
        stalled.then_some(LinkEnd::WriteStalled)
    }
}
