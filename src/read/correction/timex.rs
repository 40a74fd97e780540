//! What a time expression is set to: a TIMEX3 value, with type and mod where they are wanted.
//!
//! `2014-02-25`, `2010 END`, `SET P1W`. EDTF that says the same is taken too (`2002~`, `2010-24`, `201X`) and put into
//! TIMEX3's form.

use jiff::civil::Date;

use crate::base::Edtf;
use crate::model::{TimeValue, TimexType};

const TYPES: [(&str, TimexType); 4] = [
    ("DATE", TimexType::Date),
    ("TIME", TimexType::Time),
    ("DURATION", TimexType::Duration),
    ("SET", TimexType::Set),
];

/// TIMEX3's mods (ISO 24617-1).
pub(crate) const MODIFIERS: [&str; 12] = [
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
    "START",
    "MID",
    "END",
    "APPROX",
];

const VAGUE: [&str; 3] = ["PAST_REF", "PRESENT_REF", "FUTURE_REF"];

const PARTS_OF_DAY: [&str; 6] = ["MO", "MI", "AF", "EV", "NI", "DT"];

/// Seasons as TIMEX3 writes them, in the order of EDTF's 21 to 24.
const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

/// Reads a value.
///
/// # Errors
/// What is wrong, to stand after the key's name, and how to mend it.
pub(super) fn parse(text: &str) -> Result<TimeValue, (String, String)> {
    let (mut timex, mut modifier, mut value) = (None, None, None);
    for word in text.split_whitespace() {
        if let Some((_, named)) = TYPES.iter().find(|(name, _)| *name == word) {
            timex = Some(*named);
        } else if let Some(named) = MODIFIERS.iter().find(|name| **name == word) {
            modifier = Some(*named);
        } else if value.replace(word).is_some() {
            return Err(wrong(text));
        }
    }
    let value = value.ok_or_else(|| wrong(text))?;
    let (value, approximate) = match value.strip_suffix('~') {
        Some(bare) => (bare, Some("APPROX")),
        None => (value, None),
    };
    let value = from_edtf(value).unwrap_or_else(|| value.to_owned());
    let shape = shape(&value).ok_or_else(|| wrong(text))?;
    let fits = |timex| timex == shape || timex == TimexType::Set || VAGUE.contains(&value.as_str());
    if let Some(timex) = timex.filter(|timex| !fits(*timex)) {
        return Err((
            format!("has the type {}, which ‘{value}’ is not", name(timex)),
            format!("write `{value}` or `{} {value}`", name(shape)),
        ));
    }
    Ok(TimeValue {
        timex,
        value,
        modifier: modifier.or(approximate),
    })
}

/// The type that a value has by its form, save that any may be that of a repetition; none if it is no value of TIMEX3.
fn shape(value: &str) -> Option<TimexType> {
    if VAGUE.contains(&value) {
        return Some(TimexType::Date);
    }
    if value.starts_with('P') {
        return is_duration(value).then_some(TimexType::Duration);
    }
    match value.split_once('T') {
        Some((day, clock)) => {
            let day = day.is_empty() || is_day(day);
            (day && is_clock(clock)).then_some(TimexType::Time)
        }
        None => is_date(value).then_some(TimexType::Date),
    }
}

fn wrong(text: &str) -> (String, String) {
    let shown: String = text.chars().take(40).collect();
    let help = match text {
        _ if text.contains('/') => {
            "an interval is two time expressions: quote and set each of its ends by itself"
        }
        _ if text.ends_with(['?', '%']) => {
            "TIMEX3 cannot say that a date is uncertain: leave out the sign, or write `~` for about"
        }
        _ => {
            "write `2014-02-25`, `2010-12`, `2010`, `2010-WI`, `2014-W09`, `2014-02-25T21:36`, `P10D` or `XXXX-WXX-2`, if need be with a mod: `2010 END`"
        }
    };
    (
        format!("must be a TIMEX3 value, not ‘{shown}’"),
        help.to_owned(),
    )
}

