//! `cargo xtask ci`: everything that must hold before a change lands, cheapest first.

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::rooms;
use crate::snippets;
use crate::step::{Outcome, Step, Tests};

/// The steps, in order.
fn steps() -> Vec<Step> {
    vec![
        Step::cargo("fmt", "the code is formatted", &["fmt", "--all", "--", "--check"]),
        Step::check("rooms", "imports point one way, and no room reads a clock", rooms::check),
        Step::check("snippets", "the snippets of the README are those that tests run", snippets::check),
        Step::tool("typos", "no known misspelling", "typos", &[], &["--version"]),
        Step::tool("deny", "licences, sources and banned crates", "cargo", DENY, &["deny", "--version"]),
        Step::tool("advisories", "no known hole in a dependency", "cargo", ADVISORIES, &["deny", "--version"])
            .passes_over("failed to fetch advisory database", "the advisory database cannot be reached"),
        Step::cargo("clippy", "no lint speaks up", CLIPPY),
        Step::cargo("doc", "the documentation builds without a warning", DOC).with(NO_WARNING),
        Step::cargo("doc-private", "and so does that of private items", DOC_PRIVATE).with(NO_WARNING),
        Step::cargo("test", "every test passes", TEST),
        Step::cargo("kotlin", "the Kotlin package passes its tests", &["xtask", "kotlin"]).needs("mvn"),
        Step::cargo("swift", "the Swift package passes its tests", &["xtask", "swift"]),
        Step::cargo("pairs", "every scenario passes on every pair of languages", &["xtask", "pairs"]),
    ]
}

const NO_WARNING: &[(&str, &str)] = &[("RUSTDOCFLAGS", "-D warnings")];
const CLIPPY: &[&str] = &["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
const DOC: &[&str] = &["doc", "--locked", "--workspace", "--no-deps"];
const DOC_PRIVATE: &[&str] = &["doc", "--locked", "--workspace", "--no-deps", "--document-private-items"];
const TEST: &[&str] = &["test", "--locked", "--workspace", "--no-fail-fast"];
const DENY: &[&str] = &["deny", "--workspace", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"];
const ADVISORIES: &[&str] = &["deny", "--workspace", "check", "--hide-inclusion-graph", "advisories"];

/// Runs the steps, or only those named, and stops at the first that fails.
pub(crate) fn run(root: &Path, only: &[&str]) -> ExitCode {
    let steps = steps();
    if let Some(unknown) = only.iter().find(|name| !steps.iter().any(|step| step.name == **name)) {
        eprintln!("cargo xtask ci: there is no step `{unknown}`. See `cargo xtask --help`.");
        return ExitCode::from(2);
    }
    let begun = Instant::now();
    let mut tests = Tests::default();
    for step in steps.iter().filter(|step| only.is_empty() || only.contains(&step.name)) {
        let step_begun = Instant::now();
        say_what_runs(step.name, step.holds);
        let outcome = step.run(root);
        clear();
        let took = seconds(step_begun.elapsed());
        match outcome {
            Outcome::Passed(found) => {
                println!("ok      {:<12} {took:>8}  {}{}", step.name, step.holds, counted(found));
                tests.add(found);
            }
            Outcome::PassedOver(why) => println!("skipped {:<12} {took:>8}  {why}", step.name),
            Outcome::Failed { log, found } => {
                tests.add(found);
                println!("FAILED  {:<12} {took:>8}  {}{}", step.name, step.holds, counted(found));
                println!("\n{}\n\nFailed: {}. Again: cargo xtask ci {}", log.trim_end(), step.command(), step.name);
                if tests.any() {
                    println!("{tests}");
                }
                return ExitCode::FAILURE;
            }
        }
    }
    println!("all good in {}", seconds(begun.elapsed()));
    if tests.any() {
        println!("{tests}");
    }
    ExitCode::SUCCESS
}

/// One line per step, for the help.
pub(crate) fn steps_help() -> String {
    steps().iter().map(|step| format!("  {:<13} {}\n", step.name, step.holds)).collect()
}

/// Says which step is under way: on a terminal in a line that the result writes over.
fn say_what_runs(name: &str, holds: &str) {
    let end = if io::stderr().is_terminal() { '\r' } else { '\n' };
    eprint!("        {name:<12} {holds}?{end}");
}

/// Leaves nothing of that line on a terminal.
fn clear() {
    if io::stderr().is_terminal() {
        eprint!("{:79}\r", "");
    }
}

fn counted(found: Tests) -> String {
    if found.any() { format!(": {found}") } else { String::new() }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
