//! One phone alone: what it writes down is there, and what it erases is gone.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use attune_core::SeededRandomness;
use attune_core::catalogue::Language;
use attune_core::journal::{Body, CheckIn, FeltState, LocalTime, TogetherField, TogetherValue, Whose, Worry};
use attune_core::phone::{
    Content, EntryFilter, Environment, ManualClock, Phone, PhoneError, Refusal, Reminders, SystemClock,
};

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

#[test]
fn the_help_page_leaves_no_trace_in_any_file() {
    let folder = tempfile::tempdir().unwrap();
    let phone = open(folder.path(), 0);
    phone.journal().log(worry("a"), false).unwrap();
    while phone.tidy().unwrap() {}
    let files = || -> BTreeMap<_, _> {
        let files = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
        files.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
    };
    let before = files();
    assert!(phone.help().page().iter().any(|part| part.text.contains("112")));
    assert!(!phone.help().is_offered().unwrap());
    phone.help().feel_afraid();
    assert!(phone.help().is_offered().unwrap());
    assert!(files() == before);
    phone.close().unwrap();
    let phone = open(folder.path(), 1);
    assert!(!phone.help().is_offered().unwrap(), "that somebody was afraid is nowhere kept");
}

#[test]
fn the_own_reminder_is_off_until_it_is_set_and_says_nothing_of_what_it_is_about() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::new(LocalTime::parse("2026-03-01T19:59:00+01:00").unwrap()));
    let phone = Phone::open(folder.path(), &[7; 32], Environment::for_tests(Arc::clone(&clock), 1, 0)).unwrap();
    let far_off = LocalTime::parse("2099-01-01T00:00:00+00:00").unwrap();
    assert_eq!(phone.upcoming().until(far_off), Ok(vec![]));
    let set = |daily_at, open_words| phone.upcoming().set_reminders(Reminders { daily_at, open_words });
    assert_eq!(set(Some(1440), false), Err(PhoneError::Refused(Refusal::OutOfRange)));
    set(Some(20 * 60), false).unwrap();
    for (now, first) in [("19:59", "2026-03-01"), ("20:00", "2026-03-02")] {
        clock.move_to(LocalTime::parse(&format!("2026-03-01T{now}:00+01:00")).unwrap());
        let notices = phone.upcoming().until(far_off).unwrap();
        assert_eq!(notices.len(), 60, "a shell asks again");
        let days: BTreeSet<_> = notices.iter().map(|notice| notice.at.local_date()).collect();
        assert_eq!(days.len(), 60, "once a day");
        assert_eq!(days.first().map(ToString::to_string).as_deref(), Some(first));
        assert!(notices.iter().all(|notice| notice.text == "A reminder that you set." && notice.at.local_hour() == 20));
    }
    let notices = phone.upcoming().until(far_off).unwrap();
    phone.speak(Language::Spanish);
    assert_ne!(phone.upcoming().until(far_off).unwrap()[0].text, notices[0].text);
    phone.speak(Language::English);
    set(Some(20 * 60), true).unwrap();
    assert!(phone.upcoming().until(far_off).unwrap()[0].text.contains("How are you"));
}
