//! Packs the words of each language into one file. A phone reads them once; as they are written they would be a hundred kilobytes
//! of its library.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// High: packing happens once in a build, and unpacking costs the same whatever the level.
const LEVEL: i32 = 19;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=catalogue");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for language in folders(Path::new("catalogue"))? {
        let mut words = String::new();
        for file in files(&language)? {
            words += &fs::read_to_string(file)?;
            words.push('\n');
        }
        let name = language.file_name().unwrap_or_default();
        fs::write(out.join(name).with_extension("ftl.zst"), zstd::bulk::compress(words.as_bytes(), LEVEL)?)?;
    }
    Ok(())
}

/// The files of a language, in an order that is the same on every machine.
fn files(language: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(language)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "ftl") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The folders in a folder.
fn folders(within: &Path) -> io::Result<Vec<PathBuf>> {
    let paths = fs::read_dir(within)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    Ok(paths.into_iter().filter(|path| path.is_dir()).collect())
}
