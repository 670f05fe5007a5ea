//! `cargo xtask size`: how large the library is that a phone gets, and what it is made of.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::bindings::{asked, file_name};
use crate::phone::{Library, here};

/// The most that the stripped library of this machine may take, in bytes.
const GOAL: u64 = 4_000_000;

/// Parts of so many bytes and more are listed by name.
const WORTH_A_LINE: u64 = 50_000;

/// Builds the library as phones get it, once with its symbols and once without, and says in a line for each part what
/// the linker kept of each crate, in bytes. With `json`, as `{"name","value","unit","goal","reference"}`.
pub(crate) fn report(root: &Path, json: bool) -> Result<String, String> {
    let library = Library { triple: &here()?, symbols: true };
    library.build_as(root, "staticlib")?;
    let folder = library.build_as(root, "cdylib")?;
    let library = folder.join(file_name());
    let stripped = folder.join("stripped");
    asked(Command::new("strip").arg("-o").arg(&stripped).arg(&library))?;
    let whole = fs::metadata(&stripped).map_err(|error| error.to_string())?.len();
    let archive = fs::metadata(folder.join("libattune_ffi.a")).map_or(0, |archive| archive.len());
    let symbols = asked(Command::new("nm").args(["-C", "-S", "-t", "d", "--defined-only"]).arg(&library))?;
    let mut parts: Vec<(String, u64)> = parts(&symbols).into_iter().collect();
    parts.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let (large, small): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(_, size)| *size >= WORTH_A_LINE);
    let named: u64 = large.iter().chain(&small).map(|(_, size)| size).sum();
    let mut rows = vec![("library, stripped".to_owned(), whole, Some(GOAL))];
    rows.extend(large.into_iter().map(|(name, size)| (format!("  {name}"), size, None)));
    rows.push(("  smaller crates".to_owned(), small.iter().map(|(_, size)| size).sum(), None));
    rows.push(("  tables for unwinding and linking, constants".to_owned(), whole.saturating_sub(named), None));
    rows.push(("static library for Apple, with symbols, before linking".to_owned(), archive, None));
    let line = |(name, size, goal): (String, u64, Option<u64>)| match (json, goal) {
        (true, goal) => {
            let goal = goal.map_or("null".to_owned(), |goal| goal.to_string());
            format!(r#"{{"name":"{}","value":{size},"unit":"B","goal":{goal},"reference":null}}"#, name.trim())
        }
        (false, Some(goal)) => format!("{name:<56}{size:>12} B   goal {goal}"),
        (false, None) => format!("{name:<56}{size:>12} B"),
    };
    Ok(rows.into_iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// The bytes of each crate, from lines of `nm`: address, size, kind, name.
fn parts(symbols: &str) -> BTreeMap<String, u64> {
    let mut parts = BTreeMap::new();
    for line in symbols.lines() {
        let mut words = line.splitn(4, ' ');
        let (Some(_), Some(size), Some(_), Some(name)) = (words.next(), words.next(), words.next(), words.next())
        else {
            continue;
        };
        *parts.entry(part_of(name).to_owned()).or_default() += size.parse::<u64>().unwrap_or(0);
    }
    parts
}

/// Which part a symbol belongs to: for a generic of the standard library that is the crate that it was made for.
fn part_of(name: &str) -> &str {
    if !name.contains("::") {
        return match name {
            _ if ["sqlite3", "sqlcipher", "fts5", "fts3"].iter().any(|start| name.starts_with(start)) => "SQLite",
            _ if ["ZSTD", "HUF", "FSE", "ZDICT", "COVER", "HIST", "XXH"]
                .iter()
                .any(|start| name.starts_with(start)) =>
            {
                "zstd"
            }
            _ if name.starts_with("uniffi_") || name.starts_with("ffi_") => "what crosses (uniffi)",
            // Functions of C that the compiler made local keep their own names; all but a few are SQLite's.
            _ => "SQLite",
        };
    }
    let is_std =
        |word: &&str| matches!(*word, "core" | "alloc" | "std" | "hashbrown" | "gimli" | "addr2line" | "object");
    let crates = name
        .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
        .filter(|path| path.contains("::"))
        .filter_map(|path| path.split("::").next())
        .filter(|word| !word.is_empty());
    crates.clone().find(|word| !is_std(word)).or_else(|| crates.clone().next()).map_or("std", |found| match found {
        _ if is_std(&found) => "std",
        _ => found,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_belongs_to_the_crate_that_it_was_made_for() {
        assert_eq!(part_of("automerge::op_set2::op::Op::id"), "automerge");
        assert_eq!(part_of("core::ptr::drop_in_place<automerge::change::Change>"), "automerge");
        assert_eq!(part_of("<alloc::vec::Vec<T> as core::fmt::Debug>::fmt"), "std");
        assert_eq!(part_of("sqlite3VdbeExec"), "SQLite");
        assert_eq!(part_of("ZSTD_compressBlock_fast"), "zstd");
    }

    #[test]
    fn parts_add_up() {
        let symbols = "0000 10 t automerge::a\n0010 5 t automerge::b\n0015 1 T sqlite3_open\nno symbol";
        assert_eq!(parts(symbols), [("SQLite".to_owned(), 1), ("automerge".to_owned(), 15)].into());
    }
}
