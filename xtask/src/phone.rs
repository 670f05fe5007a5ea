//! `cargo xtask phone`: the library as phones get it, as small as it can be made (`docs/adr/0008-a-small-library.md`).

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bindings::{asked, cargo, target as target_folder};

/// A library to be built.
pub(crate) struct Library<'a> {
    /// The machine that it runs on, as Rust names it.
    pub(crate) triple: &'a str,
    /// With its symbols, for whoever looks into it.
    pub(crate) symbols: bool,
}

/// Of C: no tables for unwinding, and no compressors but those of the levels that core uses, each of them once.
const C: &str = "-fno-asynchronous-unwind-tables -fno-unwind-tables -ffunction-sections -fdata-sections \
    -DZSTD_EXCLUDE_GREEDY_BLOCK_COMPRESSOR -DZSTD_EXCLUDE_LAZY_BLOCK_COMPRESSOR \
    -DZSTD_EXCLUDE_LAZY2_BLOCK_COMPRESSOR -DZSTD_EXCLUDE_BTLAZY2_BLOCK_COMPRESSOR \
    -DZSTD_EXCLUDE_BTOPT_BLOCK_COMPRESSOR -DZSTD_EXCLUDE_BTULTRA_BLOCK_COMPRESSOR \
    -DHUF_FORCE_DECOMPRESS_X1 -DZSTD_FORCE_DECOMPRESS_SEQUENCES_SHORT \
    -DDYNAMIC_BMI2=0 -DZSTD_NO_INLINE -DZSTD_STRIP_ERROR_STRINGS";

/// Of every crate, the standard library's included.
const RUST: &[&str] = &[
    // With frames that are found by a pointer the tables for unwinding take a third less.
    "-Cforce-frame-pointers=yes",
    // Nobody on a phone reads values in Rust's own form, or which line of which file panicked.
    "-Zfmt-debug=none",
    "-Zlocation-detail=none",
    // The curve once, not once more for processors that phones do not have.
    "--cfg",
    "curve25519_dalek_backend=\"serial\"",
];

/// Of the last step, in which everything is compiled together: functions that differ in a constant are one, and small ones are
/// copied to where they are called if that is no longer than the call and its tables.
const TOGETHER: &[&str] = &["-Cllvm-args=-enable-global-merge-func", "-Cllvm-args=-inline-threshold=15"];

/// Of every crate, where the standard library is built too: a panic in a destructor ends the app, any other becomes an error, as ever.
const RUST_WITH_STD: &str = "-Zpanic-in-drop=abort";

/// What the standard library is built with: algorithms that are short, and no reader of debug information.
const STD: [&str; 2] = ["-Zbuild-std=std,panic_unwind", "-Zbuild-std-features=optimize_for_size,panic-unwind"];

impl Library<'_> {
    /// Builds it, as a static library for Apple and as a dynamic one for all others; returns the folder that it is in.
    pub(crate) fn build(&self, root: &Path) -> Result<PathBuf, String> {
        self.build_as(root, if self.triple.contains("apple") { "staticlib" } else { "cdylib" })
    }

    /// Builds it as cargo's `crate_type`.
    pub(crate) fn build_as(&self, root: &Path, crate_type: &str) -> Result<PathBuf, String> {
        let folder = target_folder(root).join(if self.symbols { "symbols" } else { "" });
        let linker = format!("CARGO_TARGET_{}_LINKER", self.triple.to_uppercase().replace('-', "_"));
        let script = root.join("bindings/phone-linker.sh").display().to_string();
        let builds_std = has_sources();
        if !builds_std {
            eprintln!("with the standard library as Rust ships it; for a smaller one: rustup component add rust-src");
        }
        let flags: Vec<&str> = RUST.iter().copied().chain(builds_std.then_some(RUST_WITH_STD)).collect();
        let flags = flags.join("\x1f");
        let mut variables = vec![
            // The flags that begin with `-Z`, and a standard library of one's own, are not stable yet.
            ("RUSTC_BOOTSTRAP", "1"),
            ("CARGO_ENCODED_RUSTFLAGS", flags.as_str()),
            ("CFLAGS", C),
        ];
        if crate_type == "cdylib" {
            variables.push((&linker, &script));
        }
        if self.symbols {
            variables.push(("CARGO_PROFILE_PHONE_STRIP", "false"));
        }
        let folder_name = folder.display().to_string();
        let mut words = vec!["rustc", "--locked", "--quiet", "--package", "attune-ffi", "--profile", "phone"];
        words.extend(["--target-dir", &folder_name, "--target", self.triple, "--crate-type", crate_type]);
        if builds_std {
            words.extend(STD);
        }
        words.push("--");
        words.extend(TOGETHER);
        if crate_type == "cdylib" {
            words.extend(self.linking());
        }
        cargo(root, &words, &variables)?;
        Ok(folder.join(self.triple).join("phone"))
    }

    /// Functions that came out alike are kept once, and relocations are packed in the way that the oldest system reads.
    fn linking(&self) -> &'static [&'static str] {
        if self.triple.contains("android") {
            &[
                "-Clink-arg=-Wl,--icf=all,-O2,--pack-dyn-relocs=android",
                // Phones with pages of 16 KB load nothing that is aligned to less.
                "-Clink-arg=-Wl,-z,max-page-size=16384",
            ]
        } else {
            &["-Clink-arg=-Wl,--icf=all,-O2,-z,pack-relative-relocs"]
        }
    }
}

/// The machine that this runs on, as Rust names it.
pub(crate) fn here() -> Result<String, String> {
    let said = rustc(&["-vV"])?;
    let triple = said.lines().find_map(|line| line.strip_prefix("host: "));
    triple.map(str::to_owned).ok_or_else(|| format!("rustc names no host: {said}"))
}

/// Whether the sources of the standard library are there.
fn has_sources() -> bool {
    rustc(&["--print", "sysroot"])
        .is_ok_and(|sysroot| Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std").is_dir())
}

fn rustc(arguments: &[&str]) -> Result<String, String> {
    asked(Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).args(arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_android_loads_is_aligned_to_large_pages_and_packed_as_its_oldest_reads() {
        for triple in ["aarch64-linux-android", "armv7-linux-androideabi", "x86_64-linux-android"] {
            let linking = Library { triple, symbols: false }.linking().join(" ");
            assert!(linking.contains("max-page-size=16384") && linking.contains("pack-dyn-relocs=android"), "{triple}");
        }
        assert!(!Library { triple: "x86_64-unknown-linux-gnu", symbols: false }.linking().join(" ").contains("16384"));
    }

    #[test]
    fn this_machine_has_a_name() {
        assert!(here().unwrap().split('-').count() >= 3);
    }
}
