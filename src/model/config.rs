//! `dateline.toml`.

use super::{Id, Rights};
use crate::base::{Span, Spanned};

/// The site as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// The line under the name on the home page.
    pub strap: Option<String>,
    /// For search engines and feeds.
    pub description: Option<String>,
    /// Where the site stands, ending in `/`; none while that is not known.
    pub base_url: Option<String>,
    /// BCP 47.
    pub language: String,
    /// A folder of `themes/`.
    pub theme: Spanned<String>,
    /// Who answers for the site.
    pub publisher: Option<String>,
    /// A sentence for the foot of every page.
    pub about: Option<String>,
    /// A host name for GitHub Pages.
    pub cname: Option<String>,
    /// Plain pages to show in the navigation.
    pub menu: Vec<Spanned<Id>>,
    /// Entries on a page of a long list, 1 or more.
    pub paginate_by: usize,
    /// Entries in a feed, 1 or more.
    pub feed_limit: usize,
    /// What is written as data beside the pages.
    pub data: DataOptions,
    /// Which layers are published.
    pub layers: Layers,
    /// What holds for articles that say nothing of it.
    pub rights: RightsDefaults,
    /// Options that the theme names, with their places for checking.
    pub theme_options: Vec<(Spanned<String>, Spanned<serde_json::Value>)>,
    /// Anything, for templates.
    pub extra: serde_json::Value,
    /// The beginning of the file.
    pub span: Span,
}

/// What is written as data beside the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataOptions {
    /// The most related articles of an article, 0 to 50.
    pub related: usize,
    /// Whether the tables are written, with their schemas and the page that lists them.
    pub tables: bool,
    /// Whether the tables with many records an article are among them; where it is none, those of sites that are not large are.
    pub annotations: Option<bool>,
    /// The most articles of a site that is not large: each of these tables stands in one file. Larger sites have one for each month.
    pub whole: usize,
    /// Under which terms the data may be used: a name or an address.
    pub license: Option<String>,
}

/// The annotation layers that are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layers {
    /// Mentions of people.
    pub people: bool,
    /// Mentions of organisations.
    pub organizations: bool,
    /// Mentions of places.
    pub places: bool,
    /// Mentions of terms.
    pub terms: bool,
    /// Dates.
    pub dates: bool,
    /// Figures.
    pub figures: bool,
    /// Quotations and reported speech.
    pub quotations: bool,
    /// Names that no entry lists.
    pub unlisted: bool,
    /// Margin notes.
    pub notes: bool,
    /// Events that nobody has written, on timelines.
    pub events: bool,
}

/// What may be published of articles that say nothing of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightsDefaults {
    /// The level.
    pub default: Rights,
    /// The most words of a quotation from an article published as an excerpt, each and in all.
    pub max_words: usize,
    /// For the foot of every page.
    pub statement: Option<String>,
}
