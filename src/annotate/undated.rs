//! What an undated article says of the day on which it was published.
//!
//! 1. Bounds: not before a whole date that the text looks back to, nor before an event of which it tells; not after a date
//!    or event still ahead of it, nor after the day on which it was read.
//! 2. Candidates: each day within the bounds is taken for the day of publication, and the text's relative dates are resolved
//!    from it. A day counts for more when these fall on events of which the article tells, when a weekday and a day of
//!    the month then agree, and when the weekday that is named is its own.
//!
//! Invariant: nothing here decides. Every bound and every candidate has its reasons, in English; an editor writes the date.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::sentence::{self, Sentence};
use super::time::{self, TimeContext};
use super::token::{self, Token};
use crate::base::Edtf;
use crate::model::{self, Id};

/// How many days on the open side of a single bound are tried.
const REACH: i64 = 366;

/// Years that are tried where nothing bounds them.
const YEARS: std::ops::RangeInclusive<i16> = 1980..=2049;

/// How many candidates are given.
const MOST: usize = 5;

/// An undated article.
#[derive(Debug, Clone, Copy)]
pub struct Undated<'a> {
    /// Its plain text.
    pub text: &'a str,
    /// Its sentences.
    pub sentences: &'a [model::Sentence],
    /// BCP 47 tag of its language.
    pub language: &'a str,
    /// When it was read.
    pub accessed: Option<Date>,
    /// The events of which editors say that it tells.
    pub events: &'a [Told],
}

/// An event of which an article tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The event.
    pub id: Id,
    /// When it was.
    pub date: Edtf,
    /// Whether it was still to come when the article was written.
    pub ahead: bool,
}

/// What is known of a day of publication.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Constraints {
    /// The first day on which it may have been.
    pub earliest: Option<Bound>,
    /// The last day on which it may have been.
    pub latest: Option<Bound>,
    /// The days that fit best, best first.
    pub candidates: Vec<Candidate>,
}

/// An end of the time in which an article was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The day.
    pub day: Date,
    /// Why.
    pub reason: String,
}

/// Days on which an article may well have been published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The first of them.
    pub first: Date,
    /// The last of them.
    pub last: Date,
    /// Why.
    pub reasons: Vec<String>,
}

/// Finds what constrains the day of publication.
pub fn constraints(article: &Undated) -> Constraints {
    let reader = Reader::new(article);
    let open = reader.times(None);
    let (earliest, latest) = reader.bounds(&open);
    let mut constraints = Constraints {
        earliest,
        latest,
        candidates: Vec::new(),
    };
    // Bounds that leave no day contradict each other, which their reasons show.
    let days = reader.days(&open, &constraints);
    if open.iter().any(is_open) {
        constraints.candidates = candidates(days.into_iter().map(|day| (day, reader.fit(day))));
    }
    constraints
}

struct Reader<'a> {
    article: &'a Undated<'a>,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
}

/// Whether an expression cannot be resolved without a day of publication.
fn is_open(time: &time::Time) -> bool {
    time.value.contains('X') && !time.value.starts_with('P')
}

impl<'a> Reader<'a> {
    fn new(article: &'a Undated<'a>) -> Self {
        let sentences = article.sentences.iter().map(|s| sentence::Sentence {
            range: s.range.start..s.range.end,
            block: s.block,
        });
        Self {
            article,
            tokens: token::tokens(article.text),
            sentences: sentences.collect(),
        }
    }

    /// The time expressions as they are resolved from a day of publication.
    fn times(&self, published: Option<Date>) -> Vec<time::Time> {
        let context = TimeContext {
            published,
            language: self.article.language.to_owned(),
            headline: None,
        };
        time::times(self.article.text, &self.tokens, &self.sentences, &context)
    }

