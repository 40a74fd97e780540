//! Things that editors do to the sources of a site: words, lines and files changed, deleted, copied and renamed, in articles, content, the
//! theme and the configuration. What is done follows from a seed.

#![allow(clippy::unwrap_used, reason = "what cannot be done ends the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The numbers of a linear congruential generator (Knuth's MMIX constants), of which the upper bits are used.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// The sources of a site, as text by path.
pub(crate) type Files = BTreeMap<PathBuf, String>;

pub(crate) fn files_of(root: &Path) -> Files {
    let mut files = Files::new();
    for folder in ["dateline.toml", "corpus", "content", "themes"] {
        for entry in walkdir::WalkDir::new(root.join(folder)) {
            let path = entry.unwrap().into_path();
            if path.is_file()
                && let Ok(text) = fs::read_to_string(&path)
            {
                files.insert(path.strip_prefix(root).unwrap().to_owned(), text);
            }
        }
    }
    files
}

pub(crate) fn write(root: &Path, path: &Path, text: &str) {
    let full = root.join(path);
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    fs::write(full, text).unwrap();
}

/// A line with a word of it exchanged, dropped or doubled.
fn reworded(dice: &mut Dice, line: &str, other: &str) -> String {
    let mut words: Vec<&str> = line.split(' ').collect();
    let others: Vec<&str> = other.split(' ').collect();
    let at = dice.below(words.len());
    match dice.below(4) {
        0 => drop(words.remove(at)),
        1 => words.insert(at, words[at]),
        _ => words[at] = *dice.pick(&others),
    }
    words.join(" ")
}

/// A text with something changed in it.
fn edited(dice: &mut Dice, text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return "title = \"New\"\n".to_owned();
    }
    // Below the front matter more often than in it.
    let body = text.lines().skip(1).position(|l| l == "+++").unwrap_or(0);
    let from = if dice.below(3) == 0 { 0 } else { body };
    let at = from + dice.below(lines.len() - from);
    let other = dice.pick(&lines).clone();
    match dice.below(10) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, other),
        2 => lines.insert(at, String::new()),
        3 => {
            let digit = char::from(b'0' + u8::try_from(dice.below(10)).unwrap());
            let old = lines[at].chars().find(char::is_ascii_digit);
            if let Some(old) = old {
                lines[at] = lines[at].replacen(old, &digit.to_string(), 1);
            }
        }
        _ => lines[at] = reworded(dice, &lines[at], &other),
    }
    lines.join("\n") + "\n"
}

/// Does something to the sources, and tells what.
pub(crate) fn edit(dice: &mut Dice, root: &Path, first: &Files) -> String {
    let now = files_of(root);
    let paths: Vec<&PathBuf> = now.keys().collect();
    let kinds = [
        "corpus",
        "content",
        "content/entities",
        "dateline.toml",
        "themes",
    ];
    let kind = kinds[[0, 0, 0, 1, 1, 1, 2, 3, 4][dice.below(9)]];
    let of_kind: Vec<&PathBuf> = paths
        .iter()
        .copied()
        .filter(|p| p.starts_with(kind))
        .collect();
    let path = if of_kind.is_empty() {
        dice.pick(&paths)
    } else {
        dice.pick(&of_kind)
    };
    match dice.below(12) {
        0 if path.extension().is_some_and(|e| e == "md") => {
            fs::remove_file(root.join(path)).unwrap();
            format!("delete {}", path.display())
        }
        1 if path.extension().is_some_and(|e| e == "md") => {
            let name = format!("{}-x.md", path.file_stem().unwrap().to_string_lossy());
            fs::rename(root.join(path), root.join(path.with_file_name(name))).unwrap();
            format!("rename {}", path.display())
        }
        2 => {
            let name = format!("copy-{}", path.file_name().unwrap().to_string_lossy());
            write(root, &path.with_file_name(name), &now[*path]);
            format!("copy {}", path.display())
        }
        3 => {
            write(root, path, &now[*path]);
            format!("touch {}", path.display())
        }
        4 | 5 => {
            let gone: Vec<&PathBuf> = first.keys().filter(|p| !now.contains_key(*p)).collect();
            let path = if gone.is_empty() {
                *path
            } else {
                *dice.pick(&gone)
            };
            match first.get(path) {
                Some(text) => write(root, path, text),
                None => fs::remove_file(root.join(path)).unwrap(),
            }
            format!("restore {}", path.display())
        }
        _ => {
            write(root, path, &edited(dice, &now[*path]));
            format!("edit {}", path.display())
        }
    }
}

/// Puts all sources back as they were.
pub(crate) fn restore(root: &Path, files: &Files) {
    for path in files_of(root)
        .keys()
        .filter(|path| !files.contains_key(*path))
    {
        fs::remove_file(root.join(path)).unwrap();
    }
    for (path, text) in files {
        write(root, path, text);
    }
}

/// How many edits to make: as many as `DATELINE_EDITS` asks for.
pub(crate) fn edits(usual: usize) -> usize {
    let asked = std::env::var("DATELINE_EDITS").ok();
    asked.map_or(usual, |n| n.parse().expect("DATELINE_EDITS is a number"))
}

/// A copy of the first briefing, with the theme as files of its own.
pub(crate) fn briefing() -> tempfile::TempDir {
    let temp = tempfile::tempdir().unwrap();
    for (path, text) in files_of(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        write(temp.path(), &path, &text);
    }
    temp
}
