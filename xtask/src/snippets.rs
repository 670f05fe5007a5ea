//! The code in the README is code that tests compile and run: each block is compared with its source.

use std::fs;
use std::path::Path;

/// The language of a block, and the test that it is taken from.
const SNIPPETS: &[(&str, &str)] = &[
    ("kotlin", "bindings/kotlin/core/src/test/kotlin/app/attune/core/GettingStartedTest.kt"),
    ("swift", "bindings/swift/Tests/AttuneTests/GettingStartedTests.swift"),
];

const BEGIN: &str = "// begin: the README's snippet\n";
const END: &str = "// end\n";

/// Fails with a line for each block that is not what its test runs.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let read = |path: &str| fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"));
    let readme = read("README.md")?;
    let mut wrong = Vec::new();
    for (language, path) in SNIPPETS {
        let source = read(path)?;
        let Some(snippet) = between(&source, BEGIN, END) else {
            return Err(format!("{path}: no snippet between `{}` and `{}`", BEGIN.trim_end(), END.trim_end()));
        };
        if between(&readme, &format!("```{language}\n"), "```\n") != Some(&readable(snippet)) {
            wrong
                .push(format!("README.md: the block in {language} is not the snippet of {path}. It reads:\n{snippet}"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// As an app would write it: what is there for the test's sake is left out.
fn readable(snippet: &str) -> String {
    snippet.replace("internal ", "")
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(begin)?;
    Some(rest.split_once(end)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_that_differs_from_its_test_is_told() {
        let root = std::env::temp_dir().join(format!("attune-snippets-{}", std::process::id()));
        for (_, path) in SNIPPETS {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), format!("package x\n{BEGIN}internal fun open()\n{END}rest\n")).unwrap();
        }
        let block = |language: &str, code: &str| format!("```{language}\n{code}\n```\n");
        let swift = block("swift", "fun open()");
        fs::write(root.join("README.md"), block("kotlin", "fun open()") + &swift).unwrap();
        assert_eq!(check(&root), Ok(()));
        fs::write(root.join("README.md"), block("kotlin", "fun open(folder)") + &swift).unwrap();
        assert!(check(&root).unwrap_err().contains("fun open()"));
        fs::remove_dir_all(&root).unwrap();
    }
}
