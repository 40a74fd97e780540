//! Figures of an article: as marks in its text, written out in the margin, and on cards.
//!
//! The text is full of numbers that count nothing a reader would look up: `the two sides`, `on one condition`. Those are known
//! to the program and get no mark. In the margin stands only what the words do not say.

use std::collections::BTreeSet;

use super::address::Linker;
use super::quotes::state_key;
use super::types::*;
use super::{ArticleText, Briefing};
use crate::base::{TextRange, in_line};
use crate::model::{
    Amount, Article, BlockKind, FigureKind, FigureMark, Hedge, Kind, Mark, MarkKind, Measure,
    Reading, Sentence, Speaker, State,
};
use crate::render::weave::Thread;

/// Numbers up to this one are as clear in words as in digits.
const PLAIN_WORDS: f64 = 12.0;

/// Most bytes between a number and its hedge or what it counts, for the three to be shown as one phrase.
const NEAR: u32 = 24;

/// Words before a number that make it point back to what is known: `the two sides`.
const POINTING: [&str; 11] = [
    "the", "these", "those", "both", "its", "their", "his", "her", "our", "my", "your",
];

/// A figure that is shown.
#[derive(Debug, Clone)]
pub(crate) struct ShownFigure<'a> {
    /// Its number among those of the article, from 1: its card is `f-` and this.
    pub(crate) number: usize,
    /// In the text.
    pub(crate) range: TextRange,
    /// Ties it to its line in the margin: 1 to 3; none without a line.
    pub(crate) key: Option<usize>,
    /// Its words with the hedge and what is counted.
    words: String,
    /// What it means, where the words do not say it.
    value: Option<String>,
    /// What is to be said of it in the margin.
    remark: Option<String>,
    /// What was found.
    mark: &'a FigureMark,
    /// Whether an editor has confirmed it.
    state: State,
    /// Its sentence.
    sentence: Option<&'a Sentence>,
    /// The measure that follows it from one source to another.
    measure: Option<&'a Measure>,
    /// What an editor has read it as.
    reading: Option<&'a Reading>,
}

/// What a figure means.
struct FigureValue {
    /// The number or numbers alone.
    number: String,
    /// With the hedge and the currency.
    text: String,
}

