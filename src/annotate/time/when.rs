//! Places on the calendar, with their granularity, and how TIMEX3 writes them.

use std::borrow::Cow;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use super::value::Unit;

/// A place on the calendar, with its granularity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// The year without its last two digits.
    Century(i32),
    /// The year without its last digit.
    Decade(i32),
    /// Negative before Christ: `-44` is 44 BC.
    Year(i32),
    /// Year, and 1 or 2.
    Half(i32, u8),
    /// Year, and 1 to 4.
    Quarter(i32, u8),
    /// TIMEX3's two letters for the season.
    Season(i32, [u8; 2]),
    /// Year, and 1 to 12.
    Month(i32, u8),
    /// ISO year and week.
    Week(i32, u8),
    /// The weekend of an ISO week.
    Weekend(i32, u8),
    /// A day.
    Day(Date),
}

impl When {
    /// The ISO week of a date.
    pub(super) fn week_of(date: Date) -> When {
        let iso = date.iso_week_date();
        When::Week(i32::from(iso.year()), iso.week() as u8)
    }

    /// The place of a unit's size that a date lies in.
    pub(super) fn around(date: Date, unit: Unit) -> Option<When> {
        let (year, month) = (i32::from(date.year()), date.month() as u8);
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => When::Day(date),
            Unit::Week | Unit::Fortnight => When::week_of(date),
            Unit::Weekend => match When::week_of(date) {
                When::Week(y, w) => When::Weekend(y, w),
                other => other,
            },
            Unit::Month => When::Month(year, month),
            Unit::Quarter => When::Quarter(year, (month - 1) / 3 + 1),
            Unit::Half => When::Half(year, (month - 1) / 6 + 1),
            Unit::Year => When::Year(year),
            Unit::Decade => When::Decade(year.div_euclid(10)),
            Unit::Century => When::Century(year.div_euclid(100)),
            Unit::Season | Unit::Millennium | Unit::Open => return None,
        })
    }

    /// The unit of its granularity.
    pub(super) fn unit(self) -> Unit {
        match self {
            When::Century(_) => Unit::Century,
            When::Decade(_) => Unit::Decade,
            When::Year(_) => Unit::Year,
            When::Half(..) => Unit::Half,
            When::Quarter(..) => Unit::Quarter,
            When::Season(..) => Unit::Season,
            When::Month(..) => Unit::Month,
            When::Week(..) => Unit::Week,
            When::Weekend(..) => Unit::Weekend,
            When::Day(_) => Unit::Day,
        }
    }

    /// Its first day, where the calendar reaches so far.
    pub(super) fn first_day(self) -> Option<Date> {
        let date = |year: i32, month: u8| Date::new(i16::try_from(year).ok()?, month as i8, 1).ok();
        match self {
            When::Century(c) => date(c.checked_mul(100)?, 1),
            When::Decade(d) => date(d.checked_mul(10)?, 1),
            When::Year(y) => date(y, 1),
            When::Half(y, h) => date(y, h * 6 - 5),
            When::Quarter(y, q) => date(y, q * 3 - 2),
            When::Season(y, s) => date(y, season_month(s)),
            When::Month(y, m) => date(y, m),
            When::Week(y, w) => monday(y, w),
            When::Weekend(y, w) => monday(y, w)?.checked_add(5.days()).ok(),
            When::Day(date) => Some(date),
        }
    }

    /// The year it lies in; none for decades and centuries.
    pub(super) fn year(self) -> Option<i32> {
        match self {
            When::Century(_) | When::Decade(_) => None,
            When::Year(y) | When::Half(y, _) | When::Quarter(y, _) | When::Season(y, _) => Some(y),
            When::Month(y, _) | When::Week(y, _) | When::Weekend(y, _) => Some(y),
            When::Day(date) => Some(i32::from(date.year())),
        }
    }

    /// The place `by` units of `unit` away, at the granularity of `unit` or its own if finer
    /// is kept.
    pub(super) fn shifted(self, by: i64, unit: Unit) -> Option<When> {
        // Same quarter, half or season a whole number of years away.
        let years = |y: i32, n: i64| i32::try_from(n).ok().and_then(|n| y.checked_add(n));
        match (self, unit) {
            (When::Year(y), Unit::Year) => return years(y, by).map(When::Year),
            (When::Quarter(y, q), Unit::Year) => return years(y, by).map(|y| When::Quarter(y, q)),
            (When::Half(y, h), Unit::Year) => return years(y, by).map(|y| When::Half(y, h)),
            (When::Season(y, s), Unit::Year) => return years(y, by).map(|y| When::Season(y, s)),
            _ => {}
        }
        let day = self.first_day()?.checked_add(span(by, unit)?).ok()?;
        When::around(day, unit)
    }

    /// TIMEX3's value.
    pub(super) fn value(self) -> String {
        match self {
            When::Century(c) if c < 0 => format!("BC{:02}", -1 - i64::from(c)),
            When::Century(c) => format!("{c:02}"),
            When::Decade(d) => format!("{d:03}"),
            When::Year(y) => year_text(y),
            When::Half(y, h) => format!("{}-H{h}", year_text(y)),
            When::Quarter(y, q) => format!("{}-Q{q}", year_text(y)),
            When::Season(y, [a, b]) => format!("{}-{}{}", year_text(y), a as char, b as char),
            When::Month(y, m) => year_text(y) + &dashed(m),
            When::Week(y, w) => format!("{y:04}-W{w:02}"),
            When::Weekend(y, w) => format!("{y:04}-W{w:02}-WE"),
            When::Day(d) => {
                let mut text = year_text(i32::from(d.year()));
                for number in [d.month(), d.day()] {
                    text += &dashed(number.unsigned_abs());
                }
                text
            }
        }
    }
}

