//! Tells of a run: to a reader in words, or to a program with one JSON object a line.

use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};

use super::play::Audience;
use super::trouble::Trouble;

/// Tells of every step of every file as it happens, and at last of all of them.
pub(super) struct Report<W> {
    to: W,
    json: bool,
    files: usize,
    steps: usize,
    failed: usize,
}

impl<W: Write> Report<W> {
    pub(super) fn new(to: W, json: bool) -> Self {
        Self { to, json, files: 0, steps: 0, failed: 0 }
    }

    /// The file that is about to be played.
    pub(super) fn file<'a>(&'a mut self, path: &'a Path) -> FileReport<'a, W> {
        self.files += 1;
        FileReport { path, steps: 0, failed: 0, report: self }
    }

    /// A file that cannot be played.
    pub(super) fn malformed(&mut self, path: &Path, why: &str) {
        let file = path.display();
        if self.json {
            self.object(&json!({"file": file.to_string(), "ok": false, "malformed": why}));
        } else {
            self.line(&format!("{file} is malformed: {why}"));
        }
    }

    /// The last line; true if all was as expected.
    pub(super) fn summary(mut self) -> bool {
        let Self { files, steps, failed, .. } = self;
        let ok = failed == 0;
        if self.json {
            self.object(&json!({"summary": true, "ok": ok, "files": files, "steps": steps, "failed": failed}));
        } else if files != 1 {
            self.line(&format!("{files} files, {steps} steps, {failed} not as expected"));
        }
        ok
    }

    fn object(&mut self, object: &Value) {
        self.line(&object.to_string());
    }

    fn line(&mut self, line: &str) {
        // Whoever no longer reads does not want to know.
        let _: io::Result<()> = writeln!(self.to, "{line}").and_then(|()| self.to.flush());
    }
}

/// Tells of one file's steps.
pub(super) struct FileReport<'a, W: Write> {
    path: &'a Path,
    steps: usize,
    failed: usize,
    report: &'a mut Report<W>,
}

impl<W: Write> FileReport<'_, W> {
    /// All steps were played.
    pub(super) fn done(self) {
        self.report.steps += self.steps;
        self.report.failed += self.failed;
        if !self.report.json {
            let found = match self.failed {
                0 => "as expected".to_owned(),
                failed => format!("{failed} not as expected"),
            };
            self.report.line(&format!("{}: {} steps, {found}", self.path.display(), self.steps));
        }
    }
}

impl<W: Write> Audience for FileReport<'_, W> {
    fn step(&mut self, number: usize, act: &str, outcome: Result<(), Trouble>) {
        self.steps += usize::from(number > 0);
        self.failed += usize::from(outcome.is_err());
        let file = self.path.display();
        if self.report.json {
            let mut object = json!({"file": file.to_string(), "step": number, "act": act, "ok": outcome.is_ok()});
            if let (Err(trouble), Some(object)) = (outcome, object.as_object_mut()) {
                object.insert("expected".to_owned(), Value::from(trouble.expected));
                object.insert("seen".to_owned(), Value::from(trouble.seen));
            }
            self.report.object(&object);
        } else if let Err(trouble) = outcome {
            let Trouble { expected, seen, .. } = trouble;
            self.report.line(&format!("{file}: step {number} ({act})\n  expected  {expected}\n  seen      {seen}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(json: bool, outcomes: &[bool]) -> (String, bool) {
        let mut out = Vec::new();
        let mut report = Report::new(&mut out, json);
        let mut file = report.file(Path::new("f.json"));
        for (good, number) in outcomes.iter().zip(1..) {
            let outcome = if *good { Ok(()) } else { Err(Trouble::new("this", "that")) };
            file.step(number, "meet A, B", outcome);
        }
        file.done();
        let ok = report.summary();
        (String::from_utf8(out).unwrap(), ok)
    }

    #[test]
    fn a_reader_is_told_of_what_went_wrong() {
        let (told, ok) = report(false, &[true, false]);
        assert!(!ok);
        let wanted =
            "f.json: step 2 (meet A, B)\n  expected  this\n  seen      that\nf.json: 2 steps, 1 not as expected\n";
        assert_eq!(told, wanted);
        assert_eq!(report(false, &[true]), ("f.json: 1 steps, as expected\n".to_owned(), true));
    }

    #[test]
    fn a_program_is_told_of_every_step_and_of_the_sum() {
        let (told, ok) = report(true, &[true, false]);
        assert!(!ok);
        let lines: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines[0], json!({"file": "f.json", "step": 1, "act": "meet A, B", "ok": true}));
        assert_eq!(lines[1]["expected"], "this");
        assert_eq!(lines[1]["seen"], "that");
        assert_eq!(lines[2], json!({"summary": true, "ok": false, "files": 1, "steps": 2, "failed": 1}));
    }
}
