//! A file system that fails on demand, for tests of durability (feature `faults`, never in what is shipped).
//!
//! SQLite reaches the disk through a *VFS*. The one here (`csrc/faults.c`) wraps the system's own, counts the calls that
//! change something on disk (writing, syncing, truncating any file, deleting one) and lets the n-th of them go wrong:
//!
//! ```no_run
//! use attune_sqlcipher::faults::{self, Action};
//!
//! # fn main() -> rusqlite::Result<()> {
//! faults::register_as_default()?; // every connection opened from now on
//! let conn = rusqlite::Connection::open("journal.db")?;
//! faults::arm(17, Action::Full);
//! // … whatever is tested: its 17th write finds the disk full
//! faults::disarm();
//! # Ok(())
//! # }
//! ```
//!
//! There is one counter and one fault for the whole process, so tests that use it take turns.

use core::ffi::c_int;

use crate::keying::check;

unsafe extern "C" {
    fn attune_faults_register(as_default: c_int) -> c_int;
    fn attune_faults_arm(at: u64, action: c_int);
    fn attune_faults_calls() -> u64;
}

/// What happens at the call for which a fault was armed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The process ends by `SIGKILL` instead of making the call. What was written stays, synced or not, as when an
    /// app is killed.
    Kill,
    /// As [`Kill`](Action::Kill), but a write puts the first half of its bytes into the file before.
    TornKill,
    /// As [`Kill`](Action::Kill), but everything written or truncated since [`arm`] and not yet synced is undone
    /// before, as when the battery is torn out.
    PowerCut,
    /// This call and all later ones fail as input or output errors.
    IoError,
    /// This and all later writes fail as on a full disk. Syncing, truncating and deleting still work.
    Full,
}

/// The VFS's name, for `open_with_flags_and_vfs` or `?vfs=` in a URI.
pub const NAME: &str = "attune-faults";

/// Registers the VFS under [`NAME`]. Once is enough, more does no harm.
///
/// # Errors
///
/// What SQLite says if it has no default VFS to wrap.
pub fn register() -> rusqlite::Result<()> {
    // SAFETY: a call without arguments that matter, safe from any thread.
    check(unsafe { attune_faults_register(0) })
}

/// [`register`], and makes it the one that connections take unless they name another.
///
/// # Errors
///
/// As [`register`].
pub fn register_as_default() -> rusqlite::Result<()> {
    // SAFETY: as in `register`.
    check(unsafe { attune_faults_register(1) })
}

/// Counts from 0 again, and lets `action` happen at the `at`-th call from here (1 is the next one).
pub fn arm(at: u64, action: Action) {
    let action = match action {
        Action::Kill => 1,
        Action::TornKill => 2,
        Action::PowerCut => 3,
        Action::IoError => 4,
        Action::Full => 5,
    };
    // SAFETY: two numbers, stored under a lock.
    unsafe { attune_faults_arm(at, action) }
}

/// Counts from 0 again, and nothing goes wrong any more.
pub fn disarm() {
    // SAFETY: two numbers, stored under a lock.
    unsafe { attune_faults_arm(u64::MAX, 0) }
}

/// How many calls were counted since the last [`arm`] or [`disarm`], the failed ones included.
pub fn calls() -> u64 {
    // SAFETY: reads a number under a lock.
    unsafe { attune_faults_calls() }
}
