//! A pairing whose connection is cut, at every stage.

use std::net::SocketAddr;
use std::thread;

use attune_core::phone::{OfferShown, PhoneError};
use attune_tests::proxy::{After, Cut, CutProxy};

use crate::couple::{HERE, Owner, assert_level, meet};

/// What became of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tried {
    /// Whoever was reached said nothing.
    Unanswered,
    /// The connection broke before the joiner saw a number, and after the other may have.
    Broken,
    /// Both saw the number, and confirmed.
    Confirmed,
    /// The offer is over.
    Over,
    /// One of them is paired, as it says.
    Paired,
}

fn offer(ada: &Owner) -> Result<OfferShown, PhoneError> {
    ada.phone.partner().offer(HERE, &[])
}

/// Bob joins over a port; where he gets as far as a number, both confirm.
fn try_pairing(ada: &Owner, bob: &Owner, offer: &OfferShown, port: u16) -> Tried {
    let joined = bob.phone.partner().join(&offer.code, &[SocketAddr::new(HERE, port)]);
    let number = match joined.and_then(|()| bob.phone.partner().pairing_number()) {
        Ok(number) => number,
        Err(PhoneError::Busy) => return Tried::Paired,
        Err(PhoneError::BadCode) => return Tried::Unanswered,
        Err(PhoneError::OfferOver) => return Tried::Over,
        Err(PhoneError::Interrupted) => return Tried::Broken,
        Err(error) => panic!("{error:?}"),
    };
    assert_eq!(ada.phone.partner().pairing_number(), Ok(number));
    for owner in [ada, bob] {
        // Where the connection is gone already, there is nothing to confirm.
        let _ = owner.phone.partner().confirm_pairing();
    }
    Tried::Confirmed
}

#[test]
fn wherever_its_connection_is_cut_a_pairing_can_be_made_after_all() {
    let cuts = (0..30).map(|step| step * 31);
    let cuts: Vec<_> = cuts.flat_map(|bytes| [After::Forth(bytes), After::Back(bytes)]).collect();
    let (front, back) = cuts.split_at(cuts.len() / 2);
    // Two at a time: most of it is waiting for the disk.
    let mut seen = thread::scope(|scope| {
        let halves = [front, back].map(|cuts| scope.spawn(|| cuts.iter().map(|cut| cut_at(*cut)).collect::<Vec<_>>()));
        halves.map(|half| half.join().unwrap()).concat()
    });
    seen.sort();
    seen.dedup();
    assert!(seen.contains(&(Tried::Unanswered, Tried::Confirmed)), "the same offer can be taken again: {seen:?}");
    assert!(seen.contains(&(Tried::Broken, Tried::Over)), "once a number may have been seen it cannot: {seen:?}");
    assert!(
        seen.iter().any(|(first, _)| *first == Tried::Confirmed),
        "some were cut when both had confirmed: {seen:?}"
    );
}

fn cut_at(after: After) -> (Tried, Tried) {
    let (ada, bob) = (Owner::new(600), Owner::new(601));
    let shown = offer(&ada).unwrap();
    let target = SocketAddr::new(HERE, shown.port);
    let mut proxy = CutProxy::start(target, vec![Some(Cut::closing(after))]).unwrap();
    let first = try_pairing(&ada, &bob, &shown, proxy.address().port());
    proxy.cut();
    let again = try_pairing(&ada, &bob, &shown, shown.port);
    if !matches!(again, Tried::Confirmed | Tried::Paired) {
        match offer(&ada) {
            Ok(offer) => assert_eq!(try_pairing(&ada, &bob, &offer, offer.port), Tried::Confirmed),
            Err(error) => assert_eq!(error, PhoneError::Busy, "it is paired"),
        }
    }
    // Whoever has confirmed waits here for the other.
    ada.listen();
    ada.share("an evening");
    meet(&ada, &bob);
    assert_level(&ada, &bob);
    assert_eq!(offer(&ada), Err(PhoneError::Busy));
    (first, again)
}

#[test]
fn numbers_that_differ_burn_the_offer() {
    let (ada, bob) = (Owner::new(610), Owner::new(611));
    let shown = offer(&ada).unwrap();
    bob.phone.partner().join(&shown.code, &[SocketAddr::new(HERE, shown.port)]).unwrap();
    bob.phone.partner().pairing_number().unwrap();
    bob.phone.partner().cancel_pairing().unwrap();
    assert_ne!(try_pairing(&ada, &bob, &shown, shown.port), Tried::Confirmed);
    let another = offer(&ada).unwrap();
    assert_eq!(try_pairing(&ada, &bob, &another, another.port), Tried::Confirmed);
    meet(&ada, &bob);
}
