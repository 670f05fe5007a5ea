//! Plays scenarios on headless phones: see `docs/scenarios.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    attune_tests::scenario::run(std::env::args().skip(1).collect())
}
