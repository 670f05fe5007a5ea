//! The runner: plays scenarios on headless phones and says what was not as expected.
//!
//! A scenario is data (`docs/scenarios.md`), each phone a process. The runner knows the world's time,
//! what each phone is asked and what it must answer; it knows nothing of practice rules.

mod compare;
mod cutting;
mod file;
mod language;
mod line;
mod meeting;
mod never;
mod options;
mod pairing;
mod phone;
mod play;
mod process;
mod report;
mod story;
mod trouble;
mod words;
mod world;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use file::Scenario;
pub(crate) use language::{Language, PLAY_A_PHONE};
pub(crate) use line::{Broken, Line};
use options::{Options, USAGE};
pub(crate) use process::Process;
use report::Report;
pub(crate) use story::tell;
use world::Launch;

const MALFORMED: u8 = 2;

/// Runs with these arguments, the executable's name not among them.
///
/// 0: all as expected. 1: an expectation failed. 2: a file is malformed, or the arguments are.
pub fn run(arguments: Vec<String>) -> ExitCode {
    match arguments.first().map(String::as_str) {
        Some(PLAY_A_PHONE) => return crate::headless::run(),
        Some("--help" | "-h") => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {}
    }
    let options = match Options::read(arguments) {
        Ok(options) => options,
        Err(why) => return unusable(&why),
    };
    let mut report = Report::new(std::io::stdout(), options.json);
    let mut scenarios: Vec<(PathBuf, Scenario)> = Vec::new();
    let mut malformed = false;
    for path in &options.files {
        match Scenario::read(path) {
            Ok(scenario) => scenarios.push((path.clone(), scenario)),
            Err(why) => {
                report.malformed(path, &why);
                malformed = true;
            }
        }
    }
    if malformed {
        return ExitCode::from(MALFORMED);
    }
    if let Err(why) = check_languages(&options, &scenarios) {
        return unusable(&why);
    }
    for (path, scenario) in &scenarios {
        let run = match tempfile::Builder::new().prefix("attune-scenario-").tempdir() {
            Ok(run) => run,
            Err(error) => return unusable(&format!("there is no folder for the run: {error}")),
        };
        let stage = play::Stage {
            languages: &options.languages,
            launcher: &Processes,
            cutter: &cutting::Loopback,
            hardships: options.hardships,
            run: run.path(),
        };
        let mut file = report.file(path);
        play::play(scenario, &stage, &mut file);
        file.done();
    }
    if report.summary() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Every phone that is given a language is in some file, and can be played in it.
fn check_languages(options: &Options, scenarios: &[(PathBuf, Scenario)]) -> Result<(), String> {
    for (name, language) in &options.languages {
        if !scenarios.iter().any(|(_, scenario)| scenario.every_phone().contains(&name.as_str())) {
            return Err(format!("--phone {name}: no file has a phone of that name"));
        }
        language.command()?;
    }
    Ok(())
}

fn unusable(why: &str) -> ExitCode {
    eprintln!("scenario: {why}\n\n{USAGE}");
    ExitCode::from(MALFORMED)
}

/// Headless phones as processes of their own.
struct Processes;

impl Launch for Processes {
    fn launch(&self, name: &str, language: Language, folder: &Path) -> Result<Box<dyn Line>, Broken> {
        let command = language.command().map_err(Broken)?;
        let complaints = folder.join(format!("complaints-{}", name.replace(['/', '\\'], "_")));
        let process = Process::start(command, &complaints)
            .map_err(|error| Broken(format!("phone {name} does not start: {error}")))?;
        Ok(Box::new(process))
    }
}
