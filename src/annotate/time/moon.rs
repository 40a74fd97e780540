//! New moons, and the calendars that follow them.
//!
//! 1. [`new_moon`] gives the moment of a new moon, [`sun`] the sun's longitude: the series of Jean Meeus, *Astronomical
//!    Algorithms*, chapters 49 and 25, without terms below half a minute.
//! 2. [`lunisolar`] counts the months of the East Asian calendar by them: the eleventh holds the winter solstice, and where
//!    thirteen lie between two of these, the first in which the sun enters no sign is counted twice.
//! 3. [`islamic`] lets a month begin on the day after a new moon that comes before sunset at Mecca. Months that are begun by
//!    sight may begin a day later or earlier.
//! 4. [`diwali`] is the first evening that falls into the last thirtieth of the month before a new moon with the sun in the
//!    sidereal sign of Libra.
//!
//! Invariant: an answer is a matter of the arguments alone; years outside [`YEARS`] have none.

use std::f64::consts::TAU;
use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The years for which the series are good to minutes.
pub(super) const YEARS: RangeInclusive<i16> = 1800..=2199;

/// From one new moon to the next, in days on average.
const MONTH: f64 = 29.530_588_861;

/// The Julian day on which 1 January 2000 begins at Greenwich; days are counted from there.
const EPOCH: f64 = 2_451_544.5;
const FIRST: Date = date(2000, 1, 1);

/// The moment of the new moon number `k`, counted from the first of 2000, in days from the epoch, universal time.
fn new_moon(k: i32) -> f64 {
    let k = f64::from(k);
    let t = k / 1236.85;
    let mean = 2_451_550.097_66 + MONTH * k + 0.000_154_37 * t * t;
    let e = 1.0 - 0.002_516 * t;
    let sun = 2.5534 + 29.105_356_70 * k;
    let moon = moon_anomaly(k);
    let node = 160.7108 + 390.670_502_84 * k;
    let terms = [
        (-0.407_20, moon),
        (0.172_41 * e, sun),
        (0.016_08, 2.0 * moon),
        (0.010_39, 2.0 * node),
        (0.007_39 * e, moon - sun),
        (-0.005_14 * e, moon + sun),
        (0.002_08 * e * e, 2.0 * sun),
        (-0.001_11, moon - 2.0 * node),
        (-0.000_57, moon + 2.0 * node),
        (0.000_56 * e, 2.0 * moon + sun),
        (-0.000_42, 3.0 * moon),
        (0.000_42 * e, sun + 2.0 * node),
        (0.000_38 * e, sun - 2.0 * node),
        (0.000_325, 299.77 + 0.107_408 * k),
    ];
    let correction: f64 = terms.iter().map(|(size, angle)| size * sine(*angle)).sum();
    // The turning of the earth lags behind the clock of the series by about a minute in our time.
    const LAG: f64 = 65.0 / 86_400.0;
    mean + correction - LAG - EPOCH
}

/// The moon's mean anomaly at a new moon, in degrees.
fn moon_anomaly(k: f64) -> f64 {
    201.5643 + 385.816_935_28 * k
}

/// The sun's longitude in degrees, 0 to 360, so many days after the epoch.
fn sun(days: f64) -> f64 {
    let t = (days - 0.5) / 36_525.0;
    let mean = 280.466_46 + 36_000.769_83 * t + 0.000_303_2 * t * t;
    let anomaly = 357.529_11 + 35_999.050_29 * t;
    let centre = (1.914_602 - 0.004_817 * t) * sine(anomaly)
        + 0.019_993 * sine(2.0 * anomaly)
        + 0.000_289 * sine(3.0 * anomaly);
    let seen = -0.005_69 - 0.004_78 * sine(125.04 - 1934.136 * t);
    (mean + centre + seen).rem_euclid(360.0)
}

fn sine(degrees: f64) -> f64 {
    (degrees / 360.0 * TAU).sin()
}

/// The day of a moment, so many hours east of Greenwich.
fn day_of(moment: f64, east: f64) -> i32 {
    (moment + east / 24.0).floor() as i32
}

fn number_of(day: Date) -> i32 {
    (day - FIRST).get_days()
}

fn date_of(number: i32) -> Option<Date> {
    FIRST.checked_add(i64::from(number).days()).ok()
}

/// The last new moon on or before a day.
fn moon_before(day: i32, east: f64) -> i32 {
    let near = (f64::from(day) - 5.0) / MONTH;
    let mut k = near.round() as i32 + 1;
    while day_of(new_moon(k), east) > day {
        k -= 1;
    }
    k
}

/// The sign (a twelfth of its way) that the sun is in when a day begins.
fn sign(day: i32, east: f64) -> i32 {
    (sun(f64::from(day) - east / 24.0) / 30.0).floor() as i32
}

/// The new moon with which the eleventh month begins that holds the winter solstice of a year.
fn solstice_month(year: i16, east: f64) -> Option<i32> {
    let day = (20..=23)
        .filter_map(|day| Date::new(year, 12, day).ok())
        .map(number_of)
        .find(|day| sign(*day + 1, east) == 9)?;
    Some(moon_before(day, east))
}

/// A day of the lunar year that begins in a Gregorian year, as reckoned so many hours east of Greenwich.
pub(super) fn lunisolar(year: i16, month: u8, day: u8, east: u8) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    let east = f64::from(east);
    let (before, after) = (
        solstice_month(year.checked_sub(1)?, east)?,
        solstice_month(year, east)?,
    );
    let begins = |k: i32| day_of(new_moon(k), east);
    let twice = (before + 1..after)
        .find(|k| sign(begins(*k), east) == sign(begins(*k + 1), east))
        .filter(|_| after - before == 13);
    let k = before + 1 + i32::from(month);
    let k = k + i32::from(twice.is_some_and(|twice| k >= twice));
    date_of(begins(k) + i32::from(day) - 1)
}

