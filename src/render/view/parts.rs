//! What several pages share: dates, traces, reasons, topics, and the items of lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use jiff::civil::Date;

use super::Briefing;
use super::address::{Linker, class};
use super::types::*;
use crate::base::Edtf;
use crate::link::topics::MembershipReason;
use crate::link::{Membership, Passage, Reason, Related};
use crate::model::{Article, DateBasis, Entity, Event, Id, Kind, Names, Relation, Status, Topic};

/// Longest note on a date in a list, in characters.
const LIST_NOTE: usize = 40;

/// The most things of a topic that are numbered on their pages (*Article 2 of 5*). In a longer list nobody goes through from first to
/// last, and one more article would change the pages of all the others.
const NUMBERED: usize = 24;

impl Briefing<'_> {
    /// A date for lists: its note where that is short, else in a word how the date is known.
    pub(crate) fn short(&self, date: DateView, basis: DateBasis) -> DateView {
        let word = match basis {
            DateBasis::Stated => None,
            DateBasis::Inferred => Some("date.worked_out"),
            DateBasis::Supplied => Some("date.supplied"),
        };
        let note = date.note.filter(|note| note.chars().count() <= LIST_NOTE);
        DateView {
            note: note.or_else(|| word.map(|key| self.strings.get(key).to_owned())),
            ..date
        }
    }

    /// Day of publication. Only dated articles are published, so the fallback is never seen.
    pub(crate) fn published(&self, article: &Article) -> DateView {
        let day = article.published.unwrap_or(Date::ZERO);
        self.strings.date_view(
            &Edtf::day(day),
            article.date_basis,
            article.date_note.as_deref(),
        )
    }

    /// The date of an event.
    pub(crate) fn when(&self, event: &Event) -> DateView {
        self.strings
            .date_view(&event.date, event.date_basis, event.date_note.as_deref())
    }

    /// The label that leads to a passage of an article; without one, to the article.
    pub(crate) fn trace(
        &self,
        linker: &Linker,
        article: &Id,
        passage: Option<Passage>,
    ) -> Option<Trace> {
        let source = self.site.articles.get(article)?;
        let open = source.rights == crate::model::Rights::Full;
        let mut href = linker.to(Kind::Article, article)?;
        if let Some(passage) = passage.filter(|_| open) {
            // To a string can always be written.
            let _ = write!(href, "#s{}", passage.first);
        }
        Some(Trace {
            source: source.label().to_owned(),
            place: passage
                .and_then(|p| p.place)
                .map(|(p, s)| format!("¶{p}.{s}"))
                .unwrap_or_default(),
            href,
        })
    }

    /// The traces of a quotation that content takes from an article.
    pub(crate) fn trace_quote(&self, linker: &Linker, article: &Id, quote: &str) -> Option<Trace> {
        self.trace(linker, article, Some(self.anchors.get(article, quote)?))
    }

    /// The traces of some passages, each once. Those of several reports of one outlet have the days of these too.
    pub(crate) fn traces<'a>(
        &self,
        linker: &Linker,
        passages: impl Iterator<Item = (&'a Id, Option<Passage>)>,
    ) -> Vec<Trace> {
        let told = passages.filter_map(|(id, at)| Some((id, self.trace(linker, id, at)?)));
        let mut told: Vec<(&Id, Trace)> = told.collect();
        told.dedup();
        let mut reports: BTreeMap<String, BTreeSet<&Id>> = BTreeMap::new();
        for (id, trace) in &told {
            reports.entry(trace.source.clone()).or_default().insert(id);
        }
        let apart = |(id, mut trace): (&Id, Trace)| {
            let several = reports.get(&trace.source).is_some_and(|ids| ids.len() > 1);
            if let Some(article) = self.site.articles.get(id).filter(|_| several) {
                let day = self.published(article).text;
                trace.place = [day.as_str(), trace.place.as_str()].join(" ");
                trace.place.truncate(trace.place.trim_end().len());
            }
            trace
        };
        told.into_iter().map(apart).collect()
    }

    /// The sentences that tell of an event.
    pub(crate) fn event_traces(&self, linker: &Linker, event: &Id) -> Vec<Trace> {
        let statements = self
            .links
            .events
            .get(event)
            .map(|l| l.statements.as_slice())
            .unwrap_or_default();
        let passages = statements.iter().map(|s| (&s.article, Some(s.passage)));
        self.traces(linker, passages)
    }

    /// The topics of a thing. `place` gives its number among what a topic lists, and how many these are.
    pub(crate) fn topic_tags<'a>(
        &self,
        linker: &Linker,
        topics: impl IntoIterator<Item = &'a Id>,
        place: impl Fn(&Id) -> Option<(usize, usize)>,
    ) -> Vec<TopicTag> {
        let order = self.links.order();
        let tag = |id: &Id| {
            let place = place(id).filter(|(_, of)| *of <= NUMBERED);
            Some(TopicTag {
                href: linker.to(Kind::Topic, id)?,
                text: self.site.topics.get(id)?.title.clone(),
                index: order.iter().position(|t| t == id)? + 1,
                position: place.map(|(position, _)| position),
                of: place.map_or(0, |(_, of)| of),
            })
        };
        topics.into_iter().filter_map(tag).collect()
    }

    /// The topics of an event, with its place among their events.
    pub(crate) fn event_topics(&self, linker: &Linker, event: &Id) -> Vec<TopicTag> {
        let topics = self
            .links
            .events
            .get(event)
            .map(|l| l.topics.as_slice())
            .unwrap_or_default();
        let place = |topic: &Id| {
            let links = self.links.lists_of_topic(topic)?;
            Some((
                links.place_of_event(self.site.looked_at(), event)? + 1,
                links.events.len(),
            ))
        };
        self.topic_tags(linker, topics, place)
    }

    /// Parts of a line, with the interface's comma between them.
    pub(crate) fn joined(&self, parts: Vec<TextPart>) -> Vec<TextPart> {
        let comma = TextPart {
            text: self.strings.get("list.comma").to_owned(),
            href: None,
        };
        let mut joined = Vec::with_capacity(2 * parts.len());
        for part in parts {
            if !joined.is_empty() {
                joined.push(comma.clone());
            }
            joined.push(part);
        }
        joined
    }

    /// An event in a list, without reasons.
    pub(crate) fn event_item(&self, linker: &Linker, event: &Event) -> EventItem {
        EventItem {
            traces: self.event_traces(linker, &event.common.id),
            ..self.untraced_event(linker, event)
        }
    }

    /// An event in a list, without reasons or traces.
    pub(crate) fn untraced_event(&self, linker: &Linker, event: &Event) -> EventItem {
        let id = &event.common.id;
        EventItem {
            id: format!("e-{id}"),
            date: self.short(self.when(event), event.date_basis),
            apart: None,
            title: event.title.clone(),
            href: linker.to(Kind::Event, id),
            summary: event.common.summary.clone(),
            status: status_word(event.status),
            status_text: self.status_text(event),
            reasons: Vec::new(),
            traces: Vec::new(),
            topics: self.event_topics(linker, id),
            here: false,
        }
    }

    /// Events by id, in the order given, without reasons.
    pub(crate) fn event_items<'a>(
        &self,
        linker: &Linker,
        ids: impl IntoIterator<Item = &'a Id>,
    ) -> Vec<EventItem> {
        let events = ids.into_iter().filter_map(|id| self.site.events.get(id));
        events.map(|event| self.event_item(linker, event)).collect()
    }

    /// The status in words where an event was not simply held.
    pub(crate) fn status_text(&self, event: &Event) -> Option<String> {
        let word = self.strings.get(match event.status {
            Status::Held => return None,
            Status::Planned if self.is_unconfirmed(event) => "status.unconfirmed",
            status => status_key(status),
        });
        Some(word.to_owned())
    }

    /// Planned, and no report that tells of it was written after its day.
    pub(crate) fn is_unconfirmed(&self, event: &Event) -> bool {
        let links = self.links.events.get(&event.common.id);
        let statements = links.map(|l| l.statements.as_slice());
        let statements = statements.unwrap_or_default();
        // It asks when these were published.
        self.site
            .look_at_articles(statements.iter().map(|s| &s.article));
        crate::link::gaps::is_unconfirmed(self.site.looked_at(), event, statements)
    }

    /// A related event, with its reasons and how far it is from the event at hand.
    pub(crate) fn related_event(
        &self,
        linker: &Linker,
        from: Option<&Event>,
        related: &Related,
    ) -> Option<EventItem> {
        let event = self.site.events.get(&related.to)?;
        Some(EventItem {
            apart: from.map(|from| self.strings.apart(&from.date, &event.date)),
            reasons: self.reasons(linker, &related.reasons, &related.to),
            ..self.untraced_event(linker, event)
        })
    }

    /// An article in a list, with the reasons for its being there.
    pub(crate) fn article_item(
        &self,
        linker: &Linker,
        article: &Article,
        reasons: Vec<ReasonView>,
    ) -> Option<ArticleItem> {
        Some(ArticleItem {
            href: linker.to(Kind::Article, article.id())?,
            title: article.title.clone(),
            language: article.language.clone(),
            summary: article.common.summary.clone(),
            outlet: article.outlet.clone(),
            date: self.short(self.published(article), article.date_basis),
            source: self.source_line(article),
            reasons,
        })
    }

    /// Articles by id, in the order given.
    pub(crate) fn article_items<'a>(
        &self,
        linker: &Linker,
        ids: impl IntoIterator<Item = &'a Id>,
    ) -> Vec<ArticleItem> {
        let articles = ids.into_iter().filter_map(|id| self.site.articles.get(id));
        articles
            .filter_map(|a| self.article_item(linker, a, Vec::new()))
            .collect()
    }

    /// A number of days, later where it is positive, in words.
    fn days_apart(&self, days: i32) -> String {
        let from = jiff::civil::date(2000, 1, 1);
        let to = from.saturating_add(jiff::Span::new().days(days));
        self.strings.apart(&Edtf::day(from), &Edtf::day(to))
    }

    /// Words in quotation marks.
    pub(crate) fn quoted(&self, words: &str) -> String {
        self.strings.format("text.quoted", &[("text", words)])
    }

    fn source_line(&self, article: &Article) -> String {
        let authors = match self.strings.list(&article.authors) {
            none if none.is_empty() => self.strings.get("source.unsigned").to_owned(),
            authors => authors,
        };
        match &article.original_title {
            Some(title) => self
                .strings
                .format("source.line", &[("authors", &authors), ("title", title)]),
            None => authors,
        }
    }

    /// An entity in a list.
    pub(crate) fn entity_item(&self, linker: &Linker, entity: &Entity) -> Option<EntityItem> {
        let links = self.links.entities.get(entity.id());
        Some(EntityItem {
            href: linker.to(Kind::Entity, entity.id())?,
            name: entity.name.value.clone(),
            class: class(entity.entity_type),
            kind: self.kind_of(entity),
            names: names(&entity.names),
            what: self.what(entity),
            articles: links.map_or(0, |l| l.reports),
            mentions: links.map_or(0, |l| l.total),
        })
    }

    /// The type of an entity in words.
    pub(crate) fn kind_of(&self, entity: &Entity) -> String {
        self.strings
            .get(&format!("kind.{}", class(entity.entity_type)))
            .to_owned()
    }

    /// Role, or kind with country.
    pub(crate) fn what(&self, entity: &Entity) -> Option<String> {
        // A role usually names its body; a kind does not name its country.
        if entity.role.is_some() {
            return entity.role.clone();
        }
        let affiliation = entity.affiliation.as_ref();
        let body = affiliation.and_then(|a| self.link_name(Kind::Entity, &a.value));
        let parts = [entity.kind.clone().or(body), entity.country.clone()];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(self.strings.get("list.comma")))
    }

    /// A topic on the home page and in lists.
    pub(crate) fn topic_card(&self, linker: &Linker, topic: &Topic) -> Option<TopicCard> {
        let id = &topic.common.id;
        let links = self.links.topics.get(id)?;
        let points = self.chart_points(&links.events);
        Some(TopicCard {
            id: format!("topic-{id}"),
            href: linker.to(Kind::Topic, id)?,
            title: topic.title.clone(),
            names: names(&topic.names),
            spark_html: self
                .years()
                .and_then(|years| super::chart::spark(&points, years)),
            text: topic.common.summary.clone().or_else(|| topic.lead.clone()),
            articles: links.articles.len(),
            events: links.events.len(),
            years: self.years_of(&links.events),
        })
    }

    /// First and last year of all events.
    pub(crate) fn years(&self) -> Option<(i16, i16)> {
        span_of(self.site.events.values())
    }

    /// First and last year of some events, in digits.
    pub(crate) fn years_of(&self, events: &[Id]) -> Option<(String, String)> {
        let (from, to) = span_of(events.iter().filter_map(|e| self.site.events.get(e)))?;
        Some((from.to_string(), to.to_string()))
    }

    /// Events as points of a chart.
    pub(crate) fn chart_points<'a>(&'a self, events: &'a [Id]) -> Vec<super::chart::Point<'a>> {
        let events = events.iter().filter_map(|e| self.site.events.get(e));
        events
            .map(|event| super::chart::Point {
                date: &event.date,
                worked: event.date_basis != DateBasis::Stated,
                label: &event.title,
            })
            .collect()
    }

    /// Reasons in words. `to` is what they lead to.
    pub(crate) fn reasons(
        &self,
        linker: &Linker,
        reasons: &[(Reason, u16)],
        to: &Id,
    ) -> Vec<ReasonView> {
        reasons
            .iter()
            .filter_map(|(reason, points)| self.reason(linker, reason, *points, to))
            .collect()
    }

    /// A reason in one line of words, as data tells it beside its parts.
    pub(crate) fn reason_in_words(
        &self,
        (reason, points): (&Reason, u16),
        to: &Id,
    ) -> Option<String> {
        let linker = Linker::absolute(self.addresses, "/");
        let view = self.reason(&linker, reason, points, to)?;
        Some(match view.text.is_empty() {
            true => view.kind,
            false => [view.kind.as_str(), ": ", &view.text].concat(),
        })
    }

    fn reason(&self, linker: &Linker, reason: &Reason, points: u16, to: &Id) -> Option<ReasonView> {
        let s = self.strings;
        let names = |kind: Kind, ids: &[Id]| {
            let named = ids.iter().filter_map(|id| self.site.name(kind, id));
            s.list(&named.take(4).collect::<Vec<_>>())
        };
        let view = |kind: &str, text: String| {
            Some(ReasonView {
                kind: s.get(kind).to_owned(),
                about: None,
                text,
                traces: Vec::new(),
            })
        };
        match reason {
            Reason::Linked {
                relation,
                why,
                outgoing,
            } => view(
                relation_key(*relation, *outgoing),
                why.clone().unwrap_or_default(),
            ),
            Reason::PartOf => view("reason.part_of", String::new()),
            Reason::HasPart => view("reason.has_part", String::new()),
            Reason::BasedOn => view("reason.based_on", String::new()),
            Reason::SharedEvents(events) => view("reason.same_event", names(Kind::Event, events)),
            Reason::SameReport(articles) => {
                let labels: Vec<String> = articles
                    .iter()
                    .filter_map(|a| self.site.articles.get(a).map(|a| a.label().to_owned()))
                    .collect();
                let mut traces = self.event_traces(linker, to);
                traces.retain(|t| labels.contains(&t.source));
                Some(ReasonView {
                    kind: s.get("reason.same_report").to_owned(),
                    about: None,
                    text: s.list(&labels),
                    traces,
                })
            }
            Reason::SamePlace(place) => {
                view("reason.same_place", self.link_name(Kind::Entity, place)?)
            }
            Reason::Shares(entities) => view("reason.entities", names(Kind::Entity, entities)),
            Reason::Duplicate => view("reason.duplicate", String::new()),
            Reason::Reprint(_) => view("reason.reprint", String::new()),
            Reason::SharedNames(names) => view("reason.entities", s.list(names)),
            Reason::SharedFigures(figures) => view("reason.figures", s.list(figures)),
            Reason::SameDates(days) => {
                let days = days.iter().filter_map(|day| day.parse().ok());
                let days: Vec<String> = days
                    .map(|day| {
                        self.strings
                            .date_view(&Edtf::day(day), DateBasis::Stated, None)
                            .long
                    })
                    .collect();
                view("reason.same_dates", s.list(&days))
            }
            Reason::SameWords { count, words } => view(
                "reason.same_words",
                match words {
                    Some(words) => self.quoted(&super::run::shown(words)),
                    None => s.count("count.words", usize::from(*count)),
                },
            ),
            Reason::Wording(words) => view("reason.wording", s.list(words)),
            Reason::Through(articles) if articles.is_empty() => {
                view("reason.nearest", String::new())
            }
            Reason::Through(articles) => view("reason.through", names(Kind::Article, articles)),
            Reason::SameTopic(topics) => view("reason.same_topic", names(Kind::Topic, topics)),
            // Days that count for nothing are told, and are not close.
            Reason::Days(days) if points == 0 => view("reason.apart", self.days_apart(*days)),
            Reason::Days(days) => view("reason.time", self.days_apart(*days)),
        }
    }

    /// The reasons of an article's membership of a topic, in words.
    pub(crate) fn membership(&self, membership: &Membership) -> Vec<ReasonView> {
        let s = self.strings;
        membership
            .reasons
            .iter()
            .map(|(reason, _)| match reason {
                MembershipReason::Forced => s.get("reason.forced").to_owned(),
                MembershipReason::Event(event) => {
                    let name = self.link_name(Kind::Event, event).unwrap_or_default();
                    s.format("reason.tells_of", &[("event", &name)])
                }
                MembershipReason::Title(phrase) => {
                    s.format("reason.phrase_title", &[("phrase", phrase)])
                }
                MembershipReason::Text(phrase, n) => {
                    s.count_with("reason.phrase", usize::from(*n), &[("phrase", phrase)])
                }
                MembershipReason::Outlet(outlet) => {
                    s.format("reason.outlet", &[("outlet", outlet)])
                }
                MembershipReason::Published(after, before) => {
                    let day = |day: &Option<Date>| day.map(|d| self.day_text(d).text);
                    let when = match (day(after), day(before)) {
                        (Some(from), Some(to)) => {
                            s.format("date.years", &[("from", &from), ("to", &to)])
                        }
                        (Some(from), None) => s.format("date.since", &[("from", &from)]),
                        (None, to) => s.format("date.until", &[("to", &to.unwrap_or_default())]),
                    };
                    s.format("reason.published", &[("when", &when)])
                }
                MembershipReason::Entity(entity, n) => {
                    let name = self.link_name(Kind::Entity, entity).unwrap_or_default();
                    s.count_with("reason.named", usize::from(*n), &[("name", &name)])
                }
            })
            .map(plain_reason)
            .collect()
    }

    /// The name of a thing that may be named; a protected entity's replacement.
    pub(crate) fn link_name(&self, kind: Kind, id: &Id) -> Option<String> {
        self.site.name(kind, id).map(str::to_owned)
    }
}

