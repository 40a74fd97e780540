//! Parts a Markdown file into its front matter and its body.

use super::value::{Region, Table};
use super::{from_toml, from_yaml};
use crate::base::{Code, Diagnostic, Outcome, SharedStr, Source};
use crate::model::Body;

/// A Markdown file in two parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// The front matter; none if there is none or it cannot be understood.
    pub table: Option<Table>,
    /// Whether the file begins with front matter, understood or not.
    pub has_front_matter: bool,
    /// What follows.
    pub body: Body,
}

/// The languages of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Toml,
    Yaml,
}

impl Language {
    fn of_fence(line: &str) -> Option<Self> {
        match line.trim_end() {
            "+++" => Some(Self::Toml),
            "---" => Some(Self::Yaml),
            _ => None,
        }
    }

    fn fence(self) -> &'static str {
        match self {
            Self::Toml => "+++",
            Self::Yaml => "---",
        }
    }
}

/// Parts a file: TOML between lines `+++`, or YAML between lines `---`, and what follows. Empty lines may come first.
pub fn split(source: &Source) -> Outcome<Parts> {
    let text = &*source.text;
    let body = |from: usize| Body {
        text: SharedStr::part(&source.text, from..text.len()),
        path: source.path.clone(),
        offset: u32::try_from(from).unwrap_or(u32::MAX),
    };
    let blank = text.len() - text.trim_start().len();
    let start = text[..blank].rfind('\n').map_or(0, |end| end + 1);
    let first = text[start..].split_inclusive('\n').next().unwrap_or("");
    let Some(language) = Language::of_fence(first) else {
        return Outcome::clean(Parts {
            table: None,
            has_front_matter: false,
            body: body(0),
        });
    };
    let inside = start + first.len();
    let Some((end, after)) = closing_fence(text, inside, language) else {
        return Outcome {
            value: Parts {
                table: None,
                has_front_matter: true,
                body: body(text.len()),
            },
            diagnostics: vec![unclosed(source, start, inside, language)],
        };
    };
    let region = Region {
        path: &source.path,
        text: &text[inside..end],
        offset: inside,
    };
    let Outcome { value, diagnostics } = match language {
        Language::Toml => from_toml::parse(region),
        Language::Yaml => from_yaml::parse(region),
    };
    Outcome {
        value: Parts {
            table: value,
            has_front_matter: true,
            body: body(after),
        },
        diagnostics,
    }
}

/// Where the closing fence begins, and where the line after it does.
fn closing_fence(text: &str, from: usize, language: Language) -> Option<(usize, usize)> {
    let mut at = from;
    for line in text.get(from..)?.split_inclusive('\n') {
        if line.trim_end() == language.fence() {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn unclosed(source: &Source, start: usize, inside: usize, language: Language) -> Diagnostic {
    let fence = language.fence();
    let span = Region {
        path: &source.path,
        text: "",
        offset: start,
    }
    .span(0..fence.len());
    let diagnostic = Diagnostic::new(
        Code::BadSyntax,
        span,
        format!("the front matter that begins here has no closing line `{fence}`"),
    );
    let other = match language {
        Language::Toml => Language::Yaml,
        Language::Yaml => Language::Toml,
    };
    match closing_fence(&source.text, inside, other) {
        Some(_) => diagnostic.help(format!(
            "it begins with `{fence}` but there is a line `{}` further down: use `+++` at both ends for TOML, `---` at both for YAML",
            other.fence()
        )),
        None => diagnostic.help(format!(
            "put a line with `{fence}` and nothing else between the front matter and the text"
        )),
    }
}

/// The fault of a file that needs front matter and has none.
pub fn missing(source: &Source, example: &str) -> Diagnostic {
    let path = &source.path;
    let start = source.text.trim_start();
    if start.is_empty() {
        return Diagnostic::file(Code::NoFrontMatter, path, "the file is empty")
            .help(format!("begin it with\n{example}"));
    }
    let at = source.text.len() - start.len();
    let span = crate::base::Span::new(path, at, at);
    if start.starts_with('{') || start.starts_with(";;;") {
        return Diagnostic::new(
            Code::NoFrontMatter,
            span,
            "front matter in JSON is not read",
        )
        .help(format!(
            "write it as TOML between lines `+++`, or as YAML between lines `---`:\n{example}"
        ));
    }
    Diagnostic::new(
        Code::NoFrontMatter,
        span,
        "the file does not begin with front matter",
    )
    .help(format!("begin it with\n{example}"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, path};
    use super::*;

    #[test]
    fn parts_whatever_the_line_ends() {
        let cases = [
            ("+++\ntitle = \"x\"\n+++\nBody\n", "Body\n"),
            ("---\ntitle: x\n---\nBody\n", "Body\n"),
            ("+++\r\ntitle = \"x\"\r\n+++\r\nBody\r\n", "Body\r\n"),
            ("---\r\ntitle: x\r\n---\r\nBody\r\n", "Body\r\n"),
            ("\n  \n+++ \ntitle = \"x\"\n+++", ""),
            ("---\ntitle: x\n---\n\n---\n", "\n---\n"),
        ];
        for (text, body) in cases {
            let source = Source::new(path("a.md"), text);
            let parts = split(&source);
            assert!(parts.diagnostics.is_empty(), "{text:?}");
            let title = parts.value.table.unwrap();
            let title = title.get("title").unwrap();
            let words = &text[title.span.start as usize..title.span.end as usize];
            assert_eq!(words.trim_matches('"'), "x", "{text:?}");
            assert_eq!(&*parts.value.body.text, body, "{text:?}");
            assert_eq!(parts.value.body.offset as usize, text.len() - body.len());
        }
    }

    #[test]
    fn a_missing_fence_points_at_the_opening_one() {
        for (text, expected) in [
            ("+++\ntitle = \"x\"\nBody\n", "1:1 bad-syntax"),
            ("\n---\ntitle: x\n+++\nBody\n", "2:1 bad-syntax"),
            ("+++", "1:1 bad-syntax"),
        ] {
            let source = Source::new(path("a.md"), text);
            let outcome = split(&source);
            assert_eq!(at(text, &outcome.diagnostics), [expected], "{text:?}");
            assert!(outcome.value.table.is_none());
        }
    }

    #[test]
    fn files_without() {
        for (text, expected) in [
            ("", "- no-front-matter"),
            (" \n", "- no-front-matter"),
            ("\n{\"title\": 1}", "2:1 no-front-matter"),
            ("# Title\n", "1:1 no-front-matter"),
            ("++++\n", "1:1 no-front-matter"),
        ] {
            let source = Source::new(path("a.md"), text);
            let parts = split(&source).value;
            assert!(!parts.has_front_matter);
            assert_eq!(&*parts.body.text, text);
            assert_eq!(at(text, &[missing(&source, "+++")]), [expected], "{text:?}");
        }
    }
}
