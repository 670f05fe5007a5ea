//! Every decoder that a peer's bytes reach: saved inputs, and seeded mutations of them, without a fuzzer.
//! What the targets are, and how to run them under one: `fuzz/README.md`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod mutation;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs, panic};

use attune_core::fuzzing::{TARGETS, Target};
use mutation::Mutator;

/// Mutations per target, unless `ATTUNE_FUZZ_RUNS` says otherwise.
const RUNS: u64 = 500;

#[test]
fn every_saved_seed_is_taken_for_ever() {
    for target in TARGETS {
        save_seeds_if_asked(target);
        let mut seeds = saved(target);
        seeds.retain(|(name, _)| name.starts_with("seed-"));
        assert!(!seeds.is_empty(), "{}: no seed is saved; set ATTUNE_WRITE_SEEDS=1", target.name);
        for (name, seed) in seeds {
            assert!((target.run)(&seed), "{}: {name} is not taken any more", target.name);
        }
    }
}

#[test]
fn what_is_written_now_is_taken() {
    for target in TARGETS {
        for (name, seed) in (target.seeds)() {
            assert!((target.run)(&seed), "{}: {name} is not taken", target.name);
        }
    }
}

#[test]
fn saved_inputs_and_mutations_of_them_break_no_law() {
    let runs = env_number("ATTUNE_FUZZ_RUNS").unwrap_or(RUNS);
    let first = env_number("ATTUNE_FUZZ_SEED").unwrap_or(0);
    for target in TARGETS {
        let inputs: Vec<Vec<u8>> = saved(target).into_iter().map(|(_, input)| input).collect();
        for input in inputs.iter().chain([&Vec::new()]) {
            check(target, input);
        }
        let taken = (first..first + runs).filter(|seed| check(target, &Mutator::new(*seed).mutate(&inputs))).count();
        println!("{:<18} {taken:>6} of {runs} mutations taken", target.name);
    }
}

#[test]
fn each_target_has_a_fuzz_target_and_each_fuzz_target_a_target() {
    let ours: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    let files = fs::read_dir(fuzz_folder().join("fuzz_targets")).unwrap();
    let theirs: BTreeSet<String> =
        files.map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(ours, theirs);
    let manifest = fs::read_to_string(fuzz_folder().join("Cargo.toml")).unwrap();
    for name in &ours {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name} is missing in fuzz/Cargo.toml");
        let file = fs::read_to_string(fuzz_folder().join(format!("fuzz_targets/{name}.rs"))).unwrap();
        assert!(file.contains(&format!("run(\"{name}\"")), "{name}.rs runs another target");
    }
}

/// Hands the bytes over: whether they were taken. Keeps those that break a law where they can be looked at.
fn check(target: &Target, input: &[u8]) -> bool {
    panic::catch_unwind(|| (target.run)(input)).unwrap_or_else(|_| {
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("crash-{}", target.name));
        fs::write(&kept, input).unwrap();
        panic!("{}: {} bytes break a law; they are kept in {}", target.name, input.len(), kept.display());
    })
}

fn saved(target: &Target) -> Vec<(String, Vec<u8>)> {
    let Ok(files) = fs::read_dir(corpus(target)) else { return Vec::new() };
    let read = |path: PathBuf| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap());
    let mut saved: Vec<_> = files.map(|file| read(file.unwrap().path())).collect();
    saved.sort();
    saved
}

fn save_seeds_if_asked(target: &Target) {
    if env_number("ATTUNE_WRITE_SEEDS").is_some() {
        fs::create_dir_all(corpus(target)).unwrap();
        for (name, seed) in (target.seeds)() {
            let path = corpus(target).join(format!("seed-{name}"));
            if !path.exists() {
                fs::write(path, seed).unwrap();
            }
        }
    }
}

fn corpus(target: &Target) -> PathBuf {
    fuzz_folder().join("corpus").join(target.name)
}

fn fuzz_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

fn env_number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}
