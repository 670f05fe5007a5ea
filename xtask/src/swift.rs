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

/// A warning is an error, also in what was built before.
const STRICT: [&str; 2] = ["-Xswiftc", "-warnings-as-errors"];

/// Builds the package, the headless phone and the tests; returns the folder of the library.
fn build(root: &Path) -> Result<PathBuf, String> {
    let library = bindings::make(root)?;
    let (package, written) = (root.join("bindings/swift"), library.with_file_name("bindings").join("swift"));
    for (file, folder) in GENERATED {
        let folder = package.join(folder);
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        copy_if_new(&written.join(file), &folder.join(file))?;
    }
    inside(&package, &library, &["swift", "build", "--build-tests", STRICT[0], STRICT[1]])?;
    Ok(library)
}

/// Builds everything and runs the tests; returns what they said in the end. What is written by hand must be formatted.
pub(crate) fn test(root: &Path) -> Result<String, String> {
    let library = build(root)?;
    inside(&root.join("bindings/swift"), &library, &LINT)?;
    let test = ["swift", "test", "--disable-xctest", STRICT[0], STRICT[1]];
    let said = inside(&root.join("bindings/swift"), &library, &test)?;
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
        .arg(format!("ATTUNE_LIBRARY={}", library.display()))
        .args(command)
        .current_dir(package)
        .output()
        .map_err(|error| format!("swift-root.sh cannot be started: {error}"))?;
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    if output.status.success() { Ok(said) } else { Err(said) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build_xcframework(arguments: &[&str]) -> (Option<i32>, String) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bindings/swift/build-xcframework.sh");
        let output = Command::new(script).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    }

    #[test]
    fn the_xcframework_has_a_library_for_phones_their_simulator_and_macs() {
        let (code, said) = build_xcframework(&["--dry-run"]);
        assert_eq!(code, Some(0));
        let create = said.lines().last().unwrap();
        assert!(create.starts_with("xcodebuild -create-xcframework"), "{create}");
        for library in ["target/aarch64-apple-ios/phone", "target/bindings/simulators", "target/bindings/macs"] {
            assert!(create.contains(&format!("-library {library}/libattune_ffi.a")), "{library}");
        }
        assert!(create.ends_with("-output bindings/swift/AttuneFFI.xcframework"));
    }

    #[test]
    fn the_xcframework_is_made_on_a_mac_alone_and_takes_one_argument() {
        assert_eq!(build_xcframework(&["--dry-run", "more"]).0, Some(2));
        assert_eq!(build_xcframework(&["--fast"]).0, Some(2));
        if !cfg!(target_os = "macos") {
            assert_eq!(build_xcframework(&[]).0, Some(1));
        }
    }
}
