//! A measure's page, and where its sources differ.
//!
//! Which values there are, why, and which of them contradict each other is known from [`link::measures`](crate::link::measures); here it
//! is put into words. Of an article whose text is not published only numbers are printed, and words of the editor.

use super::Briefing;
use super::address::Linker;
use super::chart::{Amounts, ValueWords};
use super::types::*;
use crate::link::measures::{AsOf, AsOfBasis, Check, Context, MeasureLinks, Near, Sum, Value, Why};
use crate::model::{
    Amount, Difference, FigureKind, Hedge, Id, Kind, Measure, Ref, Rights, Speaker, State,
};

impl Briefing<'_> {
    /// The view of a measure's page.
    pub(crate) fn measure_view(&self, linker: &Linker, measure: &Measure) -> MeasureView {
        let id = &measure.common.id;
        let prose = self.prose_text(linker, &Ref::new(Kind::Measure, id));
        let topics = measure.topics.iter().map(|t| &t.value);
        MeasureView {
            title: measure.title.clone(),
            lead: measure.common.summary.clone(),
            unit: measure.unit.clone(),
            facts: self.measure_facts(linker, measure),
            blocks: prose.blocks,
            footnotes_html: prose.footnotes,
            chart: self.values_chart(measure),
            values: self.values(linker, self.measure_links(measure)),
            dispute: self.dispute(linker, measure, false),
            topics: self.topic_tags(linker, topics, |_| None),
            events: self.event_items(linker, measure.events.iter().map(|e| &e.value)),
            extra: measure.common.extra.clone(),
        }
    }

    fn measure_facts(&self, linker: &Linker, measure: &Measure) -> Vec<RecordLine> {
        let part = |id| {
            Some(TextPart {
                text: self.link_name(Kind::Measure, id)?,
                href: linker.to(Kind::Measure, id),
            })
        };
        let lines = [
            (
                "measure.sum_of",
                measure
                    .sum_of
                    .iter()
                    .filter_map(|m| part(&m.value))
                    .collect::<Vec<_>>(),
            ),
            (
                "measure.subset_of",
                measure
                    .subset_of
                    .iter()
                    .filter_map(|m| part(&m.value))
                    .collect(),
            ),
        ];
        lines
            .into_iter()
            .filter(|(_, parts)| !parts.is_empty())
            .map(|(label, parts)| RecordLine {
                label: self.strings.get(label).to_owned(),
                parts: self.joined(parts),
                gap: None,
                traces: Vec::new(),
                small: None,
                warn: None,
            })
            .chain(self.checks(linker, measure))
            .collect()
    }

    /// How the values of a sum compare with those of its parts, a line each.
    fn checks(&self, linker: &Linker, measure: &Measure) -> Vec<RecordLine> {
        let links = self.measure_links(measure);
        let line = |check: &Check| {
            let whole = links.values.get(check.whole)?;
            let article = self.site.articles.get(&whole.article)?;
            let parts: Option<Vec<&Value>> = check
                .parts
                .iter()
                .map(|(part, value)| self.links.measures.get(part)?.values.get(*value))
                .collect();
            let parts = parts?;
            let sum = parts.iter().map(|v| self.value_text(v));
            let sum = sum
                .collect::<Vec<_>>()
                .join(self.strings.get("measure.plus"));
            let key = match check.agrees {
                true => "measure.adds_up",
                false => "measure.does_not_add_up",
            };
            let arguments = [
                ("parts", &*sum),
                ("whole", &self.value_text(whole)),
                ("outlet", article.label()),
            ];
            let traced = parts.into_iter().chain([whole]);
            let traced = traced.map(|v| (&v.article, Some(v.passage)));
            let traces = self.traces(linker, traced);
            Some(RecordLine {
                label: self.strings.get("measure.check").to_owned(),
                parts: vec![TextPart {
                    text: self.strings.format(key, &arguments),
                    href: None,
                }],
                gap: None,
                traces,
                small: None,
                warn: None,
            })
        };
        links.checks.iter().filter_map(line).collect()
    }

    /// What is known of a measure's values.
    fn measure_links(&self, measure: &Measure) -> &MeasureLinks {
        static NONE: MeasureLinks = MeasureLinks {
            values: Vec::new(),
            difference: None,
            disputes: std::collections::BTreeMap::new(),
            sums: Vec::new(),
            checks: Vec::new(),
        };
        self.links.measures.get(&measure.common.id).unwrap_or(&NONE)
    }

    /// A measure in a list.
    pub(crate) fn measure_item(&self, linker: &Linker, measure: &Measure) -> Option<MeasureItem> {
        let links = self.measure_links(measure);
        Some(MeasureItem {
            href: linker.to(Kind::Measure, &measure.common.id)?,
            title: measure.title.clone(),
            summary: measure.common.summary.clone(),
            values: self.values(linker, links),
            disputed: links.difference == Some(Difference::Open),
        })
    }

    /// The measures that matter to an event: those that name it, and those of which a value that is disputed stands in a sentence
    /// that tells of it.
    pub(crate) fn event_measures<'a>(&'a self, event: &'a Id) -> impl Iterator<Item = &'a Measure> {
        let statements = self.links.events.get(event).map(|l| &l.statements);
        let tells = move |value: &Value| {
            statements.into_iter().flatten().any(|s| {
                s.article == value.article
                    && s.passage.first <= value.passage.last
                    && value.passage.first <= s.passage.last
            })
        };
        self.site.measures.values().filter(move |measure| {
            let links = self.measure_links(measure);
            let disputed = || links.disputes.keys().filter_map(|i| links.values.get(*i));
            measure.events.iter().any(|e| e.value == *event)
                || links.difference == Some(Difference::Open) && disputed().any(tells)
        })
    }

    /// Every value of a measure, in order of publication.
    fn values(&self, linker: &Linker, links: &MeasureLinks) -> Vec<ValueView> {
        let all = (0..links.values.len()).filter_map(|i| self.value(linker, links, i));
        all.collect()
    }

    fn value(&self, linker: &Linker, links: &MeasureLinks, index: usize) -> Option<ValueView> {
        let value = links.values.get(index)?;
        let article = self.site.articles.get(&value.article)?;
        let text = self.value_text(value);
        let number = value.min.is_some() || value.max.is_some();
        let as_of = value.as_of.as_ref();
        let repeated = value.repeats.as_ref();
        let repeated = repeated.and_then(|id| self.site.articles.get(id));
        Some(ValueView {
            words: text.chars().count() > 9 || !number,
            value: text,
            counts: value.counts.clone(),
            speaker: value.speaker.as_ref().and_then(|speaker| match speaker {
                Speaker::Entity(id) => self.entity_part(linker, id),
                Speaker::Words(words) => Some(TextPart {
                    text: words.clone(),
                    href: None,
                }),
            }),
            as_of: as_of.map(|as_of| self.as_of(as_of)),
            as_of_note: as_of.map(|as_of| self.as_of_note(as_of, article.rights)),
            why: self.value_why(&value.why),
            state: self.state(value),
            reviewed: value.state == State::Reviewed,
            disputed: links.is_disputed(index) && links.difference == Some(Difference::Open),
            repeats: repeated.map(|other| {
                let outlet = ("outlet", other.label());
                self.strings.format("measure.repeats", &[outlet])
            }),
            outlet: article.label().to_owned(),
            date: self.published(article),
            sentence: self
                .sentences(&value.article, value.passage.first, value.passage.last)
                .unwrap_or_default(),
            trace: self.trace(linker, &value.article, Some(value.passage))?,
        })
    }

    fn state(&self, value: &Value) -> String {
        let key = match value.state {
            State::Automatic => "state.automatic",
            State::Reviewed => "state.reviewed",
        };
        self.strings.get(key).to_owned()
    }

    /// When a value holds; the day of the report is told apart.
    fn as_of(&self, as_of: &AsOf) -> String {
        let date = self.strings.date(&as_of.date);
        match as_of.basis {
            AsOfBasis::Published => self.strings.format("measure.reported", &[("date", &date)]),
            _ => date,
        }
    }

    fn as_of_note(&self, as_of: &AsOf, rights: Rights) -> String {
        let key = match &as_of.basis {
            AsOfBasis::Editor => "measure.as_of_editor",
            AsOfBasis::Measure => "measure.as_of_measure",
            AsOfBasis::Published => "measure.as_of_published",
            AsOfBasis::Sentence(_) if rights != Rights::Full => "measure.as_of_text",
            AsOfBasis::Sentence(words) => {
                let words = self.quoted(words);
                let words = ("words", &*words);
                return self.strings.format("measure.as_of_sentence", &[words]);
            }
        };
        self.strings.get(key).to_owned()
    }

    /// Why something is a value of a measure.
    pub(crate) fn value_why(&self, why: &Why) -> String {
        let s = self.strings;
        match why {
            Why::Written => s.get("measure.why_written").to_owned(),
            Why::Given => s.get("measure.why_given").to_owned(),
            Why::Words { unit, need } => {
                let key = match need.near {
                    Near::Phrase => "measure.why_phrase",
                    Near::Sentence => "measure.why_sentence",
                    Near::Paragraph => "measure.why_paragraph",
                    Near::Heading => "measure.why_heading",
                };
                let (unit, need) = (self.quoted(unit), self.context_text(need));
                s.format(key, &[("unit", &unit), ("need", &need)])
            }
            Why::Total(parts) => {
                let parts = parts.iter().map(|n| s.number(n.get()));
                let sum = parts.collect::<Vec<_>>().join(s.get("measure.plus"));
                s.format("measure.why_total", &[("sum", &sum)])
            }
        }
    }

    /// A context word, or the entity that it names.
    fn context_text(&self, need: &Context) -> String {
        let entity = need.entity.as_ref();
        match entity.and_then(|id| self.link_name(Kind::Entity, id)) {
            Some(name) => self.strings.format("measure.mention", &[("name", &name)]),
            None => self.quoted(&need.words),
        }
    }

    /// A value with its hedge; the source's words where numbers do not say it.
    fn value_text(&self, value: &Value) -> String {
        let s = self.strings;
        let ends = (value.min.map(Amount::get), value.max.map(Amount::get));
        let text = match (&value.words, ends) {
            // Words of a plain number say by themselves how exact it is: `hundreds of thousands`.
            (Some(words), _) if value.kind == FigureKind::Cardinal => return words.clone(),
            (Some(words), _) => words.clone(),
            (None, (Some(min), Some(max))) if (min - max).abs() < f64::EPSILON => s.number(max),
            (None, (Some(min), Some(max))) => s.format(
                "hedge.range",
                &[("min", &s.number(min)), ("max", &s.number(max))],
            ),
            (None, (Some(one), None) | (None, Some(one))) => s.number(one),
            (None, (None, None)) => return self.quote_text(value),
        };
        let text = match (&value.words, &value.kind) {
            (None, FigureKind::Percent) => format!("{text}%"),
            (None, FigureKind::Money { currency }) => format!("{currency} {text}"),
            (None, FigureKind::Measure { unit }) => format!("{text} {unit}"),
            _ => text,
        };
        let key = match value.hedge {
            Hedge::Exact => return text,
            Hedge::About => "hedge.about",
            Hedge::AtLeast => "hedge.at-least",
            Hedge::UpTo => "hedge.up-to",
        };
        s.format(key, &[("value", &text)])
    }

    /// The words that an editor quotes for a value, where they may be printed.
    fn quote_text(&self, value: &Value) -> String {
        let article = self.site.articles.get(&value.article);
        let quote = value.quote.as_ref();
        let quote = quote.filter(|_| article.is_some_and(|a| a.rights == Rights::Full));
        let words = quote.map_or(self.strings.get("gap.not_published"), |quote| quote);
        words.to_owned()
    }

    /// The values of a measure by the time for which they hold.
    fn values_chart(&self, measure: &Measure) -> Option<ChartView> {
        let links = self.measure_links(measure);
        let mut rows: Vec<(usize, &Value, String, String)> = links
            .values
            .iter()
            .enumerate()
            .map(|(i, value)| {
                let article = self.site.articles.get(&value.article);
                let when = value
                    .as_of
                    .as_ref()
                    .map(|as_of| self.strings.date(&as_of.date));
                let outlet = article.map(|a| a.label().to_owned());
                let label: Vec<String> = when.into_iter().chain(outlet).collect();
                let label = label.join(self.strings.get("list.comma"));
                (i, value, self.value_text(value), label)
            })
            .collect();
        rows.sort_by_key(|(i, value, ..)| (value.as_of.as_ref().map(|a| a.date.clone()), *i));
        let amounts: Vec<Amounts> = rows
            .iter()
            .map(|(i, value, text, label)| {
                let ends = (value.min.map(Amount::get), value.max.map(Amount::get));
                Amounts {
                    low: ends.0.filter(|_| value.hedge != Hedge::UpTo),
                    high: ends.1.filter(|_| value.hedge != Hedge::AtLeast),
                    hedged: value.hedge == Hedge::About,
                    disputed: links.is_disputed(*i) && links.difference == Some(Difference::Open),
                    value: text,
                    label,
                }
            })
            .collect();
        let s = self.strings;
        let number = |n: f64| s.number(n);
        let words = ValueWords {
            title: &measure.title,
            scale: s.get("chart.values_scale"),
            item: s.get("chart.value"),
            disputed: s.get("chart.value_disputed"),
            between: s.get("chart.between"),
            more: s.get("chart.more"),
            number: &number,
        };
        let chart = super::chart::values("values", &amounts, &words)?;
        Some(ChartView {
            caption: s.get("measure.chart").to_owned(),
            svg_html: chart.svg,
            marks: chart.marks,
        })
    }

    /// Where the sources of some measures differ, or seem to: contradictions first, then estimates, then what is none.
    pub(crate) fn disputes<'m>(
        &self,
        linker: &Linker,
        measures: impl IntoIterator<Item = &'m Measure>,
    ) -> Vec<DisputeView> {
        let measures = measures.into_iter();
        let all = measures.filter_map(|m| self.dispute(linker, m, true));
        let mut all: Vec<DisputeView> = all.collect();
        all.sort_by_key(|dispute| match dispute.class {
            "" => 0,
            "est" => 1,
            _ => 2,
        });
        all
    }

    /// Where the sources of a measure differ, or seem to.
    pub(crate) fn dispute(
        &self,
        linker: &Linker,
        measure: &Measure,
        link: bool,
    ) -> Option<DisputeView> {
        let links = self.measure_links(measure);
        let difference = links.difference?;
        let (class, key) = match difference {
            Difference::Open => ("", "dispute.disagree"),
            Difference::Resolved => ("ok", "dispute.ok"),
            Difference::Estimates => ("est", "dispute.est"),
        };
        let mut values: Vec<ValueView> = in_question(links, difference)
            .into_iter()
            .filter_map(|i| self.value(linker, links, i))
            .collect();
        values.dedup_by(|later, earlier| {
            later.value == earlier.value && later.outlet == earlier.outlet
        });
        let sums = links
            .sums
            .iter()
            .filter_map(|sum| self.sum_text(links, sum));
        let sums: Vec<String> = sums
            .filter(|_| difference == Difference::Resolved)
            .map(|sum| self.strings.format("dispute.sum", &[("text", &sum)]))
            .collect();
        let text: Vec<String> = sums.into_iter().chain(measure.verdict.clone()).collect();
        Some(DisputeView {
            id: format!("dis-{}", measure.common.id),
            title: measure.title.clone(),
            class,
            values,
            verdict: self.strings.get(key).to_owned(),
            text: (!text.is_empty()).then(|| text.join(" ")),
            href: linker
                .to(Kind::Measure, &measure.common.id)
                .filter(|_| link),
        })
    }

    /// A sum: `24 + 2 = 26`.
    fn sum_text(&self, links: &MeasureLinks, sum: &Sum) -> Option<String> {
        let whole = self.value_text(links.values.get(sum.whole)?);
        let parts = sum.parts.iter().filter_map(|i| links.values.get(*i));
        let parts: Vec<String> = parts.map(|v| self.value_text(v)).collect();
        let parts = parts.join(self.strings.get("measure.plus"));
        let arguments = [("parts", &*parts), ("whole", &*whole)];
        Some(self.strings.format("measure.sum", &arguments))
    }
}

/// The values that a difference is about: those that contradict another, or those of sums, or else all but an editor's parts.
fn in_question(links: &MeasureLinks, difference: Difference) -> Vec<usize> {
    let all = || links.values.iter().enumerate();
    let chosen: Vec<usize> = match difference {
        Difference::Open => links.disputes.keys().copied().collect(),
        Difference::Resolved => {
            // Of a single sum the whole is told in words.
            let of_sum = |i: &usize| match &links.sums[..] {
                [only] => only.parts.contains(i),
                sums => sums.iter().any(|s| s.whole == *i || s.parts.contains(i)),
            };
            let of_sum = all().filter(|(i, v)| v.part_of_sum || of_sum(i));
            of_sum.map(|(i, _)| i).collect()
        }
        Difference::Estimates => Vec::new(),
    };
    match chosen.is_empty() {
        true => all()
            .filter(|(_, v)| !v.part_of_sum)
            .map(|(i, _)| i)
            .collect(),
        false => chosen,
    }
}
