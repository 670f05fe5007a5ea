//! The headless phone of the core itself: see `docs/scenarios.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    attune_tests::headless::run()
}
