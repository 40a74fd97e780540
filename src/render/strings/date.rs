//! Dates and the time between them, in words.

use std::fmt::Write;

use jiff::civil::{Date, Weekday};

use super::Strings;
use crate::base::date::Point;
use crate::base::{Edtf, Precision};
use crate::model::DateBasis;
use crate::render::view::DateView;

impl Strings {
    /// A day: `14 August 2013`.
    pub fn day(&self, day: Date) -> String {
        self.dated("date.day", day)
    }

    /// A day with its weekday: `Wednesday 14 August 2013`.
    pub fn day_long(&self, day: Date) -> String {
        self.with_weekday(day, &self.day(day))
    }

    fn with_weekday(&self, day: Date, in_words: &str) -> String {
        let weekday = self.weekday(day);
        self.format("date.weekday", &[("weekday", weekday), ("date", in_words)])
    }

    /// The name of a day's weekday: `Wednesday`.
    pub fn weekday(&self, day: Date) -> &str {
        self.get(match day.weekday() {
            Weekday::Monday => "date.weekdays.1",
            Weekday::Tuesday => "date.weekdays.2",
            Weekday::Wednesday => "date.weekdays.3",
            Weekday::Thursday => "date.weekdays.4",
            Weekday::Friday => "date.weekdays.5",
            Weekday::Saturday => "date.weekdays.6",
            Weekday::Sunday => "date.weekdays.7",
        })
    }

    /// A date of any precision, or an interval: `August 2013`, `about 2002`, `23 May to 23 June 2002`.
    pub fn date(&self, date: &Edtf) -> String {
        match (date.start, date.end) {
            (Some(start), None) => self.point(start),
            (Some(start), Some(Some(end))) => self.interval(start, end),
            (Some(start), Some(None)) => self.format("date.since", &[("from", &self.point(start))]),
            (None, Some(Some(end))) => self.format("date.until", &[("to", &self.point(end))]),
            (None, _) => date.as_str().to_owned(),
        }
    }

    /// As [`date`](Self::date), with the weekday where a single day is known.
    pub fn date_long(&self, date: &Edtf) -> String {
        match (date.start, date.end) {
            (Some(start), None) if start.precision == Precision::Day => {
                self.hedged(start, self.day_long(start.first))
            }
            _ => self.date(date),
        }
    }

    /// A date as templates see it. `note` tells how it was found.
    pub fn date_view(&self, date: &Edtf, basis: DateBasis, note: Option<&str>) -> DateView {
        let text = self.date(date);
        DateView {
            datetime: datetime(date),
            long: match plain_day(date) {
                Some(day) => self.with_weekday(day, &text),
                None => self.date_long(date),
            },
            text,
            precision: match date.precision() {
                Precision::Day => "day",
                Precision::Month => "month",
                _ => "year",
            },
            worked: basis != DateBasis::Stated,
            note: note.map(str::to_owned),
        }
    }

    /// A part of a date: `late 2010`; of one with an article `the late 1990s`, by the key that ends in `_of`.
    pub fn narrowed(&self, key: &str, date: &str) -> String {
        let bare = date.strip_prefix(self.get("date.article"));
        match bare.filter(|bare| bare.len() < date.len()) {
            Some(bare) => self.format(&format!("{key}_of"), &[("date", bare)]),
            None => self.format(key, &[("date", date)]),
        }
    }

    /// How far `to` lies from `from`: `same day`, `4 days earlier`, `nine years later`.
    ///
    /// The coarser of the two precisions decides the unit: a month and a day are months apart. Dates that can mean the
    /// same time are `same day`, `same month` or `same year`; an interval counts from its nearer end.
    pub fn apart(&self, from: &Edtf, to: &Edtf) -> String {
        let precision = from.precision().max(to.precision());
        if from.overlaps(to) {
            let same = match precision {
                _ if from.is_interval() || to.is_interval() => "elapsed.same_time",
                Precision::Day => "elapsed.same_day",
                Precision::Month => "elapsed.same_month",
                Precision::Season => "elapsed.same_season",
                Precision::Year => "elapsed.same_year",
                Precision::Decade | Precision::Century => "elapsed.same_time",
            };
            return self.get(same).to_owned();
        }
        let later = from.latest() < to.earliest();
        // The ends that face each other.
        let (near, far) = if later {
            (last_point(from), first_point(to))
        } else {
            (last_point(to), first_point(from))
        };
        let span = match precision {
            Precision::Day => self.days_apart(near, far),
            Precision::Month | Precision::Season => self.months(months_between(near, far).max(1)),
            _ => self.years(i32::from(far.year() - near.year()).max(1)),
        };
        let key = if later {
            "elapsed.later"
        } else {
            "elapsed.earlier"
        };
        self.format(key, &[("span", &span)])
    }

