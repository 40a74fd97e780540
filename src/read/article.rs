//! Articles.

use super::common;
use super::fields::Fields;
use crate::model::{Article, Body, Config, DateBasis, Id, Rights};

/// What front matter looks like at least.
pub(super) const EXAMPLE: &str = "+++\ntitle = \"…\"\npublished = 2013-08-14\n+++";

pub(super) const DATE_BASES: [(&str, DateBasis); 3] = [
    ("stated", DateBasis::Stated),
    ("inferred", DateBasis::Inferred),
    ("supplied", DateBasis::Supplied),
];

pub(super) const RIGHTS: [(&str, Rights); 3] = [
    ("full", Rights::Full),
    ("excerpt", Rights::Excerpt),
    ("metadata", Rights::Metadata),
];

/// An article as its own file has it: what it takes from the site is not filled in yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleFile {
    article: Article,
    language: Option<String>,
    rights: Option<Rights>,
}

impl ArticleFile {
    /// The article as part of a site, which says what holds for those that say nothing.
    pub fn with_defaults(&self, config: &Config) -> Article {
        Article {
            language: self
                .language
                .clone()
                .unwrap_or_else(|| config.language.clone()),
            rights: self.rights.unwrap_or(config.rights.default),
            ..self.article.clone()
        }
    }

    /// The article without what it takes from the site.
    pub fn article(&self) -> &Article {
        &self.article
    }
}

/// Reads an article.
pub(super) fn read(fields: &mut Fields<'_, '_>, id: &Id, body: Body) -> Option<ArticleFile> {
    let common = common::read(fields, id, body, "title", "aliases");
    let title = fields.required_string("title");
    let language = fields.language("language");
    let rights = rights(fields);
    let article = Article {
        common,
        title: String::new(),
        original_title: fields.string("original_title"),
        published: fields.date("published"),
        date_basis: date_basis(fields),
        date_note: fields.string("date_note"),
        outlet: fields.string("outlet"),
        outlet_short: fields.string("outlet_short"),
        outlet_url: fields.url("outlet_url"),
        authors: fields.strings("authors"),
        agency: fields.string("agency"),
        dateline: fields.string("dateline"),
        url: fields.url("url"),
        archived_url: fields.url("archived_url"),
        accessed: fields.date("accessed"),
        language: String::new(),
        based_on: fields.spanned_strings("based_on"),
        digest: fields.bool("digest").unwrap_or_default(),
        rights: Rights::Metadata,
        copyright: fields.string("copyright"),
        topics: fields.ids("topics"),
        not_topics: fields.ids("not_topics"),
        events: fields.ids("events"),
    };
    let article = Article {
        title: title?.value,
        ..article
    };
    // A wrong `published` is an error by itself, and must not be told as a missing one too.
    if article.published.is_none() && fields.has("published") {
        return None;
    }
    Some(ArticleFile {
        article,
        language,
        rights,
    })
}

/// The level of rights. One that is given and not understood counts as the narrowest, so that nothing slips out.
fn rights(fields: &mut Fields<'_, '_>) -> Option<Rights> {
    let rights = fields.enumeration("rights", &RIGHTS);
    rights.or_else(|| fields.has("rights").then_some(Rights::Metadata))
}

/// How a date is known.
pub(super) fn date_basis(fields: &mut Fields<'_, '_>) -> DateBasis {
    fields
        .enumeration("date_basis", &DATE_BASES)
        .unwrap_or_default()
}
