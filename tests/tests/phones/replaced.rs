//! A phone was stolen that may have been open: its person goes on from a backup, and the couple makes all its
//! keys new.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::thread;

use attune_core::journal::{Audience, Whose};
use attune_core::phone::{OfferShown, PartnerState, PhoneError};
use attune_tests::proxy::{After, Cut, CutProxy};
use tempfile::TempDir;

use crate::couple::{HERE, Owner, assert_level, couple, meet};

const PASSPHRASE: &str = "über sieben Brücken";

/// A couple that met, the first one's backup, and what was shared after it.
struct Robbed {
    /// The stolen phone.
    thief: Owner,
    /// The same person's new one.
    ada: Owner,
    bob: Owner,
    /// The backup, and its folder.
    backup: (PathBuf, TempDir),
}

fn robbed(seed: u64) -> Robbed {
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("attune.backup");
    let (thief, bob) = couple(seed);
    thief.share("before the backup");
    bob.share("vorher");
    meet(&thief, &bob);
    thief.phone.back_up_cheaply(&backup, PASSPHRASE).unwrap();
    thief.share("after the backup");
    bob.share("nachher");
    meet(&thief, &bob);
    let ada = Owner::from_backup(&backup, PASSPHRASE, seed).unwrap();
    Robbed { thief, ada, bob, backup: (backup, folder) }
}

fn offer(owner: &Owner) -> OfferShown {
    owner.phone.partner().offer_replacement(HERE, &[HERE]).unwrap()
}

fn join(owner: &Owner, offer: &OfferShown, port: u16) -> Result<(), PhoneError> {
    owner.phone.partner().join_replacement(&offer.code, &[SocketAddr::new(HERE, port)])
}

fn outcome(owner: &Owner) -> Result<(), PhoneError> {
    owner.phone.partner().pairing_outcome()
}

/// Both compare the number and confirm; what each is told.
fn confirm(shows: &Owner, joins: &Owner) -> [Result<(), PhoneError>; 2] {
    let both = [shows, joins];
    let numbers = both.map(|owner| owner.phone.partner().pairing_number().unwrap());
    assert_eq!(numbers[0], numbers[1]);
    for owner in both {
        // Where the other phone is somebody else's, the first confirmation may have ended it.
        let _ = owner.phone.partner().confirm_pairing();
    }
    both.map(outcome)
}

fn replace(shows: &Owner, joins: &Owner) {
    let shown = offer(shows);
    join(joins, &shown, shown.port).unwrap();
    assert_eq!(confirm(shows, joins), [Ok(()), Ok(())]);
}

/// Neither reaches the other, whoever dials, and the partner's phone is as it was.
fn assert_shut_out(out: &Owner, bob: &Owner) {
    let (before, status) = (bob.dump(), bob.phone.partner().status());
    assert_eq!(out.dial(bob.listen()), Err(PhoneError::NotYours));
    bob.end();
    assert_eq!(bob.dial(out.listen()), Err(PhoneError::NotYours));
    out.end();
    assert!(bob.dump() == before);
    assert_eq!(bob.phone.partner().status(), status);
}

/// How many own shared entries a phone holds, and how many of the partner's; none of them twice.
fn shared(owner: &Owner) -> [usize; 2] {
    let entries = owner.dump().entries.into_iter().filter(|entry| entry.audience == Audience::Both);
    let ids: Vec<_> = entries.map(|entry| entry.id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "nothing is there twice");
    [Whose::Mine, Whose::Theirs].map(|whose| owner.shared(whose).len())
}

fn new_phone(owner: &Owner) -> Option<Whose> {
    owner.phone.partner().status().unwrap().new_phone.map(|new| new.whose)
}

#[test]
fn after_a_theft_the_logs_go_on_under_new_keys_whoever_shows_the_offer() {
    for ada_shows in [true, false] {
        let Robbed { thief, ada, bob, .. } = robbed(700);
        if ada_shows {
            replace(&ada, &bob)
        } else {
            replace(&bob, &ada)
        }
        assert_eq!((new_phone(&ada), new_phone(&bob)), (Some(Whose::Mine), Some(Whose::Theirs)));
        ada.share("on the new phone");
        let (settled, _) = meet(&bob, &ada);
        assert_level(&ada, &bob);
        assert_eq!((shared(&ada), shared(&bob)), ([3, 2], [2, 3]), "also what was shared since the backup");
        assert_eq!((settled.received, settled.sent), (1, 1), "what is there already is not sent again");
        thief.share("the thief's words");
        assert_shut_out(&thief, &bob);
        bob.share("weiter");
        meet(&ada, &bob);
        assert_level(&ada, &bob);
    }
}

