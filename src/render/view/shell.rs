//! What every page has: the site, and the page's own title, place and metadata.

use super::Briefing;
use super::address::Linker;
use super::types::*;
use crate::base::{OutPath, in_line};
use crate::model::{EntityType, Kind, Ref};

/// Longest description for search engines, in characters.
const DESCRIPTION: usize = 160;

/// What a page says of itself; the rest of its [`PageView`] follows from the site.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    /// See [`PageView::kind`].
    pub(crate) kind: &'static str,
    /// The page's own title.
    pub(crate) title: String,
    /// For search engines.
    pub(crate) description: Option<String>,
    /// The text's language, if not the site's.
    pub(crate) language: Option<String>,
    /// The part of the navigation that it belongs to.
    pub(crate) section: String,
    /// Kept out of search engines.
    pub(crate) noindex: bool,
    /// Feeds of its own: address below the root, and title.
    pub(crate) feeds: Vec<(String, String)>,
    /// schema.org JSON-LD.
    pub(crate) jsonld: Option<serde_json::Value>,
    /// Metadata by name.
    pub(crate) meta: Vec<(String, String)>,
    /// What the page is about, if that is one thing.
    pub(crate) of: Option<Ref>,
}

impl Counts {
    /// What there is at all.
    fn has(self) -> Has {
        Has {
            articles: self.articles > 0,
            topics: self.topics > 0,
            events: self.events > 0,
            people: self.people > 0,
            organizations: self.organizations > 0,
            places: self.places > 0,
            terms: self.terms > 0,
            measures: self.measures > 0,
            words: self.words > 0,
        }
    }
}

impl Briefing<'_> {
    /// What every page shows of the site.
    pub fn site_view(&self, options: serde_json::Value) -> SiteView {
        let config = &self.site.config;
        SiteView {
            title: config.title.clone(),
            strap: config.strap.clone(),
            description: config.description.clone().or_else(|| config.strap.clone()),
            language: config.language.clone(),
            publisher: config
                .publisher
                .clone()
                .unwrap_or_else(|| config.title.clone()),
            about: config.about.clone(),
            statement: config.rights.statement.clone(),
            base_url: self.base_url.map(str::to_owned),
            has: self.counts().has(),
            data: config.data.tables,
            has_gaps: self.links.has_gaps(),
            options,
            extra: config.extra.clone(),
        }
    }

    /// How many things there are of each kind.
    pub fn counts(&self) -> Counts {
        let entities = |t: EntityType| {
            let all = self.site.entities.values();
            all.filter(|e| e.entity_type == t && !e.protect).count()
        };
        Counts {
            articles: self.site.articles.len(),
            topics: self.site.topics.len(),
            events: self.site.events.len(),
            people: entities(EntityType::Person),
            organizations: entities(EntityType::Organization),
            places: entities(EntityType::Place),
            terms: entities(EntityType::Term),
            measures: self.site.measures.len(),
            words: self.contested().len(),
        }
    }

    /// The path part of the base URL: `/` or `/repository/`.
    pub(crate) fn base_path(&self) -> &str {
        let Some(after) = self.base_url.and_then(|url| url.split_once("://")) else {
            return "/";
        };
        after.1.find('/').map_or("/", |slash| &after.1[slash..])
    }

    /// The page's shell.
    pub(crate) fn page(&self, linker: &Linker, path: &OutPath, about: About) -> PageView {
        let config = &self.site.config;
        let section = about.section;
        let menu = config.menu.iter().filter_map(|id| {
            Some(MenuItem {
                href: linker.to(Kind::Page, &id.value)?,
                text: self.site.pages.get(&id.value)?.title.clone(),
                current: section == id.value.as_str(),
            })
        });
        let menu = menu.collect();
        let has_feeds = self.base_url.is_some();
        let site_feed = ("feed.xml".to_owned(), config.title.clone());
        let feeds = std::iter::once(site_feed)
            .chain(about.feeds)
            .filter(|_| has_feeds);
        PageView {
            kind: about.kind,
            title: about.title,
            description: about.description.map(|d| shorten(&d, DESCRIPTION)),
            language: about.language.unwrap_or_else(|| config.language.clone()),
            root: linker.root.clone(),
            home: linker.home(),
            path: path.address().to_owned(),
            canonical: self
                .base_url
                .map(|base| format!("{base}{}", path.address())),
            section,
            menu,
            feeds: feeds
                .map(|(address, text)| Link {
                    href: linker.to_address(&address),
                    text,
                })
                .collect(),
            noindex: about.noindex,
            jsonld: about
                .jsonld
                .map(|json| crate::render::json::without_markup(&json.to_string())),
            meta: about.meta,
            backlinks: about
                .of
                .map(|of| self.backlinks(linker, &of))
                .unwrap_or_default(),
        }
    }
}

/// At most `limit` characters of a text, cut between words.
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    let text = in_line(text);
    let Some((cut, _)) = text.char_indices().nth(limit) else {
        return text.into_owned();
    };
    let head = &text[..cut];
    let end = head.rfind(' ').unwrap_or(cut);
    format!(
        "{}…",
        head[..end].trim_end_matches([',', ';', ':', '.', ' '])
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_cut_between_words() {
        assert_eq!(shorten("one two  three", 20), "one two three");
        assert_eq!(shorten("one two, three", 10), "one two…");
        assert_eq!(shorten("개성공업지구", 3), "개성공…");
    }
}
