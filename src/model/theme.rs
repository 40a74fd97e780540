//! A theme's files as they were read, before anything is made of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::SitePath;

/// A theme, and what the site puts in place of parts of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThemeFiles {
    /// The theme's name.
    pub name: String,
    /// Its files by path below the theme's folder: `theme.toml`, `templates/base.html`, `static/style.css`, `i18n/en.toml`.
    pub files: BTreeMap<String, ThemeFile>,
    /// The site's own `templates/` folder, by the path that each file takes the place of: `templates/base.html`,
    /// `static/style.css`, `i18n/en.toml` (whose strings are laid over the theme's one by one).
    pub overrides: BTreeMap<String, ThemeFile>,
}

/// A file of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFile {
    /// Where it stands, for diagnostics.
    pub path: SitePath,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}
