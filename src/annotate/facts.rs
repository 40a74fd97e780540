//! What an article offers to the rest of the site, drawn from its marks.

use super::Prose;
use crate::base::{TextRange, in_line};
use crate::model::{
    Article, EventDecision, Facts, FigureFact, FigureMark, Id, Mark, MarkKind, Mention,
    QuotationKind, QuotationMark, SpeechFact, TimeFact, UnlistedFact,
};

/// The facts of an article with these marks, which are in order.
pub(super) fn facts(
    article: &Article,
    text: &str,
    prose: &Prose,
    marks: &[Mark],
    decisions: Vec<EventDecision>,
) -> Facts {
    let drawer = Drawer { text, prose, marks };
    let mut facts = Facts {
        id: article.id().clone(),
        title: article.title.clone(),
        published: article.published,
        mentions: drawer.mentions(),
        times: Vec::new(),
        figures: Vec::new(),
        speech: Vec::new(),
        unlisted: Vec::new(),
        decisions,
    };
    let mut quotations = 0;
    for mark in marks {
        let Some(sentence) = drawer.sentence(mark.range.start) else {
            continue;
        };
        match &mark.kind {
            MarkKind::Time(time) => facts.times.push(TimeFact {
                sentence,
                timex: time.timex,
                value: time.value.clone(),
                modifier: time.modifier,
                alternative: time.alternative.clone(),
            }),
            MarkKind::Figure(figure) => {
                facts.figures.push(drawer.figure(sentence, mark, figure));
            }
            MarkKind::Quotation(quotation) => {
                if quotation.kind != QuotationKind::Scare {
                    let fact = drawer.speech(sentence, quotations, mark.range, quotation);
                    facts.speech.push(fact);
                }
                quotations += 1;
            }
            MarkKind::Unlisted(name) => facts.unlisted.push(UnlistedFact {
                sentence,
                words: drawer.words(mark.range),
                entity_type: name.entity_type,
                certainty: name.certainty,
                group: name.group,
            }),
            MarkKind::Entity { .. } | MarkKind::Note { .. } => {}
        }
    }
    // Facts are kept while everything is linked.
    facts.times.shrink_to_fit();
    facts.figures.shrink_to_fit();
    facts.speech.shrink_to_fit();
    facts.unlisted.shrink_to_fit();
    facts
}

struct Drawer<'a> {
    text: &'a str,
    prose: &'a Prose<'a>,
    marks: &'a [Mark],
}

impl Drawer<'_> {
    /// The number of the sentence in which a byte stands.
    fn sentence(&self, at: u32) -> Option<u32> {
        let sentence = self.prose.sentences().get(self.prose.sentence(at))?;
        Some(sentence.number)
    }

    fn words(&self, range: TextRange) -> Box<str> {
        in_line(range.of(self.text)).into()
    }

    fn mentions(&self) -> Vec<Mention> {
        let named = self.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Entity { id, .. } => Some((self.sentence(mark.range.start)?, id)),
            _ => None,
        });
        let mut named: Vec<(u32, &Id)> = named.collect();
        // Sentences are in order.
        for named in named.chunk_by_mut(|a, b| a.0 == b.0) {
            named.sort_unstable();
        }
        let same = named.chunk_by(|a, b| a == b);
        let mentions = same.filter_map(|same| {
            let (sentence, id) = same.first()?;
            Some(Mention {
                sentence: *sentence,
                entity: (*id).clone(),
                count: u32::try_from(same.len()).unwrap_or(u32::MAX),
            })
        });
        mentions.collect()
    }

    fn figure(&self, sentence: u32, mark: &Mark, figure: &FigureMark) -> FigureFact {
        let counted = figure.counted.as_ref();
        FigureFact {
            sentence,
            words: self.words(mark.range),
            kind: figure.kind.clone(),
            min: figure.min,
            max: figure.max,
            hedge: figure.hedge,
            noun: counted.map(|c| c.noun.clone()),
            counted: counted.map(|c| self.words(c.range)),
            speaker: figure.speaker.clone(),
            measure: figure.measure.clone(),
            state: mark.state,
        }
    }

    fn speech(
        &self,
        sentence: u32,
        index: u32,
        range: TextRange,
        quotation: &QuotationMark,
    ) -> SpeechFact {
        let last = range.end.saturating_sub(1).max(range.start);
        let from = self.marks.partition_point(|m| m.range.start < range.start);
        let mut about: Vec<&Id> = self.marks[from..]
            .iter()
            .take_while(|m| m.range.start < range.end)
            .filter_map(|m| match &m.kind {
                MarkKind::Entity { id, .. } => Some(id),
                _ => None,
            })
            .collect();
        about.sort_unstable();
        about.dedup();
        SpeechFact {
            sentence,
            last_sentence: self.sentence(last).unwrap_or(sentence),
            kind: quotation.kind,
            index,
            verb: quotation.verb.map(|verb| self.words(verb)),
            speaker: quotation.speaker.clone(),
            about: about.into_iter().cloned().collect(),
        }
    }
}
