//! `cargo xtask bindings`: the library for Kotlin and Swift, and their sides of what core declares. Nothing of
//! it is ever committed or edited.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the library and writes the generated code anew, into `bindings/kotlin` and `bindings/swift` of cargo's target
/// folder; returns the folder with the library.
pub(crate) fn make(root: &Path) -> Result<PathBuf, String> {
    let built = workspace(root)?;
    let generator = built.join(format!("attune-bindgen{}", std::env::consts::EXE_SUFFIX));
    let ended = Command::new(&generator).args([built.join(file_name()), target(root).join("bindings")]).status();
    match ended {
        Ok(status) if status.success() => Ok(built),
        Ok(_) => Err("the bindings were not written".to_owned()),
        Err(error) => Err(format!("{}: {error}", generator.display())),
    }
}

/// Builds the library, the generator, the headless phone in Rust and the runner; returns the folder that they are in. All of
/// them at once, for cargo compiles a crate anew for whichever selection of packages asks other features of it.
pub(crate) fn workspace(root: &Path) -> Result<PathBuf, String> {
    cargo(root, &["build", "--locked", "--quiet", "--workspace"], &[])?;
    Ok(target(root).join("debug"))
}

/// What the dynamic library is called on this machine.
pub(crate) fn file_name() -> String {
    format!("{}attune_ffi{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)
}

/// Where cargo puts what it builds.
pub(crate) fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

/// Runs cargo in the workspace.
pub(crate) fn cargo(root: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Result<(), String> {
    let ended = Command::new("cargo").args(arguments).envs(variables.iter().copied()).current_dir(root).status();
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("`cargo {}` failed", arguments.join(" "))),
        Err(error) => Err(format!("cargo cannot be started: {error}")),
    }
}

/// What a program answers on its standard output.
pub(crate) fn asked(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{name} cannot be started: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{name} failed: {}", String::from_utf8_lossy(&output.stderr)))
    }
}
