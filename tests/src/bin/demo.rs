//! `cargo demo`: the main job, on two real phones.

use std::process::ExitCode;

fn main() -> ExitCode {
    attune_tests::demo::run(&std::env::args().skip(1).collect::<Vec<_>>())
}
