//! Where on the calendar a partial date lies: within a year, or nearest to publication.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Anchor;
use super::feast::Feast;
use super::parts::{From, Parts};
use super::tense::Tense;
use super::value::{Modifier, Unit};
use super::when::When;
use super::why::{Named, Why};

/// A place with how it was found.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub when: When,
    pub anchor: Anchor,
    pub why: Why,
    /// A second reading that is nearly as likely.
    pub other: Option<When>,
}

impl Placed {
    /// A place the text names in full.
    pub(super) fn stated(when: When) -> Placed {
        Placed {
            when,
            anchor: Anchor::Itself,
            why: Why::Stated,
            other: None,
        }
    }
}

/// The place a partial date names within a year; the year itself when it names no more.
pub(super) fn in_year(parts: &Parts, year: i32) -> Option<When> {
    let short = || i16::try_from(year).ok();
    if let Some(feast) = parts.holiday {
        let day = *feast.days(short()?).first()?;
        return Some(When::Day(last_or_first(feast, day, parts)?));
    }
    if let Some(month) = parts.month {
        if let Some(n) = parts.ordinal
            && let Some(day) = in_month(parts, n, Date::new(short()?, month as i8, 1).ok()?)
        {
            return Some(When::Day(day));
        }
        return match parts.day {
            Some(day) => Date::new(short()?, month as i8, day as i8)
                .ok()
                .map(When::Day),
            None => Some(When::Month(year, month)),
        };
    }
    if let Some(season) = parts.season {
        return Some(When::Season(year, season));
    }
    let Some(n) = parts.ordinal else {
        return Some(When::Year(year));
    };
    let several = parts.amount.and_then(|a| a.count());
    Some(match (parts.inner(), several) {
        (Some(Unit::Quarter), Some(2)) if n.abs() == 1 => {
            When::Half(year, if n > 0 { 1 } else { 2 })
        }
        (Some(Unit::Quarter), None) => When::Quarter(
            year,
            if n < 0 {
                4
            } else {
                u8::try_from(n).ok().filter(|n| (1..=4).contains(n))?
            },
        ),
        (Some(Unit::Half), _) => When::Half(
            year,
            if n < 0 {
                2
            } else {
                u8::try_from(n).ok().filter(|n| (1..=2).contains(n))?
            },
        ),
        _ => When::Year(year),
    })
}

/// The day of a holiday; of one that lasts, its last day where its end is meant.
fn last_or_first(feast: Feast, day: Date, parts: &Parts) -> Option<Date> {
    let ends = parts.modifier == Some(Modifier::End);
    let later = if ends { feast.length() - 1 } else { 0 };
    day.checked_add(i64::from(later).days()).ok()
}

/// The nth day or weekday of a month: `the second Tuesday in November`, `the last day of May`.
fn in_month(parts: &Parts, n: i64, first: Date) -> Option<Date> {
    match (parts.weekday, parts.inner()) {
        (Some(weekday), None) => {
            let weekday = Weekday::from_monday_one_offset(weekday as i8).ok()?;
            first
                .nth_weekday_of_month(i8::try_from(n).ok()?, weekday)
                .ok()
        }
        (None, Some(Unit::Day)) if n < 0 => Some(first.last_of_month()),
        (None, Some(Unit::Day)) => {
            Date::new(first.year(), first.month(), i8::try_from(n).ok()?).ok()
        }
        _ => None,
    }
}

/// The place nearest to publication that fits a partial date, by tense.
///
/// Where the tense leaves it open, the other reading is kept, unless it is far-fetched: many times as far off.
///
/// `behind`: a past verb is near it, or `since` stands before it.
pub(super) fn nearest(
    parts: &Parts,
    published: Date,
    tense: Tense,
    behind: bool,
) -> Option<Placed> {
    /// ‘August 14’ on 13 August is tomorrow and not 364 days ago; ‘Sunday’ on a Monday is yesterday.
    const FAR_FETCHED: i32 = 5;
    let step = parts
        .step
        .filter(|(_, from)| *from == From::Publication)
        .map(|(by, _)| by);
    let (name, past, future) = if parts.weekday.is_some() && parts.month.is_none() {
        let weekday = parts.weekday?;
        let (past, future) = weekdays(weekday, published, step)?;
        (Named::Weekday(weekday), past, future)
    } else if let (Some(day), None) = (parts.day, parts.month) {
        let (past, future) = days_of_month(day, published)?;
        (Named::Day(day), past, future)
    } else {
        let (past, future) = around(parts, published, step)?;
        (named(parts), past, future)
    };
    let before = match step {
        Some(by) if by < 0 => true,
        Some(by) if by > 0 => false,
        Some(_) => parts.weekday.is_none(),
        None => goes_back(parts, [past, future], published, tense, behind),
    };
    let when = if before { past } else { future };
    let truly_open = step.is_none() && tense == Tense::Unknown && past != future;
    let other = if before { future } else { past };
    let likely = days_away(other, published) <= FAR_FETCHED * days_away(when, published).max(1);
    let other = (truly_open && likely).then_some(other);
    let why = Why::Nearest {
        name,
        before,
        tense,
        published,
    };
    Some(Placed {
        when,
        anchor: Anchor::Publication,
        why,
        other,
    })
}