/// A reason of which no more is told.
pub(super) fn plain_reason(kind: String) -> ReasonView {
    ReasonView {
        kind,
        about: None,
        text: String::new(),
        traces: Vec::new(),
    }
}

/// A text with its first letter large and a full stop at its end.
pub(crate) fn sentence_case(text: &str) -> String {
    match capital(text) {
        none if none.is_empty() => none,
        text => text + ".",
    }
}

/// A text with its first letter large.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let mut capital = String::with_capacity(text.len());
    capital.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    capital.push_str(letters.as_str());
    capital
}

/// Words that began a sentence, as they stand within one: with a small first letter, if they are several and nothing else among them is
/// large. A single word may be a name.
pub(crate) fn within_sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().unwrap_or_default();
    let rest = letters.as_str();
    let is_name = rest.contains(char::is_uppercase) || !words.trim().contains(' ');
    match is_name {
        true => words.to_owned(),
        false => format!("{}{rest}", first.to_lowercase()),
    }
}

/// Names in other languages for the view.
pub(crate) fn names(names: &Names) -> Vec<NameView> {
    let view = |(lang, text): (&String, &String)| NameView {
        lang: lang.clone(),
        text: text.clone(),
    };
    names.iter().map(view).collect()
}

/// The word of a status as in data.
pub(crate) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Planned => "planned",
        Status::Held => "held",
        Status::Cancelled => "cancelled",
        Status::Postponed => "postponed",
        Status::Reported => "reported",
    }
}

