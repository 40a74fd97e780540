//! Expressions that complete each other: `1950-53`, `April 24 and 25, 1998`, `12-14 July`,
//! `from May 15 to August 16, 1988`, `the quarter ended Sept. 30`.

use std::ops::Range;

use super::lexicon::Class;
use super::number::Reader;
use super::parts::{Make, Parts, Year};
use super::recognise::Found;
use super::value::Unit;
use crate::annotate::token::Kind;

/// Adds the second half of a pair whose first half was found last, when one follows at `at` and
/// before `end`; returns the token to go on from.
pub(super) fn second_half(
    reader: &Reader<'_>,
    at: usize,
    end: usize,
    out: &mut Vec<Found>,
) -> usize {
    let digits = reader
        .digits(at + 1)
        .filter(|d| d.len() <= 2 && at + 1 < end);
    let (Some(first), Some(number)) = (out.last_mut(), digits.and_then(|d| d.parse().ok())) else {
        return at;
    };
    let second = second_year(reader, at, first, number)
        .or_else(|| second_day(reader, at, end, first, number));
    let Some(second) = second else { return at };
    let reach = second.tokens.end;
    out.push(second);
    reach
}

/// Adds the first half of a pair whose second half was found last: `12` in `12-14 July`, `499` in
/// `499-493 BC`.
pub(super) fn first_half(reader: &Reader<'_>, out: &mut Vec<Found>) {
    let Some(second) = out.last() else { return };
    let floor = out.len().checked_sub(2).map_or(second.sentence.start, |i| {
        out[i].tokens.end.max(second.sentence.start)
    });
    let start = second.tokens.start;
    let Some(at) = start.checked_sub(2).filter(|at| *at >= floor) else {
        return;
    };
    let dash = reader.is_mark(start - 1, '-') && reader.glued(start);
    let linked = reader.is(start - 1, Class::Link)
        && (at == second.sentence.start
            || reader.is(at - 1, Class::Prep)
            || reader.is(at - 1, Class::Det)
            || reader.tokens[at - 1].kind == Kind::Punctuation);
    let goes_on = reader.glued(at) && at > 0 && !reader.is_mark(at - 1, '(');
    if let Some(portion) = first_portion(reader, second, at).filter(|_| linked) {
        out.insert(out.len() - 1, portion);
        return;
    }
    let number = reader.digits(at).and_then(|d| d.parse::<i32>().ok());
    let Some(number) = number.filter(|_| (dash || linked) && !goes_on) else {
        return;
    };
    let mut parts = second.parts.clone();
    let opens_in_digits = reader.digits(start).is_some();
    match (second.parts.year, second.parts.day) {
        (Some(Year::Full(year)), None) if second.make == Make::Year && year < 0 => {
            if number <= -year {
                return;
            }
            parts.year = Some(Year::Full(-number));
        }
        (_, Some(day)) if opens_in_digits && (1..i32::from(day)).contains(&number) => {
            parts.day = Some(number as u8);
            parts.weekday = None;
        }
        _ => return,
    }
    let first = Found {
        tokens: at..at + 1,
        parts,
        ..second.clone()
    };
    out.insert(out.len() - 1, first);
}

/// `second` in `the second and fourth quarters`.
fn first_portion(reader: &Reader<'_>, second: &Found, at: usize) -> Option<Found> {
    let whole = matches!(second.parts.units[..], [Unit::Quarter | Unit::Half]);
    let upper = second.parts.ordinal.filter(|_| whole)?;
    let lower = reader.lexicon.value(reader.word(at), Class::Ord)?;
    let mut parts = second.parts.clone();
    parts.ordinal = (1..upper).contains(&lower).then_some(lower);
    parts.ordinal.is_some().then(|| Found {
        tokens: at..at + 1,
        parts,
        ..second.clone()
    })
}

/// How far from other years an unusual one may lie, in years.
const NEAR: i32 = 30;

/// Drops unusual years (`1500` by itself) that have no other years near them.
pub(super) fn keep_supported(out: &mut Vec<Found>) {
    if !out.iter().any(|f| f.weak) {
        return;
    }
    let full = |f: &Found| match f.parts.year {
        Some(Year::Full(year)) => Some(year),
        _ => None,
    };
    let mut sure: Vec<i32> = out.iter().filter(|f| !f.weak).filter_map(full).collect();
    sure.sort_unstable();
    let near = |year: i32| {
        let at = sure.partition_point(|y| *y < year - NEAR);
        sure.get(at).is_some_and(|y| *y <= year + NEAR)
    };
    out.retain(|f| !f.weak || full(f).is_some_and(near));
}

