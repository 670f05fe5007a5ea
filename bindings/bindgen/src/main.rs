//! `attune-bindgen LIBRARY FOLDER`: reads from the library that attune-ffi makes what core declares, and writes
//! the Kotlin and the Swift side of it into `FOLDER/kotlin` and `FOLDER/swift`.
//!
//! Nobody needs to call it by hand: `cargo xtask bindings` builds the library and calls it.

mod docs;

use std::process::ExitCode;
use std::{env, fs, io};

use camino::{Utf8Path, Utf8PathBuf};
use docs::Docs;
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

/// How names and values look in each language.
const CONFIGURATION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../uniffi.toml");

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [library, folder] = arguments.as_slice() else {
        eprintln!("Usage: attune-bindgen LIBRARY FOLDER");
        return ExitCode::from(2);
    };
    for (language, docs, name, file) in [
        (TargetLanguage::Kotlin, Docs::Kotlin, "kotlin", "app/attune/core/attune.kt"),
        (TargetLanguage::Swift, Docs::Swift, "swift", "Attune.swift"),
    ] {
        let out_dir = Utf8Path::new(folder).join(name);
        let options = GenerateOptions {
            languages: vec![language],
            source: Utf8PathBuf::from(library),
            out_dir: out_dir.clone(),
            config_override: Some(CONFIGURATION.into()),
            format: false,
            ..GenerateOptions::default()
        };
        let written = generate(options).and_then(|()| Ok(translate(&out_dir.join(file), docs)?));
        if let Err(error) = written {
            eprintln!("attune-bindgen: the {name} side cannot be written: {error:#}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn translate(file: &Utf8Path, docs: Docs) -> io::Result<()> {
    fs::write(file, docs.translate(&fs::read_to_string(file)?))
}
