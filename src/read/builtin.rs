//! The default theme, which is part of the program.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::base::SitePath;
use crate::model::ThemeFile;

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The name of the theme that is compiled in.
pub const DEFAULT_THEME: &str = "default";

/// The files of the default theme by their path below the theme's folder.
pub fn default_theme() -> BTreeMap<String, ThemeFile> {
    let mut files = BTreeMap::new();
    collect(&DEFAULT, &mut files);
    files
}

fn collect(folder: &Dir<'static>, files: &mut BTreeMap<String, ThemeFile>) {
    for file in folder.files() {
        let parts: Option<Vec<&str>> = file.path().iter().map(|part| part.to_str()).collect();
        // Names that are not Unicode cannot be asked for by any template.
        let Some(name) = parts.map(|parts| parts.join("/")) else {
            continue;
        };
        let path = SitePath::new(format!("themes/{DEFAULT_THEME}/{name}"));
        let bytes = file.contents().into();
        files.insert(name, ThemeFile { path, bytes });
    }
    for folder in folder.dirs() {
        collect(folder, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_its_description() {
        let files = default_theme();
        let description = files.get("theme.toml").unwrap();
        assert_eq!(description.path.as_str(), "themes/default/theme.toml");
    }
}