#[test]
fn a_thief_who_came_first_is_put_out() {
    // The thief restores the backup as well, and shows that phone to the partner's before its person can.
    let Robbed { ada, bob, backup: (backup, _folder), .. } = robbed(710);
    let thief = Owner::from_backup(&backup, PASSPHRASE, 712_000).unwrap();
    meet(&bob, &thief);
    assert_eq!(ada.phone.partner().status().unwrap().state, PartnerState::Met);
    // The thief is there at this very moment.
    thief.dial(bob.listen()).unwrap();
    replace(&ada, &bob);
    assert!(thief.settle().is_err());
    thief.end();
    assert_shut_out(&thief, &bob);
    meet(&bob, &ada);
    assert_level(&ada, &bob);
    // A backup from before the theft opens nothing any more, on whatever phone.
    let again = Owner::from_backup(&backup, PASSPHRASE, 713_000).unwrap();
    assert_shut_out(&again, &bob);
}

#[test]
fn a_backup_made_since_restores_into_the_new_keys() {
    let Robbed { ada, bob, backup: (backup, _folder), .. } = robbed(720);
    replace(&ada, &bob);
    meet(&bob, &ada);
    ada.phone.back_up_cheaply(&backup, PASSPHRASE).unwrap();
    ada.share("since");
    meet(&ada, &bob);
    let next = Owner::from_backup(&backup, PASSPHRASE, 721_000).unwrap();
    meet(&bob, &next);
    assert_level(&next, &bob);
    assert_eq!(shared(&next), shared(&ada));
}

#[test]
fn nobody_else_can_take_the_partners_place() {
    let Robbed { ada, bob, .. } = robbed(730);
    let (cleo, dan) = couple(732);
    let all = [&ada, &bob, &cleo, &dan];
    let before = all.map(Owner::dump);
    let status = all.map(|owner| owner.phone.partner().status());
    for (shows, joins) in [(&bob, &cleo), (&cleo, &bob)] {
        let shown = offer(shows);
        join(joins, &shown, shown.port).unwrap();
        let told = confirm(shows, joins);
        assert!(told.contains(&Err(PhoneError::NotYours)) && !told.contains(&Ok(())), "{told:?}");
    }
    assert!(all.map(Owner::dump) == before);
    assert_eq!(all.map(|owner| owner.phone.partner().status()), status);
    meet(&bob, &ada);
    meet(&cleo, &dan);
}

#[test]
fn both_must_have_asked_for_a_replacement() {
    let Robbed { ada, bob, .. } = robbed(740);
    let single = Owner::new(742);
    let partner = |owner: &Owner| owner.phone.partner();
    assert_eq!(partner(&single).offer_replacement(HERE, &[HERE]), Err(PhoneError::NotPaired));
    let shown = offer(&ada);
    let here = SocketAddr::new(HERE, shown.port);
    // Somebody who pairs as always does not replace anything, and is told before there is a number.
    assert_eq!(partner(&single).join(&shown.qr, &[]), Err(PhoneError::OtherPurpose));
    partner(&single).join(&shown.code, &[here]).unwrap();
    assert_eq!(partner(&single).pairing_number(), Err(PhoneError::OtherPurpose));
    assert_eq!(partner(&single).join_replacement(&shown.code, &[here]), Err(PhoneError::NotPaired));
    // One who is paired is asked first, whatever the code says.
    assert_eq!(partner(&bob).join(&shown.qr, &[]), Err(PhoneError::OtherPurpose));
    assert_eq!(partner(&bob).join(&shown.code, &[here]), Err(PhoneError::Busy));
    let new = partner(&single).offer(HERE, &[HERE]).unwrap();
    assert_eq!(partner(&bob).join_replacement(&new.qr, &[]), Err(PhoneError::OtherPurpose));
    partner(&bob).join_replacement(&new.code, &[SocketAddr::new(HERE, new.port)]).unwrap();
    assert_eq!(partner(&bob).pairing_number(), Err(PhoneError::OtherPurpose));
    // The offer stood all the while.
    join(&bob, &shown, shown.port).unwrap();
    assert_eq!(confirm(&ada, &bob), [Ok(()), Ok(())]);
    meet(&bob, &ada);
}

