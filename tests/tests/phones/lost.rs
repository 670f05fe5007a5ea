//! A phone is lost, and its person goes on from a backup on a new one.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use attune_core::journal::{Audience, Body, EntryId, Snapshot, TogetherValue, Whose};
use attune_core::phone::{Environment, Phone, PhoneError};
use tempfile::TempDir;

use crate::couple::{HERE, Owner, assert_level, couple, meet};

const PASSPHRASE: &str = "über sieben Brücken";

/// A folder for a backup, and where it goes.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("attune.backup");
    (folder, path)
}

fn texts(owner: &Owner) -> BTreeSet<String> {
    owner.dump().entries.into_iter().filter_map(|entry| text_of(entry.body)).collect()
}

fn shared_texts(owner: &Owner) -> BTreeSet<String> {
    let entries = owner.dump().entries.into_iter();
    entries.filter(|entry| entry.audience == Audience::Both).filter_map(|entry| text_of(entry.body)).collect()
}

fn text_of(body: Body) -> Option<String> {
    match body {
        Body::Worry(worry) => Some(worry.text),
        Body::Snapshot(Snapshot { body: TogetherValue::Map(fields), .. }) => match fields.get("text") {
            Some(TogetherValue::Text(text)) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn ids(owner: &Owner) -> BTreeSet<EntryId> {
    owner.dump().entries.into_iter().map(|entry| entry.id).collect()
}

fn set(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().map(ToString::to_string).collect()
}

#[test]
fn what_was_shared_since_the_backup_comes_back_and_what_was_private_is_lost() {
    let (folder, path) = place();
    let (ada, bob) = couple(500);
    ada.note("private");
    ada.share("shared");
    bob.share("geteilt");
    meet(&ada, &bob);
    ada.phone.back_up(&path, PASSPHRASE).unwrap();
    ada.note("private since");
    ada.share("shared since");
    bob.share("seither geteilt");
    meet(&ada, &bob);
    ada.share("shared since, never met");
    ada.phone.close().unwrap();

    assert!(matches!(Owner::from_backup(&path, "falsch", 500), Err(PhoneError::WrongPassphrase)));
    let ada = Owner::from_backup(&path, PASSPHRASE, 500).unwrap();
    assert_eq!(texts(&ada), set(&["private", "shared", "geteilt"]));
    ada.share("written before they met");
    meet(&bob, &ada);
    assert_level(&ada, &bob);
    let all = ["private", "shared", "geteilt", "shared since", "seither geteilt", "written before they met"];
    assert_eq!(texts(&ada), set(&all));

    // From now on it is known, whoever dials.
    ada.share("goes on");
    bob.share("geht weiter");
    meet(&ada, &bob);
    assert_level(&ada, &bob);
    assert!(texts(&bob).contains("goes on") && texts(&ada).contains("geht weiter"));
    let shown = |owner: &Owner| owner.phone.partner().status().unwrap().new_phone.map(|new| new.whose);
    assert_eq!((shown(&ada), shown(&bob)), (Some(Whose::Mine), Some(Whose::Theirs)));
    drop(folder);
}

#[test]
fn the_lost_phone_is_not_let_in_any_more_and_neither_is_one_restored_before() {
    let (_folder, path) = place();
    let (lost, bob) = couple(510);
    lost.share("one");
    meet(&lost, &bob);
    lost.phone.back_up_cheaply(&path, PASSPHRASE).unwrap();
    let first = Owner::from_backup(&path, PASSPHRASE, 511_000).unwrap();
    meet(&bob, &first);
    let cannot_meet = |old: &Owner| {
        let before = bob.dump();
        assert_eq!(old.dial(bob.listen()), Err(PhoneError::NotYours));
        bob.end();
        assert_eq!(bob.dial(old.listen()), Err(PhoneError::NotYours));
        old.end();
        assert!(bob.dump() == before);
    };
    lost.share("on the phone that was found again");
    cannot_meet(&lost);
    first.share("two");
    meet(&first, &bob);

    let second = Owner::from_backup(&path, PASSPHRASE, 512_000).unwrap();
    meet(&bob, &second);
    assert_level(&second, &bob);
    cannot_meet(&first);
    second.share("three");
    meet(&second, &bob);
    assert_level(&second, &bob);
    assert_eq!(texts(&bob), set(&["one", "two", "three"]));
}

#[test]
fn what_was_erased_before_the_backup_or_after_it_stays_erased() {
    let (_folder, path) = place();
    let (ada, bob) = couple(520);
    let [private, first, second, third] =
        [ada.note("private"), ada.share("first"), ada.share("second"), ada.share("third")];
    let theirs = bob.share("ihres");
    meet(&ada, &bob);
    ada.phone.journal().erase(&[private, first]).unwrap();
    meet(&ada, &bob);
    ada.phone.back_up_cheaply(&path, PASSPHRASE).unwrap();
    ada.phone.journal().erase(&[second]).unwrap();
    bob.phone.journal().erase(&[theirs]).unwrap();
    meet(&ada, &bob);
    let ada = Owner::from_backup(&path, PASSPHRASE, 520).unwrap();
    assert_eq!(texts(&ada), set(&["second", "third", "ihres"]));
    meet(&bob, &ada);
    assert_level(&ada, &bob);
    assert_eq!(shared_texts(&ada), set(&["third"]));
    assert_eq!(shared_texts(&bob), set(&["third"]));
    assert!(ids(&ada).contains(&third));
}

#[test]
fn no_id_occurs_twice_and_the_new_phone_writes_documents_of_its_own() {
    let (_folder, path) = place();
    let (ada, bob) = couple(530);
    ada.share("one");
    ada.note("one");
    meet(&ada, &bob);
    ada.phone.back_up_cheaply(&path, PASSPHRASE).unwrap();
    let known = ids(&ada);
    let since: BTreeSet<_> = (0..20).map(|n| ada.share(&format!("since {n}"))).collect();
    meet(&ada, &bob);
    let new = Owner::from_backup(&path, PASSPHRASE, 530).unwrap();
    // Its clock stands where the lost phone's stood.
    new.clock.set("2026-03-02T08:00:00+01:00");
    let mine: BTreeSet<_> = (0..20).flat_map(|n| [new.share(&format!("new {n}")), new.note("new")]).collect();
    assert!(mine.is_disjoint(&known) && mine.is_disjoint(&since));
    meet(&bob, &new);
    assert_level(&new, &bob);
    let devices = |owner: &Owner| -> BTreeSet<_> {
        owner.dump().documents.into_iter().filter(|d| d.whose == Whose::Mine).map(|d| d.name.device).collect()
    };
    assert_eq!(devices(&new).len(), 4, "two audiences on two phones");
    let after = new.share("after");
    assert!(since.iter().chain(&mine).chain(&known).all(|id| *id < after));
}

#[test]
fn a_person_without_a_partner_is_restored_and_can_pair() {
    let (_folder, path) = place();
    let ada = Owner::new(540);
    ada.note("private");
    ada.phone.back_up_cheaply(&path, PASSPHRASE).unwrap();
    let ada = Owner::from_backup(&path, PASSPHRASE, 540).unwrap();
    let bob = Owner::new(541);
    let offer = ada.phone.partner().offer(HERE, &[HERE]).unwrap();
    bob.phone.partner().join(&offer.qr, &[]).unwrap();
    for owner in [&ada, &bob] {
        owner.phone.partner().pairing_number().unwrap();
        owner.phone.partner().confirm_pairing().unwrap();
    }
    for owner in [&ada, &bob] {
        owner.listen();
        owner.end();
    }
    ada.share("shared");
    meet(&ada, &bob);
    assert_level(&ada, &bob);
    assert_eq!(texts(&ada), set(&["private", "shared"]));
}

#[test]
fn what_is_written_erased_and_received_during_a_backup_leaves_it_whole() {
    let (folder, path) = place();
    let (ada, bob) = couple(550);
    for n in 0..50 {
        ada.note(&format!("private {n}"));
        ada.share(&format!("shared {n}"));
    }
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                let [first, second] = [ada.note("regretted"), ada.share("regretted")];
                ada.phone.journal().erase(&[first, second]).unwrap();
                bob.share("theirs");
                meet(&bob, &ada);
            }
        });
        for n in 0..6 {
            let path = folder.path().join(format!("{n}.backup"));
            ada.phone.back_up_cheaply(&path, PASSPHRASE).unwrap();
            let new = Owner::from_backup(&path, PASSPHRASE, 550_000 + n).unwrap();
            let texts = texts(&new);
            assert_eq!(
                texts.iter().filter(|text| text.starts_with("private") || text.starts_with("shared")).count(),
                100
            );
        }
        over.store(true, Ordering::Relaxed);
    });
    ada.phone.back_up_cheaply(&path, PASSPHRASE).unwrap();
    let new = Owner::from_backup(&path, PASSPHRASE, 551_000).unwrap();
    assert_eq!(new.dump(), ada.dump());
    meet(&bob, &new);
    assert_level(&new, &bob);
}

