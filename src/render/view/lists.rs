//! Lists of topics, entities, measures and words, and the index from A to Z.

use unicode_normalization::UnicodeNormalization;

use super::Briefing;
use super::address::Linker;
use super::types::*;
use crate::model::{EntityType, Kind};

impl Briefing<'_> {
    /// The list of topics.
    pub(crate) fn topics_list(&self, linker: &Linker, pages: &Pages) -> ListView {
        let order = self.links.order();
        let topics = order.iter().filter_map(|id| self.site.topics.get(id));
        ListView {
            topics: topics.filter_map(|t| self.topic_card(linker, t)).collect(),
            ..self.list("section.topics", "topics/", linker, pages)
        }
    }

    /// One page of the list of entities of a type, by letter.
    pub(crate) fn entities_list(
        &self,
        linker: &Linker,
        entity_type: EntityType,
        pages: &Pages,
    ) -> ListView {
        let all = self
            .site
            .entities
            .values()
            .filter(|e| e.entity_type == entity_type);
        let mut items: Vec<EntityItem> = all.filter_map(|e| self.entity_item(linker, e)).collect();
        items.sort_by_cached_key(|item| (sort_key(&item.name), item.href.clone()));
        let items = items.into_iter().skip(pages.skip()).take(pages.per_page);
        let folder = entity_type.folder();
        ListView {
            entities: by_letter(items.map(|item| (sort_key(&item.name), item))),
            ..self.list(
                &format!("section.{folder}"),
                &format!("{folder}/"),
                linker,
                pages,
            )
        }
    }

    /// The list of measures.
    pub(crate) fn measures_list(&self, linker: &Linker, pages: &Pages) -> ListView {
        let measures = self.site.measures.values();
        ListView {
            measures: measures
                .filter_map(|m| self.measure_item(linker, m))
                .collect(),
            ..self.list("section.measures", "measures/", linker, pages)
        }
    }

    /// The groups of terms that are used for the same.
    pub(crate) fn words_list(&self, linker: &Linker) -> ListView {
        let words = self.words_sections(linker);
        let pages = Pages {
            page: 1,
            per_page: words.len().max(1),
            total: words.len(),
        };
        ListView {
            lead: Some(self.strings.get("words.lead").to_owned()),
            words,
            ..self.list("section.words", "words/", linker, &pages)
        }
    }

    pub(super) fn list(
        &self,
        title: &str,
        address: &str,
        linker: &Linker,
        pages: &Pages,
    ) -> ListView {
        let link = |page: usize| linker.to_address(&Pages::address(address, page));
        ListView {
            title: self.strings.get(title).to_owned(),
            lead: None,
            total: (pages.page == 1).then_some(pages.total),
            crumbs: Vec::new(),
            shelves: Vec::new(),
            shelves_only: false,
            articles: Vec::new(),
            events: Vec::new(),
            topics: Vec::new(),
            entities: Vec::new(),
            measures: Vec::new(),
            words: Vec::new(),
            pagination: (pages.count() > 1).then(|| self.pagination(pages, link)),
        }
    }

    fn pagination(&self, pages: &Pages, link: impl Fn(usize) -> String) -> PaginationView {
        let s = self.strings;
        let to = |page: usize, words: &str| {
            (1..=pages.count()).contains(&page).then(|| Link {
                href: link(page),
                text: s.get(words).to_owned(),
            })
        };
        let (page, count) = (pages.page.to_string(), pages.count().to_string());
        PaginationView {
            here: Some(s.format("pages.of", &[("page", &page), ("pages", &count)])),
            previous: to(pages.page - 1, "pages.previous"),
            next: to(pages.page + 1, "pages.next"),
        }
    }

    /// Everything that has a page, by first letter.
    pub(crate) fn search_view(&self, linker: &Linker) -> SearchView {
        let site = self.site;
        let mut items = Vec::new();
        let mut add =
            |href: Option<String>, text: &str, names: Vec<NameView>, kind: String, class| {
                if let Some(href) = href {
                    items.push(IndexItem {
                        href,
                        text: text.to_owned(),
                        names,
                        kind,
                        class,
                    });
                }
            };
        let word = |key: &str| self.strings.get(key).to_owned();
        for (id, article) in site.articles.iter() {
            let outlet = article
                .outlet
                .clone()
                .unwrap_or_else(|| word("kind.article"));
            let kind = format!("{outlet}, {}", self.published(article).text);
            add(
                linker.to(Kind::Article, id),
                &article.title,
                Vec::new(),
                kind,
                "article",
            );
        }
        for (id, event) in site.events.iter() {
            let kind = format!("{}, {}", word("kind.event"), self.when(event).text);
            add(
                linker.to(Kind::Event, id),
                &event.title,
                Vec::new(),
                kind,
                "event",
            );
        }
        for (id, topic) in site.topics.iter() {
            let names = super::parts::names(&topic.names);
            add(
                linker.to(Kind::Topic, id),
                &topic.title,
                names,
                word("kind.topic"),
                "topic",
            );
        }
        for (id, measure) in site.measures.iter() {
            add(
                linker.to(Kind::Measure, id),
                &measure.title,
                Vec::new(),
                word("kind.measure"),
                "measure",
            );
        }
        for (id, page) in site.pages.iter() {
            add(
                linker.to(Kind::Page, id),
                &page.title,
                Vec::new(),
                word("kind.page"),
                "page",
            );
        }
        for entity in site.entities.values() {
            let names = super::parts::names(&entity.names);
            let kind = self.what(entity).unwrap_or_else(|| self.kind_of(entity));
            let class = super::address::class(entity.entity_type);
            add(
                linker.to(Kind::Entity, entity.id()),
                &entity.name,
                names,
                kind,
                class,
            );
        }
        items.sort_by_cached_key(|item| (sort_key(&item.text), item.href.clone()));
        SearchView {
            total: items.len(),
            letters: by_letter(items.into_iter().map(|item| (sort_key(&item.text), item))),
        }
    }
}

