//! What a document as a whole tells: the order of its numeric dates, and whether it is a history.

use jiff::civil::Date;

use super::TimeContext;
use super::parts::{From, Year};
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
/// lean on publication, and the years mostly far from it.
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
                || (p.weekday.is_some() && p.day.is_none())
                || matches!(p.step, Some((_, From::Publication)) if !p.units.is_empty())
        })
        .count();
    years.len() >= 5 && far * 3 > years.len() * 2 && leaning * 4 < years.len()
}
