//! `cargo xtask pairs`: scenarios on every pair of languages, two headless phones over real sockets, each through its own
//! package. The pair of two Rust phones is the tests'.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const LANGUAGES: [&str; 3] = ["rust", "kotlin", "swift"];

/// Played also with phones that are killed and meetings that are cut where the time is short: each of them meets often,
/// and a phone that is killed begins anew after every step.
const IN_TROUBLE: [&str; 3] = ["share_and_erase.json", "rounds_crossing.json", "together_conflict.json"];

/// Plays every scenario on every pair, and on those of two languages some, or with `whole` all of them, in trouble.
/// Returns what was played; fails with what the runner said of the first play that did not go as expected.
pub(crate) fn play(root: &Path, whole: bool) -> Result<String, String> {
    let all = scenarios(root)?;
    let is_short = |path: &&PathBuf| IN_TROUBLE.iter().any(|name| path.ends_with(name));
    let some: Vec<PathBuf> = all.iter().filter(is_short).cloned().collect();
    let mut played = Vec::new();
    for a in LANGUAGES {
        for b in LANGUAGES.into_iter().filter(|b| [a, *b] != ["rust", "rust"]) {
            played.push(run(root, &all, [a, b], &[])?);
            if a != b {
                played.push(run(root, if whole { &all } else { &some }, [a, b], &["--kill", "--cut"])?);
            }
        }
    }
    Ok(played.join("\n"))
}

fn run(root: &Path, scenarios: &[PathBuf], [a, b]: [&str; 2], trouble: &[&str]) -> Result<String, String> {
    let played = Command::new("cargo")
        .args(["run", "--locked", "--quiet", "--package", "attune-tests", "--bin", "scenario", "--"])
        .args(scenarios)
        .args(["--phone", &format!("A={a}"), "--phone", &format!("B={b}")])
        .args(trouble)
        .current_dir(root)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    let name = [&[a, "with", b], trouble].concat().join(" ");
    if played.status.success() {
        Ok(format!("{name}: {} scenarios as expected", scenarios.len()))
    } else {
        let said = [played.stdout, played.stderr].concat();
        Err(format!("{name}:\n{}", String::from_utf8_lossy(&said)))
    }
}

fn scenarios(root: &Path) -> Result<Vec<PathBuf>, String> {
    let folder = root.join("tests/scenarios");
    let files = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = files.filter_map(Result::ok).map(|file| file.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    Ok(paths)
}
