//! Dates that are known to a day, a month, a season or a year, and spans of them: the part of EDTF that events need.
//!
//! The notation is the Extended Date/Time Format of ISO 8601-2:2019 (level 0, and of level 1 seasons, the qualifiers
//! `~`, `?` and `%`, unspecified digits such as `201X`, and open intervals).

use jiff::civil::{Date, ISOWeekDate, Weekday};

/// How finely a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To a season (EDTF 21 spring to 24 winter).
    Season,
    /// To the year.
    Year,
    /// To the decade (`201X`).
    Decade,
    /// To the century (`20XX`).
    Century,
}

/// One end of an EDTF date: a calendar unit, possibly approximate or uncertain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// First day of the unit.
    pub first: Date,
    /// Last day of the unit.
    pub last: Date,
    /// What the unit is.
    pub precision: Precision,
    /// Marked `~` or `%`.
    pub approximate: bool,
    /// Marked `?` or `%`.
    pub uncertain: bool,
}

/// An EDTF date or interval, with the text it was written as.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edtf {
    text: String,
    /// The beginning; none for an interval that is open there (`../2004`).
    pub start: Option<Point>,
    /// The end, for an interval; `Some(None)` when it is open (`2004/..`).
    pub end: Option<Option<Point>>,
}

impl Edtf {
    /// Reads an EDTF date or interval.
    ///
    /// # Errors
    /// What is wrong, in words for an editor.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let side = |part: &str| match part {
            ".." | "" => Ok(None),
            part => Point::parse(part).map(Some),
        };
        let (start, end) = match text.split_once('/') {
            None => (Some(Point::parse(text)?), None),
            Some((from, to)) => (side(from)?, Some(side(to)?)),
        };
        if start.is_none() && matches!(end, Some(None)) {
            return Err("an interval needs a beginning or an end".into());
        }
        if let (Some(from), Some(Some(to))) = (start, end)
            && to.last < from.first
        {
            return Err("the interval ends before it begins".into());
        }
        Ok(Self {
            text: text.to_owned(),
            start,
            end,
        })
    }

    /// A date known to the day.
    pub fn day(date: Date) -> Self {
        Self {
            text: date.to_string(),
            start: Some(Point {
                first: date,
                last: date,
                precision: Precision::Day,
                approximate: false,
                uncertain: false,
            }),
            end: None,
        }
    }

    /// A TIMEX3 value as a date of the calendar: days, weeks, months, quarters, halves, seasons, years, decades and centuries.
    /// A time of day counts as its day; lengths of time, repetitions and vague references are none.
    pub fn of_timex(value: &str) -> Option<Self> {
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
        Self::parse(&edtf).ok().filter(|_| known)
    }

    /// The date as it was written, which is EDTF.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The first day that the date may mean; for an open beginning the first day of its end.
    pub fn earliest(&self) -> Date {
        match (self.start, self.end) {
            (Some(start), _) => start.first,
            (None, Some(Some(end))) => end.first,
            (None, _) => Date::MIN,
        }
    }

    /// The last day that the date may mean; for an open end the last day of its beginning.
    pub fn latest(&self) -> Date {
        match (self.start, self.end) {
            (_, Some(Some(end))) => end.last,
            (Some(start), _) => start.last,
            (None, _) => Date::MAX,
        }
    }

    /// The coarsest precision of its ends.
    pub fn precision(&self) -> Precision {
        let end = self.end.flatten().map(|p| p.precision);
        self.start
            .map(|p| p.precision)
            .max(end)
            .unwrap_or(Precision::Century)
    }

    /// Whether it is an interval.
    pub fn is_interval(&self) -> bool {
        self.end.is_some()
    }

    /// Whether any end is marked approximate or uncertain.
    pub fn is_approximate(&self) -> bool {
        let points = [self.start, self.end.flatten()];
        points
            .iter()
            .flatten()
            .any(|p| p.approximate || p.uncertain)
    }

    /// Whether a day lies within it, taking each end at its widest.
    pub fn contains(&self, day: Date) -> bool {
        let open_start = self.start.is_none();
        let open_end = matches!(self.end, Some(None));
        (open_start || self.earliest() <= day) && (open_end || day <= self.latest())
    }

    /// Whether two dates can mean a common day, each taken at its widest.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| {
            !matches!(a.end, Some(None)) && b.start.is_some() && a.latest() < b.earliest()
        };
        !before(self, other) && !before(other, self)
    }
}

impl PartialOrd for Edtf {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Chronological: by first day, finer before coarser, then by last day and notation.
impl Ord for Edtf {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |e: &Self| (e.earliest(), e.precision(), e.latest());
        key(self)
            .cmp(&key(other))
            .then_with(|| self.text.cmp(&other.text))
    }
}

