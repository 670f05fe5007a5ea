//! `cargo xtask swift`: the Swift package, built and tested in a Debian that has Swift.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bindings;

/// What `cargo xtask bindings` writes, and where the package wants it.
const GENERATED: [(&str, &str); 2] =
    [("Attune.swift", "Sources/Attune/Generated"), ("AttuneFFI.h", "Sources/AttuneFFI")];

/// All that is written by hand, in the form of `.swift-format`.
const LINT: [&str; 12] = [
    "swift-format",
    "lint",
    "--strict",
    "--recursive",
    "Package.swift",
    "Sources/Attune/LongWork.swift",
    "Sources/Attune/Opening.swift",
    "Sources/Attune/Watching.swift",
    "Sources/Attune/Values",
    "Sources/bench",
    "Sources/headless",
    "Tests",
];

/// Builds the package, the headless phone and the tests, where a warning is an error; returns the folder of the library.
fn build(root: &Path) -> Result<PathBuf, String> {
    let library = bindings::make(root)?;
    let (package, written) = (root.join("bindings/swift"), library.with_file_name("bindings").join("swift"));
    for (file, folder) in GENERATED {
        let folder = package.join(folder);
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        copy_if_new(&written.join(file), &folder.join(file))?;
    }
    let said = inside(&package, &library, &["swift", "build", "--build-tests"])?;
    match said.lines().find(|line| line.contains("warning:")) {
        Some(warning) => Err(format!("{warning}\n\n{said}")),
        None => Ok(library),
    }
}

/// Builds everything and runs the tests; returns what they said in the end. What is written by hand must be formatted.
pub(crate) fn test(root: &Path) -> Result<String, String> {
    let library = build(root)?;
    inside(&root.join("bindings/swift"), &library, &LINT)?;
    let said = inside(&root.join("bindings/swift"), &library, &["swift", "test", "--disable-xctest"])?;
    Ok(said.lines().rfind(|line| line.contains("Test run with")).unwrap_or_default().to_owned())
}

/// A file that is as it was keeps its date, and what was built from it.
fn copy_if_new(from: &Path, to: &Path) -> Result<(), String> {
    let new = fs::read(from).map_err(|error| format!("{}: {error}", from.display()))?;
    if fs::read(to).is_ok_and(|old| old == new) {
        return Ok(());
    }
    fs::write(to, new).map_err(|error| format!("{}: {error}", to.display()))
}

/// Runs a command in the Debian with Swift; all that it said.
fn inside(package: &Path, library: &Path, command: &[&str]) -> Result<String, String> {
    let output = Command::new(package.join("swift-root.sh"))
        .arg("env")
        .arg(format!("LD_LIBRARY_PATH={}", library.display()))
        .args(command)
        .current_dir(package)
        .output()
        .map_err(|error| format!("swift-root.sh cannot be started: {error}"))?;
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    if output.status.success() { Ok(said) } else { Err(said) }
}
