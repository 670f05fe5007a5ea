//! `attune-bindgen LIBRARY FOLDER`: reads from the library that attune-ffi makes what core declares, and writes
//! the Kotlin and the Swift side of it into `FOLDER/kotlin` and `FOLDER/swift`.
//!
//! Nobody needs to call it by hand: `cargo xtask bindings` builds the library and calls it.

use std::env;
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

/// How names and values look in each language.
const CONFIGURATION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../uniffi.toml");

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [library, folder] = arguments.as_slice() else {
        eprintln!("Usage: attune-bindgen LIBRARY FOLDER");
        return ExitCode::from(2);
    };
    for (language, name) in [(TargetLanguage::Kotlin, "kotlin"), (TargetLanguage::Swift, "swift")] {
        let options = GenerateOptions {
            languages: vec![language],
            source: Utf8PathBuf::from(library),
            out_dir: Utf8Path::new(folder).join(name),
            config_override: Some(CONFIGURATION.into()),
            format: false,
            ..GenerateOptions::default()
        };
        if let Err(error) = generate(options) {
            eprintln!("attune-bindgen: the {name} side cannot be written: {error:#}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