    fn point(&self, point: Point) -> String {
        let day = point.first;
        let text = match point.precision {
            Precision::Day => self.day(day),
            Precision::Month => self.dated("date.month", day),
            // EDTF numbers seasons from 21, spring, which begins in March.
            Precision::Season => {
                let season = 21 + (day.month() - 3) / 3;
                self.dated(&format!("date.seasons.{season}"), day)
            }
            Precision::Year => self.dated("date.year", day),
            Precision::Decade => self.dated("date.decade", day),
            Precision::Century => {
                let key = format!("date.centuries.{}", day.year() / 100 + 1);
                if self.has(&key) {
                    self.get(&key).to_owned()
                } else {
                    self.pair("date.interval.any", [day, point.last], |s, d| {
                        s.dated("date.year", d)
                    })
                }
            }
        };
        self.hedged(point, text)
    }

    fn hedged(&self, point: Point, text: String) -> String {
        let text = if point.approximate {
            self.format("date.about", &[("date", &text)])
        } else {
            text
        };
        if point.uncertain {
            self.format("date.perhaps", &[("date", &text)])
        } else {
            text
        }
    }

    /// Both ends, without saying twice what they share.
    fn interval(&self, start: Point, end: Point) -> String {
        let plain = |p: Point| !p.approximate && !p.uncertain;
        let (a, b) = (start.first, end.first);
        let same_year = a.year() == b.year();
        let same_month = same_year && a.month() == b.month();
        let key = match (start.precision, end.precision) {
            _ if !plain(start) || !plain(end) => "any",
            (Precision::Day, Precision::Day) if same_month => "days",
            (Precision::Day, Precision::Day) if same_year => "days_months",
            (Precision::Month, Precision::Month) if same_year => "months",
            _ => "any",
        };
        if key == "any" {
            let (from, to) = (self.point(start), self.point(end));
            return self.format("date.interval.any", &[("from", &from), ("to", &to)]);
        }
        let (m1, m2) = (self.month_name(a), self.month_name(b));
        self.format(
            &format!("date.interval.{key}"),
            &[
                ("d1", &a.day().to_string()),
                ("d2", &b.day().to_string()),
                ("m1", m1),
                ("m2", m2),
                ("year", &a.year().to_string()),
            ],
        )
    }

    fn pair(&self, key: &str, ends: [Date; 2], text: impl Fn(&Self, Date) -> String) -> String {
        let [from, to] = ends.map(|day| text(self, day));
        self.format(key, &[("from", &from), ("to", &to)])
    }

    fn dated(&self, key: &str, day: Date) -> String {
        self.format_with(key, |name, out| {
            let written = match name {
                "d" => write!(out, "{}", day.day()),
                "month" => out.write_str(self.month_name(day)),
                "year" => write!(out, "{}", day.year()),
                // Seasons may span two years, nothing else names the next one.
                "next" => write!(out, "{:02}", (day.year() + 1) % 100),
                _ => return false,
            };
            written.is_ok()
        })
    }

    fn month_name(&self, day: Date) -> &str {
        const KEYS: [&str; 12] = [
            "date.months.1",
            "date.months.2",
            "date.months.3",
            "date.months.4",
            "date.months.5",
            "date.months.6",
            "date.months.7",
            "date.months.8",
            "date.months.9",
            "date.months.10",
            "date.months.11",
            "date.months.12",
        ];
        let month = usize::from(day.month().unsigned_abs());
        self.get(
            KEYS.get(month.saturating_sub(1))
                .copied()
                .unwrap_or_default(),
        )
    }

    fn days_apart(&self, near: Date, far: Date) -> String {
        let days = days_between(near, far);
        match days {
            7 => self.unit("elapsed.weeks", 1),
            ..14 => self.unit("elapsed.days", days.max(1)),
            14..28 => self.unit("elapsed.weeks", (days + 3) / 7),
            _ => self.months(rounded_months(near, far).max(1)),
        }
    }

