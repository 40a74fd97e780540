//! A stretch of the calendar laid along the chart, its ticks and their labels.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::svg::{Percent, Svg};
use super::words::{Words, year_text};

/// From this many months on, years are ticked instead of months.
const MONTHS: i64 = 36;
/// How wide a chart is at least where every label is shown, in pixels.
const WIDE: i64 = 720;
/// How wide a chart is on a small screen, in pixels: labels of class `alt` are left out there.
const NARROW: i64 = 290;
/// The room of a year's label, and of a month's with its year, in pixels.
const YEAR_ROOM: i64 = 36;
const MONTH_ROOM: i64 = 56;

/// The number of a day, counted from the first that the calendar has.
pub(super) fn day(date: Date) -> i64 {
    date.duration_since(Date::MIN).as_secs() / 86_400
}

/// A stretch of days, in whole months or years, laid evenly along the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    first: Date,
    last: Date,
}

impl Scale {
    /// The whole years that hold both days.
    pub(super) fn years(first: Date, last: Date) -> Self {
        Self {
            first: first.first_of_year(),
            last: last.last_of_year(),
        }
    }

    /// The whole months that hold both days; whole years where those are many.
    pub(super) fn months(first: Date, last: Date) -> Self {
        let months = Self {
            first: first.first_of_month(),
            last: last.last_of_month(),
        };
        if months.month_count() > MONTHS {
            Self::years(first, last)
        } else {
            months
        }
    }

    /// The number of its first day.
    pub(super) fn start(self) -> i64 {
        day(self.first)
    }

    /// The number of the day after its last.
    pub(super) fn end(self) -> i64 {
        day(self.last) + 1
    }

    /// How many days it has.
    pub(super) fn days(self) -> i64 {
        self.end() - self.start()
    }

    /// Whether both days lie on it.
    pub(super) fn holds(self, days: (Date, Date)) -> bool {
        self.first <= days.0 && days.1 <= self.last
    }

    /// Where a day begins.
    pub(super) fn at(self, day: i64) -> Percent {
        Percent::of(day - self.start(), self.days())
    }

    /// Its first and last year.
    pub(super) fn year_range(self) -> RangeInclusive<i64> {
        self.first.year().into()..=self.last.year().into()
    }

    /// In the caller's words.
    pub(super) fn in_words(self, words: &Words<'_>) -> String {
        let whole_years = self.first.month() == 1 && self.last.month() == 12;
        if whole_years {
            let text = |date: Date| year_text(date.year().into());
            words.stretch(&text(self.first), &text(self.last))
        } else {
            let text = |date: Date| words.month_of_year(date.year(), date.month());
            words.stretch(&text(self.first), &text(self.last))
        }
    }

    /// Draws the axis with ticks and labels below it: months on a short scale, years on a long one.
    pub(super) fn draw_axis(self, svg: &mut Svg, y: i64, words: &Words<'_>) {
        svg.across("ax", y);
        if self.month_count() <= MONTHS {
            self.draw_months(svg, y, words);
        } else {
            for x in self.year_ticks() {
                svg.upright("ax", x, y, y + 5);
            }
            self.draw_years(svg, y + 20);
        }
    }

    /// Where ticks or grid lines stand: at the beginnings of labelled years and at both ends.
    pub(super) fn year_ticks(self) -> Vec<Percent> {
        let labelled = year_labels(self.year_range());
        let mut ticks: Vec<Percent> = labelled.iter().map(|l| self.year_start(l.year)).collect();
        ticks.extend([Percent::ZERO, Percent::FULL]);
        ticks.sort_unstable();
        ticks.dedup();
        ticks
    }

    /// Writes the years, each in the middle of its own stretch.
    pub(super) fn draw_years(self, svg: &mut Svg, y: i64) {
        for label in year_labels(self.year_range()) {
            let end = if label.year == *self.year_range().end() {
                Percent::FULL
            } else {
                self.year_start(label.year + 1)
            };
            let x = self.year_start(label.year).middle(end);
            svg.text(label.class(), x, 0, y, &year_text(label.year));
        }
    }

    fn draw_months(self, svg: &mut Svg, y: i64, words: &Words<'_>) {
        let count = self.month_count();
        let wide = month_step(count, WIDE);
        let narrow = month_step(count, NARROW).max(wide);
        // The years of the last label seen on either screen, so that neither has to guess the year.
        let (mut seen, mut seen_narrow) = (None, None);
        for index in 0..count {
            let Some(first) = self.month(index) else {
                break;
            };
            let x = self.at(day(first));
            svg.upright("ax", x, y, y + 6);
            if index % wide != 0 {
                continue;
            }
            let always = index % narrow == 0;
            let year = Some(first.year());
            let with_year = seen != year || (always && seen_narrow != year);
            seen = year;
            if always {
                seen_narrow = year;
            }
            let text = if with_year {
                words.month_of_year(first.year(), first.month())
            } else {
                words.month(first.month()).to_owned()
            };
            svg.text(if always { "" } else { "alt" }, x, 4, y + 18, &text);
        }
        self.draw_days(svg, y);
        svg.upright("ax", Percent::FULL, y, y + 6);
    }

    /// On a scale of a month or two also some days, as far as their numbers have room beside the months' names.
    fn draw_days(self, svg: &mut Svg, y: i64) {
        let days: &[i8] = match self.month_count() {
            1 => &[8, 15, 22],
            2 => &[15],
            _ => &[],
        };
        for first in [self.first, self.last.first_of_month()] {
            for number in days {
                let Ok(date) = first.with().day(*number).build() else {
                    continue;
                };
                let x = self.at(day(date));
                svg.upright("", x, y, y + 6);
                svg.text("", x, 4, y + 18, &number.to_string());
            }
            if self.month_count() == 1 {
                break;
            }
        }
    }

