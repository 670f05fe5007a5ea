//! `cargo xtask`: what the project asks of a machine, as one program without dependencies.

mod bindings;
mod ci;
mod kotlin;
mod pairs;
mod phone;
mod rooms;
mod size;
mod snippets;
mod step;
mod swift;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <command>

Commands:
  ci [STEP…]    check everything that must hold before a change lands; with names, only those steps
  bindings      build the library for Kotlin and Swift, and write their sides of it into target/bindings
  kotlin        make the bindings, then build and test the Kotlin package
  swift         make the bindings, then build and test the Swift package in a Debian that has Swift
  pairs         play the scenarios on every pair of languages; with --whole each of them in trouble as well
  phone         build the library as phones get it, for this machine or with --target for another
  size          how large that one is, and what it is made of; with --json in lines for programs
  help          this page

Steps of ci, in order:
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["ci", only @ ..] if !only.iter().any(|word| word.starts_with('-')) => ci::run(&root(), only),
        ["bindings"] => said(bindings::make(&root()).map(|library| library.display().to_string())),
        ["kotlin"] => said(kotlin::test(&root())),
        ["phone"] => said(phone::here().and_then(|here| phone(&here))),
        ["phone", "--target", triple] => said(phone(triple)),
        ["pairs"] => said(pairs::play(&root(), false)),
        ["pairs", "--whole"] => said(pairs::play(&root(), true)),
        ["swift"] => said(swift::test(&root())),
        ["size"] => said(size::report(&root(), false)),
        ["size", "--json"] => said(size::report(&root(), true)),
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

fn phone(triple: &str) -> Result<String, String> {
    let library = phone::Library { triple, symbols: false };
    library.build(&root()).map(|folder| folder.display().to_string())
}

/// Prints what there is to say, or what went wrong.
fn said(done: Result<String, String>) -> ExitCode {
    match done {
        Ok(text) => {
            println!("{text}");
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