/// The weekday, month or season before or after a day, or of its own week or year.
pub(super) fn beside(parts: &Parts, day: Date, by: i32) -> Option<When> {
    let (past, future) = match parts.weekday {
        Some(weekday) if parts.month.is_none() => weekdays(weekday, day, Some(by))?,
        _ => around(parts, day, Some(by))?,
    };
    Some(if by < 0 { past } else { future })
}

/// Whether the earlier of two readings is the right one.
fn goes_back(
    parts: &Parts,
    [past, future]: [When; 2],
    published: Date,
    tense: Tense,
    behind: bool,
) -> bool {
    if parts.weekday.is_some() && parts.month.is_none() {
        return tense != Tense::Future;
    }
    let (back, ahead) = (days_away(past, published), days_away(future, published));
    let published_year = Some(i32::from(published.year()));
    if parts.units == [Unit::Quarter] || parts.units == [Unit::Half] {
        return !(tense == Tense::Future && ahead <= 100 && back > 180);
    }
    match tense {
        // A past verb may tell of a date announced: `said it would ship on June 17`.
        Tense::Past if parts.day.is_some() || parts.holiday.is_some() => {
            !(ahead <= 45 && back > 300)
        }
        // The month to come is hardly ever meant of the year before: `spoke of a cut in September`.
        Tense::Past if parts.month.is_some() && !behind => {
            !(ahead <= 31 && back > 300 && past.year() != published_year)
        }
        Tense::Past => true,
        Tense::Future => back <= 45 && ahead > 300,
        _ if parts.day.is_some() => back <= ahead,
        _ => !(ahead <= 75 && back > 75),
    }
}

/// How many days lie between a day and the beginning of something.
fn days_away(when: When, day: Date) -> i32 {
    when.first_day().map_or(0, |d| (d - day).get_days().abs())
}

/// The last and the next day of a week; with a step, strictly last, in this week, or next.
fn weekdays(weekday: u8, published: Date, step: Option<i32>) -> Option<(When, When)> {
    let today = published.weekday().to_monday_one_offset();
    let back = i64::from((today - weekday as i8).rem_euclid(7));
    let ahead = (7 - back) % 7;
    let (back, ahead) = match step {
        Some(0) => (back, i64::from(weekday) - i64::from(today)),
        Some(_) => (
            if back == 0 { 7 } else { back },
            if ahead == 0 { 7 } else { ahead },
        ),
        None => (back, ahead),
    };
    let day = |n: i64| published.checked_add(n.days()).ok().map(When::Day);
    Some((day(-back)?, day(ahead)?))
}

/// The last and the next month's day of a number.
fn days_of_month(day: u8, published: Date) -> Option<(When, When)> {
    let in_month = |by: i64| {
        let month = published.first_of_month().checked_add(by.months()).ok()?;
        Date::new(month.year(), month.month(), day as i8).ok()
    };
    let past = [0, -1, -2]
        .into_iter()
        .filter_map(in_month)
        .find(|d| *d <= published)?;
    let future = [0, 1, 2]
        .into_iter()
        .filter_map(in_month)
        .find(|d| *d >= published)?;
    Some((When::Day(past), When::Day(future)))
}

