//! The default theme: every template with rich, hostile and minimal views, its strings, and how faults in templates are
//! told.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod faults;
mod pages;
mod samples;
mod words;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use dateline::base::SitePath;
use dateline::model::{ThemeFile, ThemeFiles};
use dateline::render::strings::Strings;
use dateline::render::theme::Theme;

/// The default theme's files, as the scanner would hand them over.
pub(crate) fn default_files() -> ThemeFiles {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let mut files = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
            let name = name.replace('\\', "/");
            let file = ThemeFile {
                path: SitePath::new(format!("themes/default/{name}")),
                bytes: std::fs::read(&path).unwrap().into(),
            };
            files.insert(name, file);
        }
    }
    ThemeFiles {
        name: "default".into(),
        files,
        overrides: BTreeMap::new(),
    }
}

/// A file of the site that takes the place of one of the theme's.
pub(crate) fn own(text: &str, path: &str) -> (String, ThemeFile) {
    let file = ThemeFile {
        path: SitePath::new(format!("templates/{path}")),
        bytes: text.as_bytes().into(),
    };
    (path.to_owned(), file)
}

/// The default theme in a language; it must be without fault.
pub(crate) fn default_theme(language: &str) -> Theme {
    let files = default_files();
    let strings = Strings::load(&files, language);
    assert_eq!(strings.diagnostics, []);
    let theme = Theme::load(&files, &[], &Arc::new(strings.value));
    assert_eq!(theme.diagnostics, []);
    theme.value.unwrap()
}
