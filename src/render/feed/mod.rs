//! Feeds, sitemap and the small files that hosts and robots read.
//!
//! Pure: views in, bytes out. Every date is the content's own, so that an unchanged site has unchanged feeds, and every
//! address is absolute, as readers of feeds have no page to resolve it against. Characters that XML cannot carry are
//! left out.

mod atom;
mod host;
mod json;
mod sitemap;

pub use atom::atom;
pub use host::{cname, nojekyll, robots};
pub use json::json_feed;
pub use sitemap::{SitemapEntry, sitemap};

use jiff::civil::{Date, date};

use crate::model::Ref;

/// A feed of the whole site or of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedView {
    /// A permanent id, such as the address of the Atom feed.
    pub id: String,
    /// The absolute address of the Atom feed.
    pub atom_url: String,
    /// The absolute address of the JSON feed.
    pub json_url: String,
    /// The absolute address of the page that the feed follows.
    pub page_url: String,
    /// The feed's title.
    pub title: String,
    /// A sentence on it.
    pub subtitle: Option<String>,
    /// Who answers for it.
    pub author: String,
    /// BCP 47.
    pub language: String,
    /// The entries, latest first.
    pub entries: Vec<FeedEntry>,
}

/// An entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// A permanent id, from [`permanent_id`].
    pub id: String,
    /// The headline.
    pub title: String,
    /// The absolute address of its page.
    pub url: String,
    /// When the report was published.
    pub published: Date,
    /// When it was last corrected; as a rule the same.
    pub updated: Date,
    /// A plain summary that may be published.
    pub summary: Option<String>,
    /// Bylines, or the outlet where there are none.
    pub authors: Vec<String>,
    /// Titles of its topics.
    pub categories: Vec<String>,
    /// BCP 47.
    pub language: String,
}

impl FeedView {
    /// The latest date of its entries. Atom wants one even for a feed without entries, which gets the first day of
    /// Unix time: any fixed day will do, and today's would change the file every day.
    pub fn updated(&self) -> Date {
        self.entries
            .iter()
            .map(|entry| entry.updated.max(entry.published))
            .max()
            .unwrap_or(date(1970, 1, 1))
    }
}

/// The permanent id of a thing in feeds: the site's address with the kind and id as its fragment. It does not change
/// with the slug, and unlike a `tag:` URI not with a corrected date either.
pub fn permanent_id(base_url: &str, thing: &Ref) -> String {
    format!("{base_url}#{}:{}", thing.kind.as_str(), thing.id)
}

/// A day as RFC 3339 wants it. Reports are dated to the day, so the time is midnight UTC.
fn rfc3339(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// The text without characters that XML 1.0 does not allow (its production 2, `Char`).
fn xml_text(text: &str) -> String {
    text.chars()
        .filter(|c| {
            matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Kind};

    pub(super) fn view() -> FeedView {
        FeedView {
            id: "https://example.org/b/atom.xml".into(),
            atom_url: "https://example.org/b/atom.xml".into(),
            json_url: "https://example.org/b/feed.json".into(),
            page_url: "https://example.org/b/".into(),
            title: "Kaesong & <after>".into(),
            subtitle: None,
            author: "The desk".into(),
            language: "en".into(),
            entries: vec![
                FeedEntry {
                    id: permanent_id(
                        "https://example.org/b/",
                        &Ref::new(Kind::Article, &Id::new("voa")),
                    ),
                    title: "Seventh round\u{0} of \u{1b}talks \u{fffe}개성".into(),
                    url: "https://example.org/b/articles/voa/?a=1&b=2".into(),
                    published: date(2013, 8, 13),
                    updated: date(2013, 8, 14),
                    summary: Some("Talks ]]> resume".into()),
                    authors: vec!["A \"B\" C".into()],
                    categories: vec!["Kaesong".into()],
                    language: "ko".into(),
                },
                FeedEntry {
                    id: "https://example.org/b/#article:two".into(),
                    title: "Two".into(),
                    url: "https://example.org/b/articles/two/".into(),
                    published: date(2012, 1, 2),
                    updated: date(2012, 1, 2),
                    summary: None,
                    authors: Vec::new(),
                    categories: Vec::new(),
                    language: "en".into(),
                },
            ],
        }
    }

    #[test]
    fn updated_comes_from_the_content() {
        assert_eq!(view().updated(), date(2013, 8, 14));
        let empty = FeedView {
            entries: Vec::new(),
            ..view()
        };
        assert_eq!(empty.updated(), date(1970, 1, 1));
    }

    #[test]
    fn ids_do_not_depend_on_slugs() {
        assert_eq!(view().entries[0].id, "https://example.org/b/#article:voa");
    }

    #[test]
    fn xml_keeps_every_character_it_may() {
        let text = "a\t\n\r\u{85}\u{d7ff}\u{e000}\u{fffd}\u{10ffff}개";
        assert_eq!(xml_text(text), text);
        assert_eq!(xml_text("\u{0}\u{8}\u{b}\u{c}\u{1f}\u{fffe}\u{ffff}"), "");
    }
}
