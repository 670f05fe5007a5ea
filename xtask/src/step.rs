//! One step of a check: a command, or a look at the sources, and what came of it.

use std::fmt::{self, Display, Formatter};
use std::path::Path;
use std::process::{Command, Stdio};

/// One thing that must hold, and how to find out.
pub(crate) struct Step {
    /// A word to call it by.
    pub(crate) name: &'static str,
    /// What holds when it passes.
    pub(crate) holds: &'static str,
    how: How,
    env: &'static [(&'static str, &'static str)],
    /// A tool that the command calls, and that not every machine has.
    needs: Option<&'static str>,
    /// Where the output of a failure holds the first text, the step is passed over, for the reason in the second.
    passed_over: Option<(&'static str, &'static str)>,
}

enum How {
    /// Looks at the sources below the root; a line for each thing that is wrong.
    Check(fn(&Path) -> Result<(), String>),
    /// Runs a program; `probe` tells whether it is installed.
    Run { program: &'static str, arguments: &'static [&'static str], probe: Option<&'static [&'static str]> },
}

/// What came of a step.
pub(crate) enum Outcome {
    /// It holds.
    Passed(Tests),
    /// It could not be found out here, for this reason.
    PassedOver(String),
    /// It does not hold.
    Failed {
        /// All that the command said.
        log: String,
        /// The tests that ran.
        found: Tests,
    },
}

impl Step {
    pub(crate) const fn cargo(name: &'static str, holds: &'static str, arguments: &'static [&'static str]) -> Self {
        Self::new(name, holds, How::Run { program: "cargo", arguments, probe: None })
    }

    /// A step by a tool that not every machine has.
    pub(crate) const fn tool(
        name: &'static str,
        holds: &'static str,
        program: &'static str,
        arguments: &'static [&'static str],
        probe: &'static [&'static str],
    ) -> Self {
        Self::new(name, holds, How::Run { program, arguments, probe: Some(probe) })
    }

    pub(crate) const fn check(name: &'static str, holds: &'static str, check: fn(&Path) -> Result<(), String>) -> Self {
        Self::new(name, holds, How::Check(check))
    }

    const fn new(name: &'static str, holds: &'static str, how: How) -> Self {
        Self { name, holds, how, env: &[], needs: None, passed_over: None }
    }

    pub(crate) const fn with(self, env: &'static [(&'static str, &'static str)]) -> Self {
        Self { env, ..self }
    }

    pub(crate) const fn needs(self, tool: &'static str) -> Self {
        Self { needs: Some(tool), ..self }
    }

    pub(crate) const fn passes_over(self, says: &'static str, why: &'static str) -> Self {
        Self { passed_over: Some((says, why)), ..self }
    }

    /// The command as one would type it.
    pub(crate) fn command(&self) -> String {
        match &self.how {
            How::Check(_) => self.name.to_owned(),
            How::Run { program, arguments, .. } => {
                let env = self.env.iter().map(|(name, value)| format!("{name}='{value}' "));
                env.collect::<String>() + program + " " + &arguments.join(" ")
            }
        }
    }

    /// Finds out, in the folder `root`.
    pub(crate) fn run(&self, root: &Path) -> Outcome {
        if let Some(tool) = self.needs.filter(|tool| !answers(tool, &["--version"])) {
            return Outcome::PassedOver(format!("{tool} is not installed"));
        }
        let (program, arguments) = match &self.how {
            How::Check(check) => {
                return match check(root) {
                    Ok(()) => Outcome::Passed(Tests::default()),
                    Err(log) => Outcome::Failed { log, found: Tests::default() },
                };
            }
            How::Run { program, arguments, probe } => {
                if probe.is_some_and(|probe| !answers(program, probe)) {
                    let tool = if *program == "cargo" { "cargo-deny" } else { program };
                    return Outcome::PassedOver(format!("{tool} is not installed"));
                }
                (program, arguments)
            }
        };
        let output = Command::new(program)
            .args(*arguments)
            .envs(self.env.iter().copied())
            .current_dir(root)
            .stdin(Stdio::null())
            .output();
        let output = match output {
            Ok(output) => output,
            Err(error) => return Outcome::Failed { log: format!("{program}: {error}"), found: Tests::default() },
        };
        let said = String::from_utf8_lossy(&output.stdout);
        let found = Tests::read(&said);
        if output.status.success() {
            return Outcome::Passed(found);
        }
        let log = format!("{}{said}", String::from_utf8_lossy(&output.stderr));
        match self.passed_over {
            Some((says, why)) if log.contains(says) => Outcome::PassedOver(why.to_owned()),
            _ => Outcome::Failed { log, found },
        }
    }
}

