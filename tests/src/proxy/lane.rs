//! One forwarded connection.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::{After, Cut, Manner, Shared};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forth,
    Back,
}

/// Two sockets, and how far they are from their cut.
#[derive(Debug)]
pub(super) struct Lane {
    dialler: TcpStream,
    target: TcpStream,
    cut: Option<Cut>,
    passed: Mutex<Passed>,
}

/// What was let through, and how many writes of it are under way.
#[derive(Debug, Default)]
struct Passed {
    forth: u64,
    back: u64,
    writing: usize,
    /// The last byte that may pass has passed.
    over: bool,
    /// And the cut was made.
    cut: bool,
}

impl Lane {
    /// Forwards between the two from now on, until the cut or an end.
    pub(super) fn open(dialler: TcpStream, target: TcpStream, cut: Option<Cut>, shared: &Arc<Shared>) -> Arc<Self> {
        let lane = Arc::new(Self { dialler, target, cut, passed: Mutex::default() });
        // A cut before the first byte waits for none.
        lane.let_through(Direction::Forth, 0);
        lane.written(shared);
        for direction in [Direction::Forth, Direction::Back] {
            let (pumped, shared) = (Arc::clone(&lane), Arc::clone(shared));
            let pump = thread::Builder::new().name("proxy-pump".into());
            if pump.spawn(move || pumped.pump(direction, &shared)).is_err() {
                lane.close();
            }
        }
        lane
    }

    /// Ends both connections at once.
    pub(super) fn close(&self) {
        for stream in [&self.dialler, &self.target] {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn pump(&self, direction: Direction, shared: &Shared) {
        let (mut from, mut to) = match direction {
            Direction::Forth => (&self.dialler, &self.target),
            Direction::Back => (&self.target, &self.dialler),
        };
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let Ok(read) = from.read(&mut buffer) else { return self.end() };
            if read == 0 {
                if !self.lock().over {
                    let _ = to.shutdown(Shutdown::Write);
                }
                return;
            }
            let passes = self.let_through(direction, read);
            shared.count(|counts| match direction {
                Direction::Forth => counts.forth = counts.forth.saturating_add(passes as u64),
                Direction::Back => counts.back = counts.back.saturating_add(passes as u64),
            });
            let written = to.write_all(buffer.get(..passes).unwrap_or_default());
            if self.written(shared) {
                return;
            }
            if written.is_err() {
                return self.end();
            }
        }
    }

    /// How many of `bytes` may pass in this direction.
    fn let_through(&self, direction: Direction, bytes: usize) -> usize {
        let mut passed = self.lock();
        passed.writing = passed.writing.saturating_add(1);
        if passed.over {
            return 0;
        }
        let left = self.left(&passed, direction).unwrap_or(u64::MAX);
        let passes = bytes.min(usize::try_from(left).unwrap_or(usize::MAX));
        let counted = match direction {
            Direction::Forth => &mut passed.forth,
            Direction::Back => &mut passed.back,
        };
        *counted = counted.saturating_add(passes as u64);
        passed.over = [Direction::Forth, Direction::Back].iter().any(|way| self.left(&passed, *way) == Some(0));
        passes
    }

    /// A write is done. Whoever wrote last before the cut cuts. Whether it is over.
    fn written(&self, shared: &Shared) -> bool {
        let mut passed = self.lock();
        passed.writing = passed.writing.saturating_sub(1);
        let over = passed.over;
        let cuts = over && passed.writing == 0 && !passed.cut;
        passed.cut |= cuts;
        drop(passed);
        if cuts {
            if self.cut.is_some_and(|cut| cut.manner == Manner::Close) {
                self.close();
            }
            shared.count(|counts| counts.cut = counts.cut.saturating_add(1));
        }
        over
    }

    /// How many bytes may still pass; `None` for any number.
    fn left(&self, passed: &Passed, direction: Direction) -> Option<u64> {
        match (self.cut?.after, direction) {
            (After::InAll(bytes), _) => Some(bytes.saturating_sub(passed.forth.saturating_add(passed.back))),
            (After::Forth(bytes), Direction::Forth) => Some(bytes.saturating_sub(passed.forth)),
            (After::Back(bytes), Direction::Back) => Some(bytes.saturating_sub(passed.back)),
            _ => None,
        }
    }

    /// A socket failed: the other end shall hear of it, unless all is frozen.
    fn end(&self) {
        if !self.lock().over {
            self.close();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Passed> {
        self.passed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
