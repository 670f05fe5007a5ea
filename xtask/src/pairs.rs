//! `cargo xtask pairs`: scenarios on every pair of languages, two headless phones over real sockets, each through its own
//! package. The pair of two Rust phones is the tests'.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use crate::bindings;

const LANGUAGES: [&str; 3] = ["rust", "kotlin", "swift"];

/// Played also with phones that are killed and meetings that are cut where the time is short: each of them meets often,
/// and a phone that is killed begins anew after every step.
const IN_TROUBLE: [&str; 2] = ["share_and_erase.json", "together_conflict.json"];

/// One run of the runner.
struct Play<'a> {
    phones: [&'static str; 2],
    trouble: &'static [&'static str],
    scenarios: &'a [PathBuf],
}

/// Plays every scenario on every pair, and on those of two languages some, or with `whole` all of them, in trouble; two plays
/// at a time. Says in a line what was played as soon as it was, and returns how much; fails with what the runner said
/// where it did not go as expected.
pub(crate) fn play(root: &Path, whole: bool) -> Result<String, String> {
    let runner = runner(root)?;
    let all = scenarios(root)?;
    let is_short = |path: &&PathBuf| IN_TROUBLE.iter().any(|name| path.ends_with(name));
    let some: Vec<PathBuf> = all.iter().filter(is_short).cloned().collect();
    let mut plays = Vec::new();
    for phones in LANGUAGES.into_iter().flat_map(|a| LANGUAGES.map(|b| [a, b])) {
        if phones != ["rust", "rust"] {
            plays.push(Play { phones, trouble: &[], scenarios: &all });
        }
        if phones[0] != phones[1] {
            plays.push(Play { phones, trouble: &["--kill", "--cut"], scenarios: if whole { &all } else { &some } });
        }
    }
    let (one, other): (Vec<_>, Vec<_>) = plays.iter().enumerate().partition(|(number, _)| number % 2 == 0);
    let (runner, begun) = (&runner, Instant::now());
    let played = thread::scope(|scope| {
        let halves = [one, other].map(|plays| {
            scope.spawn(move || plays.iter().map(|(_, play)| play.run(runner, begun)).collect::<Vec<_>>())
        });
        halves.map(|half| half.join().unwrap_or_else(|_| vec![Err("a thread panicked".to_owned())]))
    });
    let played: Result<Vec<usize>, String> = played.into_iter().flatten().collect();
    let played = played?;
    Ok(format!("{} plays of {} scenarios as expected", played.len(), played.iter().sum::<usize>()))
}

impl Play<'_> {
    fn run(&self, runner: &Path, begun: Instant) -> Result<usize, String> {
        let [a, b] = self.phones;
        let played = Command::new(runner)
            .args(self.scenarios)
            .args(["--phone", &format!("A={a}"), "--phone", &format!("B={b}")])
            .args(self.trouble)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("{}: {error}", runner.display()))?;
        let name = [&[a, "with", b], self.trouble].concat().join(" ");
        if played.status.success() {
            println!("{:>5} s  {name}: {} scenarios as expected", begun.elapsed().as_secs(), self.scenarios.len());
            Ok(self.scenarios.len())
        } else {
            println!("{:>5} s  {name}: not as expected", begun.elapsed().as_secs());
            let said = [played.stdout, played.stderr].concat();
            Err(format!("{name}:\n{}", String::from_utf8_lossy(&said)))
        }
    }
}

/// Builds the runner, and returns where it is.
fn runner(root: &Path) -> Result<PathBuf, String> {
    Ok(bindings::workspace(root)?.join(format!("scenario{}", std::env::consts::EXE_SUFFIX)))
}

fn scenarios(root: &Path) -> Result<Vec<PathBuf>, String> {
    let folder = root.join("tests/scenarios");
    let files = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = files.filter_map(Result::ok).map(|file| file.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    Ok(paths)
}
