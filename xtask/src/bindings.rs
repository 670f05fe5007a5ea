//! `cargo xtask bindings`: the library for Kotlin and Swift, and their sides of what core declares. Nothing of
//! it is ever committed or edited.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the library and writes the generated code anew; returns the folder below `target` that holds the
/// library. The code lies in `target/bindings/kotlin` and `target/bindings/swift`.
pub(crate) fn make(root: &Path, release: bool) -> Result<PathBuf, String> {
    let profile: &[&str] = if release { &["--profile", "phone"] } else { &[] };
    cargo(root, &[&["build", "--locked", "--quiet", "--package", "attune-ffi"], profile].concat())?;
    let libraries = target(root).join(if release { "phone" } else { "debug" });
    // The generator reads what the library says of itself, and a stripped one says nothing.
    let debug = target(root).join("debug");
    if release {
        cargo(root, &["build", "--locked", "--quiet", "--package", "attune-ffi"])?;
    }
    let library = debug.join(file_name());
    let folder = target(root).join("bindings");
    let words = ["run", "--locked", "--quiet", "--package", "attune-bindgen", "--"];
    let [library, folder] = [&library, &folder].map(|path| path.to_string_lossy().into_owned());
    cargo(root, &[&words[..], &[&library, &folder]].concat())?;
    Ok(libraries)
}

/// What the dynamic library is called on this machine.
fn file_name() -> String {
    format!("{}attune_ffi{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)
}

/// Where cargo puts what it builds.
fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<(), String> {
    let ended = Command::new("cargo").args(arguments).current_dir(root).status();
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("`cargo {}` failed", arguments.join(" "))),
        Err(error) => Err(format!("cargo cannot be started: {error}")),
    }
}