/// A day of an Islamic month, in every year of that calendar in which it falls into a Gregorian year.
pub(super) fn islamic(year: i16, month: u8, day: u8) -> Vec<Date> {
    if !YEARS.contains(&year) {
        return Vec::new();
    }
    // Ramadan, the ninth month, of the year 1435 began with this new moon.
    const RAMADAN_1435: i32 = 179;
    const MECCA: f64 = 3.0;
    const SUNSET: f64 = 17.0 / 24.0;
    let begins = |k: i32| {
        let moment = new_moon(k) + MECCA / 24.0;
        moment.floor() as i32
            + if moment.fract().rem_euclid(1.0) < SUNSET {
                1
            } else {
                2
            }
    };
    let first = Date::new(year, 1, 1).map_or(0, number_of);
    let near = (f64::from(first) / MONTH).floor() as i32 - 2;
    (near..near + 17)
        .filter(|k| (k - RAMADAN_1435).rem_euclid(12) == i32::from(month + 3) % 12)
        .filter_map(|k| date_of(begins(k) + i32::from(day) - 1))
        .filter(|date| date.year() == year)
        .collect()
}

/// The day of Diwali.
pub(super) fn diwali(year: i16) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    // The fixed stars' zero lies so far from the equinox, and moves on.
    let stars = 23.85 + f64::from(year - 2000) * 0.013_97;
    const INDIA: f64 = 5.5;
    const SUNSET: f64 = 17.67;
    let mut k = moon_before(number_of(Date::new(year, 10, 16).ok()?), 0.0);
    // Libra begins half-way round.
    while (sun(new_moon(k)) - stars).rem_euclid(360.0) < 180.0 {
        k += 1;
    }
    // How fast the moon runs away from the sun just before, in degrees a day.
    let anomaly = moon_anomaly(f64::from(k)) - 6.5;
    let pace = 12.44 + 1.69 * sine(anomaly + 90.0) + 0.1 * sine(2.0 * anomaly + 90.0);
    let begun = new_moon(k) - 12.0 / pace;
    date_of((begun + (INDIA - SUNSET) / 24.0).floor() as i32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn east_asian_days_are_those_of_the_almanacs() {
        // Year, and days of its calendar: month, day, hours east; with their dates.
        let cases = [
            (2014, 1, 1, 8, date(2014, 1, 31)),
            (2000, 1, 1, 8, date(2000, 2, 5)),
            (2023, 1, 1, 9, date(2023, 1, 22)),
            // The new moon falls on one day in China and on the next in Korea, or on the day before in Viet Nam.
            (1997, 1, 1, 8, date(1997, 2, 7)),
            (1997, 1, 1, 9, date(1997, 2, 8)),
            (2007, 1, 1, 8, date(2007, 2, 18)),
            (2007, 1, 1, 7, date(2007, 2, 17)),
            (1985, 1, 1, 7, date(1985, 1, 21)),
            // Chuseok, behind months counted twice in 2017, 2020 and 2025.
            (2013, 8, 15, 9, date(2013, 9, 19)),
            (2017, 8, 15, 9, date(2017, 10, 4)),
            (2020, 8, 15, 9, date(2020, 10, 1)),
            (2025, 8, 15, 9, date(2025, 10, 6)),
            // The new year behind an eleventh month that comes twice.
            (2034, 1, 1, 8, date(2034, 2, 19)),
            (2015, 5, 5, 8, date(2015, 6, 20)),
        ];
        for (year, month, day, east, wanted) in cases {
            let found = lunisolar(year, month, day, east);
            assert_eq!(found, Some(wanted), "{year} {month}-{day} at +{east}");
        }
        assert_eq!(lunisolar(1500, 1, 1, 8), None);
    }

    #[test]
    fn islamic_days_are_those_of_the_calendar_of_mecca() {
        let cases = [
            (2014, 9, 1, vec![date(2014, 6, 28)]),
            (2014, 10, 1, vec![date(2014, 7, 28)]),
            (2023, 12, 10, vec![date(2023, 6, 28)]),
            (2024, 9, 1, vec![date(2024, 3, 11)]),
            // Twice in one year.
            (2030, 9, 1, vec![date(2030, 1, 5), date(2030, 12, 26)]),
        ];
        for (year, month, day, wanted) in cases {
            assert_eq!(islamic(year, month, day), wanted, "{year} {month}-{day}");
        }
    }

    #[test]
    fn diwali_is_on_the_evening_without_a_moon() {
        let days = [
            (2009, 10, 17),
            (2013, 11, 3),
            (2018, 11, 7),
            (2022, 10, 24),
            (2024, 10, 31),
            (2025, 10, 20),
            (2028, 10, 17),
        ];
        for (year, month, day) in days {
            assert_eq!(diwali(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn every_year_has_its_days() {
        for year in YEARS {
            let new_year = lunisolar(year, 1, 1, 8).expect("in range");
            assert!((1..=2).contains(&new_year.month()), "{new_year}");
            let autumn = lunisolar(year, 8, 15, 9).expect("in range");
            assert!((9..=10).contains(&autumn.month()), "{autumn}");
            assert!((1..=2).contains(&islamic(year, 9, 1).len()), "{year}");
            assert!(diwali(year).is_some_and(|d| d.month() >= 10), "{year}");
        }
    }
}