    /// Months up to a year, years and months up to three, then years.
    fn months(&self, months: i32) -> String {
        let (years, rest) = (months / 12, months % 12);
        match (years, rest) {
            (0, _) => self.unit("elapsed.months", months),
            (1 | 2, 1..) => {
                let (a, b) = (
                    self.unit("elapsed.years", years),
                    self.unit("elapsed.months", rest),
                );
                self.format("elapsed.and", &[("a", &a), ("b", &b)])
            }
            _ => self.years((months + 6) / 12),
        }
    }

    fn years(&self, years: i32) -> String {
        self.unit("elapsed.years", years)
    }

    fn unit(&self, key: &str, n: i32) -> String {
        let n = usize::try_from(n).unwrap_or(0);
        self.count_with(key, n, &[("words", &self.in_words(n))])
    }
}

/// The day, where a date is one that is known for sure.
fn plain_day(date: &Edtf) -> Option<Date> {
    let point = date.start.filter(|_| !date.is_interval())?;
    let plain = point.precision == Precision::Day && !point.approximate && !point.uncertain;
    plain.then_some(point.first)
}

/// For the `datetime` attribute of HTML: a day, a month or a year.
pub(crate) fn datetime(date: &Edtf) -> Option<String> {
    let point = date.start.filter(|_| !date.is_interval())?;
    let (year, month) = (point.first.year(), point.first.month());
    match point.precision {
        _ if year < 1 => None,
        Precision::Day => Some(point.first.to_string()),
        Precision::Month => Some(format!("{year:04}-{month:02}")),
        Precision::Year => Some(format!("{year:04}")),
        _ => None,
    }
}

/// The beginning of a date's first unit.
fn first_point(date: &Edtf) -> Date {
    date.start
        .or(date.end.flatten())
        .map_or(date.earliest(), |p| p.first)
}

