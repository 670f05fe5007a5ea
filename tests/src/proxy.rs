//! A wire between two phones that is cut at a chosen byte.
//!
//! The proxy listens on loopback and forwards every connection to its target, byte for byte, counting each way. Each
//! connection has a [`Cut`] of its own, so that a run is the same whenever its plan is: the first meeting is cut at
//! byte 137, the next goes through.

mod lane;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use lane::Lane;

/// Which byte is the first that does not get through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Counted over both directions.
    InAll(u64),
    /// Counted from the one who dials to the target.
    Forth(u64),
    /// Counted from the target to the one who dials.
    Back(u64),
}

/// What a cut looks like from both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Both connections are closed.
    Close,
    /// Nothing gets through any more, and nobody is told: a phone that left the room, or froze.
    Freeze,
}

/// Where and how one connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// After how many bytes.
    pub after: After,
    /// How.
    pub manner: Manner,
}

impl Cut {
    /// A connection that closes after this many bytes.
    #[must_use]
    pub fn closing(after: After) -> Self {
        Self { after, manner: Manner::Close }
    }

    /// A connection that closes after fewer than `within` bytes, counted in all, forth or back: how many and which
    /// follows from `drawn`, any number.
    #[must_use]
    pub fn drawn(drawn: u64, within: u64) -> Self {
        let bytes = (drawn / 3) % within.max(1);
        Self::closing(match drawn % 3 {
            0 => After::InAll(bytes),
            1 => After::Forth(bytes),
            _ => After::Back(bytes),
        })
    }
}

/// What got through, over all connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Connections that were accepted.
    pub connections: usize,
    /// Connections that reached their cut.
    pub cut: usize,
    /// Bytes from those who dialled to the target.
    pub forth: u64,
    /// Bytes from the target.
    pub back: u64,
}

/// A running proxy. Dropping it cuts every connection that is left, and its port refuses from then on.
#[derive(Debug)]
pub struct CutProxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<thread::JoinHandle<()>>,
}

impl CutProxy {
    /// Stands before `target`. The nth connection is cut as the nth of `cuts` says, and those after the last, or
    /// where it says `None`, are not.
    ///
    /// # Errors
    /// When there is no port or no thread to be had.
    pub fn start(target: SocketAddr, cuts: Vec<Option<Cut>>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let accepting = {
            let shared = Arc::clone(&shared);
            thread::Builder::new().name("proxy".into()).spawn(move || accept(&listener, target, cuts, &shared))?
        };
        Ok(Self { address, shared, accepting: Some(accepting) })
    }

    /// Where to dial instead of the target.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What got through so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.shared.lock().counts
    }

    /// Waits until the counts are as wanted; `false` when they are not in time.
    #[must_use]
    pub fn wait_until(&self, patience: Duration, wanted: impl Fn(&Counts) -> bool) -> bool {
        let not_yet = |state: &mut State| !wanted(&state.counts);
        let waited = self.shared.changed.wait_timeout_while(self.shared.lock(), patience, not_yet);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// Closes every connection, frozen ones too, and the port.
    pub fn cut(&mut self) {
        let Some(accepting) = self.accepting.take() else { return };
        let mut state = self.shared.lock();
        state.closed = true;
        for lane in state.lanes.drain(..) {
            lane.close();
        }
        drop(state);
        // Wakes the accepting thread.
        let _ = TcpStream::connect(self.address);
        let _ = accepting.join();
    }
}

impl Drop for CutProxy {
    fn drop(&mut self) {
        self.cut();
    }
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    counts: Counts,
    closed: bool,
    lanes: Vec<Arc<Lane>>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut self.lock().counts);
        self.changed.notify_all();
    }
}