/// Whether a tool is there to be asked.
fn answers(program: &str, probe: &[&str]) -> bool {
    let asked = Command::new(program).args(probe).stdin(Stdio::null()).output();
    asked.is_ok_and(|output| output.status.success())
}

/// How many tests ran, as `cargo test`, Maven and Swift count them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tests {
    passed: u32,
    failed: u32,
    ignored: u32,
}

impl Tests {
    /// Adds up the closing lines of every test binary, or of every Maven module.
    fn read(said: &str) -> Self {
        let mut sum = Self::default();
        for line in said.lines().filter(|line| line.starts_with("test result:")) {
            let count = |of: &str| {
                let mut parts = line.split([':', '.', ';']).map(str::trim);
                parts.find_map(|part| part.strip_suffix(of)?.trim().parse::<u32>().ok()).unwrap_or(0)
            };
            sum.add(Self { passed: count("passed"), failed: count("failed"), ignored: count("ignored") });
        }
        for line in said.lines().filter(|line| line.starts_with("Tests run:")) {
            let count = |of: &str| {
                let mut parts = line.split(',').map(str::trim);
                parts.find_map(|part| part.strip_prefix(of)?.trim().parse::<u32>().ok()).unwrap_or(0)
            };
            let (failed, ignored) = (count("Failures:") + count("Errors:"), count("Skipped:"));
            sum.add(Self { passed: count("Tests run:").saturating_sub(failed + ignored), failed, ignored });
        }
        for line in said.lines().filter(|line| line.contains("Test run with") && line.contains("passed")) {
            let passed = line.split(' ').find_map(|word| word.parse::<u32>().ok()).unwrap_or(0);
            sum.add(Self { passed, ..Self::default() });
        }
        sum
    }

    pub(crate) const fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }

    pub(crate) fn any(self) -> bool {
        self != Self::default()
    }
}

impl Display for Tests {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.ignored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_of_all_test_binaries_are_added_up() {
        let said = "running 3 tests\ntest a ... ok\n\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\n\
            test result: FAILED. 40 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 2.50s\n";
        let found = Tests::read(said);
        assert_eq!(found, Tests { passed: 42, failed: 3, ignored: 1 });
        assert_eq!(found.to_string(), "42 passed, 3 failed, 1 skipped");
    }

    #[test]
    fn so_are_those_of_maven() {
        let said =
            "Tests run: 9, Failures: 1, Errors: 2, Skipped: 1\nTests run: 3, Failures: 0, Errors: 0, Skipped: 0\n";
        assert_eq!(Tests::read(said), Tests { passed: 8, failed: 3, ignored: 1 });
    }

    #[test]
    fn and_of_swift() {
        let said = "✔ Test run with 28 tests passed after 2.9 seconds.";
        assert_eq!(Tests::read(said), Tests { passed: 28, failed: 0, ignored: 0 });
    }

    #[test]
    fn a_tool_that_is_not_there_is_passed_over_and_said() {
        let step = Step::cargo("x", "x", &["--version"]).needs("attune-no-such-tool");
        assert!(matches!(step.run(Path::new(".")), Outcome::PassedOver(why) if why.contains("attune-no-such-tool")));
        let step = Step::tool("x", "x", "attune-no-such-tool", &[], &["--version"]);
        assert!(matches!(step.run(Path::new(".")), Outcome::PassedOver(why) if why.contains("attune-no-such-tool")));
    }

    #[test]
    fn a_failure_tells_what_was_said_unless_it_is_a_known_reason_to_pass_over() {
        let step = || Step::cargo("x", "x", &["no-such-command"]);
        assert!(matches!(step().run(Path::new(".")), Outcome::Failed { log, .. } if log.contains("no-such-command")));
        let known = step().passes_over("no-such-command", "known");
        assert!(matches!(known.run(Path::new(".")), Outcome::PassedOver(why) if why == "known"));
    }
}