/// The beginning of a date's last unit, so that units are counted from beginning to beginning.
fn last_point(date: &Edtf) -> Date {
    date.end
        .flatten()
        .or(date.start)
        .map_or(date.latest(), |p| p.first)
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn months_between(from: Date, to: Date) -> i32 {
    let index = |d: Date| i32::from(d.year()) * 12 + i32::from(d.month());
    index(to) - index(from)
}

/// Calendar months, rounded by the days that are left.
fn rounded_months(from: Date, to: Date) -> i32 {
    let rest = i32::from(to.day()) - i32::from(from.day());
    months_between(from, to) + (rest + 45).div_euclid(30) - 1
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::default_strings;
    use super::*;

    fn say(language: &str, text: &str) -> String {
        default_strings(language).date(&Edtf::parse(text).unwrap())
    }

    #[test]
    fn english_dates() {
        for (edtf, words) in [
            ("2013-08-14", "14 August 2013"),
            ("2013-08", "August 2013"),
            ("2013-22", "Summer 2013"),
            ("2010-24", "Winter 2010/11"),
            ("1999-24", "Winter 1999/00"),
            ("2004", "2004"),
            ("2002~", "about 2002"),
            ("2002?", "perhaps 2002"),
            ("2002-05%", "perhaps about May 2002"),
            ("201X", "the 2010s"),
            ("19XX", "the 20th century"),
            ("03XX", "300 to 399"),
            ("2002-05-23/2002-06-23", "23 May to 23 June 2002"),
            ("2002-05-23/2002-05-25", "23 to 25 May 2002"),
            (
                "2002-12-30/2003-01-02",
                "30 December 2002 to 2 January 2003",
            ),
            ("2010-10/2010-12", "October to December 2010"),
            ("2002~/2004", "about 2002 to 2004"),
            ("2002/..", "since 2002"),
            ("../2004-05", "until May 2004"),
        ] {
            assert_eq!(say("en", edtf), words, "{edtf}");
        }
    }

    #[test]
    fn parts_of_dates() {
        for (language, edtf, expected) in [
            (
                "en",
                "2010",
                ["early 2010", "the middle of 2010", "late 2010"],
            ),
            (
                "en",
                "199X",
                ["the early 1990s", "the mid-1990s", "the late 1990s"],
            ),
            (
                "en",
                "19XX",
                [
                    "the early 20th century",
                    "the mid-20th century",
                    "the late 20th century",
                ],
            ),
            (
                "ko",
                "199X",
                ["1990년대 초", "1990년대 중반", "1990년대 말"],
            ),
            ("ko", "2010", ["2010년 초", "2010년 중반", "2010년 말"]),
        ] {
            let strings = default_strings(language);
            let date = strings.date(&Edtf::parse(edtf).unwrap());
            let parts = ["date.start", "date.mid", "date.end"];
            assert_eq!(parts.map(|key| strings.narrowed(key, &date)), expected);
        }
    }

    #[test]
    fn korean_dates() {
        for (edtf, words) in [
            ("2013-08-14", "2013년 8월 14일"),
            ("2013-08", "2013년 8월"),
            ("2013-22", "2013년 여름"),
            ("2004", "2004년"),
            ("2002~", "2002년경"),
            ("201X", "2010년대"),
            ("19XX", "20세기"),
            ("2002-05-23/2002-06-23", "2002년 5월 23일~6월 23일"),
            ("2010-10/2010-12", "2010년 10월~12월"),
            ("2002/..", "2002년부터"),
        ] {
            assert_eq!(say("ko", edtf), words, "{edtf}");
        }
        let day = Edtf::parse("2013-08-14").unwrap();
        assert_eq!(
            default_strings("ko").date_long(&day),
            "2013년 8월 14일 수요일"
        );
    }

    #[test]
    fn views_carry_what_html_can_say() {
        let strings = default_strings("en");
        let view = |t| strings.date_view(&Edtf::parse(t).unwrap(), DateBasis::Inferred, Some("x"));
        let day = view("2013-08-14");
        assert_eq!(day.long, "Wednesday 14 August 2013");
        assert_eq!(day.datetime.as_deref(), Some("2013-08-14"));
        assert!(day.worked && day.precision == "day");
        assert_eq!(view("2013-08").datetime.as_deref(), Some("2013-08"));
        assert_eq!(view("2002~").datetime.as_deref(), Some("2002"));
        for none in ["2013-22", "2002/2003", "201X", "0000"] {
            assert_eq!(view(none).datetime, None, "{none}");
        }
        assert_eq!(view("2013-22").precision, "year");
    }

    #[test]
    fn time_between() {
        let (en, ko) = (default_strings("en"), default_strings("ko"));
        for (from, to, english, korean) in [
            ("2013-08-14", "2013-08-14", "same day", "같은 날"),
            ("2013-08-14", "2013-08-15", "a day later", "1일 뒤"),
            ("2013-08-14", "2013-08-10", "4 days earlier", "4일 전"),
            ("2013-08-14", "2013-08-21", "a week later", "1주 뒤"),
            ("2013-08-14", "2013-08-26", "12 days later", "12일 뒤"),
            ("2013-08-14", "2013-09-05", "three weeks later", "3주 뒤"),
            ("2013-08-14", "2013-07-14", "a month earlier", "1개월 전"),
            ("2013-08-14", "2013-04", "four months earlier", "4개월 전"),
            ("2013-08-14", "2013-08", "same month", "같은 달"),
            ("2013-08-14", "2014-02-25", "six months later", "6개월 뒤"),
            ("2004-08-31", "2013-08-14", "nine years later", "9년 뒤"),
            (
                "2004-08-31",
                "2002-06-23",
                "two years and two months earlier",
                "2년 2개월 전",
            ),
            ("2004-08-31", "2004", "same year", "같은 해"),
            ("2004-08-31", "1984~", "20 years earlier", "20년 전"),
            ("2013", "2014-01-01", "a year later", "1년 뒤"),
            (
                "2002-05-23/2002-06-23",
                "2002-06-01",
                "at the same time",
                "같은 시기",
            ),
            (
                "2002-05-23/2002-06-23",
                "2002-06-25",
                "2 days later",
                "2일 뒤",
            ),
            (
                "2002-06-25",
                "2002-05-23/2002-06-23",
                "2 days earlier",
                "2일 전",
            ),
            ("2002/..", "1999", "three years earlier", "3년 전"),
        ] {
            let (a, b) = (Edtf::parse(from).unwrap(), Edtf::parse(to).unwrap());
            assert_eq!(en.apart(&a, &b), english, "{from} {to}");
            assert_eq!(ko.apart(&a, &b), korean, "{from} {to}");
        }
    }
}