impl std::fmt::Display for Edtf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Point {
    fn parse(text: &str) -> Result<Self, String> {
        let (bare, approximate, uncertain) = match text.as_bytes().last() {
            Some(b'~') => (&text[..text.len() - 1], true, false),
            Some(b'?') => (&text[..text.len() - 1], false, true),
            Some(b'%') => (&text[..text.len() - 1], true, true),
            _ => (text, false, false),
        };
        let unit = |first: Option<Date>, last: Option<Date>, precision| match (first, last) {
            (Some(first), Some(last)) => Ok(Self {
                first,
                last,
                precision,
                approximate,
                uncertain,
            }),
            _ => Err(format!("‘{text}’ is not a date of the calendar")),
        };
        let parts: Vec<&str> = bare.split('-').collect();
        let digits = |part: &str, n: usize| {
            (part.len() == n && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse::<i16>().ok())
                .flatten()
        };
        let small = |part: &str| digits(part, 2).and_then(|n| i8::try_from(n).ok());
        let wrong = || {
            format!(
                "‘{text}’ is not an EDTF date such as 2013-08-14, 2002-05, 2004, 2002~ or 2013-22"
            )
        };
        let day = |y, m, d| Date::new(y, m, d).ok();
        let month = |y, m| {
            let first = day(y, m, 1);
            (first, first.map(jiff::civil::Date::last_of_month))
        };
        match parts[..] {
            [year] if year.len() == 4 && year.ends_with('X') => {
                let known = year.trim_end_matches('X');
                let (span, precision) = match known.len() {
                    3 => (10, Precision::Decade),
                    2 => (100, Precision::Century),
                    _ => return Err(wrong()),
                };
                let from = digits(known, known.len()).ok_or_else(wrong)? * span;
                unit(day(from, 1, 1), day(from + span - 1, 12, 31), precision)
            }
            [year] => {
                let y = digits(year, 4).ok_or_else(wrong)?;
                unit(day(y, 1, 1), day(y, 12, 31), Precision::Year)
            }
            [year, part] => {
                let (y, m) = digits(year, 4).zip(small(part)).ok_or_else(wrong)?;
                match m {
                    1..=12 => {
                        let (first, last) = month(y, m);
                        unit(first, last, Precision::Month)
                    }
                    // Meteorological seasons of the northern hemisphere; winter ends in the next year.
                    21..=23 => {
                        let from = (m - 21) * 3 + 3;
                        unit(month(y, from).0, month(y, from + 2).1, Precision::Season)
                    }
                    24 => unit(month(y, 12).0, month(y + 1, 2).1, Precision::Season),
                    _ => Err(format!("‘{text}’ has no such month or season")),
                }
            }
            [year, m, d] => {
                let y = digits(year, 4).ok_or_else(wrong)?;
                let (m, d) = small(m).zip(small(d)).ok_or_else(wrong)?;
                unit(day(y, m, d), day(y, m, d), Precision::Day)
            }
            _ => Err(wrong()),
        }
    }
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

    fn ends(text: &str) -> (String, String, Precision) {
        let date = Edtf::parse(text).unwrap();
        (
            date.earliest().to_string(),
            date.latest().to_string(),
            date.precision(),
        )
    }

    #[test]
    fn reads_each_precision() {
        let cases = [
            ("2013-08-14", "2013-08-14", "2013-08-14", Precision::Day),
            ("2002-05", "2002-05-01", "2002-05-31", Precision::Month),
            ("2004", "2004-01-01", "2004-12-31", Precision::Year),
            ("2002~", "2002-01-01", "2002-12-31", Precision::Year),
            ("2010-24", "2010-12-01", "2011-02-28", Precision::Season),
            ("2013-22", "2013-06-01", "2013-08-31", Precision::Season),
            ("201X", "2010-01-01", "2019-12-31", Precision::Decade),
            (
                "2002-05-23/2002-06-23",
                "2002-05-23",
                "2002-06-23",
                Precision::Day,
            ),
            ("2010-10/2010", "2010-10-01", "2010-12-31", Precision::Year),
        ];
        for (text, first, last, precision) in cases {
            assert_eq!(ends(text), (first.into(), last.into(), precision), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "2013-02-30",
            "2013-13",
            "13-08-14",
            "yesterday",
            "2014/2013",
            "../..",
            "2013-8-1",
            "é",
        ] {
            assert!(Edtf::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn orders_by_time_then_precision() {
        let mut dates: Vec<Edtf> = ["2004", "2013-08", "2013-08-01", "2002-05"]
            .iter()
            .map(|t| Edtf::parse(t).unwrap())
            .collect();
        dates.sort();
        let texts: Vec<_> = dates.iter().map(Edtf::as_str).collect();
        assert_eq!(texts, ["2002-05", "2004", "2013-08-01", "2013-08"]);
    }

    #[test]
    fn overlap_takes_each_at_its_widest() {
        let date = |t| Edtf::parse(t).unwrap();
        assert!(date("2002").overlaps(&date("2002-05")));
        assert!(!date("2002-05").overlaps(&date("2002-06-01")));
        assert!(date("2002/..").overlaps(&date("2013")));
        assert!(date("../2002").overlaps(&date("1950")));
    }

    #[test]
    fn timex_values_become_dates_of_the_calendar() {
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
                Edtf::of_timex(value).as_ref().map(Edtf::as_str),
                expected,
                "{value}"
            );
        }
    }
}
