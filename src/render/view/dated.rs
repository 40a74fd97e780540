//! Lists that go by date: of articles and of events.

use std::ops::Range;

use jiff::civil::Date;

use super::Briefing;
use super::address::Linker;
use super::lists::Pages;
use super::shelves::{Shelf, Shelves, Stretch};
use super::timeline::by_year;
use super::types::*;
use crate::model::{Event, Id};

impl Briefing<'_> {
    /// Every page of the list of articles.
    pub(crate) fn article_shelves(&self) -> Vec<Shelf> {
        let ids = self.dated();
        self.shelves(ids.len(), self.published_in(ids)).all()
    }

    /// Every page of the list of events.
    pub(crate) fn event_shelves(&self) -> Vec<Shelf> {
        let events = self.events_by_date();
        self.shelves(events.len(), earliest(&events)).all()
    }

    /// One page of the list of articles, latest first.
    pub(crate) fn articles_list(&self, linker: &Linker, shelf: Shelf) -> ListView {
        let ids = self.dated();
        let shelves = self.shelves(ids.len(), self.published_in(ids));
        let shown = ids.get(shelves.shown(shelf)).unwrap_or_default();
        let items = shown.iter().rev().filter_map(|id| {
            let article = self.site.articles.get(id)?;
            let item = self.article_item(linker, article, Vec::new())?;
            Some((article.published?, item))
        });
        ListView {
            articles: self.groups(shelf, items),
            ..self.dated_list("articles", linker, &shelves, shelf)
        }
    }

    /// One page of the list of events, latest first.
    pub(crate) fn events_list(&self, linker: &Linker, shelf: Shelf) -> ListView {
        let events = self.events_by_date();
        let shelves = self.shelves(events.len(), earliest(&events));
        let shown = events.get(shelves.shown(shelf)).unwrap_or_default();
        let items = shown.iter().rev();
        let items = items.map(|e| (e.date.earliest(), self.event_item(linker, e)));
        ListView {
            events: self.groups(shelf, items),
            ..self.dated_list("events", linker, &shelves, shelf)
        }
    }

    /// The articles in order of publication, without those that have no date.
    fn dated(&self) -> &[Id] {
        let all = self.by_date();
        let undated = all.partition_point(|id| self.published_on(id).is_none());
        all.get(undated..).unwrap_or_default()
    }

    fn published_on(&self, id: &Id) -> Option<Date> {
        self.site.articles.get(id)?.published
    }

    fn published_in<'s>(&'s self, ids: &'s [Id]) -> impl Fn(usize) -> Date + 's {
        let published = |at: usize| self.published_on(ids.get(at)?);
        move |at| published(at).unwrap_or(Date::MIN)
    }

    fn events_by_date(&self) -> Vec<&Event> {
        let mut events: Vec<&Event> = self.site.events.values().collect();
        events.sort_by(|a, b| (&a.date, &a.common.id).cmp(&(&b.date, &b.common.id)));
        events
    }

    fn shelves<F: Fn(usize) -> Date>(&self, len: usize, day: F) -> Shelves<F> {
        Shelves {
            len,
            per_page: self.site.config.paginate_by.max(1),
            day,
        }
    }

    /// Items in the order given, under a heading for each year, on the page of a year or a part of it for each month; shorter stretches
    /// need none beside the page's own.
    fn groups<T>(&self, shelf: Shelf, items: impl Iterator<Item = (Date, T)>) -> Vec<Group<T>> {
        let Shelf::Of(stretch, _) = shelf else {
            return by_year(items.map(|(day, item)| (day.year(), item)));
        };
        let mut groups: Vec<Group<T>> = Vec::new();
        for (day, item) in items {
            let month = Stretch::month(day);
            let id = format!("m{:02}", day.month());
            match groups.last_mut() {
                Some(group) if group.id == id => group.items.push(item),
                _ => groups.push(Group {
                    id,
                    title: match stretch.has_months() {
                        true => self.named(month),
                        false => String::new(),
                    },
                    items: vec![item],
                }),
            }
        }
        groups
    }

    /// A stretch in words: `2014`, `January to June 2014`, `1 to 10 March 2014`.
    fn named(&self, stretch: Stretch) -> String {
        let date = stretch.date();
        date.map_or_else(|| stretch.address(), |date| self.strings.date(&date))
    }

    /// What a page of a list that goes by date has beside its items.
    fn dated_list<F: Fn(usize) -> Date>(
        &self,
        kind: &str,
        linker: &Linker,
        shelves: &Shelves<F>,
        shelf: Shelf,
    ) -> ListView {
        let of = Of {
            kind,
            linker,
            whole: self.strings.get(section(kind)).to_owned(),
        };
        let total = match shelf {
            Shelf::Latest => shelves.len,
            Shelf::Of(stretch, 1) => shelves.range(stretch).len(),
            Shelf::Of(..) => shelves.shown(shelf).len(),
        };
        let pages = Pages {
            page: 1,
            per_page: total.max(1),
            total,
        };
        let parts = shelves.leads_to(shelf);
        let part = |(part, range): (Shelf, Range<usize>)| {
            let Link { href, text } = self.shelf_link(&of, part);
            ShelfView {
                href,
                text,
                count: range.len(),
            }
        };
        let (later, earlier) = shelves.beside(shelf);
        let link = |to: Shelf| self.shelf_link(&of, to);
        ListView {
            title: match shelf {
                Shelf::Latest => of.whole.clone(),
                Shelf::Of(..) => {
                    let date = self.shelf_name(&of, shelf);
                    let words = [("date", date.as_str())];
                    self.strings.format(&format!("shelf.{kind}"), &words)
                }
            },
            crumbs: self.crumbs(&of, shelf),
            shelves_only: !parts.is_empty() && shelves.shown(shelf).is_empty(),
            shelves: parts.into_iter().rev().map(part).collect(),
            pagination: (later.is_some() || earlier.is_some()).then(|| PaginationView {
                here: None,
                previous: later.map(link),
                next: earlier.map(link),
            }),
            ..self.list(section(kind), "", linker, &pages)
        }
    }

    /// What a page is a part of, the largest first.
    fn crumbs(&self, of: &Of, shelf: Shelf) -> Vec<Link> {
        let Shelf::Of(stretch, _) = shelf else {
            return Vec::new();
        };
        let year = stretch.year_around().map(|year| Shelf::Of(year, 1));
        let all = [Some(Shelf::Latest), year];
        all.into_iter()
            .flatten()
            .map(|to| self.shelf_link(of, to))
            .collect()
    }

    fn shelf_link(&self, of: &Of, to: Shelf) -> Link {
        Link {
            href: of.linker.to_address(&shelf_address(of.kind, to)),
            text: self.shelf_name(of, to),
        }
    }

    fn shelf_name(&self, of: &Of, shelf: Shelf) -> String {
        match shelf {
            Shelf::Latest => of.whole.clone(),
            Shelf::Of(stretch, 1) => self.named(stretch),
            Shelf::Of(stretch, page) => {
                let (date, page) = (self.named(stretch), page.to_string());
                let words = [("date", date.as_str()), ("page", page.as_str())];
                self.strings.format("shelf.page", &words)
            }
        }
    }
}

/// Which list, and from where.
struct Of<'l, 'a> {
    /// `articles` or `events`.
    kind: &'l str,
    linker: &'l Linker<'a>,
    /// What the whole list is called.
    whole: String,
}

fn section(kind: &str) -> &'static str {
    match kind {
        "events" => "section.events",
        _ => "section.articles",
    }
}

/// The address of a page of the list of `articles` or `events`.
pub(crate) fn shelf_address(kind: &str, shelf: Shelf) -> String {
    format!("{kind}/{}", shelf.address())
}

fn earliest<'s>(events: &'s [&Event]) -> impl Fn(usize) -> Date + 's {
    |at| events.get(at).map_or(Date::MIN, |e| e.date.earliest())
}
