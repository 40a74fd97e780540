//! Whether an expression is more likely something else, from what stands around it.

use std::ops::Range;

use super::lexicon::Class;
use super::number::Reader;
use super::parts::{Make, Parts, Year};
use super::value::{Amount, Modifier, Unit};
use crate::annotate::token::{Kind, Shape, Token};

/// Whether an expression begins with `over` in its sense of during.
pub(super) fn is_loose(reader: &Reader<'_>, sentence: &Range<usize>, at: &Range<usize>) -> bool {
    let after = |class| at.start > sentence.start && reader.is(at.start - 1, class);
    reader.is(at.start, Class::Loose) && at.len() > 1 && !after(Class::Prep) && !after(Class::Firm)
}

/// Whether `a year` is a rate (`$2 million a year`) and no length.
pub(super) fn is_rate(
    reader: &Reader<'_>,
    sentence: &Range<usize>,
    at: &Range<usize>,
    parts: &Parts,
) -> bool {
    let article = at.len() == 2 && reader.is(at.start, Class::A);
    if !article || parts.amount != Some(Amount::whole(1)) || at.start == sentence.start {
        return false;
    }
    if reader.is(at.end, Class::Whence) {
        return false; // it comes a year after …
    }
    let before = &reader.tokens[at.start - 1];
    let spelling = before.of(reader.text);
    let counted = before.kind == Kind::Word
        && spelling.ends_with('s')
        && !before.capitalised()
        && spelling.len() > 3
        && reader.lexicon.openings(reader.word(at.start - 1)) == 0;
    let number =
        before.kind == Kind::Number || reader.is(at.start - 1, Class::Mult) || spelling == "%";
    number || reader.is(at.start - 1, Class::Rated) || counted
}

/// Whether an expression is more likely something else, from what stands around it.
pub(super) fn doubtful(
    reader: &Reader<'_>,
    sentence: &Range<usize>,
    at: &Range<usize>,
    make: Make,
    parts: &Parts,
) -> bool {
    match make {
        Make::Year => doubtful_year(reader, sentence, at, parts),
        Make::Calendar if at.len() == 1 && parts.month.is_some() => {
            doubtful_month(reader, sentence, at)
        }
        Make::Calendar if parts.weekday.is_some() && parts.day.is_none() => {
            // `Sun` and `Sat` alone are names or verbs.
            let short = at
                .clone()
                .any(|i| reader.is(i, Class::Weekday) && reader.spelling(i).len() < 6);
            short && !reader.is(at.start.wrapping_sub(1), Class::On)
        }
        Make::Calendar
            if at.len() == 1 && parts.season.is_some() && reader.is(at.start, Class::Senses) =>
        {
            true
        }
        Make::Calendar if parts.season.is_some() && reader.is(at.end - 1, Class::Senses) => {
            // `the fall in prices`, but `in the fall`
            let before = at.start.wrapping_sub(1);
            parts.step.is_none()
                && (reader.spelling(at.end - 1).starts_with('f') || at.start == sentence.start)
                && !(at.start > sentence.start && reader.is(before, Class::Prep))
        }
        Make::Calendar | Make::InHand if in_a_game(reader, sentence, at, parts) => true,
        Make::Set if at.len() == 1 => is_newspaper(reader, sentence, at.start),
        Make::Duration => doubtful_length(reader, at, parts),
        Make::Clock => parts.clock.is_none(),
        Make::InHand if parts.inner() == Some(Unit::Day) => {
            let before = at.start.wrapping_sub(1);
            reader.is(before, Class::Prep) && !reader.is(before, Class::Lasting)
        }
        _ => false,
    }
}

/// Whether a half or a quarter is one of a game: a word of sports stands near it, and no year in it.
fn in_a_game(
    reader: &Reader<'_>,
    sentence: &Range<usize>,
    at: &Range<usize>,
    parts: &Parts,
) -> bool {
    const NEAR: usize = 20;
    let portion = matches!(parts.units[..], [Unit::Half | Unit::Quarter]);
    if !portion || parts.year.is_some() || parts.step.is_some() {
        return false;
    }
    let from = at.start.saturating_sub(NEAR).max(sentence.start);
    (from..sentence.end.min(at.end + NEAR)).any(|i| reader.is(i, Class::Sport))
}