#[test]
fn a_backup_that_cannot_be_used_makes_no_phone() {
    let (folder, path) = place();
    let ada = Owner::new(560);
    ada.note("private");
    assert_eq!(ada.phone.back_up(&path, ""), Err(PhoneError::BadArguments));
    ada.phone.back_up_cheaply(&path, PASSPHRASE).unwrap();
    let written = fs::read(&path).unwrap();
    let restore = |path: &PathBuf, passphrase: &str| {
        let phone = folder.path().join("phone");
        let restored = Phone::restore(path, passphrase, &phone, &[1; 32], Environment::of_this_machine()).map(drop);
        assert!(matches!(restored, Ok(()) | Err(PhoneError::Occupied)) || !phone.exists());
        restored.err()
    };
    assert_eq!(restore(&path, "another"), Some(PhoneError::WrongPassphrase));
    assert_eq!(restore(&folder.path().join("nowhere"), PASSPHRASE), Some(PhoneError::NoSuchFile));
    let damaged = folder.path().join("damaged");
    for at in [0, 30, 70, 90, written.len() - 1] {
        let mut bytes = written.clone();
        bytes[at] ^= 1;
        fs::write(&damaged, &bytes).unwrap();
        assert_eq!(restore(&damaged, PASSPHRASE), Some(PhoneError::Damaged), "byte {at}");
    }
    for length in [0, 10, 78, written.len() - 1] {
        fs::write(&damaged, &written[..length]).unwrap();
        assert_eq!(restore(&damaged, PASSPHRASE), Some(PhoneError::Damaged), "{length} bytes");
    }
    assert_eq!(fs::read(&path).unwrap(), written);
    assert_eq!(restore(&path, PASSPHRASE), None);
    assert_eq!(restore(&path, PASSPHRASE), Some(PhoneError::Occupied));
}

#[test]
fn a_pairing_that_ended_is_not_in_force_on_the_new_phone() {
    let (_folder, path) = place();
    let (ada, bob) = couple(570);
    ada.share("shared");
    meet(&ada, &bob);
    ada.phone.partner().unlink(false).unwrap();
    ada.phone.back_up_cheaply(&path, PASSPHRASE).unwrap();
    let new = Owner::from_backup(&path, PASSPHRASE, 570).unwrap();
    assert_eq!(new.dial(bob.listen()), Err(PhoneError::NotPaired));
    let kept = new.dump().entries.into_iter().find(|entry| entry.audience == Audience::Both);
    assert!(kept.is_some(), "what was shared stays readable");
}
