//! Ids, and the kinds of thing that have them.

use std::sync::Arc;

/// A permanent id: lower-case letters, digits and hyphens, unique within its kind.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Id(Arc<str>);

impl Id {
    /// The id of that text, unchecked.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().into())
    }

    /// The id that an editor wrote, whichever way its letters are composed.
    pub fn written(text: &str) -> Self {
        use unicode_normalization::UnicodeNormalization;
        Self(text.trim().nfc().collect::<String>().into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text can be an id: 1 to 100 lower-case ASCII letters, digits and hyphens, or letters without case
    /// such as Hangul; no hyphen at either end.
    pub fn is_valid(text: &str) -> bool {
        let fits =
            |c: char| c == '-' || c.is_ascii_digit() || (c.is_alphanumeric() && !c.is_uppercase());
        (1..=100).contains(&text.len())
            && text.chars().all(fits)
            && !text.starts_with('-')
            && !text.ends_with('-')
    }
}

impl std::fmt::Debug for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// The kinds of thing that have ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An article of the corpus.
    Article,
    /// A topic.
    Topic,
    /// An event.
    Event,
    /// A person, organisation, place or term.
    Entity,
    /// A measure.
    Measure,
    /// A plain page.
    Page,
}

impl Kind {
    /// Every kind, in the order in which an id without a kind is looked up.
    pub const ALL: [Self; 6] = [
        Self::Entity,
        Self::Event,
        Self::Topic,
        Self::Article,
        Self::Measure,
        Self::Page,
    ];

    /// The word for it, as written before the colon in `[[topic:kaesong]]`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Topic => "topic",
            Self::Event => "event",
            Self::Entity => "entity",
            Self::Measure => "measure",
            Self::Page => "page",
        }
    }
}

/// A reference to one thing of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ref {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Id,
}

impl Ref {
    /// A reference.
    pub fn new(kind: Kind, id: &Id) -> Self {
        Self {
            kind,
            id: id.clone(),
        }
    }
}
