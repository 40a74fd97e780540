//! The second half of a pair that leans on the first: `1950-53`, `April 24 and 25, 1998`.

use super::lexicon::Class;
use super::number::Reader;
use super::parts::{Make, Year};
use super::recognise::Found;
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

/// `53` in `1950-53`.
fn second_year(reader: &Reader<'_>, dash: usize, first: &Found, number: u8) -> Option<Found> {
    let Some(Year::Full(year)) = first.parts.year.filter(|_| first.make == Make::Year) else {
        return None;
    };
    let joined = reader.is_mark(dash, '-') && reader.glued(dash + 1);
    let two_digits = reader.spelling(dash + 1).len() == 2;
    // 1950-53-2 is a number of another kind.
    let goes_on = reader.glued(dash + 2) && reader.is_mark(dash + 2, '-');
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