impl Briefing<'_> {
    /// The figures of an article that are shown, in order: of each the first in its block.
    pub(crate) fn figures(&self, article: &Article) -> Vec<ShownFigure<'_>> {
        let on = self.site.config.layers.figures;
        let Some(text) = self.articles.get(article.id()).filter(|_| on) else {
            return Vec::new();
        };
        let mut seen = BTreeSet::new();
        let marks = text
            .annotated
            .marks
            .iter()
            .filter_map(|mark| match &mark.kind {
                MarkKind::Figure(figure) => Some((mark, &**figure)),
                _ => None,
            });
        let shown = marks.filter(|(mark, figure)| {
            let blocks = &text.prose.document.blocks;
            let block = blocks.partition_point(|b| b.range.end <= mark.range.start);
            let heading = blocks
                .get(block)
                .is_none_or(|b| b.kind == BlockKind::Heading);
            let noun = figure.counted.as_ref().map(|c| &c.noun);
            !heading
                && worth_a_mark(&text.prose.document.text, mark.range, figure)
                && seen.insert((block, &figure.kind, figure.min, figure.max, noun))
        });
        shown
            .zip(1..)
            .map(|((mark, figure), number)| self.shown_figure(article, text, mark, figure, number))
            .collect()
    }

    fn shown_figure<'t>(
        &'t self,
        article: &Article,
        text: &'t ArticleText,
        mark: &Mark,
        figure: &'t FigureMark,
        number: usize,
    ) -> ShownFigure<'t> {
        let plain = &text.prose.document.text;
        let sentences = &text.annotated.sentences;
        let at = sentences.partition_point(|s| s.range.end <= mark.range.start);
        let sentence = sentences.get(at);
        let words = in_line(phrase(plain, mark.range, figure).of(plain));
        let digits = in_line(mark.range.of(plain));
        let (measure, reading) = self.measured(article, figure, sentence, &digits);
        ShownFigure {
            number,
            range: mark.range,
            key: None,
            value: self
                .figure_value(figure)
                .filter(|value| !has_words(&words, &value.number))
                .map(|value| value.text),
            remark: self.figure_remark(figure, measure),
            words: words.into_owned(),
            mark: figure,
            state: match reading {
                Some(_) => State::Reviewed,
                None => mark.state,
            },
            sentence,
            measure,
            reading,
        }
    }

    /// The measure that an editor has given a figure to, or one of whose values quotes it, and that value.
    fn measured(
        &self,
        article: &Article,
        figure: &FigureMark,
        sentence: Option<&Sentence>,
        digits: &str,
    ) -> (Option<&Measure>, Option<&Reading>) {
        let quotes = |reading: &&Reading| {
            let passage = self.anchors.get(article.id(), &reading.quote);
            let number = sentence.map_or(0, |s| s.number);
            let there = passage.is_some_and(|p| p.first <= number && number <= p.last);
            reading.article.value == *article.id()
                && there
                && has_words(&reading.quote.value, digits)
        };
        let given = figure.measure.as_ref();
        let mut all = self.site.measures.iter();
        let quoted = all.find_map(|(id, measure)| {
            let wanted = given.is_none_or(|given| given == id);
            let reading = measure.values.iter().filter(|_| wanted).find(quotes)?;
            Some((measure, reading))
        });
        match quoted {
            Some((measure, reading)) => (Some(measure), Some(reading)),
            None => (given.and_then(|id| self.site.measures.get(id)), None),
        }
    }

    /// What a figure means: its number in digits, a range, a sum of money at its full length, each with its hedge. Nothing
    /// where the words have no number, or one that is as clear as it can be.
    fn figure_value(&self, figure: &FigureMark) -> Option<FigureValue> {
        let s = self.strings;
        let counts = matches!(
            figure.kind,
            FigureKind::Cardinal | FigureKind::Percent | FigureKind::Money { .. }
        );
        if !counts || vague(figure) {
            return None;
        }
        let (mut min, mut max) = (figure.min.map(Amount::get), figure.max.map(Amount::get));
        let small = max.or(min).is_some_and(|n| n.abs() <= PLAIN_WORDS);
        if figure.words && small && figure.hedge == Hedge::Exact {
            return None;
        }
        // `Less than half` says more as a share than as 0.5.
        let share = figure.kind == FigureKind::Cardinal
            && figure.words
            && max.or(min).is_some_and(|n| n.abs() < 1.0);
        if share {
            [min, max] = [min, max].map(|n| n.map(|n| (n * 1000.0).round() / 10.0));
        }
        let number = match (min, max) {
            (Some(min), Some(max)) if min < max => s.format(
                "hedge.range",
                &[("min", &s.number(min)), ("max", &s.number(max))],
            ),
            (Some(one), _) | (None, Some(one)) => s.number(one),
            (None, None) => return None,
        };
        let amount = match &figure.kind {
            FigureKind::Money { currency } => s.format(
                "figure.money",
                &[("currency", currency), ("value", &number)],
            ),
            FigureKind::Percent => s.format("figure.percent", &[("value", &number)]),
            _ if share => s.format("figure.percent", &[("value", &number)]),
            _ => number.clone(),
        };
        let text = match figure.hedge {
            Hedge::About => s.format("hedge.about", &[("value", &amount)]),
            Hedge::AtLeast => s.format("hedge.at-least", &[("value", &amount)]),
            Hedge::UpTo => s.format("hedge.up-to", &[("value", &amount)]),
            Hedge::Exact => amount,
        };
        Some(FigureValue { number, text })
    }

    fn figure_remark(&self, figure: &FigureMark, measure: Option<&Measure>) -> Option<String> {
        let s = self.strings;
        if let Some(measure) = measure {
            let links = self.links.measures.get(&measure.common.id);
            let values = links.map(|l| l.values.as_slice()).unwrap_or_default();
            let only_here = self
                .links
                .independent_among(values.iter().map(|v| &v.article))
                == 1;
            if self.is_disputed(measure) {
                return Some(s.get("figure.differ").to_owned());
            }
            if only_here {
                return Some(s.get("figure.one_source").to_owned());
            }
        }
        vague(figure).then(|| s.get("figure.vague").to_owned())
    }

    /// The threads of a figure: a link to its card, and the number for machines.
    pub(crate) fn figure_threads(&self, figure: &ShownFigure) -> Vec<Thread> {
        let key = figure.key.map(|k| format!(" k{k}")).unwrap_or_default();
        let reviewed = match figure.state {
            State::Automatic => "",
            State::Reviewed => " reviewed",
        };
        let mut attributes = vec![("class", format!("a a-fig{reviewed}{key}"))];
        if let Some(value) = &figure.value {
            attributes.push(("title", value.clone()));
            attributes.push(("data-g", value.clone()));
        }
        let link = Thread {
            href: Some(format!("#f-{}", figure.number)),
            attributes,
            rank: 2,
            ..Thread::new(figure.range, "a")
        };
        let data = one_number(figure.mark).map(|number| Thread {
            attributes: vec![("value", number)],
            rank: 3,
            ..Thread::new(figure.range, "data")
        });
        std::iter::once(link).chain(data).collect()
    }

    /// A figure as the margin writes it out; nothing where the words say it all.
    pub(crate) fn figure_gloss(&self, figure: &ShownFigure) -> Option<Gloss> {
        (figure.value.is_some() || figure.remark.is_some()).then(|| Gloss {
            class: "fig",
            k: figure.key.unwrap_or(1),
            words: figure.words.clone(),
            value: figure.value.clone().unwrap_or_default(),
            remark: figure.remark.clone(),
        })
    }

    /// A figure's card. `back` leads to where it stands.
    pub(crate) fn figure_card(
        &self,
        linker: &Linker,
        article: &Article,
        figure: &ShownFigure,
        back: String,
    ) -> CardView {
        let s = self.strings;
        let value = self
            .figure_value(figure.mark)
            .filter(|value| !has_words(&figure.words, &value.text))
            .map(|value| super::parts::sentence_case(&value.text));
        let vague = vague(figure.mark).then(|| self.vague_bounds(figure.mark));
        let counts = figure
            .reading
            .and_then(|reading| reading.counts.as_deref())
            .map(super::parts::sentence_case);
        let by = match self.counted_by(figure) {
            Some(name) => s.format("figure.by", &[("name", &name)]),
            None => s.format("figure.by_report", &[("name", article.label())]),
        };
        let as_of = figure.reading.and_then(|reading| {
            let date = reading.as_of.as_ref().or(figure.measure?.as_of.as_ref())?;
            Some(s.format("figure.holds", &[("date", &s.date(date))]))
        });
        let as_of = as_of.or_else(|| {
            let date = self.only_date(article.id(), figure.sentence?)?;
            Some(s.format("figure.as_of", &[("date", &date)]))
        });
        let reports = figure.measure.map(|measure| {
            let elsewhere = measure
                .values
                .iter()
                .any(|v| v.article.value != *article.id());
            if self.is_disputed(measure) {
                super::parts::sentence_case(s.get("figure.differ"))
            } else if elsewhere {
                s.get("figure.followed").to_owned()
            } else {
                s.get("card.only_here").to_owned()
            }
        });
        let link = figure.measure.and_then(|measure| {
            Some(Link {
                href: linker.to(Kind::Measure, &measure.common.id)?,
                text: measure.title.clone(),
            })
        });
        let reviewed = figure.state == State::Reviewed;
        CardView {
            id: format!("f-{}", figure.number),
            class: "fig",
            kind: s.get(figure_kind(figure.mark)).to_owned(),
            name: super::parts::capital(&figure.words),
            names: Vec::new(),
            paragraphs: [value, vague, counts, Some(by), as_of, reports]
                .into_iter()
                .flatten()
                .collect(),
            state: Some(s.get(state_key(reviewed)).to_owned()),
            reviewed,
            link,
            back,
        }
    }

    /// Who gives a figure: as the editor has it, else as the text has it. An outlet that speaks for itself is nobody else.
    fn counted_by(&self, figure: &ShownFigure) -> Option<String> {
        match figure.reading.and_then(|r| r.speaker.as_ref()) {
            Some(Speaker::Entity(id)) => self.link_name(Kind::Entity, id),
            Some(Speaker::Words(words)) => Some(words.clone()),
            None => {
                let voice = figure.mark.speaker.as_ref();
                let voice = voice.filter(|v| !v.is_pronoun())?;
                let named = voice.entity.as_ref();
                let name = named.and_then(|id| self.link_name(Kind::Entity, id));
                Some(name.unwrap_or_else(|| super::parts::within_sentence(&voice.words)))
            }
        }
    }

    /// What the words of a figure without an exact number leave open.
    fn vague_bounds(&self, figure: &FigureMark) -> String {
        let s = self.strings;
        match (figure.min, figure.max) {
            (Some(min), Some(max)) => s.format(
                "figure.bounds",
                &[("min", &s.number(min.get())), ("max", &s.number(max.get()))],
            ),
            _ => super::parts::sentence_case(s.get("figure.vague")),
        }
    }

    /// Whether the sources of a measure disagree.
    fn is_disputed(&self, measure: &Measure) -> bool {
        let dispute = self.dispute(&Linker::absolute(self.addresses, ""), measure, false);
        dispute.is_some_and(|d| d.class.is_empty())
    }
}

