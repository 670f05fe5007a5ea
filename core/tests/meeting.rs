//! Two phones, real sockets: they pair, catch up, push live, disagree, and unlink.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use attune_core::SeededRandomness;
use attune_core::journal::{Body, TogetherField, TogetherValue, Worry};
use attune_core::phone::{Environment, PartnerState, Phone, PhoneError, Settled, SystemClock};
use tempfile::TempDir;

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

struct Two {
    a: Phone,
    b: Phone,
    folders: [TempDir; 2],
}

fn open(folder: &Path, seed: u64, epoch: u64) -> Phone {
    let randomness = Arc::new(SeededRandomness::new(seed, epoch));
    let environment = Environment { clock: Arc::new(SystemClock::new()), randomness };
    Phone::open(folder, &[7; 32], environment).unwrap()
}

impl Two {
    fn paired() -> Self {
        Self::couple(1)
    }

    /// Two phones of this couple, paired. The same number makes the same keys.
    fn couple(number: u64) -> Self {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let [a, b] = [&folders[0], &folders[1]];
        let two = Self { a: open(a.path(), 2 * number - 1, 0), b: open(b.path(), 2 * number, 0), folders };
        two.pair();
        two
    }

    fn pair(&self) {
        let offer = self.a.partner().offer(LOOPBACK, &[LOOPBACK]).unwrap();
        self.b.partner().join(&offer.qr, &[]).unwrap();
        assert_eq!(self.a.partner().pairing_number(), self.b.partner().pairing_number());
        self.a.partner().confirm_pairing().unwrap();
        self.b.partner().confirm_pairing().unwrap();
        self.meet();
    }

    fn connect(&self) {
        let port = self.a.partner().listen(LOOPBACK).unwrap();
        self.b.partner().dial(&[SocketAddr::new(LOOPBACK, port)]).unwrap();
    }

    fn meet(&self) -> (Settled, Settled) {
        self.connect();
        let met = (self.a.partner().settle().unwrap(), self.b.partner().settle().unwrap());
        self.a.partner().end().unwrap();
        self.b.partner().end().unwrap();
        met
    }
}

fn worry(text: &str) -> Body {
    Worry { text: text.into() }.into()
}

fn text(text: &str) -> TogetherValue {
    TogetherValue::Text(text.into())
}

#[test]
fn what_was_shared_arrives_and_what_is_private_does_not() {
    let two = Two::paired();
    two.a.journal().log(worry("only mine"), false).unwrap();
    let copy = two.a.journal().log(worry("for both"), true).unwrap();
    let met = two.meet();
    assert_eq!((met.0.sent, met.1.received), (1, 1));
    let shared = two.b.journal().shared_with_me().unwrap();
    assert_eq!(shared.iter().map(|item| item.id).collect::<Vec<_>>(), [copy]);
    assert_eq!(two.b.partner().status().unwrap().state, PartnerState::Met);
    assert!(!format!("{:?}", two.b.dump().unwrap()).contains("only mine"));
}

#[test]
fn an_entry_shared_while_together_is_pushed_at_once() {
    let two = Two::paired();
    two.connect();
    two.a.partner().settle().unwrap();
    two.b.journal().log(worry("now"), true).unwrap();
    two.a.partner().settle().unwrap();
    assert_eq!(two.a.journal().shared_with_me().unwrap().len(), 1);
}

#[test]
fn an_erased_entry_is_gone_on_both_phones() {
    let two = Two::paired();
    let id = two.a.journal().log(worry("canary"), false).unwrap();
    two.a.journal().share(id).unwrap();
    two.meet();
    assert!(format!("{:?}", two.b.dump().unwrap().entries).contains("canary"));
    two.a.journal().erase(&[id]).unwrap();
    two.meet();
    for phone in [&two.a, &two.b] {
        let dump = phone.dump().unwrap();
        assert!(!format!("{dump:?}").contains("canary"));
    }
    assert_eq!(two.b.journal().shared_with_me().unwrap(), []);
}

#[test]
fn a_field_set_by_both_while_apart_shows_both_versions_alike_until_someone_picks() {
    let two = Two::paired();
    two.a.together().set(TogetherField::Ritual, text("tea")).unwrap();
    two.b.together().set(TogetherField::Ritual, text("walk")).unwrap();
    two.meet();
    let (a, b) = (two.a.together().view().unwrap(), two.b.together().view().unwrap());
    assert_eq!(a, b);
    assert_eq!(a.ritual.other_versions.len(), 1);
    two.b.together().pick(TogetherField::Ritual, text("tea")).unwrap();
    two.meet();
    let (a, b) = (two.a.together().view().unwrap(), two.b.together().view().unwrap());
    assert_eq!((a.ritual.value.clone(), a.ritual.other_versions.len()), (Some(text("tea")), 0));
    assert_eq!(a, b);
}

#[test]
fn a_field_may_be_set_to_the_value_that_it_has() {
    let two = Two::paired();
    for phone in [&two.a, &two.b, &two.a] {
        phone.together().set(TogetherField::Phrases, text("I am coming back")).unwrap();
        two.meet();
    }
    let (a, b) = (two.a.together().view().unwrap(), two.b.together().view().unwrap());
    assert_eq!((a.phrases.value.clone(), a.phrases.other_versions.len()), (Some(text("I am coming back")), 0));
    assert_eq!(a, b);
}

#[test]
fn phones_that_were_closed_meet_again() {
    let two = Two::paired();
    two.a.close().unwrap();
    two.b.close().unwrap();
    let [a, b] = &two.folders;
    let again = Two {
        a: open(a.path(), 1, 1),
        b: open(b.path(), 2, 1),
        folders: [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()],
    };
    again.b.journal().log(worry("later"), true).unwrap();
    again.meet();
    assert_eq!(again.a.journal().shared_with_me().unwrap().len(), 1);
}

#[test]
fn a_stranger_is_not_met() {
    let (two, other) = (Two::couple(1), Two::couple(2));
    let port = two.a.partner().listen(LOOPBACK).unwrap();
    let stranger = other.b.partner().dial(&[SocketAddr::new(LOOPBACK, port)]);
    assert_eq!(stranger, Err(PhoneError::NotYours));
}

#[test]
fn a_paused_or_unlinked_partner_looks_like_one_not_met() {
    let two = Two::paired();
    let before = two.b.partner().status().unwrap();
    two.a.partner().pause().unwrap();
    assert_eq!(two.a.partner().listen(LOOPBACK), Err(PhoneError::Interrupted));
    two.a.partner().resume().unwrap();
    two.a.partner().unlink(false).unwrap();
    assert_eq!(two.a.partner().listen(LOOPBACK), Err(PhoneError::NotPaired));
    assert_eq!(two.a.partner().status().unwrap().state, PartnerState::NotPaired);
    assert_eq!(two.b.partner().status().unwrap(), before);
}