/// Lets neighbours complete each other: the year of a stretch's end is that of its beginning, a
/// period takes the month of its end, a clock time the day named after its reading elsewhere.
pub(super) fn complete(reader: &Reader<'_>, out: &mut [Found]) {
    for i in (1..out.len()).rev() {
        let (before, after) = out.split_at_mut(i);
        let (Some(first), Some(second)) = (before.last_mut(), after.first()) else {
            continue;
        };
        if first.sentence != second.sentence {
            continue;
        }
        let between = first.tokens.end..second.tokens.start;
        if between.len() == 1 && reader.is(between.start, Class::Ended) {
            let whole = matches!(first.parts.units[..], [Unit::Quarter | Unit::Open]);
            if let Some(month) = second.parts.month.filter(|_| whole) {
                first.parts.closing = Some((month, second.parts.year));
            }
        }
        if between.len() == 1 && reader.is(between.start, Class::Link) {
            repeat_both(first, second);
        }
        if let Some(year) = shared_year(reader, first, second, &between) {
            first.parts.year = Some(year);
        }
        let bare = first.make == Make::Clock && is_bare_clock(&first.parts);
        let aside = |i: usize| matches!(reader.spelling(i), "(" | ")" | "," | "on");
        if bare && between.len() <= 2 && between.clone().all(aside) && !between.is_empty() {
            let day = &second.parts;
            let parts = &mut first.parts;
            (parts.weekday, parts.deictic) = (day.weekday, day.deictic);
            (parts.month, parts.day, parts.year) = (day.month, day.day, day.year);
        }
    }
}

/// Lets `Monday` in `Monday and Tuesday nights` repeat too.
fn repeat_both(first: &mut Found, second: &Found) {
    let bare = Parts {
        weekday: first.parts.weekday,
        ..Parts::default()
    };
    let nights = second.make == Make::Set && second.parts.weekday.is_some();
    if nights && first.parts.weekday.is_some() && first.parts == bare {
        first.make = Make::Set;
        first.parts.part = second.parts.part;
    }
}

/// Whether a clock time stands without a day.
fn is_bare_clock(parts: &Parts) -> bool {
    let alone = Parts {
        clock: parts.clock,
        modifier: parts.modifier,
        ..Parts::default()
    };
    *parts == alone && parts.clock.is_some()
}

/// The year of `from May 15 to August 16, 1988`, which both share; a stretch over the new year
/// began in the year before.
fn shared_year(
    reader: &Reader<'_>,
    first: &Found,
    second: &Found,
    between: &Range<usize>,
) -> Option<Year> {
    let (from, to) = (first.parts.month?, second.parts.month?);
    let open = first.parts.year.is_none() && first.parts.step.is_none();
    let same_make = first.make == second.make && first.parts.figures.is_none();
    let linked = between.len() == 1
        && (reader.is_mark(between.start, '-')
            || reader.is_mark(between.start, ',')
                && first.parts.day.is_some() == second.parts.day.is_some()
            || reader.is(between.start, Class::Link)
            || reader.is(between.start, Class::Until));
    let year = second.parts.year.filter(|_| open && same_make && linked)?;
    match year {
        Year::Full(y) if from > to => Some(Year::Full(y.saturating_sub(1))),
        Year::Short(y) if from > to => Some(Year::Short(y.checked_sub(1)?)),
        same => Some(same),
    }
}

/// `53` in `1950-53`.
fn second_year(reader: &Reader<'_>, dash: usize, first: &Found, number: u8) -> Option<Found> {
    let Some(Year::Full(year)) = first.parts.year.filter(|_| first.make == Make::Year) else {
        return None;
    };
    let mark = reader.is_mark(dash, '-') || reader.is_mark(dash, '/');
    let joined = mark && reader.glued(dash + 1);
    let two_digits = reader.spelling(dash + 1).len() == 2;
    // 1950-53-2 is a number of another kind.
    let again = reader.is_mark(dash + 2, '-') || reader.is_mark(dash + 2, '/');
    let goes_on = reader.glued(dash + 2) && again;
    if !joined || !two_digits || goes_on || year % 100 >= i32::from(number) {
        return None;
    }
    let mut second = first.clone();
    second.parts.year = Some(Year::Full(year - year % 100 + i32::from(number)));
    second.parts.modifier = None;
    second.tokens = dash + 1..dash + 2;
    Some(second)
}

/// `25` in `April 24 and 25`; a year after it is for both.
fn second_day(
    reader: &Reader<'_>,
    link: usize,
    end: usize,
    first: &mut Found,
    number: u8,
) -> Option<Found> {
    let day = first.parts.day.filter(|_| first.parts.year.is_none())?;
    let ends_in_day = link > 0 && reader.digits(link - 1).is_some();
    let joined = reader.is_mark(link, '-') || reader.is(link, Class::Link);
    if !ends_in_day || !joined || counts_something(reader, link + 2) || number <= day || number > 31
    {
        return None;
    }
    let mut second = first.clone();
    second.parts.day = Some(number);
    second.parts.weekday = None;
    second.tokens = link + 1..link + 2;
    let comma = usize::from(reader.is_mark(link + 2, ','));
    let year = reader.numeric(Class::Year, link + 2 + comma);
    if let Some((year, used)) = year.filter(|(_, used)| link + 2 + comma + used <= end) {
        first.parts.year = Some(Year::Full(year as i32));
        second.parts.year = first.parts.year;
        second.tokens.end += comma + used;
    }
    Some(second)
}

/// Whether a number before this token counts something: `24 and 25 people`, `25 %`, `25 May`.
fn counts_something(reader: &Reader<'_>, at: usize) -> bool {
    let units = [
        Class::Unit,
        Class::Units,
        Class::Month,
        Class::Mult,
        Class::Counted,
    ];
    let plural = reader.tokens.get(at).is_some_and(|t| {
        t.kind == Kind::Word && !t.capitalised() && t.of(reader.text).ends_with('s')
    });
    plural
        || units.into_iter().any(|class| reader.is(at, class))
        || reader.is_mark(at, '%')
        || reader.is_mark(at, ':')
}
