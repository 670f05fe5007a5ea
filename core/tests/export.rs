//! What is exported is one's own, whole, and readable by others (P15).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use attune_core::catalogue::Language;
use attune_core::export::Chosen;
use attune_core::insights::Range;
use attune_core::journal::{Body, CheckIn, FeltState, LocalTime, Worry};
use attune_core::phone::{Clock, Environment, Phone};
use chrono::NaiveDate;
use serde_json::Value;

const EVER: Range = Range { from: NaiveDate::MIN, to: NaiveDate::MAX };
const HOSTILE: &str = "=HYPERLINK(\"x\"), <script>alert('&')</script>\n\"quoted\"";

fn phone(folder: &Path) -> Phone {
    Phone::open(folder, &[7; 32], Environment::of_this_machine()).unwrap()
}

fn worry(text: &str) -> Body {
    Worry { text: text.into() }.into()
}

fn check_in(activation: u8) -> Body {
    let (words, cues) = (vec!["lonely".to_owned()], vec!["heat".to_owned(), "jaw_tension".to_owned()]);
    CheckIn { state: FeltState::Mixed, words, cues, activation, safety: None, note: None }.into()
}

fn exported(phone: &Phone, folder: &Path) -> [String; 3] {
    let to = folder.join("export");
    assert_eq!(phone.export(&to, EVER, false).unwrap(), ["attune.csv", "attune.json", "attune.html"]);
    assert_eq!(std::fs::read_dir(&to).unwrap().count(), 3, "nothing unfinished is left");
    ["attune.csv", "attune.json", "attune.html"].map(|name| std::fs::read_to_string(to.join(name)).unwrap())
}

#[test]
fn every_entry_is_in_the_file_for_programs_and_the_newest_form_of_each_in_the_table() {
    let folder = tempfile::tempdir().unwrap();
    let phone = phone(folder.path());
    let first = phone.journal().log(worry("first form"), false).unwrap();
    phone.journal().edit(first, worry("second form")).unwrap();
    phone.journal().log(worry(HOSTILE), false).unwrap();
    phone.journal().log(check_in(4), false).unwrap();
    let [csv, json, html] = exported(&phone, folder.path());
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["format"], &json["version"]), (&"attune-export".into(), &1.into()));
    assert_eq!(json["from"], json["entries"][0]["local_date"], "all of time begins with the first entry");
    let entries = json["entries"].as_array().unwrap();
    let texts: Vec<_> = entries.iter().filter_map(|entry| entry["body"]["text"].as_str()).collect();
    assert_eq!(texts, ["first form", "second form", HOSTILE]);
    assert_eq!(entries[1]["supersedes"], entries[0]["id"]);
    assert_eq!(entries[3]["body"]["cues"], serde_json::json!(["heat", "jaw_tension"]));
    assert!(json.get("shared_with_me").is_none(), "it was not ticked");
    assert!(csv.contains("second form") && !csv.contains("first form"));
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\"), <script>"), "no formula, and every quote doubled");
    assert!(csv.contains("\"Heat, ") && !csv.contains("jaw_tension"), "words of the lists, as people read them");
    assert!(html.contains("second form") && !html.contains("first form"));
}

#[test]
fn the_report_stands_alone_draws_what_there_is_and_runs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let phone = phone(folder.path());
    let [_, _, few] = exported(&phone, folder.path());
    assert!(few.contains("There is too little here yet") && !few.contains("<svg"));
    for activation in [7, 5, 2, 4] {
        phone.journal().log(check_in(activation), false).unwrap();
    }
    phone.journal().log(worry(HOSTILE), false).unwrap();
    let [_, _, html] = exported(&phone, folder.path());
    assert!(html.contains("<svg") && html.contains("<polyline"));
    assert!(html.contains("<h3>Activation, 0 to 10</h3>"));
    assert!(!html.contains("How I felt"), "one day is too little to draw");
    for never in ["<script", "<link", "<img", "http://", "https://", "url(", "@import"] {
        assert!(!html.contains(never), "{never}");
    }
    assert!(html.contains("prefers-color-scheme: dark") && html.contains("@media print"));
    phone.speak(Language::Spanish);
    let [_, _, spanish] = exported(&phone, folder.path());
    assert!(spanish.contains("<html lang=\"es\">") && spanish != html);
}

#[test]
fn an_export_that_finds_no_room_leaves_the_former_one() {
    let folder = tempfile::tempdir().unwrap();
    let phone = phone(folder.path());
    phone.journal().log(worry("kept"), false).unwrap();
    exported(&phone, folder.path());
    // A folder stands where the unfinished table would be written.
    std::fs::create_dir(folder.path().join("export/attune.csv.unfinished")).unwrap();
    phone.journal().log(worry("later"), false).unwrap();
    phone.export(&folder.path().join("export"), EVER, false).unwrap_err();
    let former = std::fs::read_to_string(folder.path().join("export/attune.csv")).unwrap();
    assert!(former.contains("kept") && !former.contains("later"));
}

