//! Every short course of acts: what the rules make of each is compared with a plain model.

use std::fmt::Debug;

use attune_core::journal::Entry;

/// A flow as both the rules and a model of them play it.
pub(crate) trait Course: Clone {
    /// What one of the two may try, or what may happen.
    type Move: Copy + Debug + 'static;

    /// Everything to try, at every point.
    fn moves(&self) -> Vec<Self::Move>;

    /// Tries it on the rules and on the model. Returns whether it was done, or in what the two differ.
    fn go(&mut self, what: Self::Move) -> Result<bool, String>;

    /// Compares what each phone shows with what the model says it should.
    fn check(&self) -> Result<(), String>;

    /// The phones meet.
    fn meet(&mut self);
}

/// Plays every course of at most `depth` moves and returns how many there were. What was refused changed
/// nothing, so that no course goes on from there. With `together`, the phones meet after every move.
pub(crate) fn explore<C: Course>(start: &C, depth: usize, together: bool) -> usize {
    let mut trail = Vec::new();
    let mut start = start.clone();
    meet_if(&mut start, together);
    expect(start.check(), &trail);
    further(&start, depth, together, &mut trail)
}

fn further<C: Course>(from: &C, depth: usize, together: bool, trail: &mut Vec<C::Move>) -> usize {
    if depth == 0 {
        return 1;
    }
    let mut courses = 0;
    for what in from.moves() {
        let mut next = from.clone();
        trail.push(what);
        if expect(next.go(what), trail) {
            meet_if(&mut next, together);
            expect(next.check(), trail);
            courses += further(&next, depth - 1, together, trail);
        }
        trail.pop();
    }
    courses.max(1)
}

fn meet_if<C: Course>(course: &mut C, together: bool) {
    if together {
        course.meet();
    }
}

fn expect<T, M: Debug>(outcome: Result<T, String>, trail: &[M]) -> T {
    outcome.unwrap_or_else(|why| panic!("{why}\nafter {trail:?}"))
}

/// An error that names both where two differ.
pub(crate) fn same<T: PartialEq + Debug>(what: &str, rules: T, model: T) -> Result<(), String> {
    if rules == model { Ok(()) } else { Err(format!("{what}: the rules say {rules:?}, the model {model:?}")) }
}

/// An error where the order or the repetition of entries makes a difference to what they fold to.
pub(crate) fn in_any_order<T: PartialEq + Debug>(entries: &[Entry], fold: fn(Vec<&Entry>) -> T) -> Result<(), String> {
    let (forwards, backwards) = (entries.iter().collect(), entries.iter().rev().collect());
    let twice = entries.iter().chain(entries).collect();
    let folded = fold(forwards);
    same("backwards", fold(backwards), fold(twice))?;
    let half = entries.len() / 2;
    same("from the middle on", fold(entries[half..].iter().chain(&entries[..half]).collect()), folded)
}
