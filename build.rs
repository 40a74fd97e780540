//! Tells cargo which files the built-in theme is made of, since it is compiled into the program.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    watch(Path::new("themes/default"));
}

/// Names a folder and everything below it; a folder that cannot be read is left for the compiler to complain of.
fn watch(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
    let Ok(entries) = std::fs::read_dir(path) else {
        return;
    };
    for entry in entries.flatten() {
        watch(&entry.path());
    }
}
