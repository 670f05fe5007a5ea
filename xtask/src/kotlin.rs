//! `cargo xtask kotlin`: the Kotlin package and the headless phone in Kotlin, built and tested by Maven.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::bindings;

/// Makes the bindings, builds and tests what stands on them, and returns Maven's closing lines.
pub(crate) fn test(root: &Path) -> Result<String, String> {
    bindings::make(root)?;
    let target = bindings::target(root);
    let maven = Command::new("mvn")
        .args(["-B", "-ntp", "verify"])
        .arg(format!("-Dcargo.target={}", target.display()))
        .current_dir(root.join("bindings/kotlin"))
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("mvn cannot be started: {error}"))?;
    let said = String::from_utf8_lossy(&maven.stdout);
    if !maven.status.success() {
        return Err(format!("`mvn verify` failed in bindings/kotlin\n{said}"));
    }
    let warnings = warnings(&said);
    if !warnings.is_empty() {
        return Err(warnings);
    }
    Ok(counts(&said))
}

/// Warnings in what is written by hand. Those in what was generated are the generator's.
fn warnings(said: &str) -> String {
    let ours =
        |line: &&str| line.contains("[WARNING] file:") && line.contains("/bindings/kotlin/") && line.contains("/src/");
    said.lines().filter(ours).collect::<Vec<_>>().join("\n")
}

/// The closing line of each module's tests.
fn counts(said: &str) -> String {
    let closing = said.lines().filter(|line| line.contains("Tests run:") && !line.contains("Time elapsed"));
    closing.map(|line| line.trim_start_matches("[INFO] ")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "\
[INFO] Running app.attune.core.MeetingTest
[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1.2 s -- in app.attune.core.MeetingTest
[INFO] 
[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0
[WARNING] file:///w/target/bindings/kotlin/app/attune/core/attune.kt:1:1 generated
";

    #[test]
    fn only_the_closing_lines_are_told() {
        assert_eq!(counts(SAID), "Tests run: 3, Failures: 0, Errors: 0, Skipped: 0");
    }

    #[test]
    fn a_warning_counts_where_people_write() {
        assert_eq!(warnings(SAID), "");
        let ours = "[WARNING] file:///w/bindings/kotlin/core/src/main/kotlin/app/attune/core/EntryId.kt:1:1 unused";
        assert_eq!(warnings(&format!("{SAID}{ours}\n")), ours);
    }

    fn build_android(arguments: &[&str]) -> (Option<i32>, String) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bindings/kotlin/build-android.sh");
        let output = Command::new(script).args(arguments).env_remove("ANDROID_NDK_HOME").output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    }

    #[test]
    fn the_android_build_names_every_abi_and_its_target() {
        let (code, said) = build_android(&["--dry-run"]);
        assert_eq!(code, Some(0));
        for (abi, triple) in [
            ("arm64-v8a", "aarch64-linux-android"),
            ("armeabi-v7a", "armv7-linux-androideabi"),
            ("x86_64", "x86_64-linux-android"),
        ] {
            assert!(said.contains(&format!("android/build/jniLibs/{abi}/\n")), "{abi}");
            assert!(said.contains(&format!("cargo xtask phone --target {triple}\n")), "{triple}");
        }
        let (code, said) = build_android(&["--dry-run", "--abi", "x86_64", "--api", "29", "--no-aar"]);
        assert_eq!((code, said.matches("cargo xtask phone").count(), said.contains("gradle")), (Some(0), 1, false));
        assert!(said.contains("x86_64-linux-android29-clang"));
    }

    #[test]
    fn the_android_build_refuses_what_it_does_not_know() {
        for wrong in [&["--abi", "mips"][..], &["--abi"], &["--api", "21"], &["--api", "x"], &["--fast"], &[]] {
            assert_eq!(build_android(wrong).0, Some(2), "{wrong:?}");
        }
    }
}
