//! The statements about an event with the reasons for each, and which fields of the event they bear out.

use super::Briefing;
use super::address::Linker;
use super::types::*;
use crate::base::Edtf;
use crate::link::evidence::{Fit, Nearness, Part, Stands, TimeFrom};
use crate::link::{EventLinks, Foundation, Statement};
use crate::model::{Event, Id, Kind, Rights};

impl Briefing<'_> {
    /// The statements about an event, in order of publication.
    pub(crate) fn statement_views(
        &self,
        linker: &Linker,
        event: &Event,
        statements: &[Statement],
    ) -> Vec<StatementView> {
        let views = statements.iter().filter_map(|statement| {
            let article = self.site.articles.get(&statement.article)?;
            let status = statement
                .status
                .map(|s| self.strings.get(super::parts::status_key(s)));
            Some(StatementView {
                id: String::new(),
                html: self.statement_html(statement),
                trace: self.trace(linker, &statement.article, Some(statement.passage))?,
                outlet: article.label().to_owned(),
                date: self.published(article),
                status_text: status.map(str::to_owned),
                speaker: self.speaker_part(linker, statement),
                second_hand: self.second_hand(statement),
                note: statement.note.clone(),
                automatic: statement.foundation == Foundation::Automatic,
                why: self.why(event, statement),
            })
        });
        let numbered = views.zip(1..).map(|(view, n)| StatementView {
            id: format!("st{n}"),
            ..view
        });
        numbered.collect()
    }

    /// Who says it, known by name or as a source without one, in a report whose words may be printed.
    fn speaker_part(&self, linker: &Linker, statement: &Statement) -> Option<TextPart> {
        let open = self.site.articles.get(&statement.article)?.rights == Rights::Full;
        let voice = statement.speaker.as_ref().filter(|_| open)?;
        match &voice.entity {
            Some(entity) => self.entity_part(linker, entity),
            None => voice.anonymous.then(|| TextPart {
                text: voice.words.to_string(),
                href: None,
            }),
        }
    }

    /// Whence a report has it, where it has it from others.
    fn second_hand(&self, statement: &Statement) -> Option<String> {
        let s = self.strings;
        let names = s.list(&self.based_on_names(&statement.article));
        let from = (!names.is_empty()).then(|| s.format("card.second_hand", &[("name", &names)]));
        let hearsay = statement
            .hearsay
            .then(|| s.get("evidence.hearsay").to_owned());
        match (from, hearsay) {
            (Some(from), Some(hearsay)) => {
                Some(s.format("evidence.and", &[("one", &from), ("other", &hearsay)]))
            }
            (from, hearsay) => from.or(hearsay),
        }
    }

    /// Why a statement counts, in words.
    pub(crate) fn why(&self, event: &Event, statement: &Statement) -> String {
        let s = self.strings;
        match &statement.foundation {
            Foundation::Editor => s.get("reason.forced").to_owned(),
            Foundation::Override { by: Some(by), why } => {
                s.format("evidence.override_by", &[("by", by), ("why", why)])
            }
            Foundation::Override { by: None, why } => {
                s.format("evidence.override", &[("why", why)])
            }
            Foundation::Automatic => {
                let points = s.count("reason.score", usize::from(statement.finding.points()));
                let rights = self.site.articles.get(&statement.article).map(|a| a.rights);
                if rights != Some(Rights::Full) {
                    return s.format("evidence.found_closed", &[("points", &points)]);
                }
                // In the order of questions: when, where, who, and in which words.
                let mut ordered: Vec<&Part> = statement
                    .finding
                    .parts
                    .iter()
                    .map(|(part, _)| part)
                    .collect();
                ordered.sort_by_key(|part| match part {
                    Part::Time { .. } => 0,
                    Part::Place { .. } => 1,
                    Part::Participant { .. } => 2,
                    Part::Elsewhere { .. } => 3,
                    Part::Phrase { .. } => 4,
                    Part::Wording { .. } => 5,
                });
                let parts: Vec<String> = ordered
                    .into_iter()
                    .map(|part| self.part(event.place.as_ref().map(|p| &p.value), part))
                    .collect();
                let parts = parts.join(s.get("evidence.between"));
                s.format("evidence.found", &[("points", &points), ("parts", &parts)])
            }
        }
    }

    /// One reason in plain words; `place` is the event's.
    pub(crate) fn part(&self, place: Option<&Id>, part: &Part) -> String {
        let s = self.strings;
        let name = |id: &Id| self.link_name(Kind::Entity, id).unwrap_or_default();
        match part {
            Part::Time { fit, value, from } => self.time_part(*fit, value, *from),
            Part::Place { named, nearness } => {
                let key = match nearness {
                    Nearness::Itself => "evidence.place",
                    Nearness::Inside => "evidence.place_inside",
                    Nearness::Named => "evidence.place_named",
                    Nearness::Country => "evidence.place_country",
                };
                let place = place.map(name).unwrap_or_default();
                s.format(key, &[("name", &name(named)), ("place", &place)])
            }
            Part::Participant { named, of, stands } => {
                let key = match stands {
                    Stands::Itself => "evidence.who",
                    Stands::Capital => "evidence.who_capital",
                    Stands::Voice => "evidence.who_voice",
                    Stands::Body => "evidence.who_body",
                };
                s.format(key, &[("name", &name(named)), ("of", &name(of))])
            }
            Part::Elsewhere { named } => s.format("evidence.elsewhere", &[("name", &name(named))]),
            Part::Phrase { phrase, gaps } => {
                let key = if *gaps {
                    "evidence.phrase_gaps"
                } else {
                    "evidence.phrase"
                };
                s.format(key, &[("phrase", phrase)])
            }
            Part::Wording { words } => {
                let words = words.join(s.get("list.comma"));
                s.format("evidence.wording", &[("words", &words)])
            }
        }
    }

    fn time_part(&self, fit: Fit, value: &str, from: TimeFrom) -> String {
        let s = self.strings;
        let Some(date) = Edtf::of_timex(value) else {
            return String::new();
        };
        let words = s.date(&date);
        let key = match (from, fit) {
            (TimeFrom::Report, Fit::Within) => "evidence.report_day",
            (TimeFrom::Report, _) => "evidence.report_near",
            (_, Fit::Same) => match value.len() {
                10.. => "evidence.time_day",
                7 => "evidence.time_month",
                4 => "evidence.time_year",
                _ => "evidence.time",
            },
            (_, Fit::Within) => "evidence.time_within",
            (_, Fit::Around) => "evidence.time_around",
            (_, Fit::Overlap) => "evidence.time_overlap",
            (_, Fit::Near) => "evidence.time_near",
        };
        let told = s.format(key, &[("date", &words)]);
        match from {
            TimeFrom::Carried(_) => s.format("evidence.carried", &[("time", &told)]),
            TimeFrom::Sentence | TimeFrom::Report => told,
        }
    }

    /// Puts beside a line of the record the sentences that bear it out: a gap where there are none, and a mark where
    /// they are all of one source though the event has more.
    pub(crate) fn bear_out(
        &self,
        linker: &Linker,
        line: &mut RecordLine,
        links: &EventLinks,
        bears: impl Fn(&Statement) -> bool,
        gap: &str,
    ) {
        let bearing: Vec<&Statement> = links.statements.iter().filter(|s| bears(s)).collect();
        line.traces = bearing
            .iter()
            .filter_map(|s| self.trace(linker, &s.article, Some(s.passage)))
            .collect();
        line.traces.dedup();
        let mut articles: Vec<&Id> = bearing.iter().map(|s| &s.article).collect();
        articles.dedup();
        let said = self.strings;
        match self.links.independent_among(articles) {
            0 => line.gap = Some(said.get(gap).to_owned()),
            1 if self.links.independent_among(&links.articles) > 1 => {
                let one = said.get("evidence.one_source");
                line.small = Some(match line.small.take() {
                    Some(small) => said.format("evidence.and", &[("one", &small), ("other", one)]),
                    None => one.to_owned(),
                });
            }
            _ => {}
        }
    }

    /// The participants that no statement names, nor anybody who stands for them, as a sentence.
    pub(crate) fn unnamed(&self, event: &Event, links: &EventLinks) -> Option<String> {
        let named = |id: &Id| links.statements.iter().any(|s| s.bears.who.contains(id));
        let missing = event.participants.iter().map(|p| &p.value);
        let missing: Vec<String> = missing
            .filter(|id| !named(id))
            .filter_map(|id| self.link_name(Kind::Entity, id))
            .collect();
        (!missing.is_empty()).then(|| {
            let names = self.strings.list(&missing);
            self.strings.format("gap.who", &[("names", &names)])
        })
    }
}