#[test]
fn numbers_that_differ_replace_nothing() {
    let Robbed { ada, bob, .. } = robbed(750);
    let shown = offer(&ada);
    join(&bob, &shown, shown.port).unwrap();
    for owner in [&ada, &bob] {
        owner.phone.partner().pairing_number().unwrap();
    }
    bob.phone.partner().cancel_pairing().unwrap();
    assert_eq!(outcome(&bob), Err(PhoneError::OfferOver));
    meet(&bob, &ada);
    assert_level(&ada, &bob);
}

#[test]
fn wherever_it_is_cut_each_has_one_pairing_whole_and_it_can_be_made_again() {
    let cuts: Vec<_> = (6..24).step_by(2).flat_map(|n| [After::Forth(n * 31), After::Back(n * 31)]).collect();
    let (front, back) = cuts.split_at(cuts.len() / 2);
    let mut seen = thread::scope(|scope| {
        let halves = [front, back].map(|cuts| scope.spawn(|| cuts.iter().map(|cut| cut_at(*cut)).collect::<Vec<_>>()));
        halves.map(|half| half.join().unwrap()).concat()
    });
    seen.sort_unstable();
    seen.dedup();
    assert!(seen.contains(&[false, false]) && seen.contains(&[true, true]), "{seen:?}");
}

#[test]
fn one_that_went_over_alone_is_a_stranger_until_it_is_made_again() {
    for ada_alone in [true, false] {
        let Robbed { thief, mut ada, mut bob, .. } = robbed(770);
        let behind = if ada_alone { bob.copy() } else { ada.copy() };
        replace(&ada, &bob);
        // Killed before it was on the disk.
        if ada_alone {
            bob.restore(&behind)
        } else {
            ada.restore(&behind)
        }
        assert_shut_out(&ada, &bob);
        if !ada_alone {
            assert_shut_out(&thief, &bob);
        }
        replace(&ada, &bob);
        meet(&bob, &ada);
        assert_level(&ada, &bob);
        assert_eq!((shared(&ada), shared(&bob)), ([2, 2], [2, 2]));
        assert_shut_out(&thief, &bob);
        assert_eq!((new_phone(&ada), new_phone(&bob)), (Some(Whose::Mine), Some(Whose::Theirs)));
    }
}

/// Cuts a replacement, and shows which of the two went over to the new keys.
fn cut_at(after: After) -> [bool; 2] {
    let Robbed { thief, mut ada, mut bob, .. } = robbed(760);
    let shown = offer(&ada);
    let mut proxy = CutProxy::start(SocketAddr::new(HERE, shown.port), vec![Some(Cut::closing(after))]).unwrap();
    let number = join(&bob, &shown, proxy.address().port()).and_then(|()| bob.phone.partner().pairing_number());
    if number.is_ok() {
        for owner in [&ada, &bob] {
            let _ = owner.phone.partner().confirm_pairing();
        }
    }
    let over = [&ada, &bob].map(|owner| outcome(owner).is_ok());
    proxy.cut();
    // The phones are killed, or closed, and opened again: what they say holds.
    for owner in [&mut ada, &mut bob] {
        drop(owner.copy());
    }
    if over[0] == over[1] {
        meet(&bob, &ada);
        assert_level(&ada, &bob);
    } else {
        assert_shut_out(&ada, &bob);
    }
    if over[1] {
        assert_shut_out(&thief, &bob);
    }
    replace(&bob, &ada);
    meet(&bob, &ada);
    assert_level(&ada, &bob);
    assert_eq!((shared(&ada), shared(&bob)), ([2, 2], [2, 2]));
    assert_shut_out(&thief, &bob);
    over
}
