//! What is noted of entries is what a file without notes would come to, and goes with what is erased.

use super::pages::{all_pages, holding};
use super::*;
use crate::journal::{CheckIn, FeltState, Sign};
use crate::store::{Noted, NotedSeries};

fn check_in(words: &[&str]) -> CheckIn {
    let words = words.iter().map(ToString::to_string).collect();
    CheckIn { state: FeltState::Mixed, words, cues: vec![], activation: 3, safety: None, note: None }
}

fn words(me: &mut Person) -> Vec<(String, f64)> {
    me.store().noted(NotedSeries::MostOften(Noted::Word), &(i32::MIN..=i32::MAX)).unwrap()
}

fn word(word: &str) -> (String, f64) {
    (word.to_owned(), 1.0)
}

#[test]
fn what_is_erased_leaves_the_notes_and_every_page_of_the_file() {
    let mut me = Person::new(1);
    me.write(Audience::OnlyMe, check_in(&["calm"]));
    let regretted = me.write(Audience::OnlyMe, check_in(&["xqvzjk", "wvkyqz"]));
    assert_eq!(words(&mut me).len(), 3);
    assert_eq!(me.store().newest_showing(&[Sign::TwoWords]).unwrap()[0].id, regretted);
    while me.store().tidy().unwrap().more {}
    assert!(holding(&all_pages(&me.file(), &KEY), b"xqvzjk") > 0);
    me.erase(Audience::OnlyMe, &[regretted]);
    assert_eq!(words(&mut me), [word("calm")]);
    assert_eq!(me.store().newest_showing(&[Sign::TwoWords]).unwrap(), []);
    for trace in [b"xqvzjk", b"wvkyqz"] {
        assert_eq!(holding(&all_pages(&me.file(), &KEY), trace), 0);
    }
}

#[test]
fn where_one_form_is_erased_the_others_are_noted() {
    let mut me = Person::new(1);
    let first = me.write(Audience::OnlyMe, check_in(&["first"]));
    let second = me.record(Audience::OnlyMe, check_in(&["second"]), Some(first));
    let third = me.record(Audience::OnlyMe, check_in(&["third"]), Some(first));
    me.store().append(&[(Audience::OnlyMe, second), (Audience::OnlyMe, third.clone())]).unwrap();
    assert_eq!(words(&mut me), [word("third")]);
    me.erase(Audience::OnlyMe, &[third.id]);
    assert_eq!(words(&mut me), [word("second")]);
    me.erase(Audience::OnlyMe, &[first]);
    assert_eq!(words(&mut me), [word("second")]);
}

#[test]
fn notes_made_anew_say_the_same_and_no_row_is_left_out_after_reopening() {
    let mut me = Person::paired(1);
    for n in 0..70 {
        me.write(Audience::OnlyMe, check_in(&[&format!("word{n}")]));
        me.write(Audience::Both, check_in(&["shared ones are no items"]));
    }
    let last = me.write(Audience::OnlyMe, check_in(&["last"]));
    let before = words(&mut me);
    assert_eq!(before.len(), 71);
    me.store().rebuild_read_model().unwrap();
    assert_eq!(words(&mut me), before);
    // The last row goes, and its number is not used again.
    me.erase(Audience::OnlyMe, &[last]);
    words(&mut me);
    me.reopen();
    me.write(Audience::OnlyMe, check_in(&["after"]));
    assert_eq!(words(&mut me).len(), 71);
}