fn name(timex: TimexType) -> &'static str {
    TYPES
        .iter()
        .find(|(_, of)| *of == timex)
        .map_or("", |(name, _)| *name)
}

/// The TIMEX3 form of what only EDTF writes so: seasons by number, decades and centuries with `X`.
fn from_edtf(text: &str) -> Option<String> {
    Edtf::parse(text).ok()?;
    if let Some(known) = text.strip_suffix('X') {
        return Some(known.trim_end_matches('X').to_owned());
    }
    let (year, season) = text.split_once('-')?;
    let season = match season {
        "21" | "22" | "23" | "24" => season.parse::<usize>().ok()? - 21,
        _ => return None,
    };
    Some(format!("{year}-{}", SEASONS.get(season)?))
}

fn is_number(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())
}

/// Digits, or as many `X` for what is not known.
fn is_part(text: &str, digits: usize) -> bool {
    is_number(text, digits) || (text.len() == digits && text.bytes().all(|b| b == b'X'))
}

fn within(text: &str, least: u8, most: u8) -> bool {
    text == "XX"
        || (is_number(text, 2) && text.parse().is_ok_and(|n: u8| (least..=most).contains(&n)))
}

fn is_date(text: &str) -> bool {
    let era = text
        .strip_prefix("BC")
        .is_some_and(|year| is_number(year, 4));
    let fiscal = text.strip_prefix("FY").is_some_and(|year| is_part(year, 4));
    // A century or a decade.
    let large = is_number(text, 2) || is_number(text, 3);
    era || fiscal || large || is_day(text)
}

/// A year or something smaller.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    match parts[..] {
        [year] => is_part(year, 4),
        [year, part] => {
            let unit = part.strip_prefix(['Q', 'H']);
            let half = part.starts_with('H');
            let counted = unit.is_some_and(|n| match n {
                "X" | "1" | "2" => true,
                "3" | "4" => !half,
                _ => false,
            });
            let week = part
                .strip_prefix('W')
                .is_some_and(|week| within(week, 1, 53));
            is_part(year, 4) && (within(part, 1, 12) || SEASONS.contains(&part) || counted || week)
        }
        [year, week, day] if week.starts_with('W') => {
            let day = matches!(day, "WE" | "1" | "2" | "3" | "4" | "5" | "6" | "7");
            let week = week.strip_prefix('W').is_some_and(|w| within(w, 1, 53));
            is_part(year, 4) && week && day
        }
        [year, month, day] => {
            let known = is_number(year, 4) && is_number(month, 2) && is_number(day, 2);
            let possible = within(month, 1, 12) && within(day, 1, 31);
            is_part(year, 4) && possible && (!known || text.parse::<Date>().is_ok())
        }
        _ => false,
    }
}

/// `21:36`, `21`, `NI`, `21:36:05+09:00`.
fn is_clock(text: &str) -> bool {
    if PARTS_OF_DAY.contains(&text) {
        return true;
    }
    let text = text.strip_suffix('Z').unwrap_or(text);
    let (clock, zone) = match text.find(['+', '-']) {
        Some(at) => (text.get(..at), text.get(at + 1..)),
        None => (Some(text), None),
    };
    let parts = |text: &str, most: usize| {
        let parts: Vec<&str> = text.split(':').collect();
        let hour = parts.first().is_some_and(|hour| within(hour, 0, 24));
        let rest = parts.iter().skip(1).all(|part| within(part, 0, 59));
        hour && rest && parts.len() <= most
    };
    clock.is_some_and(|clock| parts(clock, 3)) && zone.is_none_or(|zone| parts(zone, 2))
}

/// `P10D`, `P2Y6M`, `PT3H`, `PXY`, `P1.5W`.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else {
        return false;
    };
    let (days, clock) = match rest.split_once('T') {
        Some((days, clock)) => (days, Some(clock)),
        None => (rest, None),
    };
    if rest == "XX" {
        return true;
    }
    let day_units = ["ML", "CE", "DE", "Y", "Q", "M", "WE", "W", "D"];
    let clock_units = ["H", "M", "S"];
    let some = !days.is_empty() || clock.is_some();
    some && units(days, &day_units) && clock.is_none_or(|c| !c.is_empty() && units(c, &clock_units))
}