    fn words(&self, time: &time::Time) -> &'a str {
        let range = time.range.start as usize..time.range.end as usize;
        self.article.text.get(range).unwrap_or("")
    }

    /// Whether the sentence of an expression speaks of what is to come.
    fn looks_ahead(&self, time: &time::Time) -> bool {
        const AHEAD: [&str; 16] = [
            "will",
            "shall",
            "would",
            "plan",
            "plans",
            "planned",
            "scheduled",
            "due",
            "expected",
            "upcoming",
            "until",
            "by",
            "agreed",
            "propose",
            "proposed",
            "set",
        ];
        let after = self
            .sentences
            .partition_point(|sentence| sentence.range.end <= time.range.start);
        let Some(sentence) = self.sentences.get(after) else {
            return false;
        };
        let range = sentence.range.start as usize..sentence.range.end as usize;
        let words = self.article.text.get(range).unwrap_or("").to_lowercase();
        let mut words = words.split(|c: char| !c.is_alphanumeric());
        words.any(|word| AHEAD.contains(&word))
    }

    fn bounds(&self, times: &[time::Time]) -> (Option<Bound>, Option<Bound>) {
        let (mut after, mut before) = (Vec::new(), Vec::new());
        for time in times.iter().filter(|time| !is_open(time)) {
            let Some(date) = whole(time) else { continue };
            let words = self.words(time);
            if self.looks_ahead(time) {
                let reason = format!("the text looks ahead to ‘{words}’");
                before.push(bound(date.latest(), reason));
            } else {
                after.push(bound(
                    date.earliest(),
                    format!("the text looks back to ‘{words}’"),
                ));
            }
        }
        for event in self.article.events {
            let (id, date) = (&event.id, &event.date);
            if event.ahead {
                let reason = format!("the event ‘{id}’ ({date}) is still ahead");
                before.push(bound(date.latest(), reason));
            } else {
                let reason = format!("it tells of the event ‘{id}’ ({date})");
                after.push(bound(date.earliest(), reason));
            }
        }
        if let Some(day) = self.article.accessed {
            before.push(bound(day, "it was read on that day".to_owned()));
        }
        // Of those on one day the first that is named is kept.
        let earliest = after.into_iter().rev().max_by_key(|bound| bound.day);
        let latest = before.into_iter().min_by_key(|bound| bound.day);
        (earliest, latest)
    }

    /// The days that are tried.
    fn days(&self, times: &[time::Time], constraints: &Constraints) -> BTreeSet<Date> {
        let shift = |day: Date, by: i64| day.checked_add(Span::new().days(by)).ok();
        let earliest = constraints.earliest.as_ref().map(|bound| bound.day);
        let latest = constraints.latest.as_ref().map(|bound| bound.day);
        let mut pairs = self.around_pairs(times);
        pairs.retain(|day| {
            earliest.is_none_or(|earliest| *day >= earliest)
                && latest.is_none_or(|latest| *day <= latest)
        });
        if !pairs.is_empty() {
            return pairs;
        }
        // Of a long time its beginning: what an article tells of last is most often new.
        let first = earliest.or_else(|| shift(latest?, -REACH));
        let last = first.and_then(|first| shift(first, REACH));
        let last = latest.into_iter().chain(last).min();
        match first.zip(last) {
            Some((first, last)) => first
                .series(1.day())
                .take_while(|day| *day <= last)
                .collect(),
            None => BTreeSet::new(),
        }
    }

    /// The days around each date whose weekday is named with it, in every year in which they agree.
    fn around_pairs(&self, times: &[time::Time]) -> BTreeSet<Date> {
        const AROUND: i64 = 7;
        let mut days = BTreeSet::new();
        for time in times {
            let named = weekday(self.words(time)).zip(month_day(&time.value));
            let Some((weekday, (month, day))) = named else {
                continue;
            };
            let dates = YEARS.filter_map(|year| Date::new(year, month, day).ok());
            for date in dates.filter(|date| date.weekday() == weekday) {
                let near = (-AROUND..=AROUND).filter_map(|by| date.checked_add(by.days()).ok());
                days.extend(near);
            }
        }
        days
    }

    /// How well a day of publication fits, with reasons; nothing where it does not.
    fn fit(&self, published: Date) -> Option<(u32, Vec<String>)> {
        let mut points = 0;
        let mut reasons: Vec<String> = Vec::new();
        for time in self.times(Some(published)) {
            let Some(date) = whole(&time) else { continue };
            let (words, value) = (self.words(&time), &time.value);
            let named = weekday(words);
            let day = value.parse::<Date>().ok();
            let alone = named.is_some() && !words.contains(|c: char| c.is_ascii_digit());
            let mut told = |more: u32, reason: String| {
                if !reasons.contains(&reason) {
                    points += more;
                    reasons.push(reason);
                }
            };
            if let (Some(weekday), Some(day), false) = (named, day, alone) {
                if day.weekday() != weekday {
                    return None;
                }
                told(2, format!("‘{words}’ is {value}: day and weekday agree"));
            }
            let stated = matches!(time.why, time::Why::Stated);
            let event = self.article.events.iter().find(|event| {
                let fine = event.date.precision() == crate::base::Precision::Day;
                fine && day.is_some_and(|day| event.date.contains(day))
            });
            if let (Some(event), false) = (event, stated) {
                told(
                    2,
                    format!("‘{words}’ is {date}, the day of the event ‘{}’", event.id),
                );
            }
            if alone && day == Some(published) {
                told(1, format!("‘{words}’ is the day itself"));
            }
        }
        (points > 0).then_some((points, reasons))
    }
}

/// A date that a value names in full.
fn whole(time: &time::Time) -> Option<Edtf> {
    let written = time.kind == time::Kind::Date && time.value.len() >= 4;
    Edtf::parse(&time.value).ok().filter(|_| written)
}

fn bound(day: Date, reason: String) -> Bound {
    Bound { day, reason }
}

