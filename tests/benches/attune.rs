//! What Attune costs: every promise of speed, size and memory, measured side by side with what it is
//! compared to, in one run.
//!
//! ```text
//! cargo bench -p attune-tests                  all rows
//! cargo bench -p attune-tests -- append week   the groups with these names
//! cargo bench -p attune-tests -- --json        the JSON lines alone
//! cargo bench -p attune-tests -- --list        the names of the groups
//! ```
//! Less is better in every row. A goal that is not reached is said, and fails nothing: the machine may
//! be busy. How to look into one row is told in `docs/benchmarks.md`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark may stop at the first surprise"
)]

mod bench;
mod rows;

use std::process::ExitCode;

use bench::{Report, Stage, play_child};

fn main() -> ExitCode {
    // Cargo says `--bench`, which says nothing here.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let Some(("--child", [role, rest @ ..])) = arguments.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        play_child(rows::CHILDREN, role, rest);
        return ExitCode::SUCCESS;
    }
    let (options, wanted): (Vec<_>, Vec<_>) = arguments.iter().partition(|argument| argument.starts_with("--"));
    let json_only = options.iter().any(|option| *option == "--json");
    if options.iter().any(|option| *option == "--list") {
        rows::GROUPS.iter().for_each(|(name, _)| println!("{name}"));
        return ExitCode::SUCCESS;
    }
    let groups = rows::GROUPS.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|w| name.contains(*w)));
    let mut report = Report::new(!json_only);
    let stage = Stage::new();
    for (name, measure) in groups {
        report.begin(name);
        measure(&mut report, &stage);
    }
    report.print(json_only);
    ExitCode::SUCCESS
}
