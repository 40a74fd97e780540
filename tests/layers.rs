//! The layers are a strict graph: imports go only downwards. `ARCHITECTURE.md` has the table.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

/// From the lowest to the highest.
const LAYERS: [&str; 9] = [
    "base", "model", "read", "annotate", "link", "render", "output", "engine", "shell",
];

/// Imports that go downwards and are not allowed all the same: rendering must not depend on how sources are read.
const FORBIDDEN: [(&str, &str); 1] = [("render", "read")];

/// What only some layers may touch: a word of the code, and the files in which it may stand.
const RESERVED: [(&str, &[&str]); 6] = [
    ("std::fs", &["src/read/scan/", "src/output/", "src/shell/"]),
    ("std::env", &["src/shell/", "src/main.rs"]),
    ("std::net", &["src/shell/serve/"]),
    ("Instant::now", &["src/shell/"]),
    ("SystemTime::now", &[]),
    ("rayon", &["src/engine/", "src/read/scan/"]),
];

#[test]
fn imports_go_only_downwards() {
    let rank = |layer: &str| LAYERS.iter().position(|l| *l == layer);
    let mut faults = Vec::new();
    let mut imports = 0;
    for (file, code) in sources() {
        let Some(from) = rank(layer_of(&file)) else {
            continue;
        };
        for word in code.split("crate::").skip(1) {
            let to = word
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap_or_default();
            let Some(target) = rank(to) else { continue };
            imports += 1;
            if target > from || FORBIDDEN.contains(&(LAYERS[from], to)) {
                faults.push(format!("{file} imports {to}"));
            }
        }
    }
    assert!(imports > 100, "only {imports} imports were seen");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_some_files_touch_the_world() {
    let mut faults = Vec::new();
    for (file, code) in sources() {
        for (word, allowed) in RESERVED {
            if code.contains(word) && !allowed.iter().any(|place| file.starts_with(place)) {
                faults.push(format!("{file} uses {word}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn layer_of(file: &str) -> &str {
    file.strip_prefix("src/")
        .and_then(|rest| rest.split(['/', '.']).next())
        .unwrap_or_default()
}

/// Every Rust file below `src/` with its code: without comments, and without the tests, which may use anything.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    walk(&root.join("src"), &mut files);
    files.sort();
    assert!(files.len() > 50, "only {} files were found", files.len());
    files
        .into_iter()
        .filter(|path| {
            !path
                .file_stem()
                .is_some_and(|s| s.to_string_lossy().ends_with("tests"))
        })
        .filter(|path| !path.components().any(|part| part.as_os_str() == "tests"))
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let code = text
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default();
            let lines = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            (name, lines.collect::<Vec<_>>().join("\n"))
        })
        .collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}