/// The weekday that words name in English, if one.
fn weekday(words: &str) -> Option<Weekday> {
    const NAMES: [(&str, Weekday); 7] = [
        ("mon", Weekday::Monday),
        ("tue", Weekday::Tuesday),
        ("wed", Weekday::Wednesday),
        ("thu", Weekday::Thursday),
        ("fri", Weekday::Friday),
        ("sat", Weekday::Saturday),
        ("sun", Weekday::Sunday),
    ];
    let lower = words.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphabetic());
    words.into_iter().find_map(|word| {
        let named = |(name, _): &&(&str, Weekday)| {
            word == *name || (word.starts_with(name) && word.ends_with("day"))
        };
        NAMES.iter().find(named).map(|(_, weekday)| *weekday)
    })
}

/// Month and day of a value whose year is open.
fn month_day(value: &str) -> Option<(i8, i8)> {
    let (month, day) = value.strip_prefix("XXXX-")?.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}

/// The days that fit best, those after one another with the same reasons as one.
fn candidates(days: impl Iterator<Item = (Date, Option<(u32, Vec<String>)>)>) -> Vec<Candidate> {
    let mut runs: Vec<(u32, Candidate)> = Vec::new();
    for (day, fit) in days {
        let Some((points, reasons)) = fit else {
            continue;
        };
        let goes_on = runs.last_mut().filter(|(of_run, run)| {
            *of_run == points && run.reasons == reasons && run.last.tomorrow().ok() == Some(day)
        });
        match goes_on {
            Some((_, run)) => run.last = day,
            None => runs.push((
                points,
                Candidate {
                    first: day,
                    last: day,
                    reasons,
                },
            )),
        }
    }
    let best = runs.iter().map(|(points, _)| *points).max().unwrap_or(0);
    runs.retain(|(points, _)| *points == best);
    let best = runs.into_iter().map(|(_, candidate)| candidate);
    best.take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::fixture;

    fn told(id: &str, date: &str, ahead: bool) -> Told {
        Told {
            id: Id::new(id),
            date: Edtf::parse(date).unwrap(),
            ahead,
        }
    }

    fn found(text: &str, events: &[Told], accessed: Option<&str>) -> Constraints {
        let text = fixture::Text::new(&[text]);
        constraints(&Undated {
            text: &text.document.text,
            sentences: &text.sentences,
            language: "en",
            accessed: accessed.map(|day| day.parse().unwrap()),
            events,
        })
    }

    fn days(constraints: &Constraints) -> Vec<String> {
        let show = |c: &Candidate| match c.first == c.last {
            true => c.first.to_string(),
            false => format!("{}/{}", c.first, c.last),
        };
        constraints.candidates.iter().map(show).collect()
    }

    #[test]
    fn bounds_have_their_reasons() {
        let text = "The port opened on 5 May 2013 and closed in June 2012. It will reopen on 1 March 2014.";
        let c = found(text, &[], Some("2015-01-01"));
        let earliest = c.earliest.unwrap();
        assert_eq!(
            (earliest.day.to_string(), earliest.reason.as_str()),
            ("2013-05-05".into(), "the text looks back to ‘5 May 2013’")
        );
        assert_eq!(c.latest.unwrap().day.to_string(), "2014-03-01");
        assert_eq!(c.candidates, []);
        let c = found(
            "Nothing.",
            &[told("a", "2013-08", false), told("b", "2013-08-14", true)],
            None,
        );
        assert_eq!(c.earliest.unwrap().day.to_string(), "2013-08-01");
        assert_eq!(
            c.latest.unwrap().reason,
            "the event ‘b’ (2013-08-14) is still ahead"
        );
    }

    #[test]
    fn a_weekday_beside_a_day_tells_the_year() {
        let text = "The pilots met on Tuesday, August 14. The port was built in 2005.";
        let c = found(text, &[], Some("2015-01-01"));
        assert!(
            c.candidates
                .iter()
                .all(|c| c.reasons[0].contains("day and weekday agree"))
        );
        assert!(!c.candidates.is_empty());
        let years: BTreeSet<i16> = c.candidates.iter().map(|c| c.first.year()).collect();
        assert!(
            years.iter().all(|year| [2007, 2012].contains(year)),
            "{years:?}"
        );
        let alone = found("The pilots met on Tuesday, August 14.", &[], None);
        assert!(!alone.candidates.is_empty());
    }

    #[test]
    fn relative_dates_that_fall_on_events_narrow_it() {
        let text = "The two ports ended their talks on Tuesday, an official said on Thursday. They will hold a race on March 3.";
        let events = [
            told("talks", "2014-02-25", false),
            told("race", "2014-03-03", true),
        ];
        let c = found(text, &events, None);
        assert_eq!(days(&c), ["2014-02-25", "2014-02-27"]);
        let reasons = c.candidates[1].reasons.join("; ");
        for part in [
            "‘Tuesday’ is 2014-02-25",
            "‘March 3’ is 2014-03-03",
            "‘Thursday’ is the day itself",
        ] {
            assert!(reasons.contains(part), "{reasons}");
        }
    }

    #[test]
    fn what_says_nothing_gives_nothing() {
        assert_eq!(found("The port is old.", &[], None), Constraints::default());
        assert_eq!(found("", &[], None), Constraints::default());
        assert_eq!(days(&found("They met on Tuesday.", &[], None)), [""; 0]);
    }
}