/// A year, with room behind it for a month and a day. Years of four digits, which nearly all are, are not worth the machinery
/// of formatting: every expression has one or more.
fn year_text(year: i32) -> String {
    let mut text = String::with_capacity("2014-02-25".len());
    match u16::try_from(year) {
        Ok(year @ 0..=9999) => {
            for place in [1000, 100, 10, 1] {
                text.push(digit(year / place));
            }
        }
        _ if year < 0 => text += &format!("BC{:04}", -i64::from(year)),
        _ => text += &format!("{year:04}"),
    }
    text
}

/// `-02` of 2.
fn dashed(number: u8) -> Cow<'static, str> {
    const UP_TO_31: &str = "-00-01-02-03-04-05-06-07-08-09-10-11-12-13-14-15-16-17-18-19-20-21-22-23-24-25-26-27-28-29-30-31";
    let at = usize::from(number) * 3;
    match UP_TO_31.get(at..at + 3) {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(format!("-{number:02}")),
    }
}

/// The last digit of a number.
fn digit(number: u16) -> char {
    char::from(b'0' + (number % 10) as u8)
}

/// The month a season is taken to begin in, on the northern half of the earth.
pub(super) fn season_month(season: [u8; 2]) -> u8 {
    match &season {
        b"SP" => 3,
        b"SU" => 6,
        b"FA" => 9,
        _ => 12,
    }
}

fn monday(year: i32, week: u8) -> Option<Date> {
    let year = i16::try_from(year).ok()?;
    jiff::civil::ISOWeekDate::new(year, week as i8, Weekday::Monday)
        .ok()
        .map(|w| w.date())
}

/// A calendar step.
fn span(by: i64, unit: Unit) -> Option<Span> {
    if by.abs() > 30_000 {
        return None;
    }
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Open => return None,
        Unit::Day => by.days(),
        Unit::Weekend | Unit::Week => by.weeks(),
        Unit::Fortnight => (by * 2).weeks(),
        Unit::Month => by.months(),
        Unit::Season | Unit::Quarter => (by * 3).months(),
        Unit::Half => (by * 6).months(),
        Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium if by.abs() > 9_000 => {
            return None;
        }
        Unit::Year => by.years(),
        Unit::Decade => (by * 10).try_years()?,
        Unit::Century => (by * 100).try_years()?,
        Unit::Millennium => (by * 1000).try_years()?,
    })
}

/// A span of years that may be out of the calendar's range.
trait TryYears {
    fn try_years(self) -> Option<Span>;
}

impl TryYears for i64 {
    fn try_years(self) -> Option<Span> {
        Span::new().try_years(self).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    proptest::proptest! {
        #[test]
        fn writes_dates_as_formatting_does(year in -9999i16..=9999, far: i32, month: u8, day in 1i8..=28) {
            let whole = |year: i32| match year {
                ..0 => format!("BC{:04}", -i64::from(year)),
                _ => format!("{year:04}"),
            };
            proptest::prop_assert_eq!(When::Year(far).value(), whole(far));
            let near = i32::from(year);
            proptest::prop_assert_eq!(When::Month(near, month).value(), format!("{}-{month:02}", whole(near)));
            let moon = 1 + (month % 12) as i8;
            proptest::prop_assert_eq!(
                When::Day(date(year, moon, day)).value(),
                format!("{}-{moon:02}-{day:02}", whole(near))
            );
        }
    }

    #[test]
    fn shifts_and_writes_places() {
        let day = date(2014, 2, 27);
        let cases = [
            (When::Day(day).shifted(-1, Unit::Week), "2014-W08"),
            (When::Day(day).shifted(-2, Unit::Year), "2012"),
            (When::Day(day).shifted(1, Unit::Month), "2014-03"),
            (When::Quarter(1989, 3).shifted(-1, Unit::Year), "1988-Q3"),
            (When::Day(day).shifted(-1, Unit::Decade), "200"),
            (When::around(day, Unit::Weekend), "2014-W09-WE"),
            (Some(When::Year(-44)), "BC0044"),
            (Some(When::Season(2007, *b"SU")), "2007-SU"),
        ];
        for (place, value) in cases {
            assert_eq!(place.map(When::value).as_deref(), Some(value));
        }
        assert_eq!(When::Day(day).shifted(9_999, Unit::Millennium), None);
    }
}
