//! Every scenario on every pair of languages: two headless phones, each through its own package, over real sockets.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const LANGUAGES: [&str; 3] = ["rust", "kotlin", "swift"];

/// Plays every scenario on each pair but that of two Rust phones, which the tests play; the pairs of two languages
/// also with phones that are killed and meetings that are cut. A line for each play that did not end as expected.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let scenarios = scenarios(root)?;
    let mut wrong = Vec::new();
    for a in LANGUAGES {
        for b in LANGUAGES {
            if (a, b) == ("rust", "rust") {
                continue;
            }
            wrong.extend(play(root, &scenarios, a, b, &[])?);
            if a != b {
                wrong.extend(play(root, &scenarios, a, b, &["--kill", "--cut"])?);
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// What the runner had to say where not everything was as expected.
fn play(root: &Path, scenarios: &[PathBuf], a: &str, b: &str, trouble: &[&str]) -> Result<Option<String>, String> {
    let output = Command::new("cargo")
        .args(["run", "--locked", "--quiet", "--package", "attune-tests", "--bin", "scenario", "--"])
        .args(scenarios)
        .args(["--phone", &format!("A={a}"), "--phone", &format!("B={b}")])
        .args(trouble)
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    Ok((!output.status.success()).then(|| format!("{a} with {b} {}\n{said}", trouble.join(" "))))
}

fn scenarios(root: &Path) -> Result<Vec<PathBuf>, String> {
    let folder = root.join("tests/scenarios");
    let files = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut scenarios: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    scenarios.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    scenarios.sort();
    Ok(scenarios)
}
