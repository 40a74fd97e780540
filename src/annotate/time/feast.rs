//! Days with names: which day of a year a rule means.
//!
//! Rules are written as `words.toml` explains; Easter goes by the anonymous algorithm of 1876 (as in Meeus), that of the
//! Eastern churches by Gauss's, the Jewish year by its arithmetic (as in Reingold and Dershowitz, *Calendrical
//! Calculations*), and the rest by the moon (see `moon`).

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::moon;

/// Which day of the year a holiday is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    /// `12-25`: month and day.
    Fixed(u8, u8),
    /// `11-4#4`: month, weekday and which of them, -1 being the last; `+1`: so many days later.
    Weekday(u8, u8, i8, u8),
    /// `easter-2`: days from Easter Sunday.
    Easter(i16),
    /// `orthodox+0`: days from the Easter of the Eastern churches.
    Orthodox(i16),
    /// `jewish-163`: days from the Jewish new year that falls into the year.
    Jewish(i16),
    /// `hanukkah`: 25 Kislev, which the length of the month before moves.
    Hanukkah,
    /// `lunar+9 8-15`: hours east of Greenwich, month and day of the lunar year.
    Lunar(u8, u8, u8),
    /// `islamic 9-1/30`: month, day, and for how many days.
    Islamic(u8, u8, u8),
    /// `diwali`.
    Diwali,
}

impl Feast {
    /// The rule that a data file writes so.
    pub(super) fn from_code(code: &str) -> Option<Feast> {
        let pair = |text: &str| {
            let (a, b) = text.split_once('-')?;
            Some((a.parse().ok()?, b.parse().ok()?))
        };
        if let Some(rest) = code.strip_prefix("lunar+") {
            let (east, day) = rest.split_once(' ')?;
            let (month, day) = pair(day)?;
            return Some(Feast::Lunar(east.parse().ok()?, month, day));
        }
        if let Some(rest) = code.strip_prefix("islamic ") {
            let (day, length) = rest.split_once('/').unwrap_or((rest, "1"));
            let (month, day) = pair(day)?;
            return Some(Feast::Islamic(month, day, length.parse().ok()?));
        }
        let counted = |name: &str| code.strip_prefix(name)?.parse().ok();
        if let Some(days) = counted("easter") {
            return Some(Feast::Easter(days));
        }
        if let Some(days) = counted("orthodox") {
            return Some(Feast::Orthodox(days));
        }
        if let Some(days) = counted("jewish") {
            return Some(Feast::Jewish(days));
        }
        match code {
            "hanukkah" => return Some(Feast::Hanukkah),
            "diwali" => return Some(Feast::Diwali),
            _ => {}
        }
        let Some((day, nth)) = code.split_once('#') else {
            let (month, day) = pair(code)?;
            return Some(Feast::Fixed(month, day));
        };
        let (month, weekday) = pair(day)?;
        let (nth, later) = nth.split_once('+').unwrap_or((nth, "0"));
        let (nth, later) = (nth.parse().ok()?, later.parse().ok()?);
        Some(Feast::Weekday(month, weekday, nth, later))
    }

    /// The rule as a capture value; [`Feast::from_value`] undoes it.
    pub(super) fn value(self) -> i64 {
        let days = |n: i16| n.to_le_bytes();
        let bytes = match self {
            Feast::Fixed(m, d) => [0, m, d, 0, 0],
            Feast::Weekday(m, w, n, l) => [1, m, w, n.to_le_bytes()[0], l],
            Feast::Easter(n) => [2, days(n)[0], days(n)[1], 0, 0],
            Feast::Orthodox(n) => [3, days(n)[0], days(n)[1], 0, 0],
            Feast::Jewish(n) => [4, days(n)[0], days(n)[1], 0, 0],
            Feast::Hanukkah => [5, 0, 0, 0, 0],
            Feast::Lunar(e, m, d) => [6, e, m, d, 0],
            Feast::Islamic(m, d, l) => [7, m, d, l, 0],
            Feast::Diwali => [8, 0, 0, 0, 0],
        };
        bytes.iter().rev().fold(0, |n, b| n << 8 | i64::from(*b))
    }

    /// The rule behind a capture value.
    pub(super) fn from_value(value: i64) -> Option<Feast> {
        let [kind, a, b, c, d, ..] = value.to_le_bytes();
        let days = i16::from_le_bytes([a, b]);
        Some(match kind {
            0 => Feast::Fixed(a, b),
            1 => Feast::Weekday(a, b, i8::from_le_bytes([c]), d),
            2 => Feast::Easter(days),
            3 => Feast::Orthodox(days),
            4 => Feast::Jewish(days),
            5 => Feast::Hanukkah,
            6 => Feast::Lunar(a, b, c),
            7 => Feast::Islamic(a, b, c),
            8 => Feast::Diwali,
            _ => return None,
        })
    }

    /// Its days in a year: one, but for Islamic ones, of which a year may have two.
    pub(super) fn days(self, year: i16) -> Vec<Date> {
        match self {
            Feast::Islamic(month, day, _) => moon::islamic(year, month, day),
            other => other.day(year).into_iter().collect(),
        }
    }

