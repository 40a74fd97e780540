//! Faults in what an editor wrote, as data. Printing them is the shell's business.

use super::{SitePath, Span};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The build fails.
    Error,
    /// The build goes on.
    Warning,
    /// Something to know.
    Note,
}

/// Where a diagnostic points.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A stretch of a source.
    Span(Span),
    /// A file or folder as a whole, as when it could not be read.
    File(SitePath),
}

impl Place {
    /// The file.
    pub fn path(&self) -> &SitePath {
        match self {
            Self::Span(span) => &span.path,
            Self::File(path) => path,
        }
    }
}

/// A further place with a word on it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// What is to be seen there.
    pub text: String,
}

/// One fault: what, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The kind of fault; stable over versions.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// A word at the place itself, if the message needs one.
    pub note: Option<String>,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// How to mend it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of the code's own severity at a span.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::at(code, Place::Span(span), message)
    }

    /// A diagnostic of the code's own severity on a whole file.
    pub fn file(code: Code, path: &SitePath, message: impl Into<String>) -> Self {
        Self::at(code, Place::File(path.clone()), message)
    }

    /// A diagnostic of the code's own severity at any place.
    pub fn at(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            place,
            note: None,
            labels: Vec::new(),
            help: None,
        }
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a word at the place itself.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            place,
            text: text.into(),
        });
        self
    }

    /// The order in which diagnostics are reported: path, start, code, message.
    pub fn order(a: &Self, b: &Self) -> std::cmp::Ordering {
        let key = |d: &Self| {
            let start = match &d.place {
                Place::Span(span) => span.start,
                Place::File(_) => 0,
            };
            (d.place.path().clone(), start, d.code)
        };
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    }
}

/// A value and the faults found on the way to it.
#[derive(Debug, Clone)]
pub struct Outcome<T> {
    /// The value, as good as the input allows.
    pub value: T,
    /// What is wrong with the input.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A value without faults.
    pub fn clean(value: T) -> Self {
        Self {
            value,
            diagnostics: Vec::new(),
        }
    }

    /// Hands over the value and adds its faults to `sink`.
    pub fn into_value(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.diagnostics);
        self.value
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident;)*) => {
        /// The kinds of fault. Their texts are stable: they may be named in scripts and looked up in
        /// `docs/diagnostics.md`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// The stable text of the code.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// How much faults of this kind matter.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// What the code means, as documented.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => concat!($($doc, "\n"),+),)* }
            }
        }
    };
}

codes! {
    /// The folder has no `dateline.toml`, so it is not a site.
    NoConfig = "no-config", Error;
    /// A file or folder could not be read.
    Unreadable = "unreadable", Error;
    /// A file is not valid UTF-8.
    NotUtf8 = "not-utf8", Error;
    /// A file is larger than Dateline reads (64 MiB).
    TooLarge = "too-large", Error;
    /// Symbolic links lead in a circle.
    LinkLoop = "link-loop", Error;
    /// A file stands where a folder is expected, or a folder where a file is.
    WrongKindOfFile = "wrong-kind-of-file", Error;
    /// A file's name cannot be an id: ids are lower-case letters, digits and hyphens.
    BadId = "bad-id", Error;
    /// A file lies in a folder of `content/` that Dateline does not know.
    StrayFile = "stray-file", Warning;
    /// A content file has no front matter.
    NoFrontMatter = "no-front-matter", Error;
    /// Front matter, or a TOML file, breaks the rules of its language.
    BadSyntax = "bad-syntax", Error;
    /// A required key is missing.
    MissingKey = "missing-key", Error;
    /// A key is not known here; it is ignored.
    UnknownKey = "unknown-key", Warning;
    /// A value has the wrong type.
    WrongType = "wrong-type", Error;
    /// A value has the right type and is still not possible.
    BadValue = "bad-value", Error;
    /// A date is not a date.
    BadDate = "bad-date", Error;
    /// A slug or an alias cannot be a path below `public/`.
    BadPath = "bad-path", Error;
    /// Two files claim one id.
    DuplicateId = "duplicate-id", Error;
    /// Something refers to an id that does not exist.
    UnknownId = "unknown-id", Error;
    /// An id without its kind could mean two things.
    AmbiguousId = "ambiguous-id", Error;
    /// Something refers to what is left out as a draft.
    DraftReference = "draft-reference", Warning;
    /// Two outputs claim one path.
    PathClash = "path-clash", Error;
    /// An article without a date of publication is not published.
    Undated = "undated", Warning;
    /// A quotation is not in the article that it is taken from.
    LostQuote = "lost-quote", Error;
    /// A quotation stands more than once in the article; the first place is taken.
    AmbiguousQuote = "ambiguous-quote", Warning;
    /// A quotation is in the article only in altered words.
    RewordedQuote = "reworded-quote", Warning;
    /// A note's quotation is no longer in the article.
    LostNote = "lost-note", Error;
    /// A note's quotation was found in altered words.
    RewordedNote = "reworded-note", Warning;
    /// A notes file is for an article that does not exist.
    NoteWithoutArticle = "note-without-article", Error;
    /// A note has a quotation without words of its own, or words without a quotation.
    BadNote = "bad-note", Error;
    /// A name belongs to two entities and nothing in the article decides.
    TiedName = "tied-name", Warning;
    /// Two entities list the same full name.
    SharedName = "shared-name", Warning;
    /// A rule of a topic that can never let an article in.
    IdleRule = "idle-rule", Warning;
    /// An override no longer applies to anything.
    StaleOverride = "stale-override", Warning;
    /// Two overrides contradict each other.
    OverrideConflict = "override-conflict", Error;
    /// A reading of a measure states a value that its quotation does not contain.
    ValueNotInQuote = "value-not-in-quote", Warning;
    /// Markdown that will not come out as meant.
    Markdown = "markdown", Warning;
    /// A text has a control character, which becomes a space.
    ControlCharacter = "control-character", Warning;
    /// A link in the text leads nowhere.
    BrokenLink = "broken-link", Error;
    /// A link or image has an address that is not allowed (`javascript:` and its like); it is left out.
    UnsafeLink = "unsafe-link", Warning;
    /// Raw HTML is shown as text, or a part of it is left out.
    RawHtml = "raw-html", Warning;
    /// The theme is missing or one of its files is not usable.
    Theme = "theme", Error;
    /// A template breaks Tera's rules.
    Template = "template", Error;
    /// A template could not be rendered for a page.
    Render = "render", Error;
    /// An interface string is missing.
    MissingString = "missing-string", Error;
    /// The site nears or passes the size that GitHub Pages takes (1 GB).
    SiteSize = "site-size", Warning;
    /// A restricted or protected text would have reached the output.
    Leak = "leak", Error;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_documented() {
        let mut texts: Vec<_> = Code::ALL.iter().map(|c| c.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), Code::ALL.len());
        assert!(Code::ALL.iter().all(|c| !c.meaning().trim().is_empty()));
    }

    #[test]
    fn reported_by_path_then_place() {
        let (a, b) = (SitePath::new("a.md"), SitePath::new("b.md"));
        let mut list = [
            Diagnostic::new(Code::BadDate, Span::new(&b, 1, 2), "x"),
            Diagnostic::new(Code::BadDate, Span::new(&a, 9, 9), "x"),
            Diagnostic::new(Code::BadDate, Span::new(&a, 2, 3), "x"),
        ];
        list.sort_by(Diagnostic::order);
        assert_eq!(list[0].place, Place::Span(Span::new(&a, 2, 3)));
        assert_eq!(list[2].place.path(), &b);
    }
}
