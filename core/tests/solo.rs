//! One phone alone: what it writes down is there, and what it erases is gone.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use std::path::Path;
use std::sync::Arc;

use attune_core::SeededRandomness;
use attune_core::journal::{Body, CheckIn, FeltState, TogetherField, TogetherValue, Whose, Worry};
use attune_core::phone::{Content, EntryFilter, Environment, Phone, PhoneError, Refusal, SystemClock};

fn open(folder: &Path, epoch: u64) -> Phone {
    let environment =
        Environment { clock: Arc::new(SystemClock::new()), randomness: Arc::new(SeededRandomness::new(1, epoch)) };
    Phone::open(folder, &[7; 32], environment).unwrap()
}

fn worry(text: &str) -> Body {
    Worry { text: text.into() }.into()
}

fn check_in() -> Body {
    let words = vec!["lonely".into()];
    CheckIn { state: FeltState::Mixed, words, cues: vec![], activation: 4, safety: None, note: None }.into()
}

#[test]
fn what_was_logged_is_there_after_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let phone = open(folder.path(), 0);
    let first = phone.journal().log(check_in(), false).unwrap();
    let second = phone.journal().log(worry("rain"), false).unwrap();
    phone.close().unwrap();
    assert_eq!(phone.journal().log(worry("x"), false), Err(PhoneError::Closed));

    let phone = open(folder.path(), 1);
    let items = phone.journal().items(&EntryFilter::default()).unwrap();
    assert_eq!(items.iter().map(|item| item.id).collect::<Vec<_>>(), [second, first]);
    assert_eq!(items[1].content, Content::Own(check_in()));
    let worries = EntryFilter { kind: Some("worry".into()), ..EntryFilter::default() };
    assert_eq!(phone.journal().items(&worries).unwrap().len(), 1);
    let theirs = EntryFilter { whose: Some(Whose::Theirs), ..EntryFilter::default() };
    assert_eq!(phone.journal().items(&theirs).unwrap(), []);
}

#[test]
fn an_edit_is_listed_once_under_the_first_date() {
    let folder = tempfile::tempdir().unwrap();
    let phone = open(folder.path(), 0);
    let journal = phone.journal();
    let first = journal.log(worry("rain"), false).unwrap();
    let edit = journal.edit(first, worry("snow")).unwrap();
    journal.edit(edit, worry("sleet")).unwrap();
    assert_eq!(journal.edit(first, check_in()), Err(PhoneError::BadArguments));
    let items = journal.items(&EntryFilter::default()).unwrap();
    assert_eq!((items.len(), items[0].id, items[0].edits), (1, first, 2));
    assert_eq!(items[0].content, Content::Own(worry("sleet")));
}

#[test]
fn search_finds_words_by_their_beginning_and_forgets_what_was_erased() {
    let folder = tempfile::tempdir().unwrap();
    let phone = open(folder.path(), 0);
    let journal = phone.journal();
    let id = journal.log(worry("the long Überfahrt home"), false).unwrap();
    journal.log(worry("something else"), false).unwrap();
    let found = |text: &str| journal.search(text, 10).unwrap().into_iter().map(|item| item.id).collect::<Vec<_>>();
    assert_eq!(found("uber hom"), [id]);
    assert_eq!(found("\" OR *"), []);
    journal.erase(&[id]).unwrap();
    assert_eq!(found("uber"), []);
    assert_eq!(journal.erase(&[id]), Err(PhoneError::UnknownId));
}

#[test]
fn nothing_is_shared_while_nobody_is_paired() {
    let folder = tempfile::tempdir().unwrap();
    let phone = open(folder.path(), 0);
    let refused = Err(PhoneError::Refused(Refusal::NotPaired));
    let id = phone.journal().log(worry("rain"), false).unwrap();
    assert_eq!(phone.journal().log(worry("rain"), true), refused);
    assert_eq!(phone.journal().share(id), refused);
    let set = phone.together().set(TogetherField::Ritual, TogetherValue::Text("tea".into()));
    assert_eq!(set, Err(PhoneError::Refused(Refusal::NotPaired)));
    assert_eq!(phone.journal().items(&EntryFilter::default()).unwrap().len(), 1);
}

#[test]
fn the_own_limit_is_set_up_once() {
    let folder = tempfile::tempdir().unwrap();
    let phone = open(folder.path(), 0);
    assert_eq!(phone.limit().begin(20), Err(PhoneError::Refused(Refusal::OutOfRange)));
    assert_eq!(phone.limit().begin(300), Ok(()));
    assert_eq!(phone.limit().begin(300), Err(PhoneError::Refused(Refusal::AlreadySetUp)));
}

#[test]
fn a_wrong_key_is_refused_and_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let phone = open(folder.path(), 0);
    phone.journal().log(worry("rain"), false).unwrap();
    phone.close().unwrap();
    let file = folder.path().join("attune.db");
    let before = std::fs::read(&file).unwrap();
    let other = Phone::open(folder.path(), &[8; 32], Environment::of_this_machine());
    assert_eq!(other.err(), Some(PhoneError::WrongKey));
    assert_eq!(std::fs::read(&file).unwrap(), before);
}
