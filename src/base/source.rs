//! Source texts as they were read, and line and column in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Hash128, SitePath};

/// One file that was read as text.
#[derive(Debug, Clone)]
pub struct Source {
    /// Where it stands below the site's root.
    pub path: SitePath,
    /// Its text. A byte-order mark has been kept out; line ends are as they were.
    pub text: Arc<str>,
    /// A hash of the text.
    pub hash: Hash128,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.path == other.path
    }
}

impl Source {
    /// A source of the given text.
    pub fn new(path: SitePath, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let hash = Hash128::of(text.as_bytes());
        Self { path, text, hash }
    }
}

/// Line and column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl Position {
    /// The position of byte `offset` in `text`; offsets past the end mean the end.
    pub fn of(text: &str, offset: u32) -> Self {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            line: count(before.matches('\n').count() + 1),
            column: count(before[line_start..].chars().count() + 1),
        }
    }
}

/// All sources of a build by path, for whoever prints diagnostics.
#[derive(Debug, Clone, Default)]
pub struct Sources(pub BTreeMap<SitePath, Source>);

impl Sources {
    /// The source at `path`.
    pub fn get(&self, path: &SitePath) -> Option<&Source> {
        self.0.get(path)
    }

    /// Adds a source; one of the same path is replaced.
    pub fn insert(&mut self, source: Source) {
        self.0.insert(source.path.clone(), source);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_lines_from_one() {
        let text = "a\n개성 x";
        assert_eq!(Position::of(text, 0), Position { line: 1, column: 1 });
        assert_eq!(Position::of(text, 9), Position { line: 2, column: 4 });
        assert_eq!(Position::of(text, 3), Position { line: 2, column: 1 });
        assert_eq!(Position::of(text, 900), Position { line: 2, column: 5 });
    }
}