fn accept(listener: &TcpListener, target: SocketAddr, cuts: Vec<Option<Cut>>, shared: &Arc<Shared>) {
    let mut cuts = cuts.into_iter();
    while let Ok((dialler, _)) = listener.accept() {
        if shared.lock().closed {
            return;
        }
        shared.count(|counts| counts.connections = counts.connections.saturating_add(1));
        let cut = cuts.next().flatten();
        // Refused by the target is closed for the dialler.
        let Ok(target) = TcpStream::connect(target) else { continue };
        let _ = (dialler.set_nodelay(true), target.set_nodelay(true));
        let lane = Lane::open(dialler, target, cut, shared);
        let mut state = shared.lock();
        if state.closed {
            lane.close();
            return;
        }
        state.lanes.push(lane);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read as _, Write as _};
    use std::net::Shutdown;

    const LONG: Duration = Duration::from_secs(30);

    /// A proxy before a listener, and the listener.
    fn before_a_listener(cuts: Vec<Option<Cut>>) -> (CutProxy, TcpListener) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        (CutProxy::start(listener.local_addr().unwrap(), cuts).unwrap(), listener)
    }

    /// Both ends of one connection through the proxy.
    fn connection(proxy: &CutProxy, listener: &TcpListener) -> (TcpStream, TcpStream) {
        let dialler = TcpStream::connect(proxy.address()).unwrap();
        let (target, _) = listener.accept().unwrap();
        for stream in [&dialler, &target] {
            stream.set_read_timeout(Some(LONG)).unwrap();
            stream.set_write_timeout(Some(LONG)).unwrap();
        }
        (dialler, target)
    }

    /// All that arrives until the end, which may be a reset.
    fn all(stream: &mut TcpStream) -> Vec<u8> {
        let mut heard = Vec::new();
        if let Err(error) = stream.read_to_end(&mut heard) {
            assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
        }
        heard
    }

    /// Each end sends 100,000 bytes, and what arrived at either is counted.
    fn talk(dialler: TcpStream, target: TcpStream) -> (usize, usize) {
        let talks = [dialler, target].map(|mut stream| {
            let mut speaking = stream.try_clone().unwrap();
            thread::spawn(move || {
                let _ = speaking.write_all(&[7; 100_000]);
                let _ = speaking.shutdown(Shutdown::Write);
            });
            thread::spawn(move || all(&mut stream).len())
        });
        let [back, forth] = talks.map(|talk| talk.join().unwrap());
        (forth, back)
    }

    #[test]
    fn without_a_cut_all_gets_through_and_is_counted() {
        let (proxy, listener) = before_a_listener(vec![]);
        let (dialler, target) = connection(&proxy, &listener);
        assert_eq!(talk(dialler, target), (100_000, 100_000));
        assert_eq!(proxy.counts(), Counts { connections: 1, cut: 0, forth: 100_000, back: 100_000 });
    }

    #[test]
    fn a_cut_lets_exactly_its_bytes_through_and_ends_both_directions() {
        for bytes in [0, 1, 137, 16_384, 16_385, 99_999] {
            for after in [After::Forth(bytes), After::Back(bytes), After::InAll(bytes)] {
                let (proxy, listener) = before_a_listener(vec![Some(Cut::closing(after))]);
                let (dialler, target) = connection(&proxy, &listener);
                let (forth, back) = talk(dialler, target);
                assert!(proxy.wait_until(Duration::from_secs(20), |counts| counts.cut == 1));
                let counts = proxy.counts();
                let counted = match after {
                    After::Forth(_) => counts.forth,
                    After::Back(_) => counts.back,
                    After::InAll(_) => counts.forth + counts.back,
                };
                assert_eq!((counts.connections, counted), (1, bytes));
                // Both ends were writing: the reset that ends them may swallow what had got through.
                assert!(forth as u64 <= counts.forth && back as u64 <= counts.back);
            }
        }
    }

    #[test]
    fn each_connection_has_its_own_cut_and_those_after_the_last_have_none() {
        let cut = Some(Cut::closing(After::Forth(5)));
        let (proxy, listener) = before_a_listener(vec![cut, None, cut]);
        let through: Vec<_> = (0..4)
            .map(|_| {
                let (dialler, target) = connection(&proxy, &listener);
                talk(dialler, target).0
            })
            .collect();
        assert_eq!(through, [5, 100_000, 5, 100_000]);
    }

    #[test]
    fn a_frozen_connection_stays_open_until_it_is_cut_for_good() {
        let frozen = Cut { after: After::InAll(10), manner: Manner::Freeze };
        let (mut proxy, listener) = before_a_listener(vec![Some(frozen)]);
        let (mut dialler, mut target) = connection(&proxy, &listener);
        dialler.write_all(&[7; 1000]).unwrap();
        let mut heard = [0; 10];
        target.read_exact(&mut heard).unwrap();
        assert!(proxy.wait_until(LONG, |counts| counts.cut == 1));
        target.write_all(&[8; 1000]).unwrap();
        dialler.set_nonblocking(true).unwrap();
        assert_eq!(dialler.read(&mut [0]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        dialler.set_nonblocking(false).unwrap();
        proxy.cut();
        assert_eq!((all(&mut dialler), all(&mut target)), (vec![], vec![]));
        assert_eq!(proxy.counts(), Counts { connections: 1, cut: 1, forth: 10, back: 0 });
        assert!(TcpStream::connect(proxy.address()).is_err(), "and the port refuses");
    }

    #[test]
    fn a_half_close_gets_through() {
        let (proxy, listener) = before_a_listener(vec![]);
        let (mut dialler, mut target) = connection(&proxy, &listener);
        dialler.write_all(b"question").unwrap();
        dialler.shutdown(Shutdown::Write).unwrap();
        assert_eq!(all(&mut target), b"question");
        target.write_all(b"answer").unwrap();
        drop(target);
        assert_eq!(all(&mut dialler), b"answer");
    }

    #[test]
    fn a_target_that_refuses_closes_the_dialler() {
        let (proxy, listener) = before_a_listener(vec![]);
        drop(listener);
        let mut dialler = TcpStream::connect(proxy.address()).unwrap();
        assert_eq!(all(&mut dialler), b"");
    }

    #[test]
    fn what_is_drawn_stays_within_and_reaches_every_way() {
        let cuts: Vec<_> = (0..300).map(|drawn| Cut::drawn(drawn, 50)).collect();
        for after in [After::InAll(0), After::InAll(49), After::Forth(0), After::Forth(49), After::Back(49)] {
            assert!(cuts.contains(&Cut::closing(after)), "{after:?}");
        }
        let within = |cut: &Cut| matches!(cut.after, After::InAll(n) | After::Forth(n) | After::Back(n) if n < 50);
        assert!(cuts.iter().all(within));
        assert_eq!(Cut::drawn(u64::MAX, 0).after, After::InAll(0));
    }
}