    fn day(self, year: i16) -> Option<Date> {
        let later = |date: Date, days: i64| date.checked_add(days.days()).ok();
        match self {
            Feast::Fixed(month, day) => Date::new(year, month as i8, day as i8).ok(),
            Feast::Weekday(month, weekday, nth, days) => {
                let weekday = Weekday::from_monday_one_offset(weekday as i8).ok()?;
                let first = Date::new(year, month as i8, 1).ok()?;
                later(first.nth_weekday_of_month(nth, weekday).ok()?, days.into())
            }
            Feast::Easter(days) => later(easter(year)?, days.into()),
            Feast::Orthodox(days) => later(orthodox_easter(year)?, days.into()),
            Feast::Jewish(days) => later(jewish_new_year(year)?, days.into()),
            Feast::Hanukkah => {
                let (new, next) = (jewish_new_year(year)?, jewish_new_year(year + 1)?);
                // Heshvan has thirty days in the longest kind of years.
                let long = matches!((next - new).get_days(), 355 | 385);
                later(new, 83 + i64::from(long))
            }
            Feast::Lunar(east, month, day) => moon::lunisolar(year, month, day, east),
            Feast::Islamic(..) => self.days(year).first().copied(),
            Feast::Diwali => moon::diwali(year),
        }
    }

    /// How many days it lasts.
    pub(super) fn length(self) -> u8 {
        match self {
            Feast::Islamic(_, _, length) => length,
            _ => 1,
        }
    }

    /// The last one up to a day and the first one from it on; with `strict`, the day itself is neither.
    pub(super) fn around(self, day: Date, strict: bool) -> Option<(Date, Date)> {
        let near = day.year().checked_sub(2)?..=day.year().checked_add(2)?;
        let days: Vec<Date> = near.flat_map(|year| self.days(year)).collect();
        let past = days
            .iter()
            .rev()
            .find(|d| **d < day || !strict && **d == day);
        let future = days.iter().find(|d| **d > day || !strict && **d == day);
        past.copied().zip(future.copied())
    }
}

/// Easter Sunday in the Gregorian calendar.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let day = h + l - 7 * m + 114;
    Date::new(year, (day / 31) as i8, (day % 31 + 1) as i8).ok()
}

/// Easter Sunday of the Julian calendar, as a Gregorian date.
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * (y % 19) + 15) % 30;
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    let day = d + e + 114;
    let julian = Date::new(year, (day / 31) as i8, (day % 31 + 1) as i8).ok()?;
    let behind = y / 100 - y / 400 - 2;
    julian.checked_add(i64::from(behind).days()).ok()
}

/// The Jewish new year in the autumn of a year.
fn jewish_new_year(year: i16) -> Option<Date> {
    let jewish = i64::from(year) + 3761;
    // Days from the epoch to the mean new moon, put off where it would fall on the wrong weekday …
    let elapsed = |y: i64| {
        let months = (235 * y - 234).div_euclid(19);
        let parts = 12_084 + 13_753 * months;
        let day = 29 * months + parts.div_euclid(25_920);
        day + i64::from((3 * (day + 1)).rem_euclid(7) < 3)
    };
    let (before, this, after) = (elapsed(jewish - 1), elapsed(jewish), elapsed(jewish + 1));
    // … or would make a year too long or too short.
    let put_off = match (after - this, this - before) {
        (356, _) => 2,
        (_, 382) => 1,
        _ => 0,
    };
    // The epoch lies so many days before the first day of the year 1.
    const EPOCH: i64 = 1_373_428;
    let first = Date::new(1, 1, 1).ok()?;
    first.checked_add((this + put_off - EPOCH).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn finds_the_days_of_rules() {
        let cases = [
            ("12-25", 2013, date(2013, 12, 25)),
            ("11-4#4", 1999, date(1999, 11, 25)),
            ("11-4#4+1", 2013, date(2013, 11, 29)),
            ("11-1#1+1", 1998, date(1998, 11, 3)),
            ("05-1#-1", 2012, date(2012, 5, 28)),
            ("easter+0", 2000, date(2000, 4, 23)),
            ("easter-2", 2019, date(2019, 4, 19)),
            ("orthodox+0", 2013, date(2013, 5, 5)),
            ("orthodox+0", 2024, date(2024, 5, 5)),
            ("jewish+0", 2023, date(2023, 9, 16)),
            ("jewish+9", 1973, date(1973, 10, 6)),
            ("jewish-163", 2014, date(2014, 4, 15)),
            ("jewish-163", 2023, date(2023, 4, 6)),
            ("hanukkah", 2013, date(2013, 11, 28)),
            ("hanukkah", 2023, date(2023, 12, 8)),
            ("lunar+9 8-15", 2014, date(2014, 9, 8)),
            ("islamic 10-1", 2014, date(2014, 7, 28)),
            ("diwali", 2023, date(2023, 11, 12)),
        ];
        for (code, year, day) in cases {
            let feast = Feast::from_code(code).expect(code);
            assert_eq!(feast.days(year), [day], "{code}");
            assert_eq!(Feast::from_value(feast.value()), Some(feast));
        }
        for wrong in ["", "13", "easter", "lunar 1-1", "islamic", "11-4#"] {
            assert_eq!(Feast::from_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_nearest_may_lie_in_the_same_year() {
        let ramadan = Feast::Islamic(9, 1, 30);
        let found = ramadan.around(date(2030, 6, 1), false);
        assert_eq!(found, Some((date(2030, 1, 5), date(2030, 12, 26))));
        let christmas = Feast::Fixed(12, 25);
        let day = date(2013, 12, 25);
        assert_eq!(christmas.around(day, false), Some((day, day)));
        let others = (date(2012, 12, 25), date(2014, 12, 25));
        assert_eq!(christmas.around(day, true), Some(others));
    }
}