/// Whether a reader would want to know more of a figure.
fn worth_a_mark(text: &str, range: TextRange, figure: &FigureMark) -> bool {
    if figure.kind == FigureKind::Ordinal {
        return figure.counted.is_some();
    }
    let small = figure.max.is_some_and(|n| n.get() <= PLAIN_WORDS);
    let plain = figure.kind == FigureKind::Cardinal
        && figure.words
        && small
        && figure.min == figure.max
        && figure.hedge == Hedge::Exact;
    if !plain {
        return true;
    }
    let before = text.get(..range.start as usize).unwrap_or_default();
    let word = before.split_whitespace().next_back().unwrap_or_default();
    let beside = before.ends_with(char::is_whitespace);
    let pointing = beside && POINTING.contains(&word.to_lowercase().as_str());
    let one = figure.max.is_some_and(|n| n.get() <= 1.0);
    figure.counted.is_some() && !pointing && !one
}

/// Whether the words leave open which number is meant: `tens of thousands`.
fn vague(figure: &FigureMark) -> bool {
    figure.hedge == Hedge::About && figure.hedged.is_none() && figure.min != figure.max
}

/// The range of a figure with its hedge and what it counts, as far as these stand beside it, and with the word that opens a range.
fn phrase(text: &str, range: TextRange, figure: &FigureMark) -> TextRange {
    let mut phrase = range;
    let before = text.get(..range.start as usize).unwrap_or_default();
    let number = range.of(text);
    for (opening, joint) in [("between ", " and "), ("from ", " to ")] {
        let at = before.len().checked_sub(opening.len());
        let opens = at.and_then(|at| before.get(at..));
        if opens.is_some_and(|word| word.eq_ignore_ascii_case(opening)) && number.contains(joint) {
            phrase.start -= u32::try_from(opening.len()).unwrap_or(0);
        }
    }
    let others = [figure.hedged, figure.counted.as_ref().map(|c| c.range)];
    for other in others.into_iter().flatten() {
        let before = phrase.start.checked_sub(other.end);
        let after = other.start.checked_sub(phrase.end);
        if before.or(after).is_none_or(|gap| gap <= NEAR) {
            phrase.start = phrase.start.min(other.start);
            phrase.end = phrase.end.max(other.end);
        }
    }
    phrase
}