/// Which page of a long list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pages {
    /// This one, from 1.
    pub(crate) page: usize,
    /// Entries on each.
    pub(crate) per_page: usize,
    /// Entries on all.
    pub(crate) total: usize,
}

impl Pages {
    /// How many pages there are, at least one.
    pub(crate) fn count(self) -> usize {
        self.total.div_ceil(self.per_page.max(1)).max(1)
    }

    fn skip(self) -> usize {
        (self.page - 1) * self.per_page
    }

    /// The address of page `page` of the list at `address`.
    pub(crate) fn address(address: &str, page: usize) -> String {
        match page {
            1 => address.to_owned(),
            n => format!("{address}page/{n}/"),
        }
    }
}

/// The words by which a name is sorted: without marks above letters, case, quotation marks and articles.
fn sort_key(name: &str) -> String {
    let bare: String = name
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .nfc()
        .flat_map(char::to_lowercase)
        .collect();
    let bare = bare.trim_start_matches(|c: char| !c.is_alphanumeric());
    let bare = ["the ", "a ", "an "]
        .iter()
        .find_map(|article| bare.strip_prefix(article))
        .unwrap_or(bare);
    bare.to_owned()
}

/// Items in the order given, under their keys' first letters; what begins with a digit or a sign goes under `#`.
fn by_letter<T>(items: impl Iterator<Item = (String, T)>) -> Vec<Group<T>> {
    let mut groups: Vec<Group<T>> = Vec::new();
    for (key, item) in items {
        let first = key.chars().next().filter(|c| c.is_alphabetic());
        let title = first.map_or_else(|| "#".to_owned(), |c| c.to_uppercase().collect());
        match groups.last_mut() {
            Some(group) if group.title == title => group.items.push(item),
            _ => groups.push(Group {
                id: match first {
                    Some(c) => format!("letter-{c}"),
                    None => "letter-other".into(),
                },
                title,
                items: vec![item],
            }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_without_articles_and_accents() {
        assert_eq!(sort_key("The Éclair"), "eclair");
        assert_eq!(sort_key("“Quoted”"), "quoted”");
        assert_eq!(sort_key("개성"), "개성");
    }

    #[test]
    fn pages_of_a_list() {
        let pages = Pages {
            page: 2,
            per_page: 50,
            total: 101,
        };
        assert_eq!((pages.count(), pages.skip()), (3, 50));
        assert_eq!(Pages::address("articles/", 1), "articles/");
        assert_eq!(Pages::address("articles/", 2), "articles/page/2/");
    }
}
