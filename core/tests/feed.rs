//! The change feed, as a shell uses it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use attune_core::journal::{Body, Worry};
use attune_core::phone::{Change, Environment, Observer, ObserverFailed, Phone, PhoneError, Work};
use tempfile::TempDir;

/// Longer than any of these threads takes, on the busiest of machines.
const PATIENCE: Duration = Duration::from_secs(30);

/// Hands every call on to the test, after doing what the test wants done in it.
struct Witness<F>(Mutex<Sender<Vec<Change>>>, F);

impl<F: Fn() -> Result<(), ObserverFailed> + Send + Sync> Observer for Witness<F> {
    fn changed(&self, changes: Vec<Change>) -> Result<(), ObserverFailed> {
        let done = (self.1)();
        self.0.lock().unwrap().send(changes).map_err(|_| ObserverFailed::Unexpected)?;
        done
    }
}

fn witness<F>(during: F) -> (Arc<Witness<F>>, Receiver<Vec<Change>>) {
    let (tell, told) = channel();
    (Arc::new(Witness(Mutex::new(tell), during)), told)
}

fn phone() -> (Phone, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Phone::open(folder.path(), &[7; 32], Environment::of_this_machine()).unwrap(), folder)
}

fn worry() -> Body {
    Worry { text: "the exam".into() }.into()
}

#[test]
fn the_first_call_names_everything_and_each_later_one_what_changed() {
    let (phone, _folder) = phone();
    let (observer, told) = witness(|| Ok(()));
    let _observation = phone.observe(observer).unwrap();
    assert_eq!(told.recv_timeout(PATIENCE).unwrap(), [Change::Kept, Change::Company]);
    let id = phone.journal().log(worry(), false).unwrap();
    assert_eq!(told.recv_timeout(PATIENCE).unwrap(), [Change::Kept]);
    phone.journal().erase(&[id]).unwrap();
    assert_eq!(told.recv_timeout(PATIENCE).unwrap(), [Change::Kept]);
    phone.partner().cancel_pairing().ok();
    assert_eq!(told.recv_timeout(PATIENCE).unwrap(), [Change::Company]);
}

#[test]
fn looking_changes_nothing_and_is_not_told() {
    let (phone, _folder) = phone();
    let (observer, told) = witness(|| Ok(()));
    let _observation = phone.observe(observer).unwrap();
    told.recv_timeout(PATIENCE).unwrap();
    phone.journal().items(&Default::default()).unwrap();
    phone.rounds().list().unwrap();
    phone.help().page();
    phone.help().is_offered().unwrap();
    phone.close().unwrap();
    let told: Vec<Change> = told.iter().flatten().collect();
    assert_eq!(told, [Change::Company, Change::Closed], "closing ends all company, and then the feed");
}

#[test]
fn that_the_phone_is_closed_is_told_when_it_is() {
    let (phone, _folder) = phone();
    let (reads, one) = (Arc::new(Mutex::new(Vec::new())), phone.clone());
    let read = reads.clone();
    let (observer, told) = witness(move || {
        read.lock().unwrap().push(one.journal().items(&Default::default()).map(drop));
        Ok(())
    });
    let _observation = phone.observe(observer).unwrap();
    told.recv_timeout(PATIENCE).unwrap();
    phone.close().unwrap();
    while told.recv_timeout(PATIENCE).is_ok_and(|changes| !changes.contains(&Change::Closed)) {}
    assert_eq!(
        reads.lock().unwrap().last(),
        Some(&Err(PhoneError::Closed)),
        "who shows what it read shows nothing now"
    );
}

#[test]
fn an_observer_may_write_and_whoever_writes_does_not_wait_for_it() {
    let (phone, _folder) = phone();
    let (one, blocked) = (phone.clone(), Arc::new(Mutex::new(())));
    let hold = blocked.lock().unwrap();
    let gate = blocked.clone();
    let (observer, told) = witness(move || {
        drop(gate.lock().unwrap());
        if one.journal().items(&Default::default()).is_ok_and(|items| items.len() < 3) {
            one.journal().log(worry(), false).map_err(|_| ObserverFailed::Unexpected)?;
        }
        Ok(())
    });
    let _observation = phone.observe(observer).unwrap();
    phone.journal().log(worry(), false).unwrap();
    drop(hold);
    while phone.journal().items(&Default::default()).unwrap().len() < 3 {
        told.recv_timeout(PATIENCE).unwrap();
    }
}

#[test]
fn an_observer_that_fails_is_told_again() {
    let (phone, _folder) = phone();
    let (observer, told) = witness(|| Err(ObserverFailed::Unexpected));
    let _observation = phone.observe(observer).unwrap();
    told.recv_timeout(PATIENCE).unwrap();
    phone.journal().log(worry(), false).unwrap();
    assert_eq!(told.recv_timeout(PATIENCE).unwrap(), [Change::Kept]);
}

#[test]
fn who_lets_go_of_the_handle_is_told_no_more_and_the_observer_is_let_go_of() {
    let (phone, _folder) = phone();
    let (observer, told) = witness(|| Ok(()));
    let observation = phone.observe(observer).unwrap();
    told.recv_timeout(PATIENCE).unwrap();
    drop(observation);
    // The channel ends when the observer is dropped, and it is held by nobody else.
    while told.recv_timeout(PATIENCE).is_ok() {}
    phone.journal().log(worry(), false).unwrap();
    phone.close().unwrap();
    assert_eq!(phone.observe(witness(|| Ok(())).0).unwrap_err(), PhoneError::Closed);
}

#[test]
fn cancelled_work_leaves_everything_as_it_was() {
    let (phone, folder) = phone();
    let (path, work) = (folder.path().join("backup"), Work::new());
    work.cancel();
    assert_eq!(phone.back_up_with(&path, "a passphrase", &work), Err(PhoneError::Cancelled), "with nothing to do");
    phone.journal().log(worry(), false).unwrap();
    assert_eq!(phone.back_up_with(&path, "a passphrase", &work), Err(PhoneError::Cancelled));
    assert!(!path.exists());
    let work = Work::new();
    phone.back_up_with(&path, "a passphrase", &work).unwrap();
    assert_eq!(work.entries_done(), 1);
    let elsewhere = folder.path().join("elsewhere");
    let environment = Environment::of_this_machine();
    work.cancel();
    let restored =
        Phone::restore_with(&path, "a passphrase", &elsewhere, &[1; 32], environment, &work).map(drop).unwrap_err();
    assert_eq!((restored, elsewhere.exists()), (PhoneError::Cancelled, false));
}