/// The interface string of a status.
pub(crate) fn status_key(status: Status) -> &'static str {
    match status {
        Status::Planned => "status.planned",
        Status::Held => "status.held",
        Status::Cancelled => "status.cancelled",
        Status::Postponed => "status.postponed",
        Status::Reported => "status.reported",
    }
}

/// The interface string of a relation, from the side that names the other or from the other side.
pub(crate) fn relation_key(relation: Relation, outgoing: bool) -> &'static str {
    match (relation, outgoing) {
        (Relation::Follows, true) => "reason.follows",
        (Relation::Follows, false) => "reason.followed_by",
        (Relation::Cancels, true) => "reason.cancels",
        (Relation::Cancels, false) => "reason.cancelled_by",
        (Relation::RespondsTo, true) => "reason.responds_to",
        (Relation::RespondsTo, false) => "reason.answered_by",
        (Relation::Disputes, true) => "reason.disputes",
        (Relation::Disputes, false) => "reason.disputed_by",
    }
}

fn span_of<'a>(events: impl Iterator<Item = &'a Event>) -> Option<(i16, i16)> {
    events.fold(None, |span, event| {
        let (from, to) = (event.date.earliest().year(), event.date.latest().year());
        Some(span.map_or((from, to), |(a, b): (i16, i16)| (a.min(from), b.max(to))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_began_a_sentence_goes_into_one() {
        let told = [
            ("A senior official", "a senior official"),
            ("a person", "a person"),
            ("Government officials", "government officials"),
            ("A Seoul official", "A Seoul official"),
            ("Officials", "Officials"),
            ("Kim", "Kim"),
            ("", ""),
        ];
        for (words, within) in told {
            assert_eq!(within_sentence(words), within);
        }
    }
}
