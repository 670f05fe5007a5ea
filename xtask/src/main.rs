//! `cargo xtask`: what the project asks of a machine, as one program without dependencies.

mod bindings;
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
  bindings      build the library for Kotlin and Swift, and write their sides of it into target/bindings;
                with --release the library as phones get it, in target/phone
  help          this page

Steps of ci, in order:
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["ci", only @ ..] if !only.iter().any(|word| word.starts_with('-')) => ci::run(&root(), only),
        ["bindings"] => said(bindings::make(&root(), false)),
        ["bindings", "--release"] => said(bindings::make(&root(), true)),
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

/// Says where the library is, or what went wrong.
fn said(made: Result<PathBuf, String>) -> ExitCode {
    match made {
        Ok(folder) => {
            println!("{}", folder.display());
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("cargo xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// The workspace: the folder above this crate's.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
