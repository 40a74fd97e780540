//! What is missing, or rests on little: on the page of all gaps, by kind and topic, and on each topic's page.

use super::Briefing;
use super::address::Linker;
use super::types::*;
use crate::link::gaps::Subject;
use crate::link::{Gap, GapKind};
use crate::model::{DateBasis, Id, Kind};

/// The kinds of gaps in the order of [`GapKind::rank`], as ids and ends of keys.
const KINDS: [&str; 6] = [
    "open",
    "unconfirmed",
    "no-source",
    "one-source",
    "undated",
    "unreviewed",
];

/// The most gaps of a kind on a topic's page.
const ON_TOPIC: usize = 12;

/// The most sentences that are named beside a gap; its page has all.
const TRACES: usize = 3;

impl Briefing<'_> {
    /// The view of the page of all gaps.
    pub(crate) fn gaps_view(&self, linker: &Linker) -> GapsView {
        let order = self.links.order();
        let kinds = KINDS.iter().enumerate().map(|(rank, kind)| {
            let gaps = || {
                self.links
                    .gaps()
                    .iter()
                    .filter(move |g| g.kind.rank() == rank)
            };
            let of_topics = order.iter().filter_map(|topic| {
                let of_topic = gaps().filter(|gap| gap.topics.contains(topic));
                Some(Group {
                    id: format!("{kind}-in-{topic}"),
                    title: self.site.topics.get(topic)?.title.clone(),
                    items: self.gap_items(linker, of_topic),
                })
            });
            let others = Group {
                id: format!("{kind}-elsewhere"),
                title: self.strings.get("gap.no_topic").to_owned(),
                items: self.gap_items(linker, gaps().filter(|gap| gap.topics.is_empty())),
            };
            let groups = of_topics.chain([others]);
            self.gap_kind(kind, groups.filter(|g| !g.items.is_empty()).collect())
        });
        let kinds: Vec<GapKindView> = kinds.filter(|kind| !kind.groups.is_empty()).collect();
        let heading = |kind: &GapKindView| TocItem {
            id: kind.id.clone(),
            text: kind.title.clone(),
        };
        GapsView {
            toc: kinds.iter().map(heading).collect(),
            kinds,
        }
    }

    /// The gaps of a topic but those that its editor has written on it, and whether there are more than these.
    pub(crate) fn topic_gaps(&self, linker: &Linker, topic: &Id) -> (Vec<GapKindView>, bool) {
        let mut more = false;
        let kinds = KINDS.iter().enumerate().map(|(rank, kind)| {
            let own = self.links.gaps().iter().filter(|gap| {
                gap.kind.rank() == rank
                    && gap.topics.contains(topic)
                    && !matches!(gap.about, Subject::Topic(_))
            });
            let mut items = self.gap_items(linker, own);
            more |= items.len() > ON_TOPIC;
            items.truncate(ON_TOPIC);
            let group = Group {
                id: format!("_{kind}-here"),
                title: String::new(),
                items,
            };
            self.gap_kind(kind, vec![group])
        });
        let kinds = kinds.filter(|kind| kind.groups.iter().any(|g| !g.items.is_empty()));
        (kinds.collect(), more)
    }

    fn gap_kind(&self, kind: &str, groups: Vec<Group<GapItem>>) -> GapKindView {
        GapKindView {
            id: format!("_{kind}"),
            title: self.strings.get(&format!("gaps.{kind}")).to_owned(),
            lead: self.strings.get(&format!("gaps.{kind}-why")).to_owned(),
            groups,
        }
    }

    fn gap_items<'g>(&self, linker: &Linker, gaps: impl Iterator<Item = &'g Gap>) -> Vec<GapItem> {
        gaps.filter_map(|gap| self.gap_item(linker, gap)).collect()
    }

    fn gap_item(&self, linker: &Linker, gap: &Gap) -> Option<GapItem> {
        let s = self.strings;
        let dated =
            |key: &str, date: &DateView| [s.get(key), date.text.as_str()].join(s.get("list.comma"));
        let (label, title, href) = match &gap.about {
            Subject::Event(id) => {
                let event = self.site.events.get(id)?;
                let label = dated("kind.event", &self.when(event));
                (label, event.title.clone(), linker.to(Kind::Event, id))
            }
            Subject::Fact(topic, index) => {
                let fact = self.site.topics.get(topic)?.facts.get(*index)?;
                let title = [("label", fact.label.as_str()), ("value", &fact.value)];
                let href = linker.to_place(Kind::Topic, topic, "_facts");
                (
                    s.get("gaps.fact").to_owned(),
                    s.format("gaps.fact_is", &title),
                    href,
                )
            }
            Subject::Topic(id) => {
                let title = match &gap.kind {
                    GapKind::Open(what) => what.clone(),
                    _ => self.site.topics.get(id)?.title.clone(),
                };
                (
                    s.get("kind.topic").to_owned(),
                    title,
                    linker.to(Kind::Topic, id),
                )
            }
            Subject::Measure(id) => {
                let title = self.site.measures.get(id)?.title.clone();
                (
                    s.get("kind.measure").to_owned(),
                    title,
                    linker.to(Kind::Measure, id),
                )
            }
            Subject::Article(id) => {
                let article = self.site.articles.get(id)?;
                let label = dated("kind.article", &self.published(article));
                (label, article.title.clone(), linker.to(Kind::Article, id))
            }
            Subject::LeftOut(id) => (s.get("kind.article").to_owned(), id.to_string(), None),
        };
        let places = gap
            .places
            .iter()
            .map(|(article, passage)| (article, *passage));
        let mut traces = self.traces(linker, places);
        traces.truncate(TRACES);
        Some(GapItem {
            label,
            title,
            href,
            reason: self.why_gap(gap),
            traces,
        })
    }

    /// Why something is a gap, beyond what its kind says of all.
    fn why_gap(&self, gap: &Gap) -> Option<String> {
        let s = self.strings;
        let key = match &gap.kind {
            // A topic's own are what it is about.
            GapKind::Open(_) if matches!(gap.about, Subject::Topic(_)) => return None,
            GapKind::Open(what) => return Some(what.clone()),
            GapKind::Unconfirmed(Some(day)) => {
                let day = self.day_text(*day).text;
                return Some(s.format("gaps.last_report", &[("date", &day)]));
            }
            GapKind::OneSource(1) => {
                let article = self.site.articles.get(&gap.places.first()?.0)?;
                let (outlet, day) = (article.label(), self.published(article).text);
                return Some(s.format("gaps.only", &[("outlet", outlet), ("date", &day)]));
            }
            GapKind::OneSource(reports) => {
                return Some(s.count("gaps.not_independent", *reports));
            }
            GapKind::Undated(Some(basis)) => {
                let Subject::Article(id) = &gap.about else {
                    return None;
                };
                let note = self.site.articles.get(id)?.date_note.clone();
                return note.or_else(|| {
                    let key = match basis {
                        DateBasis::Supplied => "date.supplied",
                        _ => "date.worked_out",
                    };
                    Some(super::parts::sentence_case(s.get(key)))
                });
            }
            GapKind::Undated(None) => "gaps.left_out",
            GapKind::Unreviewed => match gap.about {
                Subject::Measure(_) => "gaps.values",
                _ => "gaps.statements",
            },
            GapKind::Unconfirmed(None) | GapKind::NoSource => return None,
        };
        Some(s.get(key).to_owned())
    }
}