/// Whether a text is numbers with units, these in order and each once.
fn units(text: &str, allowed: &[&str]) -> bool {
    let mut rest = text;
    let mut from = 0;
    while !rest.is_empty() {
        let number = rest
            .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == 'X'))
            .unwrap_or(rest.len());
        let (amount, unit) = rest.split_at(number);
        let open = matches!(amount, "X" | "XX");
        let plain = amount.starts_with(|c: char| c.is_ascii_digit())
            && amount.parse::<f64>().is_ok_and(f64::is_finite);
        let found = allowed
            .iter()
            .enumerate()
            .skip(from)
            .filter(|(_, name)| unit.starts_with(**name))
            .max_by_key(|(_, name)| name.len());
        let (Some((at, name)), true) = (found, open || plain) else {
            return false;
        };
        from = at + 1;
        rest = unit.get(name.len()..).unwrap_or("");
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_each_kind() {
        for (text, timex, value, modifier) in [
            ("2014-02-25", None, "2014-02-25", None),
            ("2010 END", None, "2010", Some("END")),
            ("SET P1W", Some(TimexType::Set), "P1W", None),
            (
                "DATE 2010 APPROX",
                Some(TimexType::Date),
                "2010",
                Some("APPROX"),
            ),
            ("SET XXXX-WXX-2", Some(TimexType::Set), "XXXX-WXX-2", None),
            ("2002~", None, "2002", Some("APPROX")),
            ("2010-24", None, "2010-WI", None),
            ("2013-22~", None, "2013-SU", Some("APPROX")),
            ("201X", None, "201", None),
            ("20XX", None, "20", None),
        ] {
            let modifier = modifier.map(|m: &str| *MODIFIERS.iter().find(|n| **n == m).unwrap());
            let expected = TimeValue {
                timex,
                value: value.to_owned(),
                modifier,
            };
            assert_eq!(parse(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn forms_of_timex3() {
        for (timex, values) in [
            (
                TimexType::Date,
                "2014 2014-02 201 20 2014-Q1 2014-H2 2010-FA 2014-W09 2014-W09-WE XXXX-WXX-2 XXXX-02-29 2014-XX-03 BC0044 \
                 FY2004 PAST_REF",
            ),
            (
                TimexType::Time,
                "2014-02-25T21:36 TNI T21:36 2014-02-25TMO 2014-02-25T21:36:05+09:00 XXXX-WXX-1TNI T09Z",
            ),
            (
                TimexType::Duration,
                "P10D PT3H P2Y6M PXY P1.5W PT1H30M P1DT12H PXX P3Q PXDE P1WE",
            ),
        ] {
            for value in values.split_whitespace() {
                assert_eq!(shape(value), Some(timex), "{value}");
            }
        }
        for value in "2014-02-30 2014-13 2014-W54 P P1 PD PT P1D2Y P1DT tuesday 2014- T25 T 25T 2014-Q5 2014-H3 é 2014-é1 P1.D.D"
            .split_whitespace()
        {
            assert_eq!(shape(value), None, "{value}");
        }
    }

    #[test]
    fn what_cannot_be_said_gets_a_hint() {
        for (text, hint) in [
            ("2002-05-23/2002-06-23", "each of its ends"),
            ("2002?", "uncertain"),
            ("last Tuesday", "2014-02-25"),
            ("DATE P10D", "DURATION P10D"),
            ("DATE", "2014-02-25"),
            ("", "2014-02-25"),
        ] {
            let (_, help) = parse(text).unwrap_err();
            assert!(help.contains(hint), "{text}: {help}");
        }
    }

    proptest::proptest! {
        #[test]
        fn anything_is_read_without_a_panic(text in "(\\PC|[0-9XPTWQH~/.:+-]){0,16}") {
            let _ = parse(&text);
        }
    }
}
