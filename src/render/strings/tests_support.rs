//! The default theme's strings, for tests.

use super::Strings;
use crate::base::SitePath;
use crate::model::{ThemeFile, ThemeFiles};

/// The default theme's strings in a language.
pub(crate) fn default_strings(language: &str) -> Strings {
    let file = |name: &str, text: &str| {
        let path = SitePath::new(format!("themes/default/{name}"));
        let bytes = text.as_bytes().into();
        (name.to_owned(), ThemeFile { path, bytes })
    };
    let theme = ThemeFiles {
        name: "default".into(),
        files: [
            file(
                "i18n/en.toml",
                include_str!("../../../themes/default/i18n/en.toml"),
            ),
            file(
                "i18n/ko.toml",
                include_str!("../../../themes/default/i18n/ko.toml"),
            ),
        ]
        .into(),
        ..ThemeFiles::default()
    };
    let outcome = Strings::load(&theme, language);
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    outcome.value
}