/// Whether `daily` is a newspaper: `the daily said`, `a weekly,`, `the Mountain Daily`.
fn is_newspaper(reader: &Reader<'_>, sentence: &Range<usize>, at: usize) -> bool {
    let capital = |i: usize| reader.tokens[i].capitalised();
    let within = at > sentence.start && capital(at);
    if within && (capital(at - 1) || at + 1 < sentence.end && capital(at + 1)) {
        return true;
    }
    // `People's Daily`
    if within && at > sentence.start + 1 && reader.glued(at - 1) && capital(at - 2) {
        return true;
    }
    let determined = at > sentence.start && reader.is(at - 1, Class::Det);
    let next = reader.tokens.get(at + 1).filter(|_| at + 1 < sentence.end);
    let ends = next.is_none_or(|t| matches!(t.kind, Kind::Punctuation));
    let verb = [Class::Past, Class::Was, Class::Noted, Class::Is];
    determined && (ends || verb.into_iter().any(|class| reader.is(at + 1, class)))
}

/// Whether four digits are a year only in a text that has other years near them.
pub(super) fn is_unusual_year(reader: &Reader<'_>, at: &Range<usize>, parts: &Parts) -> bool {
    let Some(Year::Full(year)) = parts.year else {
        return false;
    };
    let strong = at.start > 0 && reader.is(at.start - 1, Class::Strong);
    let counted = reader.lexicon.openings(reader.word(at.start)) & Class::Qmod.bit() != 0;
    (at.len() == 1 || counted) && year > 0 && !strong && !(1800..2060).contains(&year)
}

/// Four digits are a year unless they count something.
fn doubtful_year(
    reader: &Reader<'_>,
    sentence: &Range<usize>,
    at: &Range<usize>,
    parts: &Parts,
) -> bool {
    let Some(Year::Full(year)) = parts.year else {
        return false;
    };
    // `some 2000 soldiers`, but `about 1970`.
    let phase = matches!(
        parts.modifier,
        Some(Modifier::Start | Modifier::Mid | Modifier::End)
    );
    let opens = reader.lexicon.openings(reader.word(at.start));
    let counted = at.len() > 1 && opens & Class::Qmod.bit() != 0 && !phase;
    let at = if counted {
        at.end - 1..at.end
    } else {
        at.clone()
    };
    if at.len() > 1 || year < 0 {
        return false;
    }
    let first = &reader.tokens[at.start];
    let previous = at.start.checked_sub(1).filter(|i| *i >= sentence.start);
    let before = previous.map_or("", |i| reader.spelling(i));
    if previous.is_some_and(|i| reader.is(i, Class::Counter)) {
        return true;
    }
    if before == "."
        && previous.is_some_and(|i| i > sentence.start && reader.is(i - 1, Class::Counter))
    {
        return true; // No. 1987
    }
    let strong = previous.is_some_and(|i| reader.is(i, Class::Strong));
    let next = reader.tokens.get(at.end);
    let after = next.map_or("", |t| t.of(reader.text));
    if matches!(after, "%" | "percent" | "$" | "°")
        || (first.glued() && matches!(before, "." | ":" | "+" | "/"))
    {
        return true;
    }
    let glued_after = next.is_some_and(Token::glued);
    // 1950/51
    let goes_on = reader.is_mark(at.end, '/')
        && reader
            .digits(at.end + 1)
            .is_some_and(|d| d.len() == 2 && d.parse().is_ok_and(|n: i32| n > year % 100));
    if glued_after
        && !goes_on
        && (matches!(after, ":" | "/")
            || next.is_some_and(|t| t.kind == Kind::Word && after != "'s" && after != "’s"))
    {
        return true;
    }
    // Digits on the other side of a dash make a telephone or a serial number.
    if glued_after
        && reader.is_mark(at.end, '-')
        && reader.digits(at.end + 1).is_some_and(|d| d.len() == 3)
    {
        return true;
    }
    if year == 2000
        && previous.is_some_and(|i| i > sentence.start && reader.tokens[i].capitalised() && !strong)
    {
        return true; // Russell 2000, Windows 2000
    }
    let plural = next.is_some_and(|t| {
        t.kind == Kind::Word
            && !t.capitalised()
            && after.len() > 3
            && after.ends_with('s')
            && !after.ends_with("ss")
    });
    let round = year % 100 == 0;
    if plural && (round || !(1900..2050).contains(&year)) {
        return true;
    }
    next.is_some_and(|t| !t.capitalised()) && reader.is(at.end, Class::Counted)
}

