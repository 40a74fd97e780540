//! Time expressions of an article: as marks in its text, written out in the margin, and on cards.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::Briefing;
use super::types::*;
use crate::base::{Edtf, TextRange};
use crate::model::{DateBasis, Id, MarkKind, TimeMark, TimeWhy, WhyWord};
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
    /// The date.
    date: Edtf,
    /// What was found.
    mark: &'a TimeMark,
}

impl Briefing<'_> {
    /// The dates of an article, in order. Lengths of time, repetitions and vague references are none.
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
                MarkKind::Time(time) => Some((mark.range, time, date_of(time)?)),
                _ => None,
            });
        let words = |range: TextRange| {
            let words = range.of(&text.prose.document.text);
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        marks
            .zip(1..)
            .map(|((range, mark, date), number)| DateMark {
                number,
                range,
                words: words(range),
                date,
                mark,
            })
            .collect()
    }

    /// The threads of a date: a link to its card, and the date for machines.
    pub(crate) fn date_threads(&self, mark: &DateMark) -> Vec<Thread> {
        let value = self.date_value(mark);
        let view = self.strings.date_view(&mark.date, DateBasis::Stated, None);
        let link = Thread {
            href: Some(format!("#d-{}", mark.number)),
            attributes: vec![
                ("class", format!("a a-date k{}", key(mark.number))),
                ("title", value.clone()),
                ("data-g", value),
            ],
            rank: 2,
            ..Thread::new(mark.range, "a")
        };
        let time = view.datetime.map(|datetime| Thread {
            attributes: vec![("datetime", datetime)],
            rank: 3,
            ..Thread::new(mark.range, "time")
        });
        std::iter::once(link).chain(time).collect()
    }

    /// A date as the margin writes it out; nothing where the words say it all.
    pub(crate) fn date_gloss(&self, mark: &DateMark) -> Option<Gloss> {
        let doubt = mark.mark.alternative.as_ref();
        (!mark.mark.stated).then(|| Gloss {
            class: "date",
            k: key(mark.number),
            words: mark.words.clone(),
            value: self.date_value(mark),
            remark: doubt.map(|_| self.strings.get("state.two_readings").to_owned()),
        })
    }

    /// A date's card. `back` leads to where it stands.
    pub(crate) fn date_card(&self, mark: &DateMark, back: String) -> CardView {
        let s = self.strings;
        let value = self.date_value(mark);
        let precision = match mark.date.precision() {
            _ if mark.date.is_interval() => "precision.interval",
            crate::base::Precision::Day => "precision.day",
            crate::base::Precision::Month => "precision.month",
            crate::base::Precision::Season => "precision.season",
            crate::base::Precision::Year => "precision.year",
            crate::base::Precision::Decade => "precision.decade",
            crate::base::Precision::Century => "precision.century",
        };
        let other = mark.mark.alternative.as_deref().and_then(calendar);
        let other = other.filter(|other| *other != mark.date);
        let other = other.map(|date| s.format("card.or", &[("date", &s.date_long(&date))]));
        let why = super::parts::sentence_case(&self.why(&mark.mark.why));
        CardView {
            id: format!("d-{}", mark.number),
            class: "date",
            kind: format!("{}, {}", s.get("kind.date"), s.get(precision)),
            name: s.format("card.means", &[("words", &mark.words), ("value", &value)]),
            names: Vec::new(),
            paragraphs: std::iter::once(why).chain(other).collect(),
            state: Some(s.get("state.automatic").to_owned()),
            reviewed: false,
            link: None,
            back,
        }
    }

    /// How a date was found, in the interface's language.
    fn why(&self, why: &TimeWhy) -> String {
        self.message(&format!("time.why.{}", why.key), &why.words)
    }

    /// A message with its places filled.
    fn message(&self, key: &str, words: &[(&'static str, WhyWord)]) -> String {
        let s = self.strings;
        let words: Vec<(&str, String)> = words
            .iter()
            .map(|(name, word)| {
                let text = match word {
                    WhyWord::Value(value) => {
                        calendar(value).map_or_else(|| value.clone(), |date| s.date(&date))
                    }
                    WhyWord::Day(day) => s.day_long(*day),
                    WhyWord::Number(n) => n.to_string(),
                    WhyWord::Counted(key, n) => s.count(key, usize::try_from(*n).unwrap_or(0)),
                    WhyWord::Message(key, words) => self.message(key, words),
                };
                (*name, text)
            })
            .collect();
        let words: Vec<(&str, &str)> = words.iter().map(|(n, w)| (*n, w.as_str())).collect();
        s.format(key, &words)
    }

    /// A date in words, with what narrows or blurs it: `late 2010`.
    fn date_value(&self, mark: &DateMark) -> String {
        let s = self.strings;
        let date = s.date(&mark.date);
        let key = match mark.mark.modifier {
            Some("START") => "date.start",
            Some("MID") => "date.mid",
            Some("END") => "date.end",
            Some("APPROX") => "date.about",
            Some("BEFORE" | "ON_OR_BEFORE") => "date.until",
            Some("AFTER" | "ON_OR_AFTER") => "date.since",
            _ => return date,
        };
        s.format(key, &[("date", &date), ("from", &date)])
    }
}

/// Which of three ties a date to its line in the margin.
fn key(number: usize) -> usize {
    (number - 1) % 3 + 1
}

/// The date a page shows: of a value that is a length (`the last month`) the calendar's reading beside it.
fn date_of(time: &TimeMark) -> Option<Edtf> {
    let other = || time.alternative.as_deref().and_then(calendar);
    calendar(&time.value).or_else(other)
}

/// A TIMEX3 value as a date of the calendar: days, weeks, months, quarters, halves, seasons, years, decades and centuries.
/// A time of day counts as its day.
fn calendar(value: &str) -> Option<Edtf> {
    let day = value.split('T').next()?;
    let parts: Vec<&str> = day.split('-').collect();
    let edtf = match parts[..] {
        [decade] if decade.len() == 3 => format!("{decade}X"),
        [century] if century.len() == 2 => format!("{century}XX"),
        [year, unit] => match unit {
            "SP" => format!("{year}-21"),
            "SU" => format!("{year}-22"),
            "FA" => format!("{year}-23"),
            "WI" => format!("{year}-24"),
            "Q1" => format!("{year}-01/{year}-03"),
            "Q2" => format!("{year}-04/{year}-06"),
            "Q3" => format!("{year}-07/{year}-09"),
            "Q4" => format!("{year}-10/{year}-12"),
            "H1" => format!("{year}-01/{year}-06"),
            "H2" => format!("{year}-07/{year}-12"),
            unit if unit.starts_with('W') => {
                week(year, &unit[1..], Weekday::Monday, Weekday::Sunday)?
            }
            _ => day.to_owned(),
        },
        [year, unit, "WE"] if unit.starts_with('W') => {
            week(year, &unit[1..], Weekday::Saturday, Weekday::Sunday)?
        }
        _ => day.to_owned(),
    };
    let known = edtf.starts_with(|c: char| c.is_ascii_digit());
    Edtf::parse(&edtf).ok().filter(|_| known)
}

/// From one day of an ISO week to another.
fn week(year: &str, number: &str, from: Weekday, to: Weekday) -> Option<String> {
    let (year, number) = (year.parse().ok()?, number.parse().ok()?);
    let day =
        |weekday| -> Option<Date> { Some(ISOWeekDate::new(year, number, weekday).ok()?.date()) };
    Some(format!("{}/{}", day(from)?, day(to)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_dates_of_the_calendar() {
        let cases = [
            ("2014-02-25", Some("2014-02-25")),
            ("2013-08-14T21:00", Some("2013-08-14")),
            ("2010", Some("2010")),
            ("199", Some("199X")),
            ("19", Some("19XX")),
            ("2013-SU", Some("2013-22")),
            ("2013-Q2", Some("2013-04/2013-06")),
            ("2002-W25", Some("2002-06-17/2002-06-23")),
            ("2002-W25-WE", Some("2002-06-22/2002-06-23")),
            ("P10D", None),
            ("PAST_REF", None),
            ("XXXX-05-23", None),
            ("2002-W99", None),
            ("T12:00", None),
            ("", None),
            ("é-W1", None),
        ];
        for (value, expected) in cases {
            assert_eq!(
                calendar(value).as_ref().map(Edtf::as_str),
                expected,
                "{value}"
            );
        }
    }
}