    fn month_count(self) -> i64 {
        let number = |d: Date| i64::from(d.year()) * 12 + i64::from(d.month());
        number(self.last) - number(self.first) + 1
    }

    /// The first day of the month with this index.
    fn month(self, index: i64) -> Option<Date> {
        let number = i64::from(self.first.year()) * 12 + i64::from(self.first.month()) - 1 + index;
        let year = i16::try_from(number.div_euclid(12)).ok()?;
        let month = i8::try_from(number.rem_euclid(12) + 1).ok()?;
        Date::new(year, month, 1).ok()
    }

    fn year_start(self, year: i64) -> Percent {
        let first = i16::try_from(year)
            .ok()
            .and_then(|y| Date::new(y, 1, 1).ok());
        first.map_or(Percent::ZERO, |first| self.at(day(first)))
    }
}

/// How many months lie from one label to the next. Every step divides those above it that can follow it, so that what
/// a small screen shows is a part of what a wide one shows.
fn month_step(count: i64, width: i64) -> i64 {
    let steps = [1, 3, 6, 12];
    let fits = steps.into_iter().find(|s| count * MONTH_ROOM <= width * s);
    fits.unwrap_or(12)
}

/// A year that gets a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct YearLabel {
    /// The year.
    pub(super) year: i64,
    /// Whether small screens show it too.
    pub(super) always: bool,
}

impl YearLabel {
    /// The class of its text.
    pub(super) fn class(self) -> &'static str {
        if self.always { "mid" } else { "mid alt" }
    }
}

/// The years that get labels: all where there is room, round ones where not.
pub(super) fn year_labels(years: RangeInclusive<i64>) -> Vec<YearLabel> {
    let (first, last) = years.into_inner();
    let count = (last - first).max(0) + 1;
    let wide_room = WIDE / YEAR_ROOM;
    let narrow_room = NARROW / (YEAR_ROOM + 12);
    if count <= wide_room {
        let least = (count + narrow_room - 1) / narrow_room;
        // A step that ends on the last year looks best.
        let step = (least..least + 3).find(|s| (count - 1) % s == 0);
        let step = step.unwrap_or(least);
        let label = |year| YearLabel {
            year,
            always: (year - first) % step == 0,
        };
        return (first..=last).map(label).collect();
    }
    let wide = round_step(count, wide_room, 1);
    let narrow = round_step(count, narrow_room, wide);
    let from = first + (-first).rem_euclid(wide);
    let mut labels = Vec::new();
    let mut year = from;
    while year <= last {
        let always = year.rem_euclid(narrow) == 0;
        labels.push(YearLabel { year, always });
        year += wide;
    }
    labels
}

/// The smallest of 1, 2, 5, 10, 20, 50 and so on that is a multiple of `base` and leaves at most `room` labels.
fn round_step(count: i64, room: i64, base: i64) -> i64 {
    let mut power = 1;
    loop {
        for factor in [1, 2, 5] {
            let step = factor * power;
            if step % base == 0 && count <= step * room {
                return step;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn labels(first: i64, last: i64) -> (Vec<i64>, Vec<i64>) {
        let all = year_labels(first..=last);
        let narrow = all.iter().filter(|l| l.always).map(|l| l.year).collect();
        (all.iter().map(|l| l.year).collect(), narrow)
    }

    #[test]
    fn years_are_thinned_by_their_number() {
        assert_eq!(labels(2013, 2013), (vec![2013], vec![2013]));
        assert_eq!(
            labels(2002, 2014),
            ((2002..=2014).collect(), vec![2002, 2005, 2008, 2011, 2014])
        );
        let (wide, narrow) = labels(1985, 2014);
        assert_eq!(wide, (1986..=2014).step_by(2).collect::<Vec<_>>());
        assert_eq!(narrow, [1990, 2000, 2010]);
        let (wide, narrow) = labels(-9999, 9999);
        assert_eq!(wide, (-9000..=9000).step_by(1000).collect::<Vec<_>>());
        assert_eq!(narrow, [-5000, 0, 5000]);
    }

    #[test]
    fn labels_always_have_room() {
        for count in 1..3_000 {
            let (wide, narrow) = labels(1000, 1000 + count - 1);
            assert!(!wide.is_empty() && wide.len() <= 20, "{count}");
            assert!(narrow.len() <= 7, "{count}: {narrow:?}");
        }
    }

    #[test]
    fn days_lie_where_the_calendar_has_them() {
        let scale = Scale::months(date(2013, 4, 3), date(2013, 8, 14));
        let cases = [
            (date(2013, 4, 1), "0.00%"),
            (date(2013, 5, 1), "19.61%"),
            (date(2013, 8, 14), "88.24%"),
            (date(2013, 9, 1), "100.00%"),
            (date(2012, 1, 1), "0.00%"),
        ];
        for (date, text) in cases {
            assert_eq!(scale.at(day(date)).to_string(), text, "{date}");
        }
    }

    #[test]
    fn the_calendar_may_be_used_up() {
        let scale = Scale::years(Date::MIN, Date::MAX);
        assert_eq!(scale.at(day(Date::MIN)), Percent::ZERO);
        assert_eq!(scale.at(day(Date::MAX) + 1), Percent::FULL);
        assert_eq!(scale.year_ticks().len(), 21);
    }
}
