//! `cargo xtask`: what the project asks of a machine, as one program without dependencies.

mod ci;
mod rooms;
mod step;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <command>

Commands:
  ci [STEP…]    check everything that must hold before a change lands; with names, only those steps
  help          this page

Steps of ci, in order:
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["ci", only @ ..] if !only.iter().any(|word| word.starts_with('-')) => ci::run(&root(), only),
        [] | ["help" | "--help" | "-h"] | [_, "--help" | "-h"] => {
            print!("{HELP}{}", ci::steps_help());
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("cargo xtask: what is `{}`? See `cargo xtask --help`.", words.join(" "));
            ExitCode::from(2)
        }
    }
}

/// The workspace: the folder above this crate's.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
