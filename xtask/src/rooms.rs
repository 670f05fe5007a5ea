//! The rooms of the core and who may enter which: imports point one way.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A room of the core: the other rooms that it knows, and whether time and randomness must come in from
/// outside.
struct Room {
    name: &'static str,
    knows: &'static [&'static str],
    pure: bool,
}

const ROOMS: &[Room] = &[
    Room { name: "catalogue", knows: &["journal"], pure: true },
    Room { name: "journal", knows: &[], pure: true },
    Room { name: "practice", knows: &["journal"], pure: true },
    Room { name: "insights", knows: &["journal", "practice"], pure: true },
    Room { name: "export", knows: &["catalogue", "insights", "journal"], pure: true },
    Room { name: "backup", knows: &["journal"], pure: true },
    Room { name: "store", knows: &["journal", "sync", "backup"], pure: true },
    Room { name: "sync", knows: &["journal"], pure: true },
    Room { name: "link", knows: &[], pure: false },
    Room {
        name: "phone",
        knows: &["catalogue", "journal", "practice", "insights", "export", "store", "sync", "link", "backup"],
        pure: false,
    },
];

/// What a pure room must be handed instead of asking for it.
const OUTSIDE: &[&str] = &["SystemTime::now", "Instant::now", "Utc::now", "Local::now", "getrandom::", "OsRng"];

/// Fails with a line for each import that points the wrong way and each look at a clock.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let mut wrong = Vec::new();
    for room in ROOMS {
        let folder = root.join("core/src").join(room.name);
        let files = sources(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for file in files {
            let source = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            for (number, why) in faults(room, &source) {
                let shown = file.strip_prefix(root).unwrap_or(&file);
                wrong.push(format!("{}:{number}: {why}", shown.display()));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// Line numbers, and what is wrong there. Comments may look anywhere, and so may the unit tests at the end.
fn faults(room: &Room, source: &str) -> Vec<(usize, String)> {
    let tests = source.find("#[cfg(test)]\nmod tests {").unwrap_or(source.len());
    let code = source.get(..tests).unwrap_or(source).lines().zip(1..);
    let mut faults = Vec::new();
    for (line, number) in code.filter(|(line, _)| !line.trim_start().starts_with("//")) {
        for other in ROOMS.iter().filter(|other| other.name != room.name && !room.knows.contains(&other.name)) {
            let entered = line.match_indices(&format!("crate::{}", other.name)).any(|(at, found)| {
                let after = line.get(at + found.len()..).and_then(|rest| rest.chars().next());
                !after.is_some_and(|next| next.is_alphanumeric() || next == '_')
            });
            if entered {
                faults.push((number, format!("`{}` does not know `{}`", room.name, other.name)));
            }
        }
        for asked in OUTSIDE.iter().filter(|asked| room.pure && line.contains(**asked)) {
            faults.push((number, format!("`{}` is handed its time and randomness: no {asked}", room.name)));
        }
    }
    faults
}

/// The Rust files below a folder, without its files of tests; none where it is not there.
fn sources(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop().filter(|folder| folder.is_dir()) {
        for item in fs::read_dir(folder)? {
            let path = item?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_at_fault(name: &str, source: &str) -> Vec<usize> {
        let room = ROOMS.iter().find(|room| room.name == name).unwrap();
        faults(room, source).into_iter().map(|(number, _)| number).collect()
    }

    #[test]
    fn an_import_that_points_the_wrong_way_is_found() {
        let source = "use crate::journal::Entry;\nuse crate::phone::Phone;\nlet x = crate::store::open();\n";
        assert_eq!(lines_at_fault("sync", source), [2, 3]);
        assert_eq!(lines_at_fault("phone", source), [] as [usize; 0]);
    }

    #[test]
    fn a_pure_room_that_looks_at_a_clock_is_found() {
        assert_eq!(lines_at_fault("store", "let now = 1;\nlet now = SystemTime::now();\n"), [2]);
        assert_eq!(lines_at_fault("link", "let now = Instant::now();\n"), [] as [usize; 0]);
    }

    #[test]
    fn comments_tests_and_names_that_only_begin_alike_are_let_be() {
        let source = "// crate::phone\nuse crate::phonetics::X;\n#[cfg(test)]\nmod tests {\nuse crate::phone::Phone;\n";
        assert_eq!(lines_at_fault("journal", source), [] as [usize; 0]);
    }
}