/// The number as a machine reads it, where there is one.
fn one_number(figure: &FigureMark) -> Option<String> {
    let number = figure.min.filter(|_| figure.min == figure.max)?.get();
    number.is_finite().then(|| number.to_string())
}

/// What sort of figure it is, in words.
fn figure_kind(figure: &FigureMark) -> &'static str {
    match figure.kind {
        _ if figure.hedge != Hedge::Exact => "figure.estimate",
        FigureKind::Cardinal => "kind.fig",
        FigureKind::Ordinal => "figure.ordinal",
        FigureKind::Percent => "figure.share",
        FigureKind::Money { .. } => "figure.sum",
        FigureKind::Measure { .. } => "figure.measure",
    }
}

/// Whether words stand in a text as whole words, large letters or not.
fn has_words(text: &str, words: &str) -> bool {
    let (text, words) = (text.to_lowercase(), words.to_lowercase());
    let joined = |c: char| c.is_alphanumeric();
    !words.is_empty()
        && text.match_indices(&words).any(|(at, found)| {
            // A comma or point between digits is part of a number.
            let part = |near: Option<char>, far: Option<char>| {
                let point = matches!(near, Some(',' | '.')) && far.is_some_and(char::is_numeric);
                point || near.is_some_and(joined)
            };
            let mut before = text[..at].chars().rev();
            let mut after = text[at + found.len()..].chars();
            !part(before.next(), before.next()) && !part(after.next(), after.next())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CountedMark;

    fn figure(number: f64, words: bool, counted: Option<(usize, usize)>) -> FigureMark {
        FigureMark {
            kind: FigureKind::Cardinal,
            min: Some(Amount::new(number)),
            max: Some(Amount::new(number)),
            hedge: Hedge::Exact,
            hedged: None,
            counted: counted.map(|(start, end)| CountedMark {
                range: TextRange::new(start, end),
                noun: "thing".into(),
            }),
            words,
            speaker: None,
            measure: None,
        }
    }

    #[test]
    fn numbers_that_point_back_get_no_mark() {
        let shown = |text: &str, word: &str, number, words, counted: bool| {
            let start = text.find(word).unwrap_or(0);
            let end = start + word.len();
            let counted = counted.then_some((end + 1, text.len()));
            worth_a_mark(
                text,
                TextRange::new(start, end),
                &figure(number, words, counted),
            )
        };
        assert!(!shown("the two sides", "two", 2.0, true, true));
        assert!(!shown("The two hope", "two", 2.0, true, false));
        assert!(!shown("on one condition", "one", 1.0, true, true));
        assert!(shown("another five fishermen", "five", 5.0, true, true));
        assert!(shown("the 53 labourers", "53", 53.0, false, true));
        assert!(shown("two dozen people", "two dozen", 24.0, true, true));
        assert!(shown("Three boats", "Three", 3.0, true, true));
    }

    #[test]
    fn a_figure_is_shown_with_its_hedge_and_what_it_counts() {
        let text = "at least 38 other boats sank";
        let hedged = FigureMark {
            hedged: Some(TextRange::new(0, 8)),
            ..figure(38.0, false, Some((18, 23)))
        };
        let range = TextRange::new(9, 11);
        assert_eq!(
            phrase(text, range, &hedged).of(text),
            "at least 38 other boats"
        );
        let far = FigureMark {
            counted: Some(CountedMark {
                range: TextRange::new(90, 95),
                noun: "boat".into(),
            }),
            ..figure(38.0, false, None)
        };
        assert_eq!(phrase(text, range, &far), range);
        let text = "Between 9 and 56 boats sank";
        let counted = figure(9.0, false, Some((17, 22)));
        let range = TextRange::new(8, 16);
        assert_eq!(
            phrase(text, range, &counted).of(text),
            "Between 9 and 56 boats"
        );
    }

    #[test]
    fn words_are_found_whole() {
        assert!(has_words("The 120 firms", "120"));
        assert!(has_words("About 53,000 of them", "about 53,000"));
        assert!(!has_words("1,200 firms", "200"));
        assert!(!has_words("120,000 firms", "120"));
        assert!(!has_words("24 boats", "2"));
        assert!(has_words("in 120, firms", "120"));
        assert!(!has_words("24 boats", ""));
    }
}
