//! Values of time expressions (TIMEX3) as dates of the calendar.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::Edtf;

/// A TIMEX3 value as a date of the calendar: days, weeks, months, quarters, halves, seasons, years, decades and centuries.
/// A time of day counts as its day.
pub fn calendar(value: &str) -> Option<Edtf> {
    let day = value.split('T').next()?;
    let parts: Vec<&str> = day.split('-').collect();
    let edtf = match parts[..] {
        [decade] if decade.len() == 3 => format!("{decade}X"),
        [century] if century.len() == 2 => format!("{century}XX"),
        [year, unit] => match unit {
            "SP" => format!("{year}-21"),
            "SU" => format!("{year}-22"),
            "FA" => format!("{year}-23"),
            "WI" => format!("{year}-24"),
            "Q1" => format!("{year}-01/{year}-03"),
            "Q2" => format!("{year}-04/{year}-06"),
            "Q3" => format!("{year}-07/{year}-09"),
            "Q4" => format!("{year}-10/{year}-12"),
            "H1" => format!("{year}-01/{year}-06"),
            "H2" => format!("{year}-07/{year}-12"),
            unit if unit.starts_with('W') => {
                week(year, &unit[1..], Weekday::Monday, Weekday::Sunday)?
            }
            _ => day.to_owned(),
        },
        [year, unit, "WE"] if unit.starts_with('W') => {
            week(year, &unit[1..], Weekday::Saturday, Weekday::Sunday)?
        }
        _ => day.to_owned(),
    };
    let known = edtf.starts_with(|c: char| c.is_ascii_digit());
    Edtf::parse(&edtf).ok().filter(|_| known)
}

/// From one day of an ISO week to another.
fn week(year: &str, number: &str, from: Weekday, to: Weekday) -> Option<String> {
    let (year, number) = (year.parse().ok()?, number.parse().ok()?);
    let day =
        |weekday| -> Option<Date> { Some(ISOWeekDate::new(year, number, weekday).ok()?.date()) };
    Some(format!("{}/{}", day(from)?, day(to)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_dates_of_the_calendar() {
        let cases = [
            ("2014-02-25", Some("2014-02-25")),
            ("2013-08-14T21:00", Some("2013-08-14")),
            ("2010", Some("2010")),
            ("199", Some("199X")),
            ("19", Some("19XX")),
            ("2013-SU", Some("2013-22")),
            ("2013-Q2", Some("2013-04/2013-06")),
            ("2002-W25", Some("2002-06-17/2002-06-23")),
            ("2002-W25-WE", Some("2002-06-22/2002-06-23")),
            ("P10D", None),
            ("PAST_REF", None),
            ("XXXX-05-23", None),
            ("2002-W99", None),
            ("T12:00", None),
            ("", None),
            ("é-W1", None),
        ];
        for (value, expected) in cases {
            assert_eq!(
                calendar(value).as_ref().map(Edtf::as_str),
                expected,
                "{value}"
            );
        }
    }
}
