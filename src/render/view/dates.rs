//! Time expressions of an article: as marks in its text, written out in the margin, and on cards.

use super::Briefing;
use super::types::*;
use crate::base::{Edtf, TextRange, in_line};
use crate::model::{Id, MarkKind, Sentence, TimeMark, TimeWhy, WhyWord};
use crate::render::strings::datetime;
use crate::render::weave::Thread;

/// A time expression that names a date of the calendar.
#[derive(Debug, Clone)]
pub(crate) struct DateMark<'a> {
    /// Its number among those of the article, from 1: its card is `d-` and this.
    pub(crate) number: usize,
    /// In the text.
    pub(crate) range: TextRange,
    /// The words.
    words: String,
    /// Ties it to its line in the margin: 1 to 3; none without a line.
    pub(crate) key: Option<usize>,
    /// The date.
    date: Edtf,
    /// The date in words.
    value: String,
    /// The words may as well mean a length of time.
    probable: bool,
    /// What was found.
    mark: &'a TimeMark,
}

impl DateMark<'_> {
    /// Whether the words are the date, and need not be written out.
    fn says_it_all(&self) -> bool {
        self.mark.stated && !self.probable
    }
}

impl Briefing<'_> {
    /// The dates of an article, in order. Lengths of time, repetitions and vague references are none, but for lengths that may
    /// be read as a date.
    pub(crate) fn date_marks(&self, article: &Id) -> Vec<DateMark<'_>> {
        let Some(text) = self
            .articles
            .get(article)
            .filter(|_| self.site.config.layers.dates)
        else {
            return Vec::new();
        };
        let marks = text
            .annotated
            .marks
            .iter()
            .filter_map(|mark| match &mark.kind {
                MarkKind::Time(time) => {
                    let other = || Edtf::of_timex(time.alternative.as_deref()?);
                    let stated = Edtf::of_timex(&time.value);
                    let probable = stated.is_none();
                    Some((mark.range, time, stated.or_else(other)?, probable))
                }
                _ => None,
            });
        let words = |range: TextRange| in_line(range.of(&text.prose.document.text)).into_owned();
        marks
            .zip(1..)
            .map(|((range, mark, date, probable), number)| DateMark {
                number,
                range,
                words: words(range),
                key: None,
                value: self.date_value(&date, mark),
                date,
                probable,
                mark,
            })
            .collect()
    }

    /// The threads of a date: a link to its card, and the date for machines.
    pub(crate) fn date_threads(&self, mark: &DateMark) -> Vec<Thread> {
        let key = mark.key.map(|k| format!(" k{k}")).unwrap_or_default();
        let link = Thread {
            href: Some(format!("#d-{}", mark.number)),
            attributes: match mark.says_it_all() {
                true => vec![("class", format!("a a-date{key}"))],
                false => vec![
                    ("class", format!("a a-date{key}")),
                    ("title", mark.value.clone()),
                    ("data-g", mark.value.clone()),
                ],
            },
            rank: 2,
            ..Thread::new(mark.range, "a")
        };
        let time = datetime(&mark.date).map(|datetime| Thread {
            attributes: vec![("datetime", datetime)],
            rank: 3,
            ..Thread::new(mark.range, "time")
        });
        std::iter::once(link).chain(time).collect()
    }

    /// A date as the margin writes it out; nothing where the words say it all.
    pub(crate) fn date_gloss(&self, mark: &DateMark) -> Option<Gloss> {
        let doubt = match &mark.mark.alternative {
            Some(_) if mark.probable => Some("state.probable"),
            Some(_) => Some("state.two_readings"),
            None => None,
        };
        (!mark.says_it_all()).then(|| Gloss {
            class: "date",
            k: mark.key.unwrap_or(1),
            words: mark.words.clone(),
            value: mark.value.clone(),
            remark: doubt.map(|key| self.strings.get(key).to_owned()),
        })
    }

    /// A date's card. `back` leads to where it stands.
    pub(crate) fn date_card(&self, mark: &DateMark, back: String) -> CardView {
        let s = self.strings;
        let value = &mark.value;
        let precision = match mark.date.precision() {
            _ if mark.date.is_interval() => "precision.interval",
            crate::base::Precision::Day => "precision.day",
            crate::base::Precision::Month => "precision.month",
            crate::base::Precision::Season => "precision.season",
            crate::base::Precision::Year => "precision.year",
            crate::base::Precision::Decade => "precision.decade",
            crate::base::Precision::Century => "precision.century",
        };
        let other = mark.mark.alternative.as_deref().and_then(Edtf::of_timex);
        let other = match mark.probable {
            true => Some(s.get("card.or_length").to_owned()),
            false => other.map(|date| s.format("card.or", &[("date", &s.date_long(&date))])),
        };
        let why = super::parts::sentence_case(&self.date_why(&mark.mark.why));
        CardView {
            id: format!("d-{}", mark.number),
            class: "date",
            kind: format!("{}, {}", s.get("kind.date"), s.get(precision)),
            name: match mark.words.to_lowercase() == value.to_lowercase() {
                true => value.clone(),
                false => s.format("card.means", &[("words", &mark.words), ("value", value)]),
            },
            names: Vec::new(),
            paragraphs: std::iter::once(why).chain(other).collect(),
            state: Some(s.get("state.automatic").to_owned()),
            reviewed: false,
            link: None,
            back,
        }
    }

    /// How a date was found, in the interface's language.
    pub(crate) fn date_why(&self, why: &TimeWhy) -> String {
        self.message(&format!("time.why.{}", why.key), &why.words)
    }

    /// A message with its places filled.
    fn message(&self, key: &str, words: &[(&'static str, WhyWord)]) -> String {
        let s = self.strings;
        let words: Vec<(&str, String)> = words
            .iter()
            .map(|(name, word)| {
                let text = match word {
                    WhyWord::Value(value) => Edtf::of_timex(value)
                        .map_or_else(|| value.to_string(), |date| s.date(&date)),
                    WhyWord::Text(text) => text.to_string(),
                    WhyWord::Day(day) => s.day_long(*day),
                    WhyWord::Number(n) => n.to_string(),
                    WhyWord::Counted(of) => s.count(&of.0, usize::try_from(of.1).unwrap_or(0)),
                    WhyWord::Message(of) => self.message(&of.0, &of.1),
                };
                (*name, text)
            })
            .collect();
        let words: Vec<(&str, &str)> = words.iter().map(|(n, w)| (*n, w.as_str())).collect();
        s.format(key, &words)
    }

    /// The date that a sentence names, where it names one alone.
    pub(crate) fn only_date(&self, article: &Id, sentence: &Sentence) -> Option<String> {
        let marks = &self.articles.get(article)?.annotated.marks;
        let mut dates = marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Time(time) if sentence.range.contains(mark.range) => {
                Edtf::of_timex(&time.value)
            }
            _ => None,
        });
        let first = dates.next()?;
        dates
            .all(|date| date == first)
            .then(|| self.strings.date(&first))
    }

    /// A date in words, with what narrows or blurs it: `late 2010`.
    fn date_value(&self, date: &Edtf, mark: &TimeMark) -> String {
        let s = self.strings;
        let date = s.date(date);
        let key = match mark.modifier {
            Some("START") => return s.narrowed("date.start", &date),
            Some("MID") => return s.narrowed("date.mid", &date),
            Some("END") => return s.narrowed("date.end", &date),
            Some("APPROX") => "date.about",
            Some("BEFORE" | "ON_OR_BEFORE") => "date.until",
            Some("AFTER" | "ON_OR_AFTER") => "date.since",
            _ => return date,
        };
        s.format(key, &[("date", &date), ("from", &date)])
    }
}
