//! A measure's page, and where its sources differ.

use super::Briefing;
use super::address::Linker;
use super::types::*;
use crate::base::Edtf;
use crate::model::{Difference, Hedge, Kind, Measure, Reading, Ref, Speaker};

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
            chart: None,
            values: self.values(linker, measure),
            dispute: self.dispute(linker, measure, false),
            topics: self.topic_tags(linker, topics, |_| Vec::new(), None),
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
            .collect()
    }

    /// A measure in a list.
    pub(crate) fn measure_item(&self, linker: &Linker, measure: &Measure) -> Option<MeasureItem> {
        Some(MeasureItem {
            href: linker.to(Kind::Measure, &measure.common.id)?,
            title: measure.title.clone(),
            summary: measure.common.summary.clone(),
            values: self.values(linker, measure),
            disputed: self.difference(measure) == Some(Difference::Open),
        })
    }

    /// Every value of a measure, in order of publication.
    fn values(&self, linker: &Linker, measure: &Measure) -> Vec<ValueView> {
        let largest = measure
            .values
            .iter()
            .filter_map(|v| v.max)
            .fold(0.0, f64::max);
        let mut dated: Vec<(Option<jiff::civil::Date>, &Reading)> = measure
            .values
            .iter()
            .map(|v| {
                (
                    self.site
                        .articles
                        .get(&v.article.value)
                        .and_then(|a| a.published),
                    v,
                )
            })
            .collect();
        dated.sort_by_key(|(day, v)| (*day, self.anchors.get(&v.article.value, &v.quote)));
        dated
            .into_iter()
            .filter_map(|(_, reading)| self.value(linker, measure, reading, largest))
            .collect()
    }

    fn value(
        &self,
        linker: &Linker,
        measure: &Measure,
        reading: &Reading,
        largest: f64,
    ) -> Option<ValueView> {
        let id = &reading.article.value;
        let article = self.site.articles.get(id)?;
        let passage = self.anchors.get(id, &reading.quote)?;
        let as_of: Option<&Edtf> = reading.as_of.as_ref().or(measure.as_of.as_ref());
        let text = reading
            .words
            .clone()
            .unwrap_or_else(|| self.value_text(reading));
        Some(ValueView {
            words: text.chars().count() > 9 || reading.max.is_none(),
            value: text,
            counts: reading.counts.clone(),
            speaker: reading.speaker.as_ref().and_then(|speaker| match speaker {
                Speaker::Entity(id) => self.entity_part(linker, id),
                Speaker::Words(words) => Some(TextPart {
                    text: words.clone(),
                    href: None,
                }),
            }),
            as_of: as_of.map(|date| self.strings.date(date)),
            outlet: article.label().to_owned(),
            date: self.published(article),
            sentence: self
                .sentences(id, passage.first, passage.last)
                .unwrap_or_default(),
            trace: self.trace(linker, id, Some(passage))?,
            share: reading
                .max
                .filter(|_| largest > 0.0)
                .map(|max| (max / largest).clamp(0.0, 1.0)),
        })
    }

    /// A value with its hedge; the quotation where it names no number.
    fn value_text(&self, reading: &Reading) -> String {
        let s = self.strings;
        let number = match (reading.min, reading.max) {
            (Some(min), Some(max)) if (min - max).abs() < f64::EPSILON => s.number(max),
            (Some(min), Some(max)) => s.format(
                "hedge.range",
                &[("min", &s.number(min)), ("max", &s.number(max))],
            ),
            (Some(one), None) | (None, Some(one)) => s.number(one),
            (None, None) => return reading.quote.value.clone(),
        };
        let key = match reading.hedge {
            Hedge::Exact => return number,
            Hedge::About => "hedge.about",
            Hedge::AtLeast => "hedge.at-least",
            Hedge::UpTo => "hedge.up-to",
        };
        s.format(key, &[("value", &number)])
    }

    /// Where the sources of a measure differ, or seem to.
    pub(crate) fn dispute(
        &self,
        linker: &Linker,
        measure: &Measure,
        link: bool,
    ) -> Option<DisputeView> {
        let difference = self.difference(measure)?;
        let (class, key) = match difference {
            Difference::Open => ("", "dispute.disagree"),
            Difference::Resolved => ("ok", "dispute.ok"),
            Difference::Estimates => ("est", "dispute.est"),
        };
        // Where there are parts of a sum, they are what is shown to be no contradiction.
        let parts =
            difference == Difference::Resolved && measure.values.iter().any(|v| v.part_of_sum);
        let in_question = Measure {
            values: measure
                .values
                .iter()
                .filter(|v| v.part_of_sum == parts)
                .cloned()
                .collect(),
            ..measure.clone()
        };
        let mut values = self.values(linker, &in_question);
        values.dedup_by(|later, earlier| {
            later.value == earlier.value && later.outlet == earlier.outlet
        });
        Some(DisputeView {
            id: format!("dis-{}", measure.common.id),
            title: measure.title.clone(),
            class,
            values,
            verdict: self.strings.get(key).to_owned(),
            text: measure.verdict.clone(),
            href: linker
                .to(Kind::Measure, &measure.common.id)
                .filter(|_| link),
        })
    }

    /// Whether, and how, the values of a measure differ. Unless the editor says it: values that hold at overlapping times and do not overlap
    /// themselves are a disagreement, unless one is the sum of parts, or all are estimates.
    fn difference(&self, measure: &Measure) -> Option<Difference> {
        if measure.difference.is_some() {
            return measure.difference;
        }
        let known: Vec<&Reading> = measure
            .values
            .iter()
            .filter(|v| self.anchors.get(&v.article.value, &v.quote).is_some())
            .collect();
        let differ = |a: &Reading, b: &Reading| {
            let range = |r: &Reading| Some((r.min.or(r.max)?, r.max.or(r.min)?));
            let apart = match (range(a), range(b)) {
                (Some((a0, a1)), Some((b0, b1))) => a1 < b0 || b1 < a0,
                _ => a.quote.value != b.quote.value,
            };
            let time = |r: &Reading| r.as_of.clone().or_else(|| measure.as_of.clone());
            let together = match (time(a), time(b)) {
                (Some(x), Some(y)) => x.overlaps(&y),
                _ => true,
            };
            apart && together
        };
        let parts = known.iter().filter(|v| v.part_of_sum).count();
        let known: Vec<&Reading> = known.into_iter().filter(|v| !v.part_of_sum).collect();
        let estimates = |r: &&Reading| r.hedge != Hedge::Exact || r.min != r.max || r.max.is_none();
        if known.len() > 1
            && known.iter().all(estimates)
            && known.iter().any(|r| r.min != r.max || r.max.is_none())
        {
            return Some(Difference::Estimates);
        }
        let mut pairs = known
            .iter()
            .enumerate()
            .flat_map(|(i, a)| known.iter().skip(i + 1).map(move |b| (a, b)));
        match pairs.any(|(a, b)| differ(a, b)) {
            true => Some(Difference::Open),
            false => (parts > 1).then_some(Difference::Resolved),
        }
    }
}
