//! Plays every scenario of this crate as it is, and under everything that must not change its outcome.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

fn scenarios() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(!files.is_empty());
    files
}

fn run(files: &[PathBuf], flags: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scenario")).args(files).args(flags).output().unwrap()
}

fn all_as_expected(flags: &[&str]) {
    let output = run(&scenarios(), flags);
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{said}{complained}");
}

#[test]
fn all_is_as_expected() {
    all_as_expected(&[]);
}

#[test]
fn kills_change_no_outcome() {
    all_as_expected(&["--kill"]);
}

#[test]
fn cut_connections_change_no_outcome() {
    all_as_expected(&["--cut"]);
}

#[test]
fn meeting_twice_changes_no_outcome() {
    all_as_expected(&["--twice"]);
}

#[test]
fn all_of_it_together_changes_no_outcome() {
    all_as_expected(&["--kill", "--cut", "--twice"]);
}

/// A file of one's own, played.
fn play(text: &str, flags: &[&str]) -> (Output, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scenario.json");
    fs::write(&file, text).unwrap();
    let output = run(&[file], flags);
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    (output, said)
}

#[test]
fn an_expectation_that_fails_is_shown_with_its_step_and_exit_code_1() {
    let text = json!({"id": "t", "phones": ["A"], "steps": [
        {"on": "A", "show": "entries", "is": []},
        {"on": "A", "show": "entries", "is": {"count": 1}}
    ]});
    let (output, said) = play(&text.to_string(), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("scenario.json: step 2 (A show entries)"), "{said}");
    assert!(said.contains("expected  {\"count\":1}\n") && said.contains("seen      []\n"), "{said}");
}

#[test]
fn json_has_a_line_for_each_step_and_a_summary() {
    let text = json!({"id": "t", "phones": ["A"], "steps": [
        {"on": "A", "show": "entries", "is": []},
        {"on": "A", "do": "fly"}
    ]});
    let (output, said) = play(&text.to_string(), &["--json"]);
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!((&lines[0]["step"], &lines[0]["ok"]), (&json!(1), &json!(true)));
    assert_eq!((&lines[1]["step"], &lines[1]["ok"]), (&json!(2), &json!(false)));
    assert!(lines[1]["seen"].as_str().unwrap().contains("BadArguments"));
    assert_eq!(lines[2], json!({"summary": true, "ok": false, "files": 1, "steps": 2, "failed": 1}));
}

#[test]
fn a_malformed_file_is_exit_code_2_and_nothing_is_played() {
    for text in ["{", r#"{"id": "t", "phones": ["A"], "steps": [{"on": "B", "do": "log"}]}"#] {
        assert_eq!(play(text, &[]).0.status.code(), Some(2), "{text}");
    }
    assert_eq!(run(&[PathBuf::from("no/such/file.json")], &[]).status.code(), Some(2));
    assert_eq!(run(&[], &[]).status.code(), Some(2));
}

#[test]
fn a_phone_that_cannot_be_had_is_said_so() {
    let text = json!({"id": "t", "phones": ["A"], "steps": []}).to_string();
    let (output, _) = play(&text, &["--phone", "B=rust"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no file has a phone of that name"));
    let (output, _) = play(&text, &["--phone", "A=klingon"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("klingon"));
}

#[test]
fn another_program_can_play_a_phone() {
    let text = json!({"id": "t", "phones": ["A"], "steps": [{"on": "A", "show": "entries", "is": []}]}).to_string();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scenario.json");
    fs::write(&file, text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_scenario"));
    command.arg(&file).args(["--phone", "A=kotlin"]);
    let played = command.env("ATTUNE_KOTLIN_PHONE", env!("CARGO_BIN_EXE_phone")).output().unwrap();
    assert_eq!(played.status.code(), Some(0), "{}", String::from_utf8_lossy(&played.stdout));
}