/// A clock that is set by hand.
struct Set(Mutex<LocalTime>);

impl Set {
    fn to(&self, time: &str) {
        *self.0.lock().unwrap() = LocalTime::parse(time).unwrap();
    }
}

impl Clock for Set {
    fn wall(&self) -> LocalTime {
        *self.0.lock().unwrap()
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }
}

/// Dates of March 2026.
fn march(from: u32, to: u32) -> Range {
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    Range { from: day(from), to: day(to) }
}

fn exported_texts(phone: &Phone, folder: &Path, range: Range) -> Vec<String> {
    phone.export(folder, range, false).unwrap();
    let json: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("attune.json")).unwrap()).unwrap();
    let entries = json["entries"].as_array().unwrap().iter();
    entries.map(|entry| entry["body"]["text"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn an_edit_belongs_to_the_day_of_what_it_edits_however_late_or_far_west_it_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(Set(Mutex::new(LocalTime::parse("2026-03-03T08:00:00+09:00").unwrap())));
    let environment = Environment { clock: Arc::clone(&clock) as Arc<dyn Clock>, ..Environment::of_this_machine() };
    let phone = Phone::open(folder.path(), &[7; 32], environment).unwrap();
    let (journal, to) = (phone.journal(), folder.path().join("export"));
    let id = journal.log(worry("as it was"), false).unwrap();
    let felt = journal.log(check_in(9), false).unwrap();
    // An hour later by the world's time, the day before by the calendar of where the phone is.
    clock.to("2026-03-02T14:00:00-10:00");
    journal.edit(felt, check_in(2)).unwrap();
    clock.to("2026-03-20T09:00:00+01:00");
    journal.edit(id, worry("as it is")).unwrap();
    journal.log(worry("of another day"), false).unwrap();

    assert_eq!(exported_texts(&phone, &to, march(3, 3)), ["as it was", "", "", "as it is"]);
    let table = std::fs::read_to_string(to.join("attune.csv")).unwrap();
    assert!(table.contains("as it is") && !table.contains("as it was"), "the table says what holds now");
    assert!(table.contains("\r\n2026-03-03,08:00:00,UTC+09:00,"), "and when it was first written");
    assert_eq!(exported_texts(&phone, &to, march(20, 20)), ["of another day"]);
    let activation = |range| {
        let series = phone.insights().over(range).unwrap().into_iter();
        let points = series.filter(|series| series.name == "activation").flat_map(|series| series.points);
        points.map(|point| point.y).collect::<Vec<_>>()
    };
    assert_eq!(activation(march(3, 3)), [2.0]);
    assert!(activation(march(2, 2)).is_empty() && activation(march(20, 20)).is_empty());
}

#[test]
fn the_report_reads_as_words_and_takes_no_own_word_for_a_date() {
    let folder = tempfile::tempdir().unwrap();
    let phone = phone(folder.path());
    for _ in 0..3 {
        let (words, cues) = (vec!["2026 all over again".to_owned()], vec!["jaw_tension".to_owned()]);
        let check_in = CheckIn { state: FeltState::ShutDown, words, cues, activation: 3, safety: None, note: None };
        phone.journal().log(check_in.into(), false).unwrap();
    }
    let [csv, _, html] = exported(&phone, folder.path());
    assert!(csv.starts_with('\u{feff}'));
    assert!(!html.contains("jaw_tension") && !html.contains("shut_down"));
    assert!(html.contains(">2026 all over again</text>"), "a bar with its word");
    assert!(html.contains("role=\"img\" aria-label=\"What the body showed\""));
}

#[test]
fn a_short_report_holds_what_was_chosen_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let phone = phone(folder.path());
    phone.journal().log(worry("a worry of mine"), false).unwrap();
    for activation in [7, 5, 2] {
        phone.journal().log(check_in(activation), false).unwrap();
    }
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let chosen = Chosen { series: set(&["activation"]), kinds: set(&["check_in"]), fields: set(&["activation"]) };
    let name = phone.short_report(folder.path(), EVER, &chosen).unwrap();
    let report = std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(report.contains("<polyline") && report.contains("<dt>Activation, 0 to 10</dt><dd>7</dd>"));
    for not_chosen in ["a worry of mine", "lonely", "Jaw", "Feeling safe"] {
        assert!(!report.contains(not_chosen), "{not_chosen}");
    }
    let nothing = phone.short_report(folder.path(), EVER, &Chosen::default()).unwrap();
    let report = std::fs::read_to_string(folder.path().join(nothing)).unwrap();
    assert!(!report.contains("<article") && !report.contains("<svg"));
}