/// The last and the next place of a year-less date; a step excludes the present one or asks for it.
fn around(parts: &Parts, published: Date, step: Option<i32>) -> Option<(When, When)> {
    let year = i32::from(published.year());
    if let Some(feast) = parts.holiday.filter(|_| step != Some(0)) {
        let (past, future) = feast.around(published, step.is_some())?;
        let place = |day| last_or_first(feast, day, parts).map(When::Day);
        return place(past).zip(place(future));
    }
    if let (Some(weekday), Some(_), Some(_)) = (parts.weekday, parts.month, parts.day) {
        // `Friday, October 23`: the year in which that day is a Friday.
        let fits = |y: &i32| match in_year(parts, *y) {
            Some(When::Day(d)) => {
                Some(d.weekday()) == Weekday::from_monday_one_offset(weekday as i8).ok()
            }
            _ => false,
        };
        if let Some(y) = [year, year - 1, year + 1, year - 2, year + 2]
            .into_iter()
            .find(fits)
        {
            let when = in_year(parts, y)?;
            return Some((when, when));
        }
    }
    let holds = |when: When| match when {
        When::Season(y, _) => y == year && season_of(published) == Some(when),
        other => When::around(published, other.unit()) == Some(other),
    };
    let strict = step.is_some_and(|by| by != 0);
    let places = |years: [i32; 3]| years.into_iter().filter_map(|y| in_year(parts, y));
    let past = places([year, year - 1, year - 4]).find(|w| {
        if holds(*w) {
            !strict
        } else {
            w.first_day().is_some_and(|d| d <= published)
        }
    })?;
    let future = places([year, year + 1, year + 4]).find(|w| {
        if holds(*w) {
            !strict
        } else {
            w.first_day().is_some_and(|d| d > published)
        }
    })?;
    if step == Some(0) {
        let this = in_year(parts, year)?;
        return Some((this, this));
    }
    Some((past, future))
}

/// The season a day lies in, on the northern half of the earth; winter counts to its December.
fn season_of(date: Date) -> Option<When> {
    let season = match date.month() {
        3..=5 => *b"SP",
        6..=8 => *b"SU",
        9..=11 => *b"FA",
        _ => *b"WI",
    };
    Some(When::Season(i32::from(date.year()), season))
}

/// What a partial date names, for reasons.
fn named(parts: &Parts) -> Named {
    match (parts.month, parts.day, parts.season) {
        (Some(month), Some(day), _) => Named::Date(month, day),
        (Some(month), None, _) => Named::Month(month),
        (_, _, Some(season)) => Named::Season(season),
        _ => parts.inner().map_or(Named::Holiday, Named::Unit),
    }
}

/// TIMEX3's form with X for what is not known; nothing when nothing is.
pub(super) fn open_value(parts: &Parts) -> Option<String> {
    let part = parts
        .part
        .map_or_else(String::new, |[a, b]| format!("T{}{}", a as char, b as char));
    let clock = parts.clock.map_or(part, |c| {
        format!("T{:02}:{:02}", c.minutes / 60, c.minutes % 60)
    });
    let date = match (parts.month, parts.day, parts.weekday, parts.season) {
        (Some(month), Some(day), _, _) => format!("XXXX-{month:02}-{day:02}"),
        (Some(month), None, _, _) => format!("XXXX-{month:02}"),
        (None, Some(day), _, _) => format!("XXXX-XX-{day:02}"),
        (None, None, Some(weekday), _) => format!("XXXX-WXX-{weekday}"),
        (None, None, None, Some([a, b])) => format!("XXXX-{}{}", a as char, b as char),
        _ => match (parts.holiday, parts.ordinal, parts.inner()) {
            (Some(Feast::Fixed(month, day)), _, _) => format!("XXXX-{month:02}-{day:02}"),
            (Some(_), _, _) => "XXXX-XX-XX".into(),
            (_, Some(n @ 1..=4), Some(Unit::Quarter)) => format!("XXXX-Q{n}"),
            (_, Some(n @ 1..=2), Some(Unit::Half)) => format!("XXXX-H{n}"),
            (_, _, Some(Unit::Week)) => "XXXX-WXX".into(),
            (_, _, Some(Unit::Weekend)) => "XXXX-WXX-WE".into(),
            (_, _, Some(Unit::Month)) => "XXXX-XX".into(),
            (_, _, Some(Unit::Quarter)) => "XXXX-QX".into(),
            (_, _, Some(Unit::Year)) => "XXXX".into(),
            _ => "XXXX-XX-XX".into(),
        },
    };
    Some(date + &clock)
}
