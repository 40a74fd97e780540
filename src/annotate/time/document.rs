//! What a document as a whole tells: the order of its numeric dates, its day when it states one at
//! its head, whether it is a history, and which of its years are named only in passing.

use jiff::civil::Date;

use super::TimeContext;
use super::number::Reader;
use super::parts::{From, Make, Year};
use super::recognise::Found;

/// The order of numeric dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Order {
    /// Whether the month comes before the day.
    pub month_first: bool,
    /// Whether another date of the document shows it.
    pub shown: bool,
}

/// The order of numeric dates: as dates that can be read one way show, else as the language's
/// region has it.
pub(super) fn order_of(found: &[Found], context: &TimeContext) -> Order {
    let (mut month_first, mut day_first) = (0, 0);
    for f in found
        .iter()
        .filter_map(|f| f.parts.figures)
        .filter(|f| f.first <= 31)
    {
        let published = context
            .published
            .is_some_and(|d| i32::from(d.year()) == i32::from(f.third) && f.first != f.second);
        let is = |m: u16, d: u16| {
            published
                && context
                    .published
                    .is_some_and(|p| p.month() as u16 == m && p.day() as u16 == d)
        };
        month_first += usize::from(f.second > 12 || is(f.first, f.second));
        day_first += usize::from(f.first > 12 || is(f.second, f.first));
    }
    let american = matches!(context.language.as_str(), "en" | "en-US" | "en-us");
    Order {
        month_first: if month_first == day_first {
            american
        } else {
            month_first > day_first
        },
        shown: month_first != day_first,
    }
}

/// Whether the text is a history rather than news: many dates with a year, few of the kind that
/// lean on publication or lie after it, and the years mostly far from it.
pub(super) fn is_narrative(found: &[Found], published: Option<Date>) -> bool {
    let now = published.map_or(0, |d| i32::from(d.year()));
    let years: Vec<i32> = found
        .iter()
        .filter_map(|f| match f.parts.year {
            Some(Year::Full(year)) => Some(year),
            _ => None,
        })
        .collect();
    let far = years.iter().filter(|y| (now - **y).abs() > 1).count();
    let leaning = found
        .iter()
        .filter(|f| {
            let p = &f.parts;
            p.deictic.is_some()
                || matches!(p.year, Some(Year::Full(year)) if year > now)
                || (p.weekday.is_some() && p.day.is_none())
                || matches!(p.step, Some((_, From::Publication)) if !p.units.is_empty())
        })
        .count();
    let (count, mostly) = (years.len(), far * 3 > years.len() * 2);
    // The nearer the years, the more there must be, and the fewer may lean on publication.
    let near = count >= 30 && far * 2 > count && leaning * 5 < count;
    count >= 5 && mostly && leaning * 4 < count || near
}

/// How far down a text its own day may stand, in bytes.
const HEAD: u32 = 1_200;

/// How many other tokens its line may have.
const REST: usize = 6;

/// The first full date that stands at the head of a text by itself (`Published: Feb 27, 2014`) or
/// opens a report (`SEOUL, March 12, 2013 (Agency) -`): the day of publication when none is given.
pub(super) fn heading_date<'f>(reader: &Reader<'_>, found: &'f [Found]) -> Option<&'f Found> {
    let head = found.iter().take_while(|f| {
        let first = reader.tokens.get(f.tokens.start);
        first.is_some_and(|t| t.start < HEAD)
    });
    let full = |f: &&Found| {
        let p = &f.parts;
        let named = p.year.is_some() && p.month.is_some() && p.day.is_some();
        matches!(f.make, Make::Calendar | Make::Clock) && (named || p.figures.is_some())
    };
    head.filter(full)
        .find(|f| stands_alone(reader, f) || opens_report(reader, f))
}

/// Whether little else stands on the line of an expression.
fn stands_alone(reader: &Reader<'_>, found: &Found) -> bool {
    let breaks = |i: usize| {
        let pair = reader.tokens.get(i).zip(reader.tokens.get(i + 1));
        pair.is_none_or(|(a, b)| {
            let gap = reader.text.get(a.end as usize..b.start as usize);
            gap.is_none_or(|gap| gap.contains('\n'))
        })
    };
    let (start, end) = (found.tokens.start, found.tokens.end);
    let before = (0..=REST).find(|n| start < n + 1 || breaks(start - n - 1));
    let after = (0..=REST).find(|n| breaks(end + n - 1));
    before.zip(after).is_some_and(|(b, a)| b + a <= REST)
}

/// Whether an expression is part of a dateline: after a place in capital letters, before a dash.
fn opens_report(reader: &Reader<'_>, found: &Found) -> bool {
    let start = found.sentence.start;
    let before = start..found.tokens.start;
    let place = |i: usize| {
        let token = &reader.tokens[i];
        token.capitalised() || !token.of(reader.text).contains(char::is_alphanumeric)
    };
    let dash = |i: usize| reader.is_mark(i, '-') || reader.is_mark(i, '_');
    !before.is_empty()
        && before.len() <= REST
        && before.into_iter().all(place)
        && (found.tokens.end..found.tokens.end + REST).any(dash)
}

/// Whether each expression names a year far from those before and after it: a comparison or a
/// source, from which a history does not go on.
pub(super) fn asides(found: &[Found]) -> Vec<bool> {
    const FAR: i32 = 10;
    /// Within how many more years a history comes back to its own.
    const SOON: usize = 3;
    let mut out = vec![false; found.len()];
    let years: Vec<(usize, i32)> = found
        .iter()
        .enumerate()
        .filter_map(|(i, f)| match f.parts.year {
            Some(Year::Full(year)) => Some((i, year)),
            _ => None,
        })
        .collect();
    let mut held = years.first().map_or(0, |y| y.1);
    for (i, &(at, year)) in years.iter().enumerate() {
        let near = |one: i32, other: i32| (one - other).abs() <= FAR;
        let mut ahead = years[i + 1..].iter().map(|y| y.1).take(SOON);
        let alone = !near(year, held) && ahead.clone().next().is_some_and(|y| !near(y, year));
        if alone && ahead.any(|y| near(y, held)) {
            out[at] = true;
        } else {
            held = year;
        }
    }
    out
}
