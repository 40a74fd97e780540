//! An event's page.

use super::Briefing;
use super::address::Linker;
use super::types::*;
use crate::base::{OutPath, Precision};
use crate::link::{EventLinks, Statement};
use crate::model::{DateBasis, Event, Id, Kind, Ref, Rights};

/// The most related events in a chain.
const CHAIN: usize = 6;

impl Briefing<'_> {
    /// The view of an event's page.
    pub(crate) fn event_view(&self, linker: &Linker, event: &Event, path: &OutPath) -> EventView {
        let id = &event.common.id;
        let links = self.links.events.get(id).cloned().unwrap_or_default();
        let prose = self.prose_text(linker, &Ref::new(Kind::Event, id));
        let topics = self.event_topics(linker, id);
        EventView {
            title: event.title.clone(),
            lead: event.common.summary.clone(),
            date: self.when(event),
            precision: self.precision(event),
            status: super::parts::status_word(event.status),
            status_text: self.status_text(event),
            rests_on: self.rests_on(&links.statements, &links.articles),
            record: self.record(linker, event, &links),
            blocks: prose.blocks,
            footnotes_html: prose.footnotes,
            statements: self.statement_views(linker, event, &links.statements),
            disputes: self.event_disputes(linker, id),
            chain: self.chain(linker, event),
            parts: self.event_items(linker, &links.parts),
            sources: self.article_items(linker, &links.articles),
            gaps: event.gaps.clone(),
            cite_page: self.cite_event(event, path),
            pagers: self.pagers(linker, Kind::Event, id, &links.topics),
            topics,
            extra: event.common.extra.clone(),
        }
    }

    fn precision(&self, event: &Event) -> String {
        let s = self.strings;
        let how = match event.date_basis {
            DateBasis::Stated => "stated",
            DateBasis::Inferred => "inferred",
            DateBasis::Supplied => "supplied",
        };
        let fine = match event.date.precision() {
            _ if event.date.is_interval() => "interval",
            Precision::Day => "day",
            Precision::Month => "month",
            Precision::Season => "season",
            _ => "year",
        };
        format!(
            "{}; {}",
            s.get(&format!("precision.{fine}")),
            s.get(&format!("basis.{how}"))
        )
    }

    fn rests_on(&self, statements: &[Statement], articles: &[Id]) -> String {
        let s = self.strings;
        if statements.is_empty() {
            return s.get("gap.no_source").to_owned();
        }
        let sentences: u32 = statements
            .iter()
            .map(|x| x.passage.last - x.passage.first + 1)
            .sum();
        let mut reports = s.count("count.reports", articles.len());
        let independent = self.links.independent_among(articles);
        if independent < articles.len() {
            reports += s.get("list.comma");
            reports += &s.count("count.independent", independent);
        }
        let sentences = s.count("count.sentences", sentences as usize);
        let rests = format!("{reports}: {sentences}");
        match independent {
            1 => s.format(
                "evidence.and",
                &[("one", &rests), ("other", s.get("evidence.single"))],
            ),
            _ => rests,
        }
    }

    fn record(&self, linker: &Linker, event: &Event, links: &EventLinks) -> Vec<RecordLine> {
        let s = self.strings;
        let traces = self.event_traces(linker, &event.common.id);
        let not_stated = || Some(s.get("gap.not_stated").to_owned());
        let line = |label: &str, parts: Vec<TextPart>, gap: Option<String>| RecordLine {
            label: s.get(label).to_owned(),
            gap: if parts.is_empty() { gap } else { None },
            parts,
            traces: Vec::new(),
            small: None,
            warn: None,
        };
        let plain = |text: &str| TextPart {
            text: text.to_owned(),
            href: None,
        };
        let what = event.common.summary.as_deref().unwrap_or(&event.title);
        let mut when = line("event.when", vec![plain(&self.when(event).long)], None);
        when.small = event.date_note.clone();
        self.bear_out(linker, &mut when, links, |s| s.bears.time, "gap.when");
        let mut what = line("event.what", vec![plain(what)], None);
        what.traces = traces.clone();
        if traces.is_empty() {
            what.small = Some(s.get("gap.no_source").to_owned());
        }
        let place = event
            .place
            .iter()
            .filter_map(|p| self.entity_part(linker, &p.value))
            .collect();
        let who = event
            .participants
            .iter()
            .filter_map(|p| self.participant_part(linker, event, &p.value))
            .collect();
        let mut place = line("event.where", self.joined(place), not_stated());
        if event.place.is_some() {
            self.bear_out(linker, &mut place, links, |s| s.bears.place, "gap.where");
        }
        let mut who = line("event.who", self.joined(who), not_stated());
        if !event.participants.is_empty() {
            self.bear_out(
                linker,
                &mut who,
                links,
                |s| !s.bears.who.is_empty(),
                "gap.nobody",
            );
            if !who.traces.is_empty() {
                who.gap = self.unnamed(event, links);
            }
        }
        let outcome = event.outcome.iter().map(|o| plain(o)).collect();
        let mut lines = vec![what, when, place, who];
        if let Some(status) = self.status_text(event) {
            lines.push(line("event.status", vec![plain(&status)], None));
        }
        lines.push(line(
            "event.outcome",
            outcome,
            Some(s.get("gap.not_in_sources").to_owned()),
        ));
        if let Some(whole) = &event.part_of
            && let Some(text) = self.link_name(Kind::Event, &whole.value)
        {
            let href = linker.to(Kind::Event, &whole.value);
            lines.push(line("event.part_of", vec![TextPart { text, href }], None));
        }
        lines
    }

    /// A participant's name, with its role where the event gives one.
    fn participant_part(&self, linker: &Linker, event: &Event, id: &Id) -> Option<TextPart> {
        let part = self.entity_part(linker, id)?;
        let Some(role) = event.roles.get(id) else {
            return Some(part);
        };
        let words = [("name", part.text.as_str()), ("role", role)];
        Some(TextPart {
            text: self.strings.format("event.with_role", &words),
            ..part
        })
    }

    /// An entity's name with a link to its page.
    pub(crate) fn entity_part(&self, linker: &Linker, id: &Id) -> Option<TextPart> {
        Some(TextPart {
            text: self.link_name(Kind::Entity, id)?,
            href: linker.to(Kind::Entity, id),
        })
    }

    /// The names of the reports that an article relies on; articles of the corpus by their outlet.
    pub(crate) fn based_on_names(&self, article: &Id) -> Vec<String> {
        let Some(article) = self.site.articles.get(article) else {
            return Vec::new();
        };
        let name = |written: &str| match self.site.articles.get(written) {
            Some(other) => other.label().to_owned(),
            None => written.to_owned(),
        };
        article.based_on.iter().map(|b| name(&b.value)).collect()
    }

    /// The sentences of a statement, where the rights allow printing them, else the editor's short quotation of them.
    pub(crate) fn statement_html(&self, statement: &Statement) -> Option<String> {
        let article = self.site.articles.get(&statement.article)?;
        let text = match article.rights {
            Rights::Full => self.sentences(
                &statement.article,
                statement.passage.first,
                statement.passage.last,
            )?,
            Rights::Excerpt => {
                let allowed = self.excerpts(&statement.article);
                let quote = allowed.into_iter().find(|q| *q == statement.quote)?;
                self.quoted(&quote)
            }
            Rights::Metadata => return None,
        };
        Some(crate::render::weave::escape_text(&text))
    }

    /// The quotations that may be published of an article of which only excerpts may be: those that events rest on, in
    /// the order of events, as long as each has and all of them have at most `max_words` words.
    pub(crate) fn excerpts(&self, article: &Id) -> Vec<String> {
        let limit = self.site.config.rights.max_words;
        let mut chosen: Vec<String> = Vec::new();
        let mut used = 0;
        if self.site.articles.get(article).map(|a| a.rights) != Some(Rights::Excerpt) {
            return chosen;
        }
        for links in self.links.events.values() {
            let quoted = |s: &&Statement| s.article == *article && !s.quote.is_empty();
            for statement in links.statements.iter().filter(quoted) {
                let words = statement.quote.split_whitespace().count();
                if !chosen.contains(&statement.quote) && used + words <= limit {
                    used += words;
                    chosen.push(statement.quote.clone());
                }
            }
        }
        chosen
    }

    /// The event among those related to it, in order of time.
    fn chain(&self, linker: &Linker, event: &Event) -> Vec<EventItem> {
        let related = self
            .links
            .events
            .get(&event.common.id)
            .map(|l| l.related.as_slice());
        let mut dated: Vec<_> = related
            .unwrap_or_default()
            .iter()
            .take(CHAIN)
            .filter_map(|r| {
                Some((
                    self.site.events.get(&r.to)?.date.clone(),
                    r.to.clone(),
                    self.related_event(linker, Some(event), r)?,
                ))
            })
            .collect();
        if dated.is_empty() {
            return Vec::new();
        }
        let here = EventItem {
            here: true,
            href: None,
            traces: Vec::new(),
            ..self.event_item(linker, event)
        };
        dated.push((event.date.clone(), event.common.id.clone(), here));
        dated.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        dated.into_iter().map(|(_, _, item)| item).collect()
    }

    fn event_disputes(&self, linker: &Linker, event: &Id) -> Vec<DisputeView> {
        self.disputes(linker, self.event_measures(event))
    }
}
