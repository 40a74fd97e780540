//! Tells cargo which files the built-in theme is made of, since it is compiled into the program, and gives the program a mark of its
//! own: a hash of what it is made of, so that it can tell a site that it has made from one that another version has.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = Vec::new();
    for part in ["src", "themes/default", "Cargo.lock"] {
        watch(Path::new(part), &mut files);
    }
    files.sort();
    // This hasher's keys are fixed.
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        fs::read(&file).unwrap_or_default().hash(&mut hasher);
    }
    println!("cargo::rustc-env=DATELINE_MARK={:016x}", hasher.finish());
}

/// Names a file, or a folder and everything below it; a folder that cannot be read is left for the compiler to complain of.
fn watch(path: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", path.display());
    let Ok(entries) = fs::read_dir(path) else {
        files.push(path.to_owned());
        return;
    };
    for entry in entries.flatten() {
        watch(&entry.path(), files);
    }
}