/// A month's name may be a person's or, in capitals at the head of a sentence, a verb.
fn doubtful_month(reader: &Reader<'_>, sentence: &Range<usize>, at: &Range<usize>) -> bool {
    let spelling = reader.spelling(at.start);
    let previous = at.start.checked_sub(1).filter(|i| *i >= sentence.start);
    let supported = previous.is_some_and(|i| {
        reader.is(i, Class::Prep)
            || reader.is(i, Class::Every)
            || reader.is_mark(i, '-')
            || reader.is_mark(i, '(')
    });
    let next = reader.tokens.get(at.end).filter(|_| at.end < sentence.end);
    let name_follows = next.is_some_and(|t| t.kind == Kind::Word && t.capitalised() && !t.glued());
    let name_before = previous.is_some_and(|i| {
        let i = if reader.is_mark(i, '.') {
            i.saturating_sub(1)
        } else {
            i
        };
        let token = &reader.tokens[i];
        reader.is(i, Class::Surname)
            || (token.kind == Kind::Word
                && token.capitalised()
                && !reader.is(i, Class::Prep)
                && i > sentence.start)
    });
    let short = spelling.len() == 3 && !spelling.eq_ignore_ascii_case("may");
    match spelling.to_ascii_lowercase().as_str() {
        "may" | "march" => {
            let opens = previous.is_none() || reader.tokens[at.start].shape.has(Shape::ALL_CAPS);
            !supported && (opens || name_follows || name_before) || name_before
        }
        "april" | "june" | "august" => !supported && (name_follows || name_before),
        _ => short && (!supported || name_follows),
    }
}

/// Lengths that are none: `one day` of a story is fine, `a second` is not, nor ages of people.
fn doubtful_length(reader: &Reader<'_>, at: &Range<usize>, parts: &Parts) -> bool {
    let Some(unit) = parts.inner() else {
        return true;
    };
    let after = reader.spelling(at.end);
    if unit == Unit::Second
        && (reader.is(at.start, Class::A)
            || after == "-"
            || !reader.spelling(at.end - 1).ends_with('s'))
    {
        return true;
    }
    // `hours before the vote`: no stretch that anybody measures.
    let vague = at.len() == 1 && unit.is_clock() && reader.is(at.end, Class::Whence);
    if vague && !reader.is(at.start.wrapping_sub(1), Class::Prep) {
        return true;
    }
    // `two-year-old`, `52 years old`, `years of age`
    let dashed_old = reader.is_mark(at.end, '-') && reader.is(at.end + 1, Class::Old);
    if unit == Unit::Year && (dashed_old || reader.is(at.end, Class::Old)) {
        return true;
    }
    if unit == Unit::Quarter
        && reader.is(at.end, Class::Prep)
        && parts.amount.is_some_and(|a| a == Amount::whole(1))
    {
        return true; // more than a quarter of the market
    }
    // `the 80s` as a decade is read elsewhere; money: `$5 billion`.
    let before = at.start.checked_sub(1).map_or("", |i| reader.spelling(i));
    matches!(before, "$" | "£" | "€") && reader.glued(at.start)
}
